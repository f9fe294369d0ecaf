"""Tabling: a squad around one keyboard, kept as a room of its own, so that phones could go on with it."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sim.command.replay import playbook_of
from sim.command.serving import Opened
from sim.core.errors import BadInput
from sim.desktop.office import Past
from sim.drill.roles import CONTROLLER
from sim.drill.squad import Squad
from sim.squad.gate import hashed, new_token
from sim.squad.request import ask
from sim.storage.aside_file import read_aside
from sim.storage.journal_file import read_journal
from sim.storage.keepsake import writing

SQUAD = "A"
CLOCK_S = 1.0
"""Real time between two entries that say where the squad is."""


class Table:
    """One squad; see `sim.desktop.office.AtTable`."""

    def __init__(self, opened: Opened, seats: Sequence[str]) -> None:
        """Everybody is seated; nobody holds a token, since nobody comes in over a network."""
        self._room, self._kept, self._lost = opened.room, opened.kept, False
        self.assessed = opened.room.assessed
        boss, entry = self._room.join(hashed(new_token()), CONTROLLER)
        entries = [entry]
        self._people = {CONTROLLER: boss}
        for seat in seats:
            person, entry = self._room.join(hashed(new_token()))
            data = {"who": person.who, "squad": SQUAD, "role": seat}
            entries += [entry, *ask(self._room, boss, {"id": f"seat-{seat}", "kind": "admit", "data": data})[1]]
            self._people[seat] = person
        with self._writing():
            self._kept.write(entries)
        self._count = 0
        self._clocked_at = 0.0

    @property
    def squad(self) -> Squad:
        """The squad."""
        return self._room.squads[SQUAD]

    def do(self, seat: str, kind: str, data: Mapping[str, object]) -> None:
        """One thing a seat or the instructor does; on the disk when this returns.

        Raises:
            Refused: it was not taken.
            BadInput: the disk does not take it.
        """
        self._count += 1
        message = {"id": f"key-{self._count}", "kind": kind, "data": dict(data), "squad": SQUAD}
        entries = ask(self._room, self._people[seat], message)[1]
        with self._writing():
            self._kept.write(entries)

    def pass_time(self, ticks: int) -> None:
        """Lets so many ticks pass; where the squad is stands in the log each second.

        Raises:
            BadInput: the disk does not take it.
        """
        entry = self._room.pass_time(ticks)
        now = time.monotonic()
        if now - self._clocked_at >= CLOCK_S or self._room.over:
            self._clocked_at = now
            with self._writing():
                self._kept.write([entry])
                self._kept.keep(SQUAD, self.squad)
                self._kept.stand(self._room)

    def past(self) -> Past:
        """The run of the squad, from its journal."""
        with self._writing():
            self._kept.keep(SQUAD, self.squad)
        path = self._kept.folder / f"squad-{SQUAD}.jsonl"
        record = read_journal(path)
        return Past(
            playbook=playbook_of(record),
            seed=record.header.seed,
            entries=record.entries,
            aside=read_aside(path),
            assessed=self.assessed,
            path=path,
            memory=record.header.memory,
            drill=self.squad.drill,
        )

    def close(self) -> None:
        """Everything is on the disk when this returns, or as much of it as the disk has taken.

        Raises:
            BadInput: the disk does not take the rest; that has not been said before.
        """
        try:
            if not self._lost:
                with self._writing():
                    self._kept.write([self._room.clock()])
                    self._kept.keep(SQUAD, self.squad)
        finally:
            self._kept.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """What the disk does not take is said as of a run alone; the room is ahead of its log then, so that ends."""
        try:
            with writing(self._kept.file.path):
                yield
        except BadInput:
            self._lost = True
            raise
