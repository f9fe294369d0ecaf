"""Journals on disk: one JSON object a line, each tied to the one before it, safe against a cut at any byte.

Every line is `{"seq": n, "tick": t, "kind": k, "data": {...}, "link": h}` where `link` is a digest over the previous
line's link and this line's content. A last line cut short (the machine died while writing it) is dropped on opening;
anything else that does not fit its link was altered, and is said to be. Names of people never stand in a journal:
seats and units only, and of files outside the library their name and digest, not the folders they lie in.
"""

import hashlib
import json
import os
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from sim import __version__
from sim.core.errors import AlteredJournal, BadInput, OldJournal
from sim.core.phrase import Phrase
from sim.storage.folder import begun, journals, opener, own
from sim.storage.held import hold
from sim.storage.keepsake import write_whole, writing
from sim.storage.whereabouts import marked, whereabouts
from sim.world.journal import Entry
from sim.world.memory import Memory

FORMAT = 2
"""1 had digests every ten seconds; 2 has them each second, so the running digest is another."""


@dataclass(frozen=True, slots=True)
class Header:
    """First line: what is needed to run it again."""

    scenario: str
    """Id, or path for a scenario outside the library; on the disk only the name and digest of that file."""
    playbook: str
    """Digest of all files the run was made from."""
    seed: int
    player: str
    """`trainee`, or the automatic player's name."""
    mode: str = "practice"
    """`practice`, or `assessed`: orders could not be taken back, each has its reason, and speed was capped."""
    memory: Memory | None = None
    """What the community brought along, None where nothing was."""
    parent: str = ""
    """File of the run this one was tried again from; "" where it began anew."""
    parent_tick: int = 0
    """The tick it parts from that run."""
    drill: str = ""
    """Id of the drill that was played, or its file where it lies outside the library; "" where none was."""
    version: str = __version__
    format: int = FORMAT

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "format": self.format,
            "version": self.version,
            "scenario": self.scenario,
            "playbook": self.playbook,
            "seed": self.seed,
            "player": self.player,
            "mode": self.mode,
            **({} if self.memory is None else {"memory": self.memory.as_dict()}),
            **({"parent": self.parent, "parent_tick": self.parent_tick} if self.parent else {}),
            **({"drill": self.drill} if self.drill else {}),
        }


@dataclass(frozen=True, slots=True)
class Record:
    """A journal read back."""

    header: Header
    entries: tuple[Entry, ...]
    torn: bool
    """True when a last line cut short was dropped."""
    size: int
    """Bytes up to the last whole line."""
    link: str
    """Link of the last whole line."""
    links: tuple[str, ...] = ()
    """Link of every whole line, the header's first."""


def _line(seq: int, tick: int, kind: str, data: object, link: str) -> tuple[bytes, str]:
    body = json.dumps(
        {"seq": seq, "tick": tick, "kind": kind, "data": data},
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )
    new = hashlib.blake2b((link + body).encode(), digest_size=8).hexdigest()
    return f'{body[:-1]},"link":"{new}"}}\n'.encode(), new


def _on_disk(header: Header) -> dict[str, object]:
    return replace(header, scenario=marked(header.scenario), drill=marked(header.drill)).as_dict()


