"""Bodies as people on foot meet them: single discs to walk around, and rows of discs that are as good as walls."""

import math
from typing import Any, NamedTuple

import numpy as np

from sim.core.kernel import inlined, kernel
from sim.crowd.body import BodyKind
from sim.crowd.cells import PER_M, SIDE, Slots
from sim.crowd.people import Bytes, Floats, Ints
from sim.crowd.steering import off_wall

_VEHICLE = int(BodyKind.VEHICLE)

PUSH_M = 0.25
"""The farthest a body moves somebody aside in one tick."""
_FEELER_M = 0.4
"""How far from a vehicle one turns aside."""
_SQUARELY = 0.3
"""A wish that goes along a vehicle with less than this share of it needs a turn to get on."""


class Discs(NamedTuple):
    """The arrays of `Bodies` that people on foot notice, as kernels take them."""

    x: Floats
    y: Floats
    radius: Floats
    vx: Floats
    vy: Floats
    kind: Bytes
    closed: Bytes
    unit: Ints


class Obstacles(NamedTuple):
    """Each disc with the gap to the next one of its unit, when that is closed, as a thick line from (x, y).

    The first disc of a vehicle stands for all of it; the others are in no cell.
    """

    x: Floats
    y: Floats
    end_x: Floats
    """The other end: the next disc where the gap is closed, the last of a vehicle, else the disc itself."""
    end_y: Floats
    radius: Floats
    vehicle: Bytes
    """1 for vehicles."""
    wall: Bytes
    """1 for vehicles and closed lines, along which one slides; 0 for what one walks around like a person."""
    start: Slots
    """Obstacles near places in cell c are member[start[c]:start[c + 1]], ascending."""
    member: Slots


@kernel
def find_obstacles(discs: Discs, reach: float, closed_gap: float) -> Obstacles:
    """Return the discs as obstacles, each listed in every cell that has places within `reach` of it.

    A gap wider than `closed_gap` between two middles cannot be closed.
    """
    m = len(discs.x)
    end_x, end_y, wall, vehicle = np.empty(m), np.empty(m), np.zeros(m, np.uint8), np.zeros(m, np.uint8)
    for b in range(m):
        end_x[b], end_y[b] = discs.x[b], discs.y[b]
        if discs.kind[b] == _VEHICLE:
            vehicle[b] = 1
        if vehicle[b] != 0 or discs.closed[b] != 0:
            wall[b] = 1
    for b in range(m - 1):
        dx, dy = discs.x[b + 1] - discs.x[b], discs.y[b + 1] - discs.y[b]
        if discs.closed[b] != 0 and discs.unit[b + 1] == discs.unit[b] and dx * dx + dy * dy <= closed_gap * closed_gap:
            end_x[b], end_y[b] = discs.x[b + 1], discs.y[b + 1]
            wall[b + 1] = 1
    # A vehicle is one thick line from its first disc to its last: between discs there are notches to get caught in.
    part = np.zeros(m, np.uint8)
    first = 0
    for b in range(1, m):
        if vehicle[b] != 0 and vehicle[first] != 0 and discs.unit[b] == discs.unit[first]:
            part[b] = 1
            end_x[first], end_y[first] = discs.x[b], discs.y[b]
        else:
            first = b
    start = np.zeros(SIDE * SIDE + 2, np.uint32)
    member = np.empty(0, np.uint32)
    # Counted in the first turn, two cells on; filled in the second, which leaves each start where it belongs.
    for turn in range(2):
        for b in range(m):
            if part[b] != 0:
                continue
            margin = discs.radius[b] + reach
            west = math.floor((min(discs.x[b], end_x[b]) - margin) * PER_M)
            east = min(west + SIDE - 1, math.floor((max(discs.x[b], end_x[b]) + margin) * PER_M))
            south = math.floor((min(discs.y[b], end_y[b]) - margin) * PER_M)
            north = min(south + SIDE - 1, math.floor((max(discs.y[b], end_y[b]) + margin) * PER_M))
            for line in range(south, north + 1):
                for column in range(west, east + 1):
                    c = (line & (SIDE - 1)) * SIDE + (column & (SIDE - 1))
                    if turn == 0:
                        start[c + 2] += 1
                    else:
                        member[start[c + 1]] = b
                        start[c + 1] += 1
        if turn == 0 and m > 0:
            for c in range(SIDE * SIDE + 1):
                start[c + 1] += start[c]
            member = np.empty(start[SIDE * SIDE + 1], np.uint32)
    return Obstacles(discs.x, discs.y, end_x, end_y, discs.radius, vehicle, wall, start, member)


