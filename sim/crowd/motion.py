"""How people walk: one step of a tenth of a second for everybody, each from what the others were before it.

Who walks follows the anticipation velocity model for direction and the collision-free speed model for speed
(`sim.crowd.walking` has the sources). Three things are added, without which doors jam: sideways pushes fade as one
slows down, and a turn of at most 1.2 rad towards free space takes their place; and who is stuck turns the shoulders.
Who has arrived stands, costs nothing, and steps aside when somebody passes.
"""

import math
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import NotFinite
from sim.core.kernel import inlined, kernel
from sim.core.noise import Stream, uniform
from sim.core.tick import TICK_S
from sim.crowd.body import Bodies
from sim.crowd.cells import Slots, cell_of, line_of, sort_into_cells
from sim.crowd.ground import FAR, Ground, Land, ease_at, wall_at
from sim.crowd.obstacle import Discs, Obstacles, find_obstacles, slide_along, yield_to
from sim.crowd.people import Act, Bytes, Floats, Ints, People, Status
from sim.crowd.steering import friction, heading, meet, off_wall, settled, turned
from sim.crowd.walking import Numbers, Walking

_PRESENT = int(Status.PRESENT)
_INJURED, _HELD = int(Act.INJURED), int(Act.HELD)
_MILL = int(Stream.MILL)

_AWAY, _ASLEEP, _STANDS, _WALKS = 0, 1, 2, 3
"""Not on the ground; need not be looked at; stands, but somebody passes; wants to get somewhere."""

_MOST = 512
"""How many neighbours one person can notice; 2.5 m around somebody hold that many at 26 /m2."""

_WALL_GAP_M = 0.1
"""Nobody's middle comes closer to a wall than this."""


Rows: TypeAlias = NDArray[np.void]
"""A table with named columns."""

SEEN = np.dtype(
    [(name, np.float64) for name in ("x", "y", "ex", "ey", "v", "soft")] + [("row", np.int64), ("wish", np.int64)]
)
"""Somebody as others see them before the tick; row is in `People`, or from the number of people up in `Bodies`."""

NEAR = np.dtype([("place", np.int64), ("dx", np.float64), ("dy", np.float64), ("d", np.float64)])
"""A neighbour: their place in the list, where they are from here, and how far that is."""

