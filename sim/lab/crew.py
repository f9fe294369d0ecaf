"""Crew: processes that carry out continuations of one run, and a review led over them.

The leading process goes through the run and says what is to be tried; each worker keeps the exact state before every
decision and goes on from it. What a review says does not depend on how many workers there are.
"""

import contextlib
import gc
import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self

from sim.core.errors import WorkerLost
from sim.exercise.exercise import Exercise
from sim.exercise.save import load
from sim.review import Review, Reviewing, Work, carry_out
from sim.review.branch import Branch
from sim.review.decision import Later
from sim.scenario.scenario import Playbook
from sim.world.memory import Memory

AHEAD = 2
"""Continuations each worker has before it, so that it never waits for the next."""
TELL_EVERY_S = 0.5
"""What is known is told at most so often."""


@dataclass(frozen=True, slots=True)
class State:
    """The moment before a decision, as it crosses to a worker."""

    decision: int
    saved: bytes
    following: tuple[Later, ...]


def serve(pipe: Connection, niceness: int) -> None:
    """A worker: takes (playbook, seed, memory), then states and work, and sends what came of each piece of work."""
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt), pipe:
        playbook, seed, memory = pipe.recv()
        opened = Exercise(playbook, seed, sealed=False, memory=memory)
        # What is loaded by now stays to the end and need not be looked through for garbage again and again.
        gc.freeze()
        runs: dict[int, tuple[Exercise, tuple[Later, ...]]] = {}
        while True:
            task = pipe.recv()
            if isinstance(task, State):
                runs[task.decision] = (load(opened, task.saved), task.following)
            else:
                run, following = runs[task.decision]
                pipe.send((task, carry_out(run, task, following)))


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    busy: int = 0


@dataclass(slots=True)
class Crew:
    """So many workers on one run; they are gone when it is left."""

    playbook: Playbook
    seed: int
    memory: Memory | None = None
    workers: int = 1
    niceness: int = 0
    """How much they stand back for others."""
    _crew: list[_Worker] = field(default_factory=list)
    _waiting: deque[Work] = field(default_factory=deque)
    _briefed: bool = False

    def __enter__(self) -> Self:
        """The crew at work."""
        context = get_context("spawn")
        for _ in range(self.workers):
            here, there = context.Pipe()
            process = context.Process(target=serve, args=(there, self.niceness), daemon=True)
            process.start()
            there.close()
            self._crew.append(_Worker(process, here))
        return self

    def _brief(self) -> None:
        """Hands every worker the run, once; a new process needs a second before it takes anything in."""
        if not self._briefed:
            self._briefed = True
            for worker in self._crew:
                worker.pipe.send((self.playbook, self.seed, self.memory))

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Ends all of them, whatever they are at."""
        for worker in self._crew:
            worker.process.terminate()
        for worker in self._crew:
            worker.process.join()
            worker.pipe.close()

    def tell(self, state: State) -> None:
        """Every worker gets the moment before one more decision."""
        self._brief()
        for worker in self._crew:
            worker.pipe.send(state)

    def give(self, work: Sequence[Work]) -> None:
        """More to be carried out, in this order."""
        self._waiting.extend(work)
        self._hand_out()

    @property
    def hungry(self) -> bool:
        """True when a worker will soon have nothing to do."""
        return len(self._waiting) < self.workers

    @property
    def idle(self) -> bool:
        """True when nothing is out."""
        return not self._waiting and not any(worker.busy for worker in self._crew)

    def take(self, timeout_s: float) -> list[tuple[Work, Branch]]:
        """What came back by now, or within so many seconds.

        Raises:
            WorkerLost: a worker ended before it was done.
        """
        found = []
        for pipe in wait([worker.pipe for worker in self._crew], timeout_s):
            worker = next(each for each in self._crew if each.pipe is pipe)
            try:
                found.append(worker.pipe.recv())
            except (EOFError, OSError) as gone:
                worker.process.join()
                raise WorkerLost(worker.process.exitcode or 0) from gone
            worker.busy -= 1
        self._hand_out()
        return found

    def _hand_out(self) -> None:
        for worker in sorted(self._crew, key=lambda each: each.busy):
            while self._waiting and worker.busy < AHEAD:
                worker.pipe.send(self._waiting.popleft())
                worker.busy += 1


def lead(
    reviewing: Reviewing,
    *,
    workers: int,
    niceness: int = 0,
    found: Callable[[Review], object] = lambda review: None,
    keep_going: Callable[[Reviewing], bool] = lambda reviewing: True,
) -> Review:
    """Leads a review over so many workers until it is complete or `keep_going` says no; `found` is told what is known.

    Decisions are opened in the order of the run, the next one as soon as the workers have something to do.
    """
    told = 0.0
    with Crew(reviewing.playbook, reviewing.seed, reviewing.memory, workers, niceness) as crew:
        while keep_going(reviewing) and not (reviewing.complete and crew.idle):
            if crew.hungry:
                _feed(reviewing, crew)
            news = False
            for work, branch in crew.take(0.0 if crew.idle else 0.2):
                reviewing.take(work, branch)
                news = news or not reviewing.studies[work.decision].waiting
            if news and time.monotonic() - told > TELL_EVERY_S:
                found(reviewing.so_far())
                told = time.monotonic()
    return reviewing.so_far()


def _feed(reviewing: Reviewing, crew: Crew) -> None:
    """A decision never tried comes first; then the one tried least that is not settled."""
    fresh = reviewing.open_next()
    if fresh is not None:
        number = fresh.decision.number
        crew.tell(State(number, reviewing.states.pop(number), fresh.decision.following))
        crew.give(reviewing.batch_of(fresh))
    else:
        crew.give(reviewing.work())
