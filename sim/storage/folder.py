"""The data folder: where journals, reports and compiled kernels of this user live."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

NAME = "commonground"


def home() -> Path:
    """The folder, not necessarily there yet: `COMMONGROUND_HOME`, else the system's usual place for programs' data."""
    named = os.environ.get("COMMONGROUND_HOME")
    if named:
        return Path(named)
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / NAME
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / NAME
    return Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share"))) / NAME


def own(folder: Path) -> Path:
    """The folder, made if missing, together with the data folder above it: for this user alone.

    A folder that is there keeps what its owner has set; `mkdir` alone would make missing parents for everybody.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
    return folder


def opener(path: str, flags: int) -> int:
    """For `open`: a file that is made is for this user alone."""
    return os.open(path, flags, 0o600)


def begun(path: Path, make: Callable[[Path], object]) -> Path:
    """The path where something new was made, this one or the next with a number behind its name: nobody else's.

    What is named by its second may begin twice in one, in one program or in two. `make` raises `FileExistsError` where
    something is there.
    """
    stem = path.stem
    for number in count(2):
        with suppress(FileExistsError):
            make(path)
            return path
        path = path.with_name(f"{stem}-{number}{path.suffix}")
    raise AssertionError


def journals() -> Path:
    """Where journals are saved; made if missing, private to the user."""
    return own(home() / "journals")


def reports() -> Path:
    """Where reports are saved; made if missing."""
    return own(home() / "reports")


def unfinished() -> list[Path]:
    """Journals of runs that were left before their end, newest first."""
    found = [p for p in journals().glob("*.jsonl") if b'"kind":"outcome"' not in p.read_bytes()[-4096:]]
    return sorted(found, key=lambda p: (p.stat().st_mtime, p.name), reverse=True)
