"""Crew: processes that carry out continuations of one run, and a review led over them.

The leading process goes through the run and says what is to be tried; each worker keeps the exact state before every
decision and goes on from it. Where a process can be copied the workers begin as copies of the leading one, with all it
has loaded; elsewhere as new processes, which takes a second or two. What a review says does not depend on how many
workers there are.
"""

import contextlib
import gc
import math
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self

from sim.core.errors import WorkerLost
from sim.exercise.exercise import Exercise
from sim.exercise.save import load
from sim.review import Review, Reviewing, Study, Work, carry_out_each
from sim.review.branch import Branch
from sim.review.decision import Later
from sim.review.work import together_carried
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


@dataclass(frozen=True, slots=True)
class Told:
    """What the first of some work is worth ahead of the rest."""

    work: Work
    value: float


def serve(pipe: Connection, niceness: int, opened: Exercise | None = None, theirs: Sequence[Connection] = ()) -> None:
    """A worker: takes states and works and sends what came of them; a new process takes (playbook, seed, memory) first.

    A copy of the leading process has a run of the same, `opened`, and the leader's ends of the pipes, `theirs`: it lets
    go of them, so that it ends with the leader.
    """
    for each in theirs:
        each.close()
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt), pipe:
        if opened is None:
            playbook, seed, memory = pipe.recv()
            opened = Exercise(playbook, seed, sealed=False, memory=memory)
        # What is loaded by now stays to the end and need not be looked through for garbage again and again.
        gc.freeze()
        gc.set_threshold(20_000, 20, 50)
        runs: dict[int, tuple[Exercise, tuple[Later, ...]]] = {}
        while True:
            task = pipe.recv()
            if isinstance(task, State):
                runs[task.decision] = (load(opened, task.saved), task.following)
            else:
                run, following = runs[task[0].decision]
                told = partial(_tell, pipe, task[0])
                pipe.send(list(zip(task, carry_out_each(run, task, following, told), strict=True)))


def _tell(pipe: Connection, work: Work, value: float) -> None:
    pipe.send(Told(work, value))


def can_copy() -> bool:
    """Whether a worker can begin as a copy of this process: on Linux, while nothing else goes on in it."""
    return sys.platform == "linux" and threading.active_count() == 1


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
    opened: Exercise | None = None
    """A run of the same: where this process can be copied, the workers begin with it at once."""
    early: list[Told] = field(default_factory=list)
    """What was told ahead; whoever leads takes it from here."""
    _crew: list[_Worker] = field(default_factory=list)
    _waiting: deque[tuple[Work, ...]] = field(default_factory=deque)
    _briefed: bool = False

    def __enter__(self) -> Self:
        """The crew at work."""
        copied = self.opened is not None and can_copy()
        context = get_context("fork" if copied else "spawn")
        # A copy of this process knows the run already.
        self._briefed = copied
        for _ in range(self.workers):
            here, there = context.Pipe()
            theirs = [here, *(worker.pipe for worker in self._crew)]
            job = (there, self.niceness, self.opened, theirs) if copied else (there, self.niceness)
            process: BaseProcess = context.Process(target=serve, args=job, daemon=True)  # type: ignore[attr-defined]
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
        self._waiting.extend(together_carried(work))
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
        found: list[tuple[Work, Branch]] = []
        for pipe in wait([worker.pipe for worker in self._crew], timeout_s):
            worker = next(each for each in self._crew if each.pipe is pipe)
            try:
                came = worker.pipe.recv()
            except (EOFError, OSError) as gone:
                worker.process.join()
                raise WorkerLost(worker.process.exitcode or 0) from gone
            if isinstance(came, Told):
                self.early.append(came)
            else:
                found.extend(came)
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

    Decisions are opened in the order of the run, the next one as soon as the workers have something to do; the first
    look at the first of them is waited for, so that something is known soon.
    """
    told, news = -math.inf, False
    # The first decision is opened before the workers begin: what it had to load or compile they then have, too.
    first = reviewing.open_next()
    opened = reviewing.run
    with Crew(reviewing.playbook, reviewing.seed, reviewing.memory, workers, niceness, opened) as crew:
        if first is not None:
            _begin(reviewing, crew, first)
        while keep_going(reviewing) and not (reviewing.complete and crew.idle):
            if crew.hungry and (crew.idle or first is None or reviewing.looked_at(first)):
                _feed(reviewing, crew)
            for work, branch in crew.take(0.0 if crew.idle else 0.2):
                reviewing.take(work, branch)
                news = news or not reviewing.studies[work.decision].waiting
            for each in crew.early:
                reviewing.glimpse(each.work, each.value)
                news = news or reviewing.looked_at(reviewing.studies[each.work.decision])
            crew.early.clear()
            if news and time.monotonic() - told > TELL_EVERY_S:
                found(reviewing.so_far())
                told, news = time.monotonic(), False
    result = reviewing.so_far()
    if news:
        found(result)
    return result


def _feed(reviewing: Reviewing, crew: Crew) -> None:
    """A decision never tried comes first; then the one tried least that is not settled."""
    fresh = reviewing.open_next()
    if fresh is not None:
        _begin(reviewing, crew, fresh)
    else:
        crew.give(reviewing.work())


def _begin(reviewing: Reviewing, crew: Crew, fresh: Study) -> None:
    """Tells the workers of a decision and gives them its first look."""
    number = fresh.decision.number
    crew.tell(State(number, reviewing.states.pop(number), fresh.decision.following))
    crew.give(reviewing.batch_of(fresh))
