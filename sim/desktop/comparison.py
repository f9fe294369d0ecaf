"""Comparison: each decision run again with its alternatives, in a process of its own, so that the window never waits.

A process, because the rules compute for minutes and would hold the interpreter that draws. Decisions come back one at
a time over a pipe.
"""

import contextlib
import os
import threading
import time
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from sim.review.review import Moment, review
from sim.scenario.scenario import Playbook
from sim.world.journal import Entry
from sim.world.memory import Memory
from sim.world.order import HOLD

TRIALS = 4
"""Paired trials for each alternative: few, so that the first answers come soon; the intervals say how little it is."""
HORIZON_MIN = 20.0
LATER = 5
"""How much the process stands back for the window (niceness)."""


def decisions_in(entries: Sequence[Entry]) -> int:
    """How many decisions of a run are looked at: what was accepted and is not waiting."""
    orders: list[Mapping[str, Any]] = [e.data for e in entries if e.kind == "order"]
    return sum(bool(o["ruling"]["accepted"]) and o["given"]["response"] != HOLD for o in orders)


def compare(pipe: Connection) -> None:
    """The process: takes (playbook, seed, entries, trials, horizon, memory), sends every `Moment`, then None."""
    if hasattr(os, "nice"):
        os.nice(LATER)
    with contextlib.suppress(EOFError, BrokenPipeError), pipe:
        playbook, seed, entries, trials, horizon, memory = pipe.recv()
        review(playbook, seed, entries, trials=trials, horizon_min=horizon, found=pipe.send, memory=memory)
        pipe.send(None)


class Comparing:
    """Begins at once. `moments` grows; `stop` ends it and its process."""

    def __init__(
        self,
        playbook: Playbook,
        seed: int,
        entries: Sequence[Entry],
        *,
        trials: int = TRIALS,
        horizon_min: float = HORIZON_MIN,
        memory: Memory | None = None,
    ) -> None:
        """Compares the decisions of this run."""
        self.decisions = decisions_in(entries)
        self.trials = trials
        self.horizon_min = horizon_min
        self.moments: list[Moment] = []
        """Found so far, in the order of the run."""
        self.whole = False
        """True once every decision was looked at."""
        self._stopped = False
        self._began = time.monotonic()
        here, there = get_context("spawn").Pipe()
        self._pipe = here
        self._process = get_context("spawn").Process(target=compare, args=(there,), daemon=True)
        job = (playbook, seed, tuple(entries), trials, horizon_min, memory)
        # A new interpreter needs a second before it takes anything in, which is no time for the window to stand still.
        self._thread = threading.Thread(target=self._follow, args=(there, job), name="comparison", daemon=True)
        self._thread.start()

    def _follow(self, there: Connection, job: tuple[object, ...]) -> None:
        """The thread: starts the process, hands it the run and takes in what it finds."""
        self._process.start()
        there.close()
        with contextlib.suppress(EOFError, OSError):
            if not self._stopped:
                self._pipe.send(job)
            while not self._stopped:
                if not self._pipe.poll(0.1):
                    continue
                moment = self._pipe.recv()
                if moment is None:
                    self.whole = True
                    break
                self.moments.append(moment)
        self._pipe.close()
        self._process.terminate()
        self._process.join()

    @property
    def seconds(self) -> float:
        """How long it has been at it."""
        return time.monotonic() - self._began

    @property
    def going(self) -> bool:
        """True while more may be found."""
        return self._thread.is_alive()

    @property
    def failed(self) -> bool:
        """True when the process ended before it was done although nobody asked for that."""
        return not (self.going or self.whole or self._stopped)

    def stop(self) -> None:
        """Asks for the end; what was found stays. The process is gone moments later."""
        self._stopped = True
        if self._process.pid is not None:
            self._process.terminate()

    def end(self) -> None:
        """Returns once the process and the thread are gone."""
        self.stop()
        self._thread.join()
