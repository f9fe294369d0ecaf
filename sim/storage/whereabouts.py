"""Whereabouts: where files outside the library lie, remembered on this computer and never in a journal.

A path holds folder names, and one of them is often a person's. A journal is handed on, so it names such a file as
`short.yaml#5f0c...`: its own name and a digest of its bytes. Where that file lay is kept in the data folder; somebody
else puts the file beside the journal. Each is remembered in a file of its own, so that two programs that remember
something at once do not undo each other's.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from sim.core.errors import BadInput
from sim.storage.folder import home
from sim.storage.keepsake import read_json, write_json

KEPT = "whereabouts"
"""Folder in the data folder."""
OLD = "whereabouts.json"
"""All in one, as earlier versions kept it."""
MOST = 400
"""So many files are remembered, the newest."""


def marked(name: str) -> str:
    """How a journal names this scenario or drill: an id as it is, a file by its name and digest; it is remembered."""
    path = Path(name)
    if not _outside(name):
        return name
    digest = _digest(path)
    if not digest:
        return path.name
    mark = f"{path.name}#{digest}"
    _remember(mark, os.path.abspath(path))
    return mark


def lasting(name: str) -> str:
    """A scenario or drill as it is found from any folder of this computer: an id, or a whole path."""
    return os.path.abspath(name) if _outside(name) else name


def _outside(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) or "/" in name or os.sep in name


def whereabouts(mark: str, beside: Path) -> str:
    """Where a file so named lies, the very same one before one that has changed; the bare name where none is found."""
    name, _, digest = mark.partition("#")
    if not digest:
        return mark
    name = Path(name).name  # a journal from elsewhere cannot name a folder
    there = [os.path.abspath(path) for path in _places(mark, name, beside) if path.is_file()]
    return next((path for path in there if _digest(Path(path)) == digest), there[0] if there else name)


def _places(mark: str, name: str, beside: Path) -> Iterator[Path]:
    remembered = _remembered(mark)
    if isinstance(remembered, str):
        yield Path(remembered)
    yield beside / name
    yield Path(name)


def _digest(path: Path) -> str:
    """Of the file's bytes; "" where it cannot be read."""
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=8).hexdigest()
    except OSError:
        return ""


def _file(mark: str) -> Path:
    return home() / KEPT / f"{hashlib.blake2b(mark.encode(), digest_size=12).hexdigest()}.json"


def _remembered(mark: str) -> object:
    kept = read_json(_file(mark))
    return kept.get("path") if kept.get("mark") == mark else read_json(home() / OLD).get(mark)


def _remember(mark: str, path: str) -> None:
    if _remembered(mark) == path:
        return
    file = _file(mark)
    try:
        write_json(file, {"mark": mark, "path": path})
        _forget_oldest(file.parent)
    except (BadInput, OSError):
        return  # a journal is worth more than the memory of where its scenario lay


def _forget_oldest(folder: Path) -> None:
    files = list(folder.glob("*.json"))
    if len(files) <= MOST:
        return
    for old in sorted(files, key=lambda each: each.stat().st_mtime)[: len(files) - MOST]:
        old.unlink(missing_ok=True)
