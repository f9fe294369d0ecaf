"""Ways: how a session can be gone through. Whatever the way, every second and the journal must be the same."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from sim.exercise.exercise import Exercise
from sim.exercise.replay import replay
from sim.exercise.save import load, save
from sim.lab.session import Session
from sim.scenario.scenario import Playbook
from sim.world.journal import Entry
from sim.world.order import Order

SAVES = 3
"""How often a session is saved and gone on with."""
HEAVY_TICKS = 30
"""Ticks in a row after each of which it is saved, loaded and stepped: three seconds. More sessions find more."""
AHEAD_TICKS = 30
"""How far the run that was forked goes on before its fork does."""


@dataclass(frozen=True, slots=True)
class Course:
    """A session with the orders that were given in it, ready to be gone through again."""

    session: Session
    playbook: Playbook
    orders: tuple[Order, ...]
    """One for each of the session's moments."""

    def opened(self) -> Exercise:
        """Its exercise at the first tick."""
        return self.session.opened(self.playbook)

    def go_on(self, run: Exercise, until: int) -> None:
        """Let a run of this course go on to a tick, with the orders due before that tick."""
        moments = self.session.moments
        for which in range(len(run.journal.of("order")), len(moments)):
            if moments[which] >= until or run.outcome is not None:
                break
            run.run_until(moments[which])
            if run.outcome is None:
                run.order(self.orders[which])
        run.run_until(until)


Way: TypeAlias = Callable[[Course, int], Exercise]
"""Goes through a course to a tick and returns the run there."""


def first_time(session: Session, playbook: Playbook) -> tuple[Course, Exercise]:
    """Goes through a session for the first time, choosing its orders on the way; returns the course and the run."""
    run = session.opened(playbook)
    orders: list[Order] = []
    for which, moment in enumerate(session.moments):
        run.run_until(moment)
        orders.append(session.order(run, which))
        if run.outcome is None:
            run.order(orders[-1])
    run.run_until(session.ticks)
    return Course(session, playbook, tuple(orders)), run


def plain(course: Course, until: int) -> Exercise:
    """From the first tick to the last, as the first time."""
    run = course.opened()
    course.go_on(run, until)
    return run


def tick_by_tick(course: Course, until: int) -> Exercise:
    """One call for each tick instead of one from order to order."""
    run = course.opened()
    while run.tick_now < until and run.outcome is None:
        course.go_on(run, run.tick_now + 1)
    return run


def forked(course: Course, until: int) -> Exercise:
    """Forked half way; the run it came from goes on first, and must leave the fork alone."""
    run = course.opened()
    course.go_on(run, min(until, course.session.some_tick(0)))
    fork = run.fork()
    course.go_on(run, min(until, run.tick_now + AHEAD_TICKS))
    course.go_on(fork, until)
    return fork


def saved(course: Course, until: int) -> Exercise:
    """Saved as bytes at some random ticks, and gone on with from those bytes."""
    run = course.opened()
    for stop in sorted(course.session.some_tick(1 + k) for k in range(SAVES)):
        course.go_on(run, min(until, stop))
        run = load(course.opened(), save(run))
    course.go_on(run, until)
    return run


def replayed(course: Course, until: int) -> Exercise:
    """Left at a random tick, computed again from the journal as it is written, and gone on with."""
    run = course.opened()
    course.go_on(run, min(until, course.session.some_tick(5)))
    written = json.dumps([[entry.tick, entry.kind, entry.data] for entry in run.journal], allow_nan=False)
    run = replay(run.playbook, run.seed, [Entry(*entry) for entry in json.loads(written)])
    course.go_on(run, until)
    return run


def heavy(course: Course, until: int) -> Exercise:
    """For a while saved, loaded and stepped at every single tick."""
    run = course.opened()
    opened = run.fork()
    course.go_on(run, min(until, course.session.some_tick(6)))
    for _ in range(HEAVY_TICKS):
        run = load(opened, save(run))
        course.go_on(run, min(until, run.tick_now + 1))
    course.go_on(run, until)
    return run


def in_two_threads(course: Course, until: int) -> Exercise:
    """Two of the same at once in two threads of one process; the second is returned when the first is equal.

    Where they differ, the first is returned with its journal ended, so that the trace shows it.
    """
    runs: list[Exercise] = [course.opened(), course.opened()]
    threads = [threading.Thread(target=course.go_on, args=(run, until)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if runs[0].digest() != runs[1].digest():
        runs[0].stop()
        return runs[0]
    return runs[1]


WAYS: dict[str, Way] = {
    "plain": plain,
    "tick by tick": tick_by_tick,
    "forked": forked,
    "saved": saved,
    "replayed": replayed,
    "heavy": heavy,
    "two threads": in_two_threads,
}
