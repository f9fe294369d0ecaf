"""Keepsakes: small JSON files beside the journals - preferences, notes, results - whole or not there at all."""

import contextlib
import json
import os
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.storage.folder import opener, own

TRIES = 5
"""A virus scanner may hold a file for a moment."""


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
    partial = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        own(path.parent)
        with open(partial, "wb", opener=opener) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _swap(partial, path)
    except OSError as wrong:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise BadInput.of(
            "cannot-write", Phrase("{file} cannot be written: {why}", file=str(path), why=str(wrong.strerror))
        ) from wrong


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
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    found = []
    for line in text.splitlines():
        try:
            data = json.loads(line)
        except ValueError:
            continue
        if isinstance(data, dict):
            found.append(data)
    return found


def add_line(path: Path, data: Mapping[str, Any]) -> None:
    """Adds one line and forces it to the disk.

    Raises:
        BadInput: the disk does not take it.
    """
    try:
        own(path.parent)
        with open(path, "a", encoding="utf-8", opener=opener) as file:
            file.write(json.dumps(data, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as wrong:
        raise BadInput.of(
            "cannot-write", Phrase("{file} cannot be written: {why}", file=str(path), why=str(wrong.strerror))
        ) from wrong
