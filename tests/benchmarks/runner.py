"""Runner: the loop of every process in the race. It is told to go, does the same work anew, and says how fast it was.

A piece of work is made afresh each time, warms up for some steps outside the clock, and then steps against the clock.
"""

import sys
import time
from collections.abc import Callable
from typing import Protocol


class Course(Protocol):
    """Something that steps."""

    def step(self, n: int) -> int:
        """Makes n steps; returns how many agent-steps that was, counting who is still there."""


def serve(make: Callable[[], Course], warm: int, steps: int, repeats: int) -> None:
    """Answers every line on standard input with `agent-steps seconds`, for so many runs of the work."""
    make().step(warm + 1)
    print("ready", flush=True)
    for _ in sys.stdin:
        total, seconds = 0, 0.0
        for _ in range(repeats):
            course = make()
            course.step(warm)
            began = time.perf_counter()
            total += course.step(steps)
            seconds += time.perf_counter() - began
        print(total, seconds, flush=True)
