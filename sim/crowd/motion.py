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
from sim.core.soon import soon
from sim.core.tick import TICK_S
from sim.crowd.body import Bodies
from sim.crowd.cells import PER_M, SIDE, Slots, cell_of, runs_of, side_for
from sim.crowd.ground import FAR, Ground, Land, wall_at
from sim.crowd.intent import AX, AY, CREEP, FAST, GX, GY, HEADWAY, PLAN, WALL_M, intend, wishes
from sim.crowd.meeting import room_ahead
from sim.crowd.near import AT_ONCE, FULL, STANDS, WALKS, Near, Seen, blank_near, fetch, find_near, look, pass_by
from sim.crowd.obstacle import Discs, Obstacles, find_obstacles, yield_to
from sim.crowd.people import Bytes, Floats, Ints, People, Singles
from sim.crowd.turn import turn
from sim.crowd.walking import Law, Numbers, Walking
from sim.crowd.walls import NO_WALLS, Walls, openness_of, walls_of

_AHEAD = 16
"""How many people ahead the processor is told whose rows will be asked for: 32 do no better, 64 worse."""
_MANY = 4000
"""From so many people on it is told: fewer lie near in any case, and the telling costs a few nanoseconds each."""
_COLLISION_FREE = int(Law.COLLISION_FREE)


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
    near, plan = blank_near(), np.empty((n, PLAN))
    for tick in range(first, first + ticks):
        if tick % stride != 0:
            continue
        wish = np.zeros(n + len(discs.x), np.uint8)
        busy = wishes(status, act, x, y, v, spot_x, spot_y, goal, stuck, disturbed, load, wish, w)
        if not (busy or _any_moves(discs)):
            continue
        intend(wish, act, x, y, spot_x, spot_y, goal, gap, drive, load, free, land, openness, plan, w)
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
    lost, k = -1, 0
    many = len(see.row) >= _MANY
    while k < len(see.row):
        some, end, stands = 0, 0, False
        while k < len(see.row) and some < AT_ONCE and end <= FULL:
            if many:
                ahead = int(see.row[min(k + _AHEAD, len(see.row) - 1)])
                _ask_for(min(ahead, len(x) - 1), plan, x, y, ex, ey, v, soft, stuck, radius)
            if see.wish[k] >= STANDS:
                one = plan[see.row[k]]
                near.who[some], near.first[some] = k, end
                near.past[some] = find_near(see, start, side, k, one[GX], one[GY], near, end, w)
                end = near.past[some]
                some += 1
                stands = stands or see.wish[k] == STANDS
            k += 1
        fetch(see, near, end, stands or w.law != _COLLISION_FREE)
        turn(see, near, some, plan, radius, land, walls, block, w, key, tick, stride)
        for each in range(some):
            i = see.row[near.who[each]]
            x[i], y[i], ex[i], ey[i], v[i] = _step(see, near, each, radius[i], plan[i], land, block, mark, stride, w)
            if not (abs(x[i]) < FAR and abs(y[i]) < FAR):
                lost = i
            if see.wish[near.who[each]] == WALKS:
                jammed = stuck[i] + (TICK_S if v[i] < w.stuck_speed else -2.0 * TICK_S) * stride
                stuck[i] = min(w.squeeze_after + w.squeeze_over, max(0.0, jammed))
                soft[i] = radius[i]
                if stuck[i] > w.squeeze_after and w.law != _COLLISION_FREE:
                    soft[i] = _turned_sideways(radius[i], stuck[i], drive[i], density[i], w)
            else:
                # Who made room stands where that led; walking back would only stir up whoever stands around.
                spot_x[i], spot_y[i] = x[i], y[i]
    return lost


@inlined
def _ask_for(
    i: int,
    plan: Floats,
    x: Floats,
    y: Floats,
    ex: Floats,
    ey: Floats,
    v: Floats,
    soft: Floats,
    stuck: Floats,
    radius: Floats,
) -> None:
    """Have what a step reads and writes of one row brought near: people are taken by cell, their rows lie anywhere."""
    soon(plan, i)
    soon(x, i)
    soon(y, i)
    soon(ex, i)
    soon(ey, i)
    soon(v, i)
    soon(soft, i)
    soon(stuck, i)
    soon(radius, i)


@inlined
def _turned_sideways(radius: float, stuck: float, drive: float, density: float, w: Any) -> float:
    """Return the radius of somebody who has been stuck for longer than they bear: they turn, where there is room."""
    share = min(1.0, max(0.0, (stuck - w.squeeze_after) / w.squeeze_over))
    spare = w.squeeze_until + w.squeeze_drive * drive - density
    share *= min(1.0, max(0.0, 1.0 + spare / w.squeeze_fade))
    turned: float = radius - max(0.0, radius - w.thin_radius) * share
    return turned


@inlined
def _any_moves(discs: Discs) -> bool:
    """Return whether any body moves."""
    for b in range(len(discs.x)):
        if discs.vx[b] != 0.0 or discs.vy[b] != 0.0:
            return True
    return False


@inlined
def _step(
    see: Seen,
    near: Near,
    each: int,
    radius: float,
    one: Floats,
    land: Land,
    block: Obstacles,
    mark: Bytes,
    stride: int,
    w: Any,
) -> tuple[float, float, float, float, float]:
    """Return place, heading and speed of one of those in `near` after a step, and mark whom they pass."""
    k, first, past, wx, wy = near.who[each], near.first[each], near.past[each], near.wx[each], near.wy[each]
    fast, headway, creep = one[FAST], one[HEADWAY], one[CREEP]
    step_s = TICK_S * stride
    x, y, ex, ey, soft = see.x[k], see.y[k], see.ex[k], see.ey[k], see.soft[k]
    v, beside = 0.0, 0.0
    if w.law == _COLLISION_FREE:
        creep = 0.0
    elif soft <= w.thin_radius:
        # Who is turned sideways slides along whoever is almost beside them.
        beside = w.slide
    if near.length[each] > 1e-9:
        ex, ey = wx, wy
        room = room_ahead(near, first, past, ex, ey, soft, beside) if past > first else FAR
        v = min(fast, max(0.0, room) / headway)
        v = v if v >= creep else 0.0
    step_x, step_y = v * ex * step_s, v * ey * step_s
    far, ax, ay = one[WALL_M], one[AX], one[AY]
    into = step_x * ax + step_y * ay
    apart = 2.0 * w.thin_radius if w.law != _COLLISION_FREE else 0.0
    if far < w.glide * radius and into < 0.0 and w.law != _COLLISION_FREE:
        step_x, step_y = step_x - into * ax, step_y - into * ay
    parting = min(1.0, w.push_out * stride)
    closest = FAR
    if past > first:
        closest = pass_by(near, first, past, soft, see.wish[k] == WALKS, v > 0.0, mark, w)
    for f in range(first, past if closest < apart else first):
        d = near.d[f]
        if d < apart:
            # Overlapping bodies part; in the very same place, the one further down the list goes east.
            share = 0.5 * parting * (apart - d)
            if d > 0.0:
                step_x, step_y = step_x - share * near.dx[f] / d, step_y - share * near.dy[f] / d
            else:
                step_x += share if near.place[f] < k else -share
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