NEXT = np.dtype([(name, np.float64) for name in ("x", "y", "ex", "ey", "v")] + [("mark", np.int64)])
"""What the tick makes of somebody; mark is 1 when somebody who moves was close."""


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
        ground.land,
        _discs(bodies),
        obstacles_of(bodies, params) if obstacles is None else obstacles,
        params.table,
        key,
        tick,
        ticks,
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
    density: Floats,
    load: Floats,
    free: Floats,
    radius: Floats,
    land: Land,
    discs: Discs,
    block: Obstacles,
    table: Numbers,
    key: NDArray[np.uint32],
    first: int,
    ticks: int,
) -> tuple[int, int]:
    """Make some ticks; returns the row of somebody whose position is no number any more, or -1, and the tick."""
    w = table[0]
    n = len(x)
    for tick in range(first, first + ticks):
        wish = np.zeros(n + len(discs.x), np.uint8)
        busy = _any_moves(discs)
        for i in range(n):
            if status[i] != _PRESENT:
                continue
            wish[i] = _ASLEEP
            if act[i] == _INJURED or act[i] == _HELD:
                v[i] = 0.0
            elif not settled(act[i], goal[i], spot_x[i] - x[i], spot_y[i] - y[i], stuck[i], w):
                wish[i] = _WALKS
            elif disturbed[i] != 0 or v[i] > 0.0:
                wish[i] = _STANDS
            busy = busy or wish[i] != _ASLEEP or disturbed[i] != 0 or load[i] > 0.0
        if not busy:
            continue

        see, start = _look(x, y, ex, ey, v, soft, wish, discs, block)
        new = np.zeros(len(see), NEXT)
        near = np.empty(_MOST, NEAR)
        for k in range(len(see)):
            i = see[k].row
            if see[k].wish == _STANDS or see[k].wish == _WALKS:
                gx, gy, fast = 0.0, 0.0, w.give_way
                if see[k].wish == _WALKS:
                    gx, gy = heading(act[i], goal[i], x[i], y[i], spot_x[i], spot_y[i], land, w)
                    fast = free[i] * (1.0 + w.drive_speed * drive[i]) * ease_at(land, x[i], y[i])
                headway = gap[i] * (1.0 - w.drive_gap * drive[i])
                if density[i] > w.press_full:
                    drag = friction(load[i], w)
                    fast, headway = fast * drag, headway / drag
                count = _find_near(see, start, k, gx, gy, near, w)
                if gx != 0.0 or gy != 0.0:
                    wx, wy = _aim(see, near, count, k, gx, gy, radius[i], land, block, w)
                else:
                    wx, wy = _aside(see, near, count, k, key, tick, w)
                _step(see, near, count, k, wx, wy, fast, headway, radius[i], land, block, new, w)
        _pass_by(discs, see, start, new, w)

        lost = -1
        for k in range(len(see)):
            i = see[k].row
            if i >= n:
                continue
            disturbed[i] = new[k].mark
            if see[k].wish == _ASLEEP:
                continue
            if not (abs(new[k].x) < FAR and abs(new[k].y) < FAR):
                lost = i
            x[i], y[i], ex[i], ey[i], v[i] = new[k].x, new[k].y, new[k].ex, new[k].ey, new[k].v
            if see[k].wish == _WALKS:
                jammed = stuck[i] + (TICK_S if v[i] < w.stuck_speed else -2.0 * TICK_S)
                stuck[i] = min(w.squeeze_after + w.squeeze_over, max(0.0, jammed))
                share = min(1.0, max(0.0, (stuck[i] - w.squeeze_after) / w.squeeze_over))
                soft[i] = radius[i] - max(0.0, radius[i] - w.thin_radius) * share
        if lost >= 0:
            return lost, tick
    return -1, first + ticks


@inlined
def _any_moves(discs: Discs) -> bool:
    """Return whether any body moves."""
    for b in range(len(discs.x)):
        if discs.vx[b] != 0.0 or discs.vy[b] != 0.0:
            return True
    return False


@kernel
def _look(
    x: Floats,
    y: Floats,
    ex: Floats,
    ey: Floats,
    v: Floats,
    soft: Floats,
    wish: Bytes,
    discs: Discs,
    block: Obstacles,
) -> tuple[Rows, Slots]:
    """Return everybody present, and every body one walks around like a person, by cell: `SEEN`, and cell starts."""
    n, m = len(x), len(discs.x)
    all_x, all_y = np.empty(n + m), np.empty(n + m)
    for i in range(n):
        all_x[i], all_y[i] = x[i], y[i]
    for b in range(m):
        all_x[n + b], all_y[n + b] = discs.x[b], discs.y[b]
        wish[n + b] = _AWAY if block.wall[b] != 0 else _ASLEEP
    row, start = sort_into_cells(all_x, all_y, wish)
    see = np.empty(len(row), SEEN)
    for k in range(len(row)):
        i = row[k]
        one = see[k]
        one.row, one.wish, one.x, one.y = i, wish[i], all_x[i], all_y[i]
        if i < n:
            one.ex, one.ey, one.v, one.soft = ex[i], ey[i], v[i], soft[i]
        else:
            b = i - n
            one.v, one.soft = math.sqrt(discs.vx[b] * discs.vx[b] + discs.vy[b] * discs.vy[b]), discs.radius[b]
            # Who stands in the way without a heading counts as half opposed.
            one.ex = discs.vx[b] / one.v if one.v > 0.0 else 0.0
            one.ey = discs.vy[b] / one.v if one.v > 0.0 else 0.0
    return see, start


