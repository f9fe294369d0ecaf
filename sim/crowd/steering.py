"""The walking law for one person: which way to turn and how fast to go, given who is near.

Symbols as in the sources named in `sim.crowd.walking`: g is the unit vector to the goal, e a heading, n the unit
vector to a neighbour, l the sum of two radii, T the time gap.
"""

import math
from typing import Any

from sim.core.kernel import inlined
from sim.core.maths import cos, exp, sin
from sim.crowd.ground import Land, clear_sight, heading_at, walk_at
from sim.crowd.people import Act

_LEAVE, _FLEE = int(Act.LEAVE), int(Act.FLEE)

_FAINT_WALL = 8.0
"""exp(-8) is a push below 1e-3: a wall this many ranges beyond the radius bends nobody's way."""


@inlined
def leaving(act: int, goal: int) -> bool:
    """Return whether somebody follows the field to its very end instead of stopping at a spot."""
    return goal >= 0 and (act == _LEAVE or act == _FLEE)


@inlined
def settled(act: int, goal: int, dx: float, dy: float, stuck: float, w: Any) -> bool:
    """Return whether somebody whose spot is (dx, dy) away stands: there, or as near as they could get."""
    room = w.spot_m + w.settle * stuck
    return not leaving(act, goal) and dx * dx + dy * dy <= room * room


@inlined
def heading(
    act: int,
    goal: int,
    x: float,
    y: float,
    spot_x: float,
    spot_y: float,
    far: float,
    land: Land,
    w: Any,
) -> tuple[float, float]:
    """Return g: along the field, or straight to the spot once it is near and in sight; (0, 0) with nowhere to go.

    `far` is how far the nearest wall is from (x, y).
    """
    dx, dy = spot_x - x, spot_y - y
    square = dx * dx + dy * dy
    if goal >= 0:
        straight = False
        if not leaving(act, goal):
            if square < w.straight_m * w.straight_m:
                # No wall as near as the spot, by more than the grids may err: no need to look for one on the way.
                spare = far - 2.0 * land.cell
                straight = spare > 0.0 and square < spare * spare
                straight = straight or clear_sight(land.solid, land.cell, x, y, spot_x, spot_y)
            straight = straight or walk_at(land.phi, land.solid, land.cell, goal, x, y) < w.arrived_m
        if not straight:
            return heading_at(land, goal, x, y, far)
    length = math.sqrt(square)
    if length == 0.0:
        return 0.0, 0.0
    return dx / length, dy / length


@inlined
def turned(gx: float, gy: float, turn: float, most: float) -> tuple[float, float]:
    """Return g rotated to the left by `most` times the hyperbolic tangent of `turn`, in radians."""
    angle = most * (1.0 - 2.0 / (exp(2.0 * turn) + 1.0))
    c, s = cos(angle), sin(angle)
    return c * gx - s * gy, s * gx + c * gy


@inlined
def off_wall(wx: float, wy: float, far: float, ax: float, ay: float, radius: float, w: Any) -> tuple[float, float]:
    """Return a direction bent away from a wall `far` metres off, whose outward unit vector is (ax, ay)."""
    if far < radius + _FAINT_WALL * w.wall_range:
        lean = w.wall_push * exp((radius - far) / w.wall_range)
        wx, wy = wx + lean * ax, wy + lean * ay
        into = wx * ax + wy * ay
        if far < w.glide * radius and into < 0.0:
            wx, wy = wx - into * ax, wy - into * ay
    return wx, wy


@inlined
def friction(load: float, w: Any) -> float:
    """Return the share of the speed that bodies pressed together by `load`, N/m, leave each other; never nothing."""
    strain: float = load / w.friction_load
    share: float = 1.0 - w.friction_most * strain * strain / (1.0 + strain * strain)
    return share
