"""Everybody as others see them before a tick, sorted by cell, and who of them is near one person.

Both are columns side by side, so that a kernel can look at eight people at a time.
"""

import math
from typing import Any, NamedTuple

import numpy as np

from sim.core.kernel import inlined, kernel
from sim.core.lanes import LANES, count_up, fill, how_many, least, load, pack, root, smallest, store, where
from sim.crowd.cells import PER_M, Slots, runs_of, sort_into_cells
from sim.crowd.obstacle import Discs, Obstacles
from sim.crowd.people import Bytes, Floats, Longs

AWAY, ASLEEP, STANDS, WALKS = 0, 1, 2, 3
"""Not on the ground; need not be looked at; stands, but somebody passes; wants to get somewhere."""

MOST = 512
"""How many neighbours one person can notice; 2.5 m around somebody hold that many at 26 /m2."""

AT_ONCE = 32
"""How many people are taken at a time."""

FULL = 1024
"""No further person is taken when so many neighbours are held."""


class Seen(NamedTuple):
    """Everybody present, and every body one walks around like a person; columns have spare room for lanes."""

    row: Slots
    """Row in `People`; from the number of people up, in `Bodies`."""
    wish: Bytes
    """AWAY to WALKS."""
    x: Floats
    y: Floats
    ex: Floats
    ey: Floats
    v: Floats
    vx: Floats
    """Velocity: v times the heading."""
    vy: Floats
    soft: Floats
    """Radius as it is now."""


class Near(NamedTuple):
    """The neighbours of some people, one person's after the other's, with spare room for lanes.

    People are taken some at a time and one step after the other, so that the processor is always at several of them.
    """

    who: Longs
    """Places of these people in the list of `Seen`."""
    first: Longs
    """Where the neighbours of each begin in the columns below."""
    past: Longs
    """Where they end."""
    wx: Floats
    """Where each is headed, any length."""
    wy: Floats

    place: Floats
    """Place in the list of `Seen`, a whole number."""
    dx: Floats
    """Where they are from here, m."""
    dy: Floats
    d: Floats
    """How far that is."""
    ex: Floats
    ey: Floats
    vx: Floats
    vy: Floats
    soft: Floats
    hit: Floats
    """Places of those who are passed."""


@kernel
def blank_near() -> Near:
    """Return room for the neighbours of `AT_ONCE` people, or of fewer who have more."""
    p, w, a = np.zeros((3, AT_ONCE), np.int64), np.zeros((2, AT_ONCE)), np.zeros((10, FULL + MOST + 2 * LANES))
    return Near(p[0], p[1], p[2], w[0], w[1], a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9])


@kernel
def look(
    x: Floats,
    y: Floats,
    ex: Floats,
    ey: Floats,
    v: Floats,
    soft: Floats,
    wish: Bytes,
    discs: Discs,
    block: Obstacles,
    side: int,
) -> tuple[Seen, Slots]:
    """Return everybody with a wish by cell, with the bodies that are no wall, and where each cell starts."""
    n, m = len(x), len(discs.x)
    all_x, all_y = x, y
    if m > 0:
        all_x, all_y = np.empty(n + m), np.empty(n + m)
        all_x[:n], all_y[:n], all_x[n:], all_y[n:] = x, y, discs.x, discs.y
    for b in range(m):
        wish[n + b] = AWAY if block.wall[b] != 0 else ASLEEP
    row, start = sort_into_cells(all_x, all_y, wish, side)
    size = len(row)
    a = np.zeros((8, size + LANES))
    see = Seen(row, np.empty(size, np.uint8), a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7])
    _fill(see, x, y, ex, ey, v, soft, wish, discs)
    return see, start


