"""The record of a run: entries are only ever added, and a running digest ties each to all before it.

| kind | data |
|---|---|
| `order` | the order, its ruling, the responses that were open, digest of what the seat could see |
| `nudge` | what the instructor did: an inject moved, reworded or added, a hidden quantity changed |
| `drill` | a drill began, a decision window opened, was answered or ran out |
| `inject` | id, channel, truth, about, whether it was handled (`fired`, `handled`, `missed`) |
| `activity` | number, source, stage |
| `consequence` | what: injury, deed, arrest, announcement, statement, promise ... and its particulars |
| `state` | the crowd's state overall changed: from, to |
| `phase` | the incident went from one phase to another: from, to |
| `reading` | once a minute, averages and counts that scoring needs |
| `digest` | every ten seconds, the running digest of the whole state, and how it began at the seconds before |
| `scene` | why the on-scene part ended, where the days after are played |
| `day` | once a day in the days after, how those who were there and the publics stand |
| `memory` | what the community takes along, once the days after are over |
| `outcome` | why the run ended |
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sim.core.digest import chain

Data = Mapping[str, object]

INPUTS = ("order", "nudge")
"""Kinds that make a run; everything else is recomputed from them."""


MARK = 8
"""Letters of a running digest kept for a second between two seals: one wrong state in 4e9 would look right in one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record."""

    tick: int
    kind: str
    data: Data


class Journal:
    """Append-only list of entries."""

    def __init__(self, entries: tuple[Entry, ...] = (), running: str = "", marks: tuple[str, ...] = ()) -> None:
        """A journal that begins with these entries."""
        self._entries = list(entries)
        self.running = running
        """Running digest of the states so far."""
        self.marks = list(marks)
        """How the running digest began at each second since the last `digest` entry."""

    def append(self, tick: int, kind: str, **data: object) -> None:
        """Adds one entry."""
        self._entries.append(Entry(tick, kind, data))

    def mark(self, state: str) -> None:
        """Ties the digest of the whole state at this second to all before it; the next seal will show it in short."""
        self.running = chain(self.running, state)
        self.marks.append(self.running[:MARK])

    def seal(self, tick: int, state: str) -> None:
        """Ties the digest of the whole state at this tick to all before it and adds the result, with the marks."""
        self.running = chain(self.running, state)
        self._entries.append(Entry(tick, "digest", {"digest": self.running, "marks": " ".join(self.marks)}))
        self.marks = []

    def fork(self) -> "Journal":
        """A copy that can grow on its own."""
        return Journal(tuple(self._entries), self.running, tuple(self.marks))

    def __iter__(self) -> Iterator[Entry]:
        """All entries, oldest first."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Number of entries."""
        return len(self._entries)

    def since(self, position: int) -> list[Entry]:
        """Entries from a position on; `len(journal)` now is the position for the next call."""
        return self._entries[position:]

    def of(self, *kinds: str) -> list[Entry]:
        """Entries of these kinds, oldest first."""
        return [entry for entry in self._entries if entry.kind in kinds]

    def consequences(self, what: str) -> list[Entry]:
        """Consequences of one sort."""
        return [e for e in self._entries if e.kind == "consequence" and e.data["what"] == what]

    def consequences_since(self, what: str, tick: int) -> list[Entry]:
        """Consequences of one sort from this tick on, newest first."""
        found = []
        for entry in reversed(self._entries):
            if entry.tick < tick:
                break
            if entry.kind == "consequence" and entry.data["what"] == what:
                found.append(entry)
        return found
