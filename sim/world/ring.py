"""Ring: where officers stand to close a ring round people, so that nobody gets between two of them."""

from dataclasses import dataclass

import numpy as np

from sim.core.maths import cos, sin
from sim.crowd.people import Floats
from sim.world.nearby import participants_near
from sim.world.unit import CIRCLE, Formation, Unit
from sim.world.world import World

GAP_M = 2.2
"""Widest gap between two officers of a closed ring, arms out; the crowd's own limit is 2.5 m (assumed)."""
CLOSEST_M = 1.0
"""How near to the outermost of those inside a ring can stand where there are few officers (assumed)."""
PLACES = 150
"""So many people's own spots are looked at as the middle of a ring that cannot hold everybody."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle officers can close."""

    x: float
    y: float
    radius_m: float
    inside: int
    """Participants of those looked at who are inside it."""
    outside: int
    """Participants of those looked at who are not."""


def _gaps(unit: Unit) -> int:
    """Gaps between officers in the arc of a unit: it has one at both ends, and somebody alone begins theirs."""
    return max(1, unit.strength - 1)


def widest(units: list[Unit]) -> float:
    """Radius of the widest ring these units can close, m."""
    return max(CLOSEST_M, sum(map(_gaps, units)) * GAP_M / CIRCLE)


def find_ring(world: World, units: list[Unit], x: float, y: float, reach_m: float, stand_off_m: float) -> Ring:
    """The ring these units close round the participants within `reach_m` of a point.

    Round all of them, `stand_off_m` away, where there are officers enough; closer where that is needed. Where it
    is not enough it is the widest ring they can close, where it holds most people.
    """
    most = widest(units)
    rows = participants_near(world, x, y, reach_m)
    if not len(rows):
        return Ring(x, y, min(most, reach_m + stand_off_m), 0, 0)
    px, py = world.crowd.people.x[rows], world.crowd.people.y[rows]
    mx, my = 0.5 * (float(px.min()) + float(px.max())), 0.5 * (float(py.min()) + float(py.max()))
    far = float(np.sqrt((px - mx) * (px - mx) + (py - my) * (py - my)).max())
    if far + CLOSEST_M <= most:
        return Ring(mx, my, min(most, far + stand_off_m), len(rows), 0)
    k = _fullest(px, py, most - CLOSEST_M)
    held = _around(px, py, k, most)
    return Ring(float(px[k]), float(py[k]), most, held, len(rows) - held)


def _around(x: Floats, y: Floats, k: int, radius_m: float) -> int:
    """How many of these people are within a distance of the k-th."""
    dx, dy = x - x[k], y - y[k]
    return int(np.count_nonzero(dx * dx + dy * dy <= radius_m * radius_m))


def _fullest(x: Floats, y: Floats, radius_m: float) -> int:
    """Which of these people, of at most `PLACES` of them, has most of the others around; the first of equals."""
    best, most = 0, 0
    for k in range(0, len(x), -(-len(x) // PLACES)):
        held = _around(x, y, k, radius_m)
        if held > most:
            best, most = k, held
    return best


def close_ring(units: list[Unit], ring: Ring) -> None:
    """Lets the units stand on the ring, each on an arc as long as its share of the gaps: all gaps are equally wide."""
    total, before = sum(map(_gaps, units)), 0
    for unit in units:
        share, angle = _gaps(unit) / total, CIRCLE * before / total
        unit.formation = Formation.RING
        unit.x, unit.y, unit.radius_m = ring.x, ring.y, ring.radius_m
        unit.facing_x, unit.facing_y = share * cos(angle), share * sin(angle)
        before += _gaps(unit)
