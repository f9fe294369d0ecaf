"""Watch: tells which files were saved, by looking at them so often that nobody waits."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

LOOK_EVERY_S = 0.05


def saves(files: Sequence[Path], every_s: float = LOOK_EVERY_S) -> Iterator[list[Path]]:
    """Yield all files, and then, each time some were saved, made or taken away, those; goes on until it is closed."""
    seen = {path: _stamp(path) for path in files}
    yield list(files)
    while True:
        time.sleep(every_s)
        now = {path: _stamp(path) for path in files}
        if changed := [path for path in files if now[path] != seen[path]]:
            seen = now
            yield changed


def _stamp(path: Path) -> tuple[int, int] | None:
    """What tells one saved state of a file from another; None when there is no file."""
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size
