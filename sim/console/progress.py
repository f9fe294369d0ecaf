"""Progress on stderr: a bar where there is a terminal, a plain line now and then where there is none."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

PLAIN_EVERY_S = 10.0
DRAWN_EVERY_S = 0.1


@contextmanager
def progress(what: str, total: float, *, quiet: bool = False) -> Iterator[Callable[[float], None]]:
    """Yields a function to call with how far the work is; nothing is shown when quiet."""
    if quiet:
        yield lambda done: None
        return
    console = Console(file=sys.stderr, highlight=False)
    if not console.is_terminal:
        yield _plain(what, total)
        return
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeRemainingColumn(),
        console=console, transient=True, auto_refresh=False,
    ) as bar:  # fmt: skip
        yield _drawn(bar, bar.add_task(what, total=max(1.0, total)))


def _drawn(bar: Progress, task: TaskID) -> Callable[[float], None]:
    """Draws the bar now and then itself: a process with a thread that does cannot be copied for workers of a review."""
    last = [0.0]

    def show(done: float) -> None:
        now = time.monotonic()
        due = now - last[0] >= DRAWN_EVERY_S
        last[0] = now if due else last[0]
        bar.update(task, completed=done, refresh=due)

    return show


def _plain(what: str, total: float) -> Callable[[float], None]:
    """Writes a line when the work is new or ten seconds have passed."""
    last = [0.0]

    def show(done: float) -> None:
        now = time.monotonic()
        if now - last[0] >= PLAIN_EVERY_S:
            last[0] = now
            share = 100.0 * done / total if total > 0 else 0.0
            print(f"{what}: {share:.0f} %", file=sys.stderr, flush=True)

    return show