class JournalFile:
    """An open journal that grows: what `write` returns from is on the disk."""

    def __init__(self, path: Path, link: str, seq: int) -> None:
        """Use `create`, `begin` or `append_to`."""
        self.path = path
        self._link = link
        self._seq = seq
        self._broken: OSError | None = None
        # Unbuffered: what a disk did not take must not be tried again behind our back when the file is closed.
        self._file = open(path, "ab", buffering=0, opener=opener)  # noqa: SIM115 - open as long as the journal is
        try:
            hold(self._file.fileno(), path)
        except BaseException:
            self._file.close()
            raise

    @classmethod
    def create(cls, path: Path, header: Header) -> "JournalFile":
        """A new journal with its header written; an older file of that name is kept beside it as `.bak`.

        Raises:
            BadInput: the disk does not take it, or the older one is still being written.
        """
        with writing(path):
            own(path.parent)
            if path.exists():
                with path.open("rb") as older:
                    hold(older.fileno(), path)
                os.replace(path, path.with_suffix(path.suffix + ".bak"))
            return cls._headed(path, header)

    @classmethod
    def begin(cls, name: str, header: Header) -> "JournalFile":
        """A new journal among the user's own, called by a name, the time and the seed, and never as another is.

        Two runs of the same may begin within one second, in one process or in two: the later one has a number behind.

        Raises:
            BadInput: the disk does not take it.
        """
        stem = f"{name}-{time.strftime('%Y%m%d-%H%M%S')}-{header.seed}"
        if header.parent:
            stem += f"-{header.parent_tick}"
        path = journals() / f"{stem}.jsonl"
        with writing(path):
            made = begun(path, lambda new: os.close(opener(str(new), os.O_CREAT | os.O_EXCL | os.O_WRONLY)))
            return cls._headed(made, header)

    @classmethod
    def _headed(cls, path: Path, header: Header) -> "JournalFile":
        journal = cls(path, "", 0)
        try:
            journal._add([(0, "header", _on_disk(header))])
            _sync_folder(path.parent)
        except OSError:
            journal.close()
            raise
        return journal

    @classmethod
    def append_to(cls, path: Path, record: Record) -> "JournalFile":
        """The journal that was read, ready to grow; a torn last line is cut off and kept beside it as `.torn`.

        Raises:
            BadInput: the disk does not let it grow, or another program is writing it, or did since it was read.
        """
        with writing(path):
            journal = cls(path, record.link, len(record.entries) + 1)
            try:
                journal._cut_to(record)
            except BaseException:
                journal.close()
                raise
        return journal

    def _cut_to(self, record: Record) -> None:
        """Cut off what is no whole line, which must not be more than there was when it was read."""
        with self.path.open("r+b") as file:
            file.seek(record.size)
            rest = file.read()
            if rest.endswith(b"\n"):
                raise BadInput.of(
                    "grown-meanwhile",
                    Phrase("{file} has grown since it was read", file=str(self.path)),
                    hint=Phrase("open it anew"),
                )
            if rest:
                with open(self.path.with_suffix(self.path.suffix + ".torn"), "wb", opener=opener) as torn:
                    torn.write(rest)
                file.truncate(record.size)
                os.fsync(file.fileno())

    @property
    def place(self) -> tuple[int, str]:
        """How many entries it holds, and the link of the last line."""
        return self._seq - 1, self._link

    def write(self, entries: Iterable[Entry]) -> None:
        """Adds these entries and forces them to the disk before returning.

        Raises:
            OSError: the disk did not take them. None of them is in the file then, and the same may be written again;
                where not even that is known for certain, every later call raises, too.
        """
        self._add([(entry.tick, entry.kind, entry.data) for entry in entries])

    def keep(self, entries: Iterable[Entry]) -> None:
        """As `write`, for callers that can only tell people.

        Raises:
            BadInput: the disk did not take them.
        """
        with writing(self.path):
            self.write(entries)

    def _add(self, rows: list[tuple[int, str, object]]) -> None:
        if self._broken is not None:
            raise self._broken
        link, lines = self._link, []
        for k, row in enumerate(rows):
            line, link = _line(self._seq + k, *row, link)
            lines.append(line)
        self._force(b"".join(lines))
        self._link, self._seq = link, self._seq + len(rows)

    def _force(self, data: bytes) -> None:
        handle, left = self._file.fileno(), memoryview(data)
        size = os.fstat(handle).st_size
        try:
            while left:
                left = left[self._file.write(left) or 0 :]
        except OSError as failed:
            try:
                os.ftruncate(handle, size)
            except OSError:
                self._broken = failed
            raise
        try:
            os.fsync(handle)
        except OSError as failed:
            # What is on the disk now nobody knows, and a second try would say "done" without having done it.
            self._broken = failed
            raise

    def close(self) -> None:
        """Closes; all that `write` returned from is on the disk already."""
        self._file.close()


