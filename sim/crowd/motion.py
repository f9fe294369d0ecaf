"""How people walk: one step of a tenth of a second for everybody, each from what the others were before it.

Who walks follows the anticipation velocity model for direction and the collision-free speed model for speed
(`sim.crowd.walking` has the sources). Three things are added, without which doors jam: sideways pushes fade as one
slows down, and a turn of at most 1.2 rad towards free space takes their place; and who is stuck turns the shoulders.
Who has arrived stands, costs nothing, and steps aside when somebody passes.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import NotFinite
from sim.core.kernel import inlined, kernel
from sim.core.noise import Stream, uniform
from sim.core.tick import TICK_S
from sim.crowd.body import Bodies
from sim.crowd.cells import PER_M, SIDE, Slots, cell_of, runs_of, side_for
from sim.crowd.ground import FAR, Ground, Land, ease_at, wall_at
from sim.crowd.meeting import meet, repel, room_ahead
from sim.crowd.near import ASLEEP, STANDS, WALKS, Near, Seen, blank_near, find_near, look, pass_by
from sim.crowd.obstacle import Discs, Obstacles, find_obstacles, slide_along, yield_to
from sim.crowd.people import Act, Bytes, Floats, Ints, People, Singles, Status
from sim.crowd.steering import friction, heading, off_wall, settled, turned
from sim.crowd.walking import Law, Numbers, Walking
from sim.crowd.walls import (
    FAINTEST,
    NO_WALLS,
    OPEN_M,
    Walls,
    drop_hidden,
    open_at,
    openness_of,
    repel_from_walls,
    walls_near,
    walls_of,
)

_PRESENT = int(Status.PRESENT)
_INJURED, _HELD = int(Act.INJURED), int(Act.HELD)
_MILL = int(Stream.MILL)
_COLLISION_FREE = int(Law.COLLISION_FREE)


_GX, _GY, _FAST, _HEADWAY, _CREEP, _FAR, _AX, _AY, _PLAN = range(9)
"""Columns of a plan: way wanted, greatest speed, T, least speed, metres to
the wall and the way from it; how many they are."""


def obstacles_of(bodies: Bodies, params: Walking) -> Obstacles:
    """Return what these bodies are to people on foot; worth keeping for as long as the bodies stay as they are."""
    return find_obstacles(_discs(bodies), params.reach, params.closed_gap_m)


def _discs(bodies: Bodies) -> Discs:
    return Discs(bodies.x, bodies.y, bodies.radius, bodies.vx, bodies.vy, bodies.kind, bodies.closed, bodies.unit)


def advance_motion(
    people: People,
    ground: Ground,
    bodies: Bodies,
    key: NDArray[np.uint32],
    tick: int,
    params: Walking,
    obstacles: Obstacles | None = None,
    ticks: int = 1,
    stride: int = 1,
    land: Land | None = None,
) -> None:
    """Move everybody on by one tick, or by several in which no body moves; each is made from the state before it.

    So nobody goes first. Afterwards positions, headings, speeds, jam timers, soft radii and `disturbed` are those of
    the next tick. Somebody standing at their spot near whom nobody moves is unchanged to the last bit. INJURED and HELD
    people stay where they are put.

    Args:
        people: Changed in place; `density` is only read.
        ground: What they walk on.
        bodies: What blocks them, where it is now. A body must not move farther than 0.3 m in a tick, or it
            jumps over people instead of pushing them.
        key: `Noise.key` of the run.
        tick: The first tick that is being made.
        params: The numbers of the walking law.
        obstacles: `obstacles_of(bodies, params)`, when that is known already.
        ticks: How many are made, as one call for each of them would.
        stride: Ticks that one step lasts, a divisor of 10: steps are made in ticks that are a multiple of it, and the
            others pass without any. 1 is the law as fitted; 2 halves the cost for continuations that are ranked.
        land: The ground's grids with what bends the ways over it now; those of `ground` when nothing does.

    Raises:
        NotFinite: a position stopped being a number.
    """
    lost, when = _advance(
        people.status,
        people.act,
        people.x,
        people.y,
        people.ex,
        people.ey,
        people.v,
        people.soft_radius,
        people.stuck_s,
        people.gap_s,
        people.drive,
        people.goal,
        people.spot_x,
        people.spot_y,
        people.disturbed,
        people.density,
        people.load,
        people.free_speed,
        people.radius,
        ground.land if land is None else land,
        openness_of(ground),
        walls_of(ground) if params.law == Law.COLLISION_FREE else NO_WALLS,
        _discs(bodies),
        obstacles_of(bodies, params) if obstacles is None else obstacles,
        params.table,
        key,
        tick,
        ticks,
        stride,
        side_for(len(people)),
    )
    if lost >= 0:
        raise NotFinite("x", person=lost, tick=when)


@kernel
def _advance(
    status: Bytes,
    act: Bytes,
    x: Floats,
    y: Floats,
    ex: Floats,
    ey: Floats,
    v: Floats,
    soft: Floats,
    stuck: Floats,
    gap: Floats,
    drive: Floats,
    goal: Ints,
    spot_x: Floats,
    spot_y: Floats,
    disturbed: Bytes,
    density: Singles,
    load: Singles,
    free: Floats,
    radius: Floats,
    land: Land,
    openness: Bytes,
    walls: Walls,
    discs: Discs,
    block: Obstacles,
    table: Numbers,
    key: NDArray[np.uint32],
    first: int,
    ticks: int,
    stride: int,
    side: int,
) -> tuple[int, int]:
    """Make some ticks; returns the row of somebody whose position is no number any more, or -1, and the tick."""
    w = table[0]
    n = len(x)
    near, plan = blank_near(), np.zeros((n, _PLAN))
    for tick in range(first, first + ticks):
        if tick % stride != 0:
            continue
        wish = np.zeros(n + len(discs.x), np.uint8)
        busy = _wishes(
            status, act, x, y, v, spot_x, spot_y, goal, stuck, disturbed, load, wish, w
        ) or _any_moves(discs)  # fmt: skip
        if not busy:
            continue
        _intend(
            wish, act, x, y, spot_x, spot_y, goal, gap, drive, load, free, land, openness, plan, w
        )  # fmt: skip
        see, start = look(x, y, ex, ey, v, soft, wish, discs, block, side)
        mark = np.zeros(len(see.row), np.uint8)
        lost = _move(
            see, start, side, mark, near, plan, x, y, ex, ey, v, soft, stuck, spot_x, spot_y, radius, drive, density,
            land, walls, block, table, key, tick, stride,
        )  # fmt: skip
        _pass_by(discs, see, start, side, mark, w)
        for k in range(len(see.row)):
            if see.row[k] < n:
                disturbed[see.row[k]] = mark[k]
        if lost >= 0:
            return lost, tick
    return -1, first + ticks


@inlined
def _wishes(
    status: Bytes,
    act: Bytes,
    x: Floats,
    y: Floats,
    v: Floats,
    spot_x: Floats,
    spot_y: Floats,
    goal: Ints,
    stuck: Floats,
    disturbed: Bytes,
    load: Singles,
    wish: Bytes,
    w: Any,
) -> bool:
    """Write who walks, who stands and who need not be looked at; returns whether anything can change."""
    busy = False
    for i in range(len(x)):
        if status[i] != _PRESENT:
            continue
        wish[i] = ASLEEP
        if act[i] == _INJURED or act[i] == _HELD:
            v[i] = 0.0
        elif not settled(act[i], goal[i], spot_x[i] - x[i], spot_y[i] - y[i], stuck[i], w):
            wish[i] = WALKS
        elif disturbed[i] != 0 or v[i] > 0.0:
            wish[i] = STANDS
        busy = busy or wish[i] != ASLEEP or disturbed[i] != 0 or load[i] > 0.0
    return busy


@inlined
def _intend(
    wish: Bytes,
    act: Bytes,
    x: Floats,
    y: Floats,
    spot_x: Floats,
    spot_y: Floats,
    goal: Ints,
    gap: Floats,
    drive: Floats,
    load: Singles,
    free: Floats,
    land: Land,
    openness: Bytes,
    plan: Floats,
    w: Any,
) -> None:
    """Write the plan of everybody who moves, shape (people, 9): all that does not ask who is near.

    A loop of its own, in the order of the rows: while one person's ground is fetched, the next is under way.
    """
    for i in range(len(x)):
        if wish[i] < STANDS:
            continue
        one = plan[i]
        around = open_at(openness, x[i], y[i])
        ease = 1.0
        if around >= OPEN_M:
            one[_FAR], one[_AX], one[_AY] = around, 0.0, 0.0
        else:
            one[_FAR], one[_AX], one[_AY] = wall_at(land.distance, land.cell, x[i], y[i])
            ease = ease_at(land, x[i], y[i])
        one[_GX], one[_GY], fast = 0.0, 0.0, w.give_way
        if wish[i] == WALKS:
            one[_GX], one[_GY] = heading(act[i], goal[i], x[i], y[i], spot_x[i], spot_y[i], one[_FAR], land, w)
            fast = free[i] * (1.0 + w.drive_speed * drive[i]) * ease
        headway = gap[i] * (1.0 - w.drive_gap * drive[i])
        if load[i] > 0.0:
            drag = friction(load[i], w)
            fast, headway = fast * drag, headway / drag
        one[_FAST], one[_HEADWAY], one[_CREEP] = fast, headway, w.creep * (1.0 - drive[i])


@inlined
def _move(
    see: Seen,
    start: Slots,
    side: int,
    mark: Bytes,
    near: Near,
    plan: Floats,
    x: Floats,
    y: Floats,
    ex: Floats,
    ey: Floats,
    v: Floats,
    soft: Floats,
    stuck: Floats,
    spot_x: Floats,
    spot_y: Floats,
    radius: Floats,
    drive: Floats,
    density: Singles,
    land: Land,
    walls: Walls,
    block: Obstacles,
    table: Numbers,
    key: NDArray[np.uint32],
    tick: int,
    stride: int,
) -> int:
    """Move everybody who walks or steps aside, each by what `see` holds; returns who is nowhere any more, or -1."""
    w = table[0]
    step_s = TICK_S * stride
    lost = -1
    for k in range(len(see.row)):
        if see.wish[k] < STANDS:
            continue
        i = see.row[k]
        one = plan[i]
        gx, gy = one[_GX], one[_GY]
        free = w.law == _COLLISION_FREE and see.wish[k] == WALKS
        count = find_near(see, start, side, k, gx, gy, near, not free, w)
        if free:
            first, past = 0, 0
            if one[_FAR] < max(w.reach, see.soft[k] + FAINTEST * w.wall_range) + land.cell:
                first, past = walls_near(walls, see.x[k], see.y[k])
                count = drop_hidden(walls, first, past, see.x[k], see.y[k], near, count, w.reach)
            wx, wy = _flee(see, near, count, k, gx, gy, walls, first, past, block, w)
        elif gx != 0.0 or gy != 0.0:
            wx, wy = _aim(see, near, count, k, gx, gy, radius[i], one, block, step_s, w)
        else:
            wx, wy = _aside(see, near, count, k, key, tick, w)
        x[i], y[i], ex[i], ey[i], v[i] = _step(
            see, near, count, k, wx, wy, radius[i], one, land, block, mark, stride, w
        )
        if not (abs(x[i]) < FAR and abs(y[i]) < FAR):
            lost = i
        if see.wish[k] == WALKS:
            jammed = stuck[i] + (step_s if v[i] < w.stuck_speed else -2.0 * step_s)
            stuck[i] = min(w.squeeze_after + w.squeeze_over, max(0.0, jammed))
            share = min(1.0, max(0.0, (stuck[i] - w.squeeze_after) / w.squeeze_over))
            spare = w.squeeze_until + w.squeeze_drive * drive[i] - density[i]
            share *= min(1.0, max(0.0, 1.0 + spare / w.squeeze_fade))
            share = share if w.law != _COLLISION_FREE else 0.0
            soft[i] = radius[i] - max(0.0, radius[i] - w.thin_radius) * share
        else:
            # Who made room stands where that led; walking back would only stir up whoever stands around.
            spot_x[i], spot_y[i] = x[i], y[i]
    return lost


@inlined
def _any_moves(discs: Discs) -> bool:
    """Return whether any body moves."""
    for b in range(len(discs.x)):
        if discs.vx[b] != 0.0 or discs.vy[b] != 0.0:
            return True
    return False


@inlined
def _aim(
    see: Seen,
    near: Near,
    count: int,
    k: int,
    gx: float,
    gy: float,
    radius: float,
    one: Floats,
    block: Obstacles,
    step_s: float,
    w: Any,
) -> tuple[float, float]:
    """Return the next heading, of any length, of the one at place k, whose way is (gx, gy)."""
    x, y, ex, ey, v, soft = see.x[k], see.y[k], see.ex[k], see.ey[k], see.v[k], see.soft[k]
    blend = min(1.0, w.blend_floor + v / w.blend_speed)
    push, turn = meet(near, count, ex, ey, v, soft, gx, gy, blend, w)
    wx, wy = gx, gy
    if turn != 0.0:
        wx, wy = turned(gx, gy, turn, w.dodge_most)
    wx, wy = wx - push * gy, wy + push * gx
    far, ax, ay = one[_FAR], one[_AX], one[_AY]
    wx, wy = off_wall(wx, wy, far, ax, ay, radius, w)
    cell = cell_of(x, y, SIDE)
    if len(block.x) > 0 and block.start[cell + 1] > block.start[cell]:
        wx, wy = slide_along(block, cell, x, y, wx, wy, soft, w)
    length = math.sqrt(wx * wx + wy * wy)
    share = step_s / (w.turning * length) if length > 0.0 else 0.0
    return (1.0 - step_s / w.turning) * ex + share * wx, (1.0 - step_s / w.turning) * ey + share * wy


@inlined
def _flee(
    see: Seen,
    near: Near,
    count: int,
    k: int,
    gx: float,
    gy: float,
    walls: Walls,
    first: int,
    past: int,
    block: Obstacles,
    w: Any,
) -> tuple[float, float]:
    """Return the next heading, of any length, under CFSM: g and all repulsions; the last heading if they cancel."""
    x, y, soft = see.x[k], see.y[k], see.soft[k]
    wx, wy = gx, gy
    if count > 0:
        east, north = repel(near, count, soft, w)
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
def _aside(
    see: Seen, near: Near, count: int, k: int, key: NDArray[np.uint32], tick: int, w: Any
) -> tuple[float, float]:
    """Return the direction in which somebody who stands makes room for those coming at them; (0, 0) if nobody is.

    Who would be met squarely steps to either side with equal chance.
    """
    wx, wy = 0.0, 0.0
    for f in range(count):
        place = int(near.place[f])
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


@inlined
def _step(
    see: Seen,
    near: Near,
    count: int,
    k: int,
    wx: float,
    wy: float,
    radius: float,
    one: Floats,
    land: Land,
    block: Obstacles,
    mark: Bytes,
    stride: int,
    w: Any,
) -> tuple[float, float, float, float, float]:
    """Return place, heading and speed of the one at place k after a step along (wx, wy), and mark whom they pass."""
    fast, headway, creep = one[_FAST], one[_HEADWAY], one[_CREEP]
    step_s = TICK_S * stride
    x, y, ex, ey, soft = see.x[k], see.y[k], see.ex[k], see.ey[k], see.soft[k]
    length = math.sqrt(wx * wx + wy * wy)
    v, beside = 0.0, 0.0
    if w.law == _COLLISION_FREE:
        creep = 0.0
    elif soft <= w.thin_radius:
        # Who is turned sideways slides along whoever is almost beside them.
        beside = w.slide
    if length > 1e-9:
        ex, ey = wx / length, wy / length
        room = room_ahead(near, count, ex, ey, soft, beside) if count > 0 else FAR
        v = min(fast, max(0.0, room) / headway)
        v = v if v >= creep else 0.0
    step_x, step_y = v * ex * step_s, v * ey * step_s
    far, ax, ay = one[_FAR], one[_AX], one[_AY]
    into = step_x * ax + step_y * ay
    apart = 2.0 * w.thin_radius if w.law != _COLLISION_FREE else 0.0
    if far < w.glide * radius and into < 0.0 and w.law != _COLLISION_FREE:
        step_x, step_y = step_x - into * ax, step_y - into * ay
    parting = min(1.0, w.push_out * stride)
    closest = FAR
    if count > 0:
        closest = pass_by(near, count, soft, see.wish[k] == WALKS, v > 0.0, mark, w)
    for f in range(count if closest < apart else 0):
        d = near.d[f]
        if d < apart:
            # Overlapping bodies part; in the very same place, the one further down the list goes east.
            share = 0.5 * parting * (apart - d)
            if d > 0.0:
                step_x, step_y = step_x - share * near.dx[f] / d, step_y - share * near.dy[f] / d
            else:
                step_x += share if int(near.place[f]) < k else -share
    cell = cell_of(x, y, SIDE)
    if len(block.x) > 0 and block.start[cell + 1] > block.start[cell]:
        step_x, step_y = yield_to(block, cell, x, y, step_x, step_y, soft, step_s / headway, stride, w)
    if step_x == 0.0 and step_y == 0.0:
        v = 0.0
    v = min(v, math.sqrt(step_x * step_x + step_y * step_y) / step_s)
    next_x, next_y = x + step_x, y + step_y
    if far < w.wall_gap + 1.0:
        next_far, ax, ay = wall_at(land.distance, land.cell, next_x, next_y)
        if next_far < w.wall_gap and (step_x != 0.0 or step_y != 0.0):
            next_x, next_y = next_x + (w.wall_gap - next_far) * ax, next_y + (w.wall_gap - next_far) * ay
            if wall_at(land.distance, land.cell, next_x, next_y)[0] < min(0.0, far):
                next_x, next_y, v = x, y, 0.0
    return next_x, next_y, ex, ey, v


@kernel
def _pass_by(discs: Discs, see: Seen, start: Slots, side: int, mark: Bytes, w: Any) -> None:
    """Mark everybody close to a body that moves."""
    for b in range(len(discs.x)):
        if discs.vx[b] == 0.0 and discs.vy[b] == 0.0:
            continue
        reach = w.disturb_m + discs.radius[b]
        west, east = math.floor((discs.x[b] - reach) * PER_M), math.floor((discs.x[b] + reach) * PER_M)
        for line in range(math.floor((discs.y[b] - reach) * PER_M), math.floor((discs.y[b] + reach) * PER_M) + 1):
            runs = runs_of(start, side, west, east, line)
            for run in range(0, 4, 2):
                for j in range(runs[run], runs[run + 1]):
                    dx, dy = see.x[j] - discs.x[b], see.y[j] - discs.y[b]
                    if dx * dx + dy * dy <= reach * reach:
                        mark[j] = 1
