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
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from sim import __version__
from sim.core.errors import AlteredJournal, BadInput, OldJournal
from sim.core.phrase import Phrase
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
        """Use `create` or `append_to`."""
        self.path = path
        self._link = link
        self._seq = seq
        self._file = path.open("ab")

    @classmethod
    def create(cls, path: Path, header: Header) -> "JournalFile":
        """A new journal with its header written; an older file of that name is kept beside it as `.bak`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            os.replace(path, path.with_suffix(path.suffix + ".bak"))
        journal = cls(path, "", 0)
        journal._put(0, "header", _on_disk(header))
        journal._sync()
        return journal

    @classmethod
    def append_to(cls, path: Path, record: Record) -> "JournalFile":
        """The journal that was read, ready to grow; a torn last line is cut off first."""
        if record.torn:
            with path.open("r+b") as file:
                file.truncate(record.size)
        return cls(path, record.link, len(record.entries) + 1)

    def _put(self, tick: int, kind: str, data: object) -> None:
        line, self._link = _line(self._seq, tick, kind, data, self._link)
        self._file.write(line)
        self._seq += 1

    def _sync(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())

    def write(self, entries: Iterable[Entry]) -> None:
        """Adds these entries and forces them to the disk before returning."""
        for entry in entries:
            self._put(entry.tick, entry.kind, entry.data)
        self._sync()

    def close(self) -> None:
        """Forces everything to the disk and closes."""
        self._sync()
        self._file.close()


def write_journal(path: Path, header: Header, entries: Iterable[Entry]) -> None:
    """A whole journal at once: complete under its name, or not there at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(path.suffix + ".part")
    link, seq = "", 0
    with partial.open("wb") as file:
        line, link = _line(0, 0, "header", _on_disk(header), link)
        file.write(line)
        for entry in entries:
            seq += 1
            line, link = _line(seq, entry.tick, entry.kind, entry.data, link)
            file.write(line)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)


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
    entries: list[Entry] = []
    header: Header | None = None
    for number, raw in enumerate(lines):
        item, link = _parse(number, raw, link)
        if number == 0:
            header = _header(path, item)
        else:
            entries.append(Entry(item["tick"], item["kind"], item["data"]))
    if header is None:
        raise BadInput.of("no-journal", Phrase("{file} is not a journal", file=str(path)))
    return Record(header, tuple(entries), whole < len(source), whole, link)


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
        item = json.loads(raw)
        stated = item.pop("link")
        fits = isinstance(item, dict) and set(item) == {"seq", "tick", "kind", "data"} and item["seq"] == number
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        fits, item, stated = False, {}, ""
    if number == 0 and not fits:
        raise BadInput.of("no-journal", Phrase("the first line is not the header of a journal"))
    _, new = _line(item.get("seq", 0), item.get("tick", 0), item.get("kind", ""), item.get("data"), link)
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