def _sync_folder(folder: Path) -> None:
    """Forces the name of a new file to the disk, too; systems whose folders cannot be opened do so by themselves."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_journal(path: Path, header: Header, entries: Iterable[Entry]) -> None:
    """A whole journal at once: complete under its name, or not there at all.

    Raises:
        BadInput: the disk does not take it, or one of that name is being written by a program that is still running.
    """
    if path.exists():
        with writing(path), path.open("rb") as older:
            hold(older.fileno(), path)
    rows: list[tuple[int, str, object]] = [(0, "header", _on_disk(header))]
    rows.extend((entry.tick, entry.kind, entry.data) for entry in entries)
    link, lines = "", []
    for seq, (tick, kind, data) in enumerate(rows):
        line, link = _line(seq, tick, kind, data, link)
        lines.append(line)
    write_whole(path, b"".join(lines))
    with writing(path):
        _sync_folder(path.parent)


def read_journal(path: Path) -> Record:
    """A journal with every link checked.

    Raises:
        BadInput: there is no such file, or it is no journal.
        AlteredJournal: a line does not fit its link; the first such line is named.
        OldJournal: it was written by a newer format than ours.
    """
    try:
        source = path.read_bytes()
    except OSError as unreadable:
        raise BadInput.of(
            "no-journal",
            Phrase("the journal {file} cannot be read: {why}", file=str(path), why=str(unreadable.strerror)),
        ) from unreadable
    whole = source.rfind(b"\n") + 1
    lines = source[:whole].splitlines()
    link = ""
    links: list[str] = []
    entries: list[Entry] = []
    header: Header | None = None
    for number, raw in enumerate(lines):
        item, link = _parse(number, raw, link)
        links.append(link)
        if number == 0:
            header = _header(path, item)
        else:
            entries.append(Entry(item["tick"], item["kind"], item["data"]))
    if header is None:
        raise BadInput.of("no-journal", Phrase("{file} is not a journal", file=str(path)))
    return Record(header, tuple(entries), whole < len(source), whole, link, tuple(links))


@dataclass(frozen=True, slots=True)
class Glance:
    """What a list of journals shows of one, read from its first and last lines only; no link is checked."""

    path: Path
    header: Header
    tick: int
    """Of its last entry."""
    finished: bool
    written: float
    """When, as seconds of the system's clock."""


TAIL = 65536


def glance(path: Path) -> Glance | None:
    """A glance at a journal; None when it is none, or from a newer version."""
    try:
        with path.open("rb") as file:
            first = file.readline()
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - TAIL))
            tail = file.read()
        item = json.loads(first)
        header = _header(path, item)
    except (OSError, ValueError, KeyError, TypeError, BadInput, OldJournal):
        return None
    ticks = [int(found) for found in re.findall(rb'"tick":(\d+)', tail)]
    return Glance(path, header, ticks[-1] if ticks else 0, b'"kind":"outcome"' in tail, path.stat().st_mtime)


def _parse(number: int, raw: bytes, link: str) -> tuple[dict, str]:  # type: ignore[type-arg]
    try:
        item = json.loads(raw.decode())
        stated = item.pop("link")
        fits = isinstance(item, dict) and set(item) == {"seq", "tick", "kind", "data"} and item["seq"] == number
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        fits, item, stated = False, {}, ""
    if number == 0 and not fits:
        raise BadInput.of("no-journal", Phrase("the first line is not the header of a journal"))
    try:
        _, new = _line(item.get("seq", 0), item.get("tick", 0), item.get("kind", ""), item.get("data"), link)
    except ValueError:  # what could never have been written: half a character, or a number JSON has not
        fits, new = False, ""
    if not fits or new != stated:
        raise AlteredJournal(number, Phrase("the line does not fit the one before it"))
    return item, new


def _header(path: Path, item: dict) -> Header:  # type: ignore[type-arg]
    data = item["data"]
    if item["kind"] != "header" or not isinstance(data, dict) or "format" not in data:
        raise BadInput.of("no-journal", Phrase("{file} is not a journal", file=str(path)))
    if data["format"] > FORMAT:
        raise OldJournal(str(data.get("version", "?")), __version__)
    return Header(
        scenario=whereabouts(str(data["scenario"]), path.parent),
        playbook=str(data["playbook"]),
        seed=int(data["seed"]),
        player=str(data["player"]),
        mode=str(data.get("mode", "practice")),
        memory=Memory.from_dict(data["memory"]) if isinstance(data.get("memory"), dict) else None,
        parent=str(data.get("parent", "")),
        parent_tick=int(data.get("parent_tick", 0)),
        drill=whereabouts(str(data.get("drill", "")), path.parent),
        version=str(data["version"]),
        format=int(data["format"]),
    )
