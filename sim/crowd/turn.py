"""Which way everybody turns, given who is near: by the product's law, by CFSM, or aside when one stands."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import inlined
from sim.core.lanes import LANES, fill, how_many, load, root, store, where
from sim.core.noise import Stream, uniform
from sim.core.tick import TICK_S
from sim.crowd.cells import SIDE, cell_of
from sim.crowd.ground import Land
from sim.crowd.intent import AX, AY, GX, GY, WALL_M
from sim.crowd.meeting import meet, repel
from sim.crowd.near import STANDS, WALKS, Near, Seen
from sim.crowd.obstacle import Obstacles, slide_along
from sim.crowd.people import Floats
from sim.crowd.steering import off_wall, turned
from sim.crowd.walking import Law
from sim.crowd.walls import FAINTEST, Walls, drop_hidden, repel_from_walls, walls_near

_MILL = int(Stream.MILL)
_COLLISION_FREE = int(Law.COLLISION_FREE)


@inlined
def turn(
    see: Seen,
    near: Near,
    some: int,
    plan: Floats,
    radius: Floats,
    land: Land,
    walls: Walls,
    block: Obstacles,
    w: Any,
    key: NDArray[np.uint32],
    tick: int,
    stride: int,
) -> None:
    """Write where each of the first `some` people in `near` is headed, to length 1, and how long it was before."""
    for each in range(some):
        k = near.who[each]
        one = plan[see.row[k]]
        near.eases[each], near.had_ex[each], near.had_ey[each] = 0.0, see.ex[k], see.ey[k]
        if w.law == _COLLISION_FREE and see.wish[k] == WALKS:
            first, past = 0, 0
            if one[WALL_M] < max(w.reach, see.soft[k] + FAINTEST * w.wall_range) + land.cell:
                first, past = walls_near(walls, see.x[k], see.y[k])
                near.past[each] = drop_hidden(
                    walls, first, past, see.x[k], see.y[k], near, near.first[each], near.past[each], w.reach
                )
            wx, wy = _flee(see, near, each, one[GX], one[GY], walls, first, past, block, w)
        elif one[GX] != 0.0 or one[GY] != 0.0:
            wx, wy = _aim(see, near, each, radius[see.row[k]], one, block, w)
            near.eases[each] = 1.0
        else:
            wx, wy = _aside(see, near, each, key, tick, w)
        near.wx[each], near.wy[each] = wx, wy
    _to_unit(see, near, some, TICK_S * stride, w)


@inlined
def _to_unit(see: Seen, near: Near, some: int, step_s: float, w: Any) -> None:
    """Ease the first `some` headings in `near` into what they are to be, and bring them to length 1.

    In lanes, because roots and quotients of one after the other would be waited for.
    """
    keep = 1.0 - step_s / w.turning
    for f in range(0, some, LANES):
        wx, wy, eases = load(near.wx, f), load(near.wy, f), load(near.eases, f) > 0.0
        if how_many(eases) > 0:
            length = root(wx * wx + wy * wy)
            share = where(length > 0.0, step_s / (length * w.turning), fill(0.0))
            wx = where(eases, load(near.had_ex, f) * keep + share * wx, wx)
            wy = where(eases, load(near.had_ey, f) * keep + share * wy, wy)
        length = root(wx * wx + wy * wy)
        store(near.length, f, length)
        store(near.wx, f, wx / length)
        store(near.wy, f, wy / length)


@inlined
def _aim(
    see: Seen,
    near: Near,
    each: int,
    radius: float,
    one: Floats,
    block: Obstacles,
    w: Any,
) -> tuple[float, float]:
    """Return where one of those in `near` means to head, of any length."""
    k, gx, gy = near.who[each], one[GX], one[GY]
    x, y, ex, ey, v, soft = see.x[k], see.y[k], see.ex[k], see.ey[k], see.v[k], see.soft[k]
    blend = min(1.0, w.blend_floor + v / w.blend_speed)
    push, turn = meet(near, near.first[each], near.past[each], ex, ey, v, soft, gx, gy, blend, w)
    wx, wy = gx, gy
    if turn != 0.0:
        wx, wy = turned(gx, gy, turn, w.dodge_most)
    wx, wy = wx - push * gy, wy + push * gx
    far, ax, ay = one[WALL_M], one[AX], one[AY]
    wx, wy = off_wall(wx, wy, far, ax, ay, radius, w)
    cell = cell_of(x, y, SIDE)
    if len(block.x) > 0 and block.start[cell + 1] > block.start[cell]:
        wx, wy = slide_along(block, cell, x, y, wx, wy, soft, w)
    return wx, wy


@inlined
def _flee(
    see: Seen,
    near: Near,
    each: int,
    gx: float,
    gy: float,
    walls: Walls,
    first: int,
    past: int,
    block: Obstacles,
    w: Any,
) -> tuple[float, float]:
    """Return the next heading, of any length, under CFSM: g and all repulsions; the last heading if they cancel."""
    k = near.who[each]
    x, y, soft = see.x[k], see.y[k], see.soft[k]
    wx, wy = gx, gy
    if near.past[each] > near.first[each]:
        east, north = repel(near, near.first[each], near.past[each], soft, w)
        wx, wy = wx + east, wy + north
    if past > first:
        east, north = repel_from_walls(walls, first, past, x, y, soft, w)
        wx, wy = wx + east, wy + north
    cell = cell_of(x, y, SIDE)
    if len(block.x) > 0 and block.start[cell + 1] > block.start[cell]:
        wx, wy = slide_along(block, cell, x, y, wx, wy, soft, w)
    if wx == 0.0 and wy == 0.0:
        return see.ex[k], see.ey[k]
    return wx, wy


@inlined
def _aside(see: Seen, near: Near, each: int, key: NDArray[np.uint32], tick: int, w: Any) -> tuple[float, float]:
    """Return the direction in which somebody who stands makes room for those coming at them; (0, 0) if nobody is.

    Who would be met squarely steps to either side with equal chance.
    """
    k, wx, wy = near.who[each], 0.0, 0.0
    for f in range(near.first[each], near.past[each]):
        place = near.place[f]
        # Others who only make room pass nobody.
        passes = see.wish[place] == WALKS or (see.v[place] > 0.0 and see.wish[place] != STANDS)
        if near.d[f] > w.disturb_m or not passes:
            continue
        ex, ey = near.ex[f], near.ey[f]
        # Where the one who stands is, seen along the other's way.
        ahead = -(ex * near.dx[f] + ey * near.dy[f])
        left = ey * near.dx[f] - ex * near.dy[f]
        if ahead > 0.0 and abs(left) < see.soft[k] + near.soft[f] + w.contact_m:
            side = 1.0 if left > 0.0 else -1.0
            if left == 0.0 and uniform(key, _MILL, tick, see.row[k]) < 0.5:
                side = 1.0
            wx, wy = wx - side * ey, wy + side * ex
    return wx, wy
