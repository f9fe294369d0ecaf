"""Relative: how one file names another, so that both can be moved together."""

import os
from pathlib import Path


def named_from(file: Path, other: Path) -> str:
    """The way from the folder of `file` to `other`, with slashes; the whole of it where they lie on two drives."""
    target = other.resolve()
    try:
        return Path(os.path.relpath(target, file.resolve().parent)).as_posix()
    except ValueError:
        return target.as_posix()