@inlined
def _nearest(block: Obstacles, b: int, x: float, y: float) -> tuple[float, float, float]:
    """Return the unit vector from (x, y) to the middle line of obstacle b, and metres to its surface."""
    lx, ly = block.end_x[b] - block.x[b], block.end_y[b] - block.y[b]
    dx, dy = block.x[b] - x, block.y[b] - y
    square = lx * lx + ly * ly
    if square > 0.0:
        share = min(1.0, max(0.0, -(dx * lx + dy * ly) / square))
        dx, dy = dx + share * lx, dy + share * ly
    d = math.sqrt(dx * dx + dy * dy)
    if d == 0.0:
        return 1.0, 0.0, -block.radius[b]
    return dx / d, dy / d, d - block.radius[b]


@inlined
def slide_along(
    block: Obstacles, cell: int, x: float, y: float, wx: float, wy: float, soft: float, w: Any
) -> tuple[float, float]:
    """Return what wall-like obstacles near (x, y), in `cell`, make of a wished direction (wx, wy).

    Who heads squarely into the side of a vehicle turns to its nearer end.
    """
    for q in range(block.start[cell], block.start[cell + 1]):
        b = block.member[q]
        if block.wall[b] != 0:
            nx, ny, gap = _nearest(block, b, x, y)
            into = wx * nx + wy * ny
            wx, wy = off_wall(wx, wy, gap, -nx, -ny, soft, w)
            if block.vehicle[b] != 0 and into > 0.0 and gap < soft + _FEELER_M:
                lx, ly = block.end_x[b] - block.x[b], block.end_y[b] - block.y[b]
                length = math.sqrt(lx * lx + ly * ly)
                if length > 0.0 and abs(wx * lx + wy * ly) < _SQUARELY * length:
                    past = (x - block.x[b]) * lx + (y - block.y[b]) * ly - 0.5 * length * length
                    turn = (into if past >= 0.0 else -into) / length
                    wx, wy = wx + turn * lx, wy + turn * ly
    return wx, wy


@inlined
def yield_to(
    block: Obstacles,
    cell: int,
    x: float,
    y: float,
    step_x: float,
    step_y: float,
    soft: float,
    share: float,
    ticks: int,
    w: Any,
) -> tuple[float, float]:
    """Return the step, so many ticks long, that obstacles leave of a step somebody at (x, y), in `cell`, wants to make.

    What leads into a wall-like obstacle shrinks to `share` of the gap to it; who overlaps an obstacle is moved out
    of the one they are deepest in, `PUSH_M` a tick at most.
    """
    deepest, out_x, out_y = 0.0, 0.0, 0.0
    for q in range(block.start[cell], block.start[cell + 1]):
        b = block.member[q]
        nx, ny, gap = _nearest(block, b, x, y)
        into = step_x * nx + step_y * ny
        most = max(0.0, gap - soft) * share
        if block.wall[b] != 0 and into > most:
            step_x, step_y = step_x - (into - most) * nx, step_y - (into - most) * ny
        if w.thin_radius - gap > deepest:
            deepest, out_x, out_y = w.thin_radius - gap, -nx, -ny
    deepest = min(deepest, PUSH_M * ticks)
    return step_x + deepest * out_x, step_y + deepest * out_y