@kernel
def _find_near(see: Rows, start: Slots, k: int, gx: float, gy: float, near: Rows, w: Any) -> int:
    """Write those who matter to the one at place k, who goes along (gx, gy), into `near`; returns how many.

    These are all within `reach`, and within `reach_opposed` those who do not go the same way.
    """
    x, y = see[k].x, see[k].y
    close, wide = w.reach * w.reach, w.reach_opposed * w.reach_opposed
    count = 0
    for line in range(5):
        runs = line_of(start, x, y, line)
        for run in range(0, 4, 2):
            for j in range(runs[run], runs[run + 1]):
                dx, dy = see[j].x - x, see[j].y - y
                square = dx * dx + dy * dy
                opposed = gx * see[j].ex + gy * see[j].ey <= 0.0
                # Written first and counted after: there is no branch to guess wrong.
                near[count].place, near[count].dx, near[count].dy, near[count].d = j, dx, dy, square
                wanted = (square <= close) | (opposed & (square <= wide))
                count += int(wanted & (j != k) & (count < _MOST - 1))
    for f in range(count):
        near[f].d = math.sqrt(near[f].d)
    return count


@kernel
def _aim(
    see: Rows,
    near: Rows,
    count: int,
    k: int,
    gx: float,
    gy: float,
    radius: float,
    land: Land,
    block: Obstacles,
    w: Any,
) -> tuple[float, float]:
    """Return the next heading, of any length, of the one at place k, whose way is (gx, gy)."""
    me = see[k]
    x, y, ex, ey, v, soft = me.x, me.y, me.ex, me.ey, me.v, me.soft
    blend = min(1.0, w.blend_floor + v / w.blend_speed)
    push, turn = 0.0, 0.0
    for f in range(count):
        dx, dy, d = near[f].dx, near[f].dy, near[f].d
        if (gx * dx + gy * dy < 0.0 and ex * dx + ey * dy < 0.0) or d == 0.0:
            continue
        other = see[near[f].place]
        along = gx * other.ex + gy * other.ey
        vx, vy = other.v * other.ex, other.v * other.ey
        towards = ((v * ex - vx) * dx + (v * ey - vy) * dy) / d
        more, swing = meet(dx, dy, d, soft + other.soft, towards, vx, vy, gx, gy, along, blend, w)
        push += more
        turn += swing
    wx, wy = gx, gy
    if turn != 0.0:
        wx, wy = turned(gx, gy, turn, w.dodge_most)
    wx, wy = wx - push * gy, wy + push * gx
    far, ax, ay = wall_at(land.distance, land.cell, x, y)
    wx, wy = off_wall(wx, wy, far, ax, ay, radius, w)
    cell = cell_of(x, y)
    if block.start[cell + 1] > block.start[cell]:
        wx, wy = slide_along(block, cell, x, y, wx, wy, soft, w)
    length = math.sqrt(wx * wx + wy * wy)
    share = TICK_S / (w.turning * length) if length > 0.0 else 0.0
    return (1.0 - TICK_S / w.turning) * ex + share * wx, (1.0 - TICK_S / w.turning) * ey + share * wy


@kernel
def _aside(
    see: Rows, near: Rows, count: int, k: int, key: NDArray[np.uint32], tick: int, w: Any
) -> tuple[float, float]:
    """Return the direction in which somebody who stands makes room for those coming at them; (0, 0) if nobody is.

    Who would be met squarely steps to either side with equal chance.
    """
    wx, wy = 0.0, 0.0
    for f in range(count):
        other = see[near[f].place]
        if near[f].d > w.disturb_m or not (other.v > 0.0 or other.wish == _WALKS):
            continue
        ex, ey = other.ex, other.ey
        # Where the one who stands is, seen along the other's way.
        ahead = -(ex * near[f].dx + ey * near[f].dy)
        left = ey * near[f].dx - ex * near[f].dy
        if ahead > 0.0 and abs(left) < see[k].soft + other.soft + w.contact_m:
            side = 1.0 if left > 0.0 else -1.0
            if left == 0.0 and uniform(key, _MILL, tick, see[k].row) < 0.5:
                side = 1.0
            wx, wy = wx - side * ey, wy + side * ex
    return wx, wy


