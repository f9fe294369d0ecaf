"""Who is near a point: the questions about people that units and effects ask."""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.crowd.people import NEVER, Act, Bytes, Floats, Ints, Status
from sim.world.setting import Lane, Place
from sim.world.world import OFFENCE_FRESH_TICKS, World

Rows = NDArray[np.int64]

LANE_HALF_M = 1.75
"""Half the width of a lane (3.5 m)."""
_PRESENT, _OBSTRUCT, _ATTACK = int(Status.PRESENT), int(Act.OBSTRUCT), int(Act.ATTACK)
STANDING_MPS = 0.3
"""Who is slower than this stands (assumed)."""
TOGETHER = 3
"""So many people who stand or sit on a lane close it; one or two step aside by themselves (assumed)."""


def present_near(world: World, x: float, y: float, reach_m: float) -> Rows:
    """Rows of the people present within `reach_m` of a point, in row order."""
    return _rows_near(world, x, y, reach_m, NEVER)


def participants_near(world: World, x: float, y: float, reach_m: float) -> Rows:
    """Rows of the participants present within `reach_m` of a point, in row order."""
    rows = present_near(world, x, y, reach_m)
    return rows[world.crowd.participant[rows]]


def offenders_near(world: World, x: float, y: float, reach_m: float) -> Rows:
    """Rows of those within reach whose own offence is less than 60 s old."""
    return _rows_near(world, x, y, reach_m, world.tick - OFFENCE_FRESH_TICKS)


def nearest_acting(world: World, x: float, y: float, reach_m: float) -> int:
    """Row of the nearest of those within reach who obstruct, throw or attack and did so in the last 60 s; -1 if none.

    Nearest along the axes, |dx| + |dy|; of equal ones the first.
    """
    people, since = world.crowd.people, world.tick - OFFENCE_FRESH_TICKS
    return int(_acting(people.status, people.act, people.x, people.y, people.last_offence, x, y, reach_m, since))


@kernel
def _acting(  # noqa: PLR0913 - arrays one by one
    status: Bytes,
    act: Bytes,
    x: Floats,
    y: Floats,
    last_offence: Ints,
    from_x: float,
    from_y: float,
    reach: float,
    since: int,
) -> int:
    """Return the row `nearest_acting` asks for."""
    nearest, least = -1, 0.0
    for i in range(len(x)):
        if status[i] != _PRESENT or last_offence[i] < since or not _OBSTRUCT <= act[i] <= _ATTACK:
            continue
        dx, dy = x[i] - from_x, y[i] - from_y
        if dx * dx + dy * dy <= reach * reach and (nearest < 0 or abs(dx) + abs(dy) < least):
            nearest, least = i, abs(dx) + abs(dy)
    return nearest


def _rows_near(world: World, x: float, y: float, reach_m: float, since: int) -> Rows:
    people = world.crowd.people
    found: Rows = _near(people.status, people.x, people.y, people.last_offence, x, y, reach_m, since)
    return found


@kernel
def _near(
    status: Bytes, x: Floats, y: Floats, last_offence: Ints, from_x: float, from_y: float, reach: float, since: int
) -> Rows:
    """Return the rows of who is present within reach and has offended since that tick, in row order."""
    found, count = np.empty(len(x), np.int64), 0
    for i in range(len(x)):
        dx, dy = x[i] - from_x, y[i] - from_y
        if status[i] == _PRESENT and dx * dx + dy * dy <= reach * reach and last_offence[i] >= since:
            found[count] = i
            count += 1
    return found[:count].copy()


def standing_on(world: World, lane: Lane) -> Rows:
    """Rows of the participants who stand on a lane (not of those who cross it), in row order."""
    return _standing(world, lane, lane.x0, lane.x1, len(world.crowd.people))


def sat_upon(world: World, lane: Lane, low: float, high: float) -> bool:
    """True when people stand or sit on the lane between two points along it, and enough of them to close it."""
    return len(_standing(world, lane, max(low, lane.x0), min(high, lane.x1), TOGETHER)) >= TOGETHER


def _standing(world: World, lane: Lane, low: float, high: float, most: int) -> Rows:
    people = world.crowd.people
    found: Rows = _stand_between(
        people.status, world.crowd.participant, people.x, people.y, people.v, lane.y, low, high, most
    )
    return found


@kernel
def _stand_between(  # noqa: PLR0913 - arrays one by one
    status: Bytes,
    participant: NDArray[np.bool_],
    x: Floats,
    y: Floats,
    v: Floats,
    lane_y: float,
    low: float,
    high: float,
    most: int,
) -> Rows:
    """Return the rows of the first, `most` at most, who came for the incident and stand on the lane along `lane_y`.

    They stand there between two points of it.
    """
    found, count = np.empty(most, np.int64), 0
    for i in range(len(x)):
        if (
            abs(y[i] - lane_y) <= LANE_HALF_M
            and low <= x[i] <= high
            and status[i] == _PRESENT
            and participant[i]
            and v[i] < STANDING_MPS
        ):
            found[count] = i
            count += 1
            if count == most:
                break
    return found[:count].copy()


def reach_of(place: Place) -> float:
    """Radius of the circle round a place's centre that covers it, m."""
    bounds = place.region if not hasattr(place.region, "bounds") else place.region.bounds
    width, height = bounds.x1 - bounds.x0, bounds.y1 - bounds.y0
    return 0.5 * math.sqrt(width * width + height * height)


def middle_of(world: World, rows: Rows) -> tuple[float, float]:
    """Mean position of these people; the site's middle when there are none."""
    if not len(rows):
        return world.setting.width_m / 2, world.setting.height_m / 2
    people = world.crowd.people
    return float(np.mean(people.x[rows])), float(np.mean(people.y[rows]))
