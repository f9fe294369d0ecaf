"""Everybody as others see them before a tick, sorted by cell, and who of them is near one person.

Both are columns side by side, so that a kernel can look at eight people at a time.
"""

import math
from typing import Any, NamedTuple

import numpy as np

from sim.core.kernel import inlined, kernel
from sim.core.lanes import (
    LANES,
    columns,
    count_up,
    fill,
    how_many,
    least,
    load,
    pack_others,
    pack_places,
    pack_whole,
    root,
    smallest,
    store,
    where,
)
from sim.crowd.cells import PER_M, Slots, run_of, sort_into_cells, span_of
from sim.crowd.obstacle import Discs, Obstacles
from sim.crowd.people import Bytes, Floats, Longs

AWAY, ASLEEP, STANDS, WALKS = 0, 1, 2, 3
"""Not on the ground; need not be looked at; stands, but somebody passes; wants to get somewhere."""

MOST = 512
"""How many neighbours one person can notice; 2.5 m around somebody hold that many at 26 /m2."""

AT_ONCE = 16
"""How many people are taken at a time, whole lanes of them."""

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
    soft: Floats
    """Radius as it is now."""
    card: Floats
    """Shape (everybody, 8): x, y, ex, ey, velocity eastwards and northwards, soft radius, nothing: what others ask of
    one, side by side."""


class Near(NamedTuple):
    """The neighbours of some people, one person's right after the other's, with spare room for lanes behind the last.

    People are taken some at a time and one step after the other, so that the processor is always at several of them,
    and the few neighbours of several share lanes.
    """

    who: Longs
    """Places of these people in the list of `Seen`."""
    first: Longs
    """Where the neighbours of each begin in the columns below."""
    past: Longs
    """Where they end."""
    wx: Floats
    """Where each is headed, any length; once all are known, of length 1, or no number where there was none."""
    wy: Floats
    length: Floats
    """How long it was before."""
    eases: Floats
    """1 for who turns to it by and by, 0 for who turns at once."""
    had_ex: Floats
    """The heading before."""
    had_ey: Floats

    place: Longs
    """Place in the list of `Seen`."""
    hit: Longs
    """Places of those who are passed."""

    x: Floats
    """Where the one is whose neighbour it is."""
    y: Floats
    dx: Floats
    """Where they are from here, m."""
    dy: Floats
    d: Floats
    """How far that is."""
    soft: Floats
    ex: Floats
    ey: Floats
    vx: Floats
    vy: Floats


@kernel
def blank_near() -> Near:
    """Return room for the neighbours of `AT_ONCE` people, or of fewer who have more; what it holds means nothing."""
    p, w = np.zeros((3, AT_ONCE), np.int64), np.zeros((6, AT_ONCE))
    room = FULL + MOST + 3 * LANES
    q, a = np.empty((2, room), np.int64), np.empty((10, room))
    return Near(
        p[0], p[1], p[2], w[0], w[1], w[2], w[3], w[4], w[5], q[0], q[1],
        a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9],
    )  # fmt: skip


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
    a, card = np.zeros((6, size + LANES)), np.empty((max(1, size), 8))
    see = Seen(row, np.empty(size, np.uint8), a[0], a[1], a[2], a[3], a[4], a[5], card)
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
        one = see.card[k]
        one[0], one[1], one[2], one[3] = see.x[k], see.y[k], see.ex[k], see.ey[k]
        one[4], one[5], one[6] = see.v[k] * see.ex[k], see.v[k] * see.ey[k], see.soft[k]


@inlined
def find_near(see: Seen, start: Slots, side: int, k: int, gx: float, gy: float, near: Near, begin: int, w: Any) -> int:
    """Write who matters to the one at place k, who goes along (gx, gy), into `near` from `begin` on; returns their end.

    These are all within `reach`, and within `reach_opposed` those who do not go the same way. Only places are written,
    and with each where the one at place k is.
    """
    x, y = see.x[k], see.y[k]
    close, wide = w.reach * w.reach, w.reach_opposed * w.reach_opposed
    farthest = max(w.reach, w.reach_opposed)
    first, many, across = span_of(side, math.floor((x - farthest) * PER_M), math.floor((x + farthest) * PER_M))
    count, most = begin, begin + MOST - 1
    for line in range(math.floor((y - farthest) * PER_M), math.floor((y + farthest) * PER_M) + 1):
        run = run_of(start, side, line, first, many)
        count = _take(see, run[0], run[1], k, x, y, gx, gy, close, wide, near, count, most)
        if across > 0:
            run = run_of(start, side, line, 0, across)
            count = _take(see, run[0], run[1], k, x, y, gx, gy, close, wide, near, count, most)
    for f in range(begin, count, LANES):
        store(near.x, f, fill(x))
        store(near.y, f, fill(y))
    return count


@inlined
def _take(
    see: Seen,
    first: int,
    past: int,
    me: int,
    x: float,
    y: float,
    gx: float,
    gy: float,
    close: float,
    wide: float,
    near: Near,
    count: int,
    most: int,
) -> int:
    """Write who matters of one run of places into `near` from `count` on; returns their end, `most` at the most."""
    # The first eight are looked at without asking whether there are any: hardly ever is that a good guess.
    while True:
        dx, dy = load(see.x, first) - x, load(see.y, first) - y
        square = dx * dx + dy * dy
        wanted = square <= close
        if wide > close:
            opposed = load(see.ex, first) * gx + load(see.ey, first) * gy <= 0.0
            wanted = wanted | (opposed & (square <= wide))
        count = min(most, count + pack_others(near.place, count, first, past, me, wanted))
        first += LANES
        if first >= past:
            return count


@inlined
def fetch(see: Seen, near: Near, end: int, whole: bool) -> None:
    """Write what each has to know of those whose places are in `near` before `end`.

    Unless `whole`, that is all but headings and velocities.
    """
    # Eight are looked at from any place before the end on: behind it stands the first of all, who does not count there.
    for f in (end, end + LANES):
        pack_places(near.place, f, 0, fill(1.0) < fill(0.0))
    for f in range(0, end + LANES, LANES):
        to_x, to_y, ex, ey, vx, vy, soft, _ = columns(see.card, near.place, f)
        dx, dy = to_x - load(near.x, f), to_y - load(near.y, f)
        store(near.dx, f, dx)
        store(near.dy, f, dy)
        store(near.d, f, root(dx * dx + dy * dy))
        store(near.soft, f, soft)
        if whole:
            store(near.ex, f, ex)
            store(near.ey, f, ey)
            store(near.vx, f, vx)
            store(near.vy, f, vy)


@inlined
def pass_by(near: Near, first: int, past: int, soft: float, walks: bool, moves: bool, mark: Bytes, w: Any) -> float:
    """Mark whom somebody of radius `soft` passes; returns the distance to the nearest neighbour, 1e6 without one.

    Who walks passes everybody within `disturb_m`, who moves whom they touch.
    """
    closest = fill(1e6)
    within = w.disturb_m if walks else -1.0
    for f in range(first, past, LANES):
        d, there = load(near.d, f), count_up(float(f)) < float(past)
        passed = d <= within
        if moves:
            passed = passed | (d <= load(near.soft, f) + soft + w.contact_m)
        passed = passed & there
        closest = least(closest, where(there, d, closest))
        if how_many(passed) > 0:
            pack_whole(near.hit, 0, near.place, f, passed)
            for each in range(how_many(passed)):
                mark[near.hit[each]] = 1
    return float(smallest(closest))
