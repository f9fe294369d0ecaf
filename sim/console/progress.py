"""Progress on stderr: a bar where there is a terminal, a plain line now and then where there is none."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

PLAIN_EVERY_S = 10.0


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
        console=console, transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task(what, total=max(1.0, total))
        yield lambda done: bar.update(task, completed=done)


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
