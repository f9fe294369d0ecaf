"""Watch: tells which files were saved, by looking at them so often that nobody waits."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

LOOK_EVERY_S = 0.03


def saves(files: Sequence[Path], every_s: float = LOOK_EVERY_S) -> Iterator[list[Path]]:
    """Yield all files, and then, each time some were saved, made or taken away, those; goes on until it is closed.

    A file counts as saved once two looks find it alike: an editor may empty it first and fill it then.
    """
    seen = before = {path: _stamp(path) for path in files}
    yield list(files)
    while True:
        time.sleep(every_s)
        now = {path: _stamp(path) for path in files}
        settled = [path for path in files if now[path] != seen[path] and now[path] == before[path]]
        before = now
        if settled:
            seen = seen | {path: now[path] for path in settled}
            yield settled


def _stamp(path: Path) -> tuple[int, int] | None:
    """What tells one saved state of a file from another; None when there is no file."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size
