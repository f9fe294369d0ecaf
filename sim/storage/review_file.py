"""Reviews on disk: what a review has carried out is kept beside its journal, so that it can be gone on with.

The first line says what the continuations belong to: program, journal, files of the scenario and the outlook they are
worth something by. Where that does not fit, the file is begun anew. Each further line is one continuation and a digest
of itself; a line cut short or altered is passed over, and that continuation is carried out again. Two programs that
review the same journal add to one file; where the journal has grown in between, the review begun later has it.
"""

import base64
import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import __version__
from sim.core.errors import CommonGroundError
from sim.review import Work
from sim.review.branch import Branch, Course
from sim.review.outlook import WEIGHTS
from sim.storage.folder import opener
from sim.storage.held import turn
from sim.storage.journal_file import Record, read_journal

FORMAT = 3
"""1 had no rumours, 2 did not count untrue statements."""
SUFFIX = ".review"


class ReviewFile:
    """What was carried out for the review of one journal. `known` is what is there, `keep` adds to it."""

    def __init__(self, journal: Path, record: Record) -> None:
        """Reads the file beside the journal; nothing is written before something is kept."""
        self.path = journal.with_name(journal.name + SUFFIX)
        self._head = _line(
            {
                "format": FORMAT,
                "version": __version__,
                "journal": record.link,
                "playbook": record.header.playbook,
                "outlook": dict(WEIGHTS),
            }
        )
        self.known: dict[str, Branch] = {}
        """Continuations by the key of their work."""
        self._begun = False
        """True once this review has the file; where another has taken it over since, nothing more is kept."""
        self._read()

    def _read(self) -> None:
        try:
            lines = self.path.read_bytes().split(b"\n")
        except OSError:
            return
        if lines[0] + b"\n" != self._head:
            return
        self._begun = True
        for raw in lines[1:]:
            item = _parsed(raw)
            if item is not None:
                self.known[item["work"]] = _branch(item)

    def keep(self, work: Work, branch: Branch) -> None:
        """Adds one continuation."""
        if work.key in self.known:
            return
        self.known[work.key] = branch
        with turn(), open(self.path, "a+b", opener=opener) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            if file.readline() == self._head:
                file.seek(size - 1)
                # What was cut short spoils itself only.
                file.write((b"" if file.read(1) == b"\n" else b"\n") + self._kept(work.key))
            elif not (self._begun and size):
                file.truncate(0)
                file.write(b"".join([self._head, *map(self._kept, self.known)]))
            self._begun = True

    def _kept(self, key: str) -> bytes:
        return _line({"work": key, **_item(self.known[key])})


def kept_beside(journal: Path) -> tuple[dict[str, Branch], Callable[[Work, Branch], object]]:
    """What is kept beside a journal, and what keeps more of it; where it cannot be read or written nothing is kept."""
    try:
        file = ReviewFile(journal, read_journal(journal))
    except (OSError, CommonGroundError):
        return {}, lambda work, branch: None

    def keep(work: Work, branch: Branch) -> None:
        with contextlib.suppress(OSError):
            file.keep(work, branch)

    return dict(file.known), keep


def _line(item: dict[str, Any]) -> bytes:
    body = json.dumps(item, separators=(",", ":"), sort_keys=True)
    return f"{hashlib.blake2b(body.encode(), digest_size=8).hexdigest()} {body}\n".encode()


def _parsed(raw: bytes) -> dict[str, Any] | None:
    """A line's content; None when it is not whole."""
    digest, _, body = raw.partition(b" ")
    if hashlib.blake2b(body, digest_size=8).hexdigest().encode() != digest:
        return None
    item: dict[str, Any] = json.loads(body)
    return item


def _item(branch: Branch) -> dict[str, Any]:
    course = branch.course
    return {
        "value": branch.value,
        "gates": list(branch.gates),
        "groups": _packed(course.groups),
        "whole": _packed(course.whole),
        "counts": list(course.counts),
        "told": list(course.told),
    }


def _branch(item: dict[str, Any]) -> Branch:
    course = Course(_unpacked(item["groups"]), _unpacked(item["whole"]), tuple(item["counts"]), tuple(item["told"]))
    return Branch(item["value"], tuple(item["gates"]), course)


def _packed(array: NDArray[np.float32]) -> list[Any]:
    return [list(array.shape), base64.b64encode(array.astype("<f4").tobytes()).decode("ascii")]


def _unpacked(packed: list[Any]) -> NDArray[np.float32]:
    shape, memory = packed
    return np.frombuffer(base64.b64decode(memory), "<f4").reshape(shape).astype(np.float32)
