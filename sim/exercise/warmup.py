"""Warm-up: compiles every kernel by running a throw-away copy of an exercise, so that nobody waits for it in play."""

import numpy as np

from sim.crowd.people import Rumour, Status
from sim.crowd.stimulus import Channel
from sim.exercise.exercise import Exercise

PEOPLE = 12
TICKS = 120


def warm_up(exercise: Exercise) -> None:
    """Runs a copy for 12 simulated seconds with a few people on the ground who see, hear and tell something.

    The exercise itself is not touched. Takes about a minute where nothing was compiled before, else a second.
    """
    copy = exercise.fork(sealed=True)
    world = copy.world
    people = world.crowd.people
    rows = np.arange(min(PEOPLE, len(people)))
    gathering = world.setting.gathering
    people.status[rows] = int(Status.PRESENT)
    people.x[rows] = gathering.x + 0.4 * (rows % 4)
    people.y[rows] = gathering.y + 0.4 * (rows // 4)
    people.rumour[rows[:2], 0] = int(Rumour.SPREADER)
    for channel in (Channel.SIGHT, Channel.VOICE, Channel.ONLINE):
        world.emit(channel, x=gathering.x, y=gathering.y, level_db=90.0, reach=0.5, quality=0.1)
    for unit in world.units[:1]:
        world.send(unit, gathering.x, gathering.y)
    copy.run_until(world.tick + TICKS)
    world.crowd.understood(world.ground, copy.layout.bodies(world, moved=True), gathering.x, gathering.y, 90.0)