@inlined
def _fill(
    see: Seen, x: Floats, y: Floats, ex: Floats, ey: Floats, v: Floats, soft: Floats, wish: Bytes, discs: Discs
) -> None:
    """Write everybody's columns."""
    n = len(x)
    for k in range(len(see.row)):
        i = see.row[k]
        see.wish[k] = wish[i]
        if i < n:
            see.x[k], see.y[k], see.ex[k], see.ey[k], see.v[k], see.soft[k] = x[i], y[i], ex[i], ey[i], v[i], soft[i]
        else:
            b = i - n
            fast = math.sqrt(discs.vx[b] * discs.vx[b] + discs.vy[b] * discs.vy[b])
            see.x[k], see.y[k], see.v[k], see.soft[k] = discs.x[b], discs.y[b], fast, discs.radius[b]
            # Who stands in the way without a heading counts as half opposed.
            see.ex[k] = discs.vx[b] / fast if fast > 0.0 else 0.0
            see.ey[k] = discs.vy[b] / fast if fast > 0.0 else 0.0
        see.vx[k], see.vy[k] = see.v[k] * see.ex[k], see.v[k] * see.ey[k]


@inlined
def find_near(
    see: Seen, start: Slots, side: int, k: int, gx: float, gy: float, near: Near, begin: int, whole: bool, w: Any
) -> int:
    """Write who matters to the one at place k, who goes along (gx, gy), into `near` from `begin` on; returns their end.

    These are all within `reach`, and within `reach_opposed` those who do not go the same way. Unless `whole`, only
    place, dx, dy, d and soft are written.
    """
    x, y, me = see.x[k], see.y[k], float(k)
    close, wide = w.reach * w.reach, w.reach_opposed * w.reach_opposed
    farthest = max(w.reach, w.reach_opposed)
    west, east = math.floor((x - farthest) * PER_M), math.floor((x + farthest) * PER_M)
    count = begin
    for line in range(math.floor((y - farthest) * PER_M), math.floor((y + farthest) * PER_M) + 1):
        first, past, again, end = runs_of(start, side, west, east, line)
        for _ in range(2 if end > again else 1):
            last = fill(float(past))
            for j in range(first, past, LANES):
                place = count_up(float(j))
                dx, dy = load(see.x, j) - x, load(see.y, j) - y
                square = dx * dx + dy * dy
                wanted = square <= close
                if wide > close:
                    opposed = load(see.ex, j) * gx + load(see.ey, j) * gy <= 0.0
                    wanted = wanted | (opposed & (square <= wide))
                wanted = wanted & (place < last) & (place != me)
                found = how_many(wanted)
                if found > 0:
                    pack(near.place, count, place, wanted)
                    pack(near.dx, count, dx, wanted)
                    pack(near.dy, count, dy, wanted)
                    pack(near.d, count, square, wanted)
                    pack(near.soft, count, load(see.soft, j), wanted)
                    if whole:
                        pack(near.ex, count, load(see.ex, j), wanted)
                        pack(near.ey, count, load(see.ey, j), wanted)
                        pack(near.vx, count, load(see.vx, j), wanted)
                        pack(near.vy, count, load(see.vy, j), wanted)
                    count = min(begin + MOST - 1, count + found)
            first, past = again, end
    for f in range(begin, count, LANES):
        store(near.d, f, root(load(near.d, f)))
    return count


@inlined
def pass_by(near: Near, first: int, past: int, soft: float, walks: bool, moves: bool, mark: Bytes, w: Any) -> float:
    """Mark whom somebody of radius `soft` passes; returns the distance to the nearest neighbour, 1e6 without one.

    Who walks passes everybody within `disturb_m`, who moves whom they touch.
    """
    closest, found = fill(1e6), 0
    within = w.disturb_m if walks else -1.0
    for f in range(first, past, LANES):
        d, there = load(near.d, f), count_up(float(f)) < float(past)
        passed = d <= within
        if moves:
            passed = passed | (d <= load(near.soft, f) + soft + w.contact_m)
        passed = passed & there
        closest = least(closest, where(there, d, closest))
        pack(near.hit, found, load(near.place, f), passed)
        found += how_many(passed)
    for f in range(found):
        mark[int(near.hit[f])] = 1
    return float(smallest(closest))
