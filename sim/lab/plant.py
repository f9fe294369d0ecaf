"""Plant: one number changed by its last digit, on purpose, to see that it is found and named."""

from dataclasses import dataclass

import numpy as np

from sim.core.noise import Noise, Stream
from sim.exercise.exercise import Exercise
from sim.exercise.tick import SECOND
from sim.lab.trace import Difference, difference
from sim.lab.ways import Course, plain

LEAD_TICKS = 25
"""How long the two have run side by side before."""


@dataclass(frozen=True, slots=True)
class Plant:
    """Where a last digit was changed."""

    tick: int
    part: str
    row: int


@dataclass(frozen=True, slots=True)
class Found:
    """A plant, and what was noticed of it."""

    plant: Plant
    where: Difference | None
    """The first thing found to differ, looking at every tick; None when nothing was."""
    recorded: bool
    """Whether the digest recorded for that second differs: not when the change had vanished by then."""

    @property
    def named(self) -> bool:
        """Whether tick, array and person are the right ones."""
        return self.where == Difference(self.plant.tick, self.plant.part, self.plant.row)


def plant(run: Exercise, number: int) -> Plant | None:
    """Change the last digit of one random number of somebody present; None when nobody is there."""
    dice = Noise(number)
    people = run.world.crowd.people
    here = np.flatnonzero(people.present)
    if not len(here):
        return None
    columns = {name: column for name, column in people.state().items() if column.dtype == np.float64}
    name = sorted(columns)[dice.choice(len(columns), Stream.PLAYER, 0, 5)]
    row = int(here[dice.choice(len(here), Stream.PLAYER, 0, 6)])
    columns[name][row] = np.nextafter(columns[name][row], np.inf)
    return Plant(run.tick_now, f"crowd.people.{name}", row)


def find(course: Course) -> Found | None:
    """Go through a course twice, once with a plant at a random tick, and look for it; None when nobody was there."""
    at = course.session.some_tick(8)
    one = plain(course, max(0, at - LEAD_TICKS))
    other = one.fork()
    planted, where = None, None
    second = at - at % SECOND + SECOND
    while one.tick_now < second and one.outcome is None:
        for run in (one, other):
            course.go_on(run, run.tick_now + 1)
        if other.tick_now == at:
            planted = plant(other, course.session.number)
        if where is None and one.digest() != other.digest():
            where = difference(one.world, other.world)
    if planted is None:
        return None
    return Found(planted, where, recorded=one.journal.running != other.journal.running)
