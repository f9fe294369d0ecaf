"""Comparing: a review led in a process of its own while somebody looks at what it has found so far."""

import contextlib
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeAlias

from sim.lab.crew import lead
from sim.lab.workers import cores
from sim.review import Effort, Review, Reviewing, Work
from sim.review.branch import Branch
from sim.scenario.scenario import Playbook
from sim.world.journal import Entry
from sim.world.memory import Memory
from sim.world.order import Order

Keeping: TypeAlias = Callable[[], tuple[Mapping[str, Branch], Callable[[Work, Branch], object]]]
"""Says what was carried out earlier, and what keeps more of it; called in the leading process, so it can be pickled."""
STANDS_BACK = 5
"""How much its processes stand back for whoever looks (niceness)."""


def compare(pipe: Connection) -> None:
    """The leading process: takes what to review, sends every `Review` it comes to, then None."""
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt), pipe:
        try:
            playbook, seed, entries, effort, memory, pinned, keeping = pipe.recv()
        except OSError:  # whoever asked was gone before it had been said what to review
            return
        reviewing = Reviewing(playbook, seed, entries, effort, memory, pinned)
        if keeping is not None:
            reviewing.known, reviewing.kept = keeping()
        pipe.send(lead(reviewing, workers=cores(), niceness=STANDS_BACK, found=pipe.send))
        pipe.send(None)


class Comparing:
    """Begins at once. `review` is what is known; `stop` ends it and its processes."""

    def __init__(
        self,
        playbook: Playbook,
        seed: int,
        entries: Sequence[Entry],
        *,
        effort: Effort | None = None,
        memory: Memory | None = None,
        pinned: Sequence[tuple[int, Order]] = (),
        keeping: Keeping | None = None,
    ) -> None:
        """Reviews the decisions of this run, with what is `pinned` to them and what `keeping` knows of them."""
        self.review: Review | None = None
        """None while nothing is known."""
        self.whole = False
        """True once every decision is settled."""
        self._stopped = False
        self._began = time.monotonic()
        here, there = get_context("spawn").Pipe()
        self._pipe = here
        self._process = get_context("spawn").Process(target=compare, args=(there,))
        job = (playbook, seed, tuple(entries), effort or Effort(), memory, tuple(pinned), keeping)
        # A new interpreter needs a second before it takes anything in, which is no time for a window to stand still.
        self._thread = threading.Thread(target=self._follow, args=(there, job), name="comparing", daemon=True)
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
                review = self._pipe.recv()
                if review is None:
                    self.whole = True
                    break
                self.review = review
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
        """Asks for the end; what was found stays. The processes are gone moments later."""
        self._stopped = True

    def end(self) -> None:
        """Returns once the processes and the thread are gone."""
        self._stopped = True
        self._thread.join()
