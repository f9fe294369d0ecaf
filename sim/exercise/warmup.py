"""Warm-up: compiles every kernel by running a throw-away copy of an exercise, so that nobody waits for it in play."""

import numpy as np

from sim.crowd.detour import detours_of, survey_of
from sim.crowd.ground import Ground
from sim.crowd.people import Rumour, Status
from sim.crowd.perception import LOOKING
from sim.crowd.route import way_round
from sim.crowd.stimulus import Channel
from sim.exercise.exercise import Exercise
from sim.world.nearby import nearest_acting, present_near

PEOPLE = 12
TICKS = 120


def warm_up(exercise: Exercise) -> None:
    """Runs a copy for 12 simulated seconds with a few people on the ground who see, hear and tell something; one comes.

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
    people.arrival_tick[len(rows) : len(rows) + 1] = world.tick
    people.rumour[rows[:2], 0] = int(Rumour.SPREADER)
    people.looking[rows] = LOOKING
    for channel in (Channel.SIGHT, Channel.VOICE, Channel.ONLINE):
        world.emit(channel, x=gathering.x, y=gathering.y, level_db=90.0, reach=0.5, quality=0.1)
    for unit in world.units[:1]:
        world.send(unit, gathering.x, gathering.y)
    for unit in world.units[1:2]:
        unit.arrives_tick, unit.x, unit.y, unit.closed = world.tick, gathering.x + 3.0, gathering.y, True
    copy.run_until(world.tick + TICKS)
    present_near(world, gathering.x, gathering.y, 10.0)
    nearest_acting(world, gathering.x, gathering.y, 10.0)
    _go_round_something(world.ground)
    world.crowd.understood(world.ground, copy.layout.bodies(world, moved=True), gathering.x, gathering.y, 90.0)


def _go_round_something(ground: Ground) -> None:
    """Looks for ways round a crowd, and for one that is not straight, in the middle of the site."""
    survey = survey_of(ground)
    crowding, nothing = np.zeros_like(survey.solid), np.zeros_like(survey.solid)
    crowding[crowding.shape[0] // 2, crowding.shape[1] // 2] = 255
    detours_of(survey, crowding, nothing)
    x, y = 0.5 * ground.site.width_m, 0.5 * ground.site.height_m
    ground.direction_at(0, x, y)
    way_round(ground, x, y, x + 5.0, y)