@kernel
def _step(
    see: Rows,
    near: Rows,
    count: int,
    k: int,
    wx: float,
    wy: float,
    fast: float,
    headway: float,
    radius: float,
    land: Land,
    block: Obstacles,
    new: Rows,
    w: Any,
) -> None:
    """Write what becomes of the one at place k, who heads along (wx, wy), into `new`, and mark whom they pass."""
    me, out = see[k], new[k]
    x, y, ex, ey = me.x, me.y, me.ex, me.ey
    length = math.sqrt(wx * wx + wy * wy)
    v = 0.0
    if length > 1e-9:
        ex, ey = wx / length, wy / length
        room = FAR
        for f in range(count):
            dx, dy, wide = near[f].dx, near[f].dy, me.soft + see[near[f].place].soft
            if ex * dx + ey * dy >= 0.0 and abs(ex * dy - ey * dx) <= wide:
                room = min(room, near[f].d - wide)
        v = min(fast, max(0.0, room) / headway)
    step_x, step_y = v * ex * TICK_S, v * ey * TICK_S
    far, ax, ay = wall_at(land.distance, land.cell, x, y)
    into = step_x * ax + step_y * ay
    if far < w.glide * radius and into < 0.0:
        step_x, step_y = step_x - into * ax, step_y - into * ay
    for f in range(count):
        d = near[f].d
        if d <= w.disturb_m and (me.wish == _WALKS or v > 0.0):
            new[near[f].place].mark = 1
        if d < 2.0 * w.thin_radius:
            # Overlapping bodies part; in the very same place, the one further down the list goes east.
            share = 0.5 * w.push_out * (2.0 * w.thin_radius - d)
            if d > 0.0:
                step_x, step_y = step_x - share * near[f].dx / d, step_y - share * near[f].dy / d
            else:
                step_x += share if near[f].place < k else -share
    cell = cell_of(x, y)
    if block.start[cell + 1] > block.start[cell]:
        step_x, step_y = yield_to(block, cell, x, y, step_x, step_y, me.soft, TICK_S / headway, w)
    if step_x == 0.0 and step_y == 0.0:
        v = 0.0
    v = min(v, math.sqrt(step_x * step_x + step_y * step_y) / TICK_S)
    out.x, out.y, out.ex, out.ey, out.v = x + step_x, y + step_y, ex, ey, v
    if far < _WALL_GAP_M + 1.0:
        next_far, ax, ay = wall_at(land.distance, land.cell, out.x, out.y)
        if next_far < _WALL_GAP_M and (step_x != 0.0 or step_y != 0.0):
            out.x, out.y = out.x + (_WALL_GAP_M - next_far) * ax, out.y + (_WALL_GAP_M - next_far) * ay
            if wall_at(land.distance, land.cell, out.x, out.y)[0] < min(0.0, far):
                out.x, out.y, out.v = x, y, 0.0


@kernel
def _pass_by(discs: Discs, see: Rows, start: Slots, new: Rows, w: Any) -> None:
    """Mark everybody close to a body that moves."""
    for b in range(len(discs.x)):
        if discs.vx[b] == 0.0 and discs.vy[b] == 0.0:
            continue
        reach = w.disturb_m + discs.radius[b]
        for line in range(5):
            runs = line_of(start, discs.x[b], discs.y[b], line)
            for run in range(0, 4, 2):
                for j in range(runs[run], runs[run + 1]):
                    dx, dy = see[j].x - discs.x[b], see[j].y - discs.y[b]
                    if dx * dx + dy * dy <= reach * reach:
                        new[j].mark = 1
