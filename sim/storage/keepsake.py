"""Keepsakes: small JSON files beside the journals - preferences, notes, results - whole or not there at all."""

import contextlib
import json
import os
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from errno import EISDIR, ENOTDIR
from io import FileIO
from pathlib import Path
from typing import Any

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.storage.folder import opener, own
from sim.storage.held import turn

TRIES = 5
"""A virus scanner may hold a file for a moment."""


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """While this lasts, what the disk does not take is said to people.

    Raises:
        BadInput: it did not take something.
    """
    try:
        yield
    except OSError as wrong:
        raise BadInput.of(
            "cannot-write", Phrase("{file} cannot be written: {why}", file=str(path), why=str(wrong.strerror))
        ) from wrong


def see_it_can_be_written(*paths: Path | None) -> None:
    """Before something long is computed: these files could be written now. Nothing is made or changed by asking.

    Raises:
        BadInput: one of them could not.
    """
    for path in paths:
        if path is not None:
            with writing(path):
                _try(path)


def _try(path: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
    if path.exists() and (os.access(path, os.W_OK) or not path.is_file()):
        return
    # A file that cannot be written to can still be put in the place of another one.
    nearest = next(each for each in path.absolute().parents if each.exists())
    if not nearest.is_dir():
        raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR))
    with tempfile.TemporaryFile(dir=nearest):
        pass


def read_json(path: Path) -> dict[str, Any]:
    """What the file says; nothing when it is missing or damaged, since all of it can be given again."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """Puts the file in place of the old one in one step.

    Raises:
        BadInput: the disk does not take it.
    """
    write_whole(path, json.dumps(data, ensure_ascii=False, indent=1).encode())


def write_whole(path: Path, data: bytes) -> None:
    """Puts these bytes in place of the old file in one step; of two programs that do so at once one comes last.

    Raises:
        BadInput: the disk does not take them; the old file is as it was.
    """
    with writing(path):
        own(path.parent)
        with in_its_place(path) as partial, open(partial, "wb", opener=opener) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def in_its_place(path: Path) -> Iterator[Path]:
    """A name beside the file that nobody else writes at; what is written there takes its place in one step.

    Where that fails the file is as it was and nothing is left beside it.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        yield partial
        _swap(partial, path)
    except BaseException:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise


def _swap(partial: Path, path: Path) -> None:
    for k in range(TRIES):
        try:
            os.replace(partial, path)
        except PermissionError:
            if k == TRIES - 1:
                raise
            time.sleep(0.05 * (k + 1))
        else:
            return


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Every whole line of a file of JSON lines; damaged ones are passed over."""
    try:
        source = path.read_bytes()
    except OSError:
        return []
    found = []
    for line in source.split(b"\n"):
        try:
            data = json.loads(line.decode())
        except (ValueError, RecursionError):
            continue
        if isinstance(data, dict):
            found.append(data)
    return found


def add_line(path: Path, data: Mapping[str, Any]) -> None:
    """Adds one line and forces it to the disk; who adds at the same time waits for that.

    Raises:
        BadInput: the disk does not take it; nothing of it is in the file then, as far as the disk lets it be taken out.
    """
    with writing(path), turn():
        own(path.parent)
        with open(path, "a+b", buffering=0, opener=opener) as file:
            _add(file, json.dumps(data, ensure_ascii=False).encode() + b"\n")


def _add(file: FileIO, line: bytes) -> None:
    size = file.seek(0, os.SEEK_END)
    if size:
        file.seek(size - 1)
        # What a failing machine left half written spoils itself only, not the line that comes after it.
        line = line if file.read(1) == b"\n" else b"\n" + line
    left = memoryview(line)
    try:
        while left:
            left = left[file.write(left) or 0 :]
        os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            file.truncate(size)
        raise
