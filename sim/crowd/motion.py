"""How people walk: one step of a tenth of a second for everybody, each from what the others were before it.

Who walks follows the anticipation velocity model for direction and the collision-free speed model for speed
(`sim.crowd.walking` has the sources). Three things are added, without which doors jam: sideways pushes fade as one
slows down, and a turn of at most 1.2 rad towards free space takes their place; and who is stuck turns the shoulders.
Who has arrived stands, costs nothing, and steps aside when somebody passes.
"""

import math
from typing import Any, NamedTuple

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


class Walkers(NamedTuple):
    """The arrays of `People` that walking reads and writes, as kernels take them."""

    status: Bytes
    act: Bytes
    x: Floats
    y: Floats
    ex: Floats
    ey: Floats
    v: Floats
    soft: Floats
    stuck: Floats
    gap: Floats
    drive: Floats
    goal: Ints
    spot_x: Floats
    spot_y: Floats
    disturbed: Bytes
    density: Floats
    load: Floats
    free: Floats
    radius: Floats


class Seen(NamedTuple):
    """People and single officers as they see each other, by cell: the state before the tick."""

    row: Slots
    """Rows in `People`; from the number of people up, those of bodies."""
    start: Slots
    """Cell c holds the places start[c] to start[c + 1] - 1."""
    x: Floats
    y: Floats
    ex: Floats
    ey: Floats
    v: Floats
    soft: Floats
    wish: Bytes


class Around(NamedTuple):
    """Room for one person's neighbours, reused from person to person."""

    place: Slots
    """Places in `Seen`."""
    dx: Floats
    dy: Floats
    d: Floats


def advance_motion(
    people: People, ground: Ground, bodies: Bodies, key: NDArray[np.uint32], tick: int, params: Walking
) -> None:
    """Move everybody on by one tick, all from the state before it, so that nobody goes first.

    Afterwards positions, headings, speeds, jam timers, soft radii, `disturbed` and `load` are those of the next
    tick. Somebody standing at their spot near whom nobody moves is unchanged to the last bit. INJURED and HELD
    people stay where they are put.

    Args:
        people: Changed in place; `density` is only read.
        ground: What they walk on.
        bodies: What blocks them, where it is now. A body must not move farther than 0.3 m in a tick, or it
            jumps over people instead of pushing them.
        key: `Noise.key` of the run.
        tick: The tick that is being made.
        params: The numbers of the walking law.

    Raises:
        NotFinite: a position stopped being a number.
    """
    walkers = Walkers(
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
    )
    discs = Discs(bodies.x, bodies.y, bodies.radius, bodies.vx, bodies.vy, bodies.kind, bodies.closed, bodies.unit)
    lost = _advance(walkers, ground.land, discs, params.table, key, tick)
    if lost >= 0:
        raise NotFinite("x", person=lost, tick=tick)


@kernel
def _advance(p: Walkers, land: Land, discs: Discs, table: Numbers, key: NDArray[np.uint32], tick: int) -> int:
    """Make one tick; returns the row of somebody whose position is no number any more, or -1."""
    w = table[0]
    wish = np.zeros(len(p.x) + len(discs.x), np.uint8)
    if not _wake(p, discs, wish, w):
        return -1
    block = find_obstacles(discs, w.reach, w.closed_gap_m)
    see = _look(p, discs, block, wish)
    here = len(see.row)
    around = Around(np.empty(_MOST, np.uint32), np.empty(_MOST), np.empty(_MOST), np.empty(_MOST))
    mark = np.zeros(here, np.uint8)
    new_x, new_y, new_ex, new_ey, new_v = (
        np.empty(here),
        np.empty(here),
        np.empty(here),
        np.empty(here),
        np.empty(here),
    )
    for k in range(here):
        if see.wish[k] != _ASLEEP:
            new_x[k], new_y[k], new_ex[k], new_ey[k], new_v[k] = _step(
                p, land, see, block, around, mark, k, key, tick, w
            )
    _pass_by(discs, block, see, mark, w)
    return _commit(p, see, mark, new_x, new_y, new_ex, new_ey, new_v, w)


@inlined
def _wake(p: Walkers, discs: Discs, wish: Bytes, w: Any) -> bool:
    """Write what each person wishes into `wish` and return whether the tick has any work to do."""
    busy = False
    for i in range(len(p.x)):
        if p.status[i] != _PRESENT:
            continue
        wish[i] = _ASLEEP
        if p.act[i] == _INJURED or p.act[i] == _HELD:
            p.v[i] = 0.0
        elif not settled(p.act[i], p.goal[i], p.spot_x[i] - p.x[i], p.spot_y[i] - p.y[i], p.stuck[i], w):
            wish[i] = _WALKS
        elif p.disturbed[i] != 0 or p.v[i] > 0.0:
            wish[i] = _STANDS
        busy = busy or wish[i] != _ASLEEP or p.load[i] > 0.0
    for b in range(len(discs.x)):
        busy = busy or discs.vx[b] != 0.0 or discs.vy[b] != 0.0
    return busy


@inlined
def _look(p: Walkers, discs: Discs, block: Obstacles, wish: Bytes) -> Seen:
    """Return everybody present, and every body one walks around like a person, by cell."""
    n, m = len(p.x), len(discs.x)
    x, y = np.empty(n + m), np.empty(n + m)
    x[:n] = p.x
    y[:n] = p.y
    for b in range(m):
        x[n + b], y[n + b] = discs.x[b], discs.y[b]
        wish[n + b] = _AWAY if block.wall[b] else _ASLEEP
    row, start = sort_into_cells(x, y, wish)
    here = len(row)
    see = Seen(
        row,
        start,
        np.empty(here),
        np.empty(here),
        np.empty(here),
        np.empty(here),
        np.empty(here),
        np.empty(here),
        np.empty(here, np.uint8),
    )
    for k in range(here):
        i = row[k]
        see.x[k], see.y[k], see.wish[k] = x[i], y[i], wish[i]
        if i < n:
            see.ex[k], see.ey[k], see.v[k], see.soft[k] = p.ex[i], p.ey[i], p.v[i], p.soft[i]
        else:
            # Somebody who stands in the way without a heading counts as half opposed.
            b = i - n
            speed = math.sqrt(discs.vx[b] * discs.vx[b] + discs.vy[b] * discs.vy[b])
            see.ex[k] = discs.vx[b] / speed if speed > 0.0 else 0.0
            see.ey[k] = discs.vy[b] / speed if speed > 0.0 else 0.0
            see.v[k], see.soft[k] = speed, discs.radius[b]
    return see


@inlined
def _meet_all(see: Seen, around: Around, k: int, gx: float, gy: float, w: Any) -> int:
    """Write those who matter to the one at place k, who goes along (gx, gy), into `around`; returns how many.

    These are all within `reach`, and within `reach_opposed` those who do not go the same way.
    """
    x, y = see.x[k], see.y[k]
    close, wide = w.reach * w.reach, w.reach_opposed * w.reach_opposed
    count = 0
    for line in range(5):
        a, b, c, d = line_of(see.start, x, y, line)
        for run in range(2):
            for j in range(a if run == 0 else c, b if run == 0 else d):
                dx, dy = see.x[j] - x, see.y[j] - y
                square = dx * dx + dy * dy
                opposed = gx * see.ex[j] + gy * see.ey[j] <= 0.0
                # Written first and counted after: there is no branch to guess wrong.
                around.place[count] = j
                around.dx[count] = dx
                around.dy[count] = dy
                around.d[count] = square
                count += int((square <= close or (opposed and square <= wide)) and j != k and count < _MOST - 1)
    for f in range(count):
        around.d[f] = math.sqrt(around.d[f])
    return count


@inlined
def _step(
    p: Walkers,
    land: Land,
    see: Seen,
    block: Obstacles,
    around: Around,
    mark: Bytes,
    k: int,
    key: NDArray[np.uint32],
    tick: int,
    w: Any,
) -> tuple[float, float, float, float, float]:
    """Return the next position, heading and speed of the one at place k, and mark those they come close to."""
    i = see.row[k]
    x, y, ex, ey = see.x[k], see.y[k], see.ex[k], see.ey[k]
    cell = cell_of(x, y)
    far, ax, ay = wall_at(land.distance, land.cell, x, y)
    headway = p.gap[i] * (1.0 - w.drive_gap * p.drive[i])
    gx, gy, fast = 0.0, 0.0, w.give_way
    walks = see.wish[k] == _WALKS
    if walks:
        gx, gy = heading(p.act[i], p.goal[i], x, y, p.spot_x[i], p.spot_y[i], land, w)
    count = _meet_all(see, around, k, gx, gy, w)
    if gx != 0.0 or gy != 0.0:
        fast = p.free[i] * (1.0 + w.drive_speed * p.drive[i]) * ease_at(land, x, y)
        wx, wy = _aim(see, around, count, k, gx, gy, w)
        wx, wy = off_wall(wx, wy, far, ax, ay, p.radius[i], w)
        if block.start[cell + 1] > block.start[cell]:
            wx, wy = slide_along(block, cell, x, y, wx, wy, see.soft[k], w)
        length = math.sqrt(wx * wx + wy * wy)
        share = TICK_S / (w.turning * length) if length > 0.0 else 0.0
        wx, wy = (1.0 - TICK_S / w.turning) * ex + share * wx, (1.0 - TICK_S / w.turning) * ey + share * wy
    else:
        wx, wy = _aside(see, around, count, k, key, tick, w)
    length = math.sqrt(wx * wx + wy * wy)
    v = 0.0
    if length > 1e-9:
        ex, ey = wx / length, wy / length
        v = min(fast, max(0.0, _room_ahead(see, around, count, k, ex, ey)) / headway)
        if p.density[i] > w.press_full:
            v *= friction(p.load[i], w)
    step_x, step_y = v * ex * TICK_S, v * ey * TICK_S
    into = step_x * ax + step_y * ay
    if far < w.glide * p.radius[i] and into < 0.0:
        step_x, step_y = step_x - into * ax, step_y - into * ay
    for f in range(count):
        d = around.d[f]
        if (walks or v > 0.0) and d <= w.disturb_m:
            mark[around.place[f]] = 1
        if d < 2.0 * w.thin_radius:
            # Overlapping bodies part; in the very same place, the one further up the list goes east.
            share = 0.5 * w.push_out * (2.0 * w.thin_radius - d)
            if d > 0.0:
                step_x, step_y = step_x - share * around.dx[f] / d, step_y - share * around.dy[f] / d
            else:
                step_x += share if around.place[f] < k else -share
    if block.start[cell + 1] > block.start[cell]:
        step_x, step_y = yield_to(block, cell, x, y, step_x, step_y, see.soft[k], TICK_S / headway, w)
    if step_x == 0.0 and step_y == 0.0:
        return x, y, ex, ey, 0.0
    v = min(v, math.sqrt(step_x * step_x + step_y * step_y) / TICK_S)
    next_x, next_y = x + step_x, y + step_y
    if far < _WALL_GAP_M + 1.0:
        next_far, ax, ay = wall_at(land.distance, land.cell, next_x, next_y)
        if next_far < _WALL_GAP_M:
            next_x, next_y = next_x + (_WALL_GAP_M - next_far) * ax, next_y + (_WALL_GAP_M - next_far) * ay
            if wall_at(land.distance, land.cell, next_x, next_y)[0] < min(0.0, far):
                return x, y, ex, ey, 0.0
    return next_x, next_y, ex, ey, v


@inlined
def _aim(see: Seen, around: Around, count: int, k: int, gx: float, gy: float, w: Any) -> tuple[float, float]:
    """Return the direction, of any length, that neighbours make of g for the one at place k."""
    ex, ey, v, soft = see.ex[k], see.ey[k], see.v[k], see.soft[k]
    blend = min(1.0, w.blend_floor + v / w.blend_speed)
    push, turn = 0.0, 0.0
    for f in range(count):
        dx, dy, d = around.dx[f], around.dy[f], around.d[f]
        if (gx * dx + gy * dy < 0.0 and ex * dx + ey * dy < 0.0) or d == 0.0:
            continue
        j = around.place[f]
        along = gx * see.ex[j] + gy * see.ey[j]
        vx, vy = see.v[j] * see.ex[j], see.v[j] * see.ey[j]
        towards = ((v * ex - vx) * dx + (v * ey - vy) * dy) / d
        more, swing = meet(dx, dy, d, soft + see.soft[j], towards, vx, vy, gx, gy, along, blend, w)
        push += more
        turn += swing
    wx, wy = gx, gy
    if turn != 0.0:
        wx, wy = turned(gx, gy, turn, w.dodge_most)
    return wx - push * gy, wy + push * gx


@inlined
def _aside(
    see: Seen, around: Around, count: int, k: int, key: NDArray[np.uint32], tick: int, w: Any
) -> tuple[float, float]:
    """Return the direction in which somebody who stands makes room for those coming at them; (0, 0) if nobody is.

    Who would be met squarely steps to either side with equal chance.
    """
    wx, wy = 0.0, 0.0
    for f in range(count):
        j = around.place[f]
        if around.d[f] > w.disturb_m or not (see.v[j] > 0.0 or see.wish[j] == _WALKS):
            continue
        ex, ey = see.ex[j], see.ey[j]
        # Where the one who stands is, seen along the other's way.
        ahead = -(ex * around.dx[f] + ey * around.dy[f])
        left = ey * around.dx[f] - ex * around.dy[f]
        if ahead > 0.0 and abs(left) < see.soft[k] + see.soft[j] + w.contact_m:
            side = 1.0 if left > 0.0 else -1.0
            if left == 0.0 and uniform(key, _MILL, tick, see.row[k]) < 0.5:
                side = 1.0
            wx, wy = wx - side * ey, wy + side * ex
    return wx, wy


@inlined
def _room_ahead(see: Seen, around: Around, count: int, k: int, ex: float, ey: float) -> float:
    """Return s: metres free in the strip that the one at place k would sweep along (ex, ey)."""
    soft = see.soft[k]
    least = FAR
    for f in range(count):
        dx, dy = around.dx[f], around.dy[f]
        room = soft + see.soft[around.place[f]]
        if ex * dx + ey * dy >= 0.0 and abs(ex * dy - ey * dx) <= room:
            least = min(least, around.d[f] - room)
    return least


@inlined
def _pass_by(discs: Discs, block: Obstacles, see: Seen, mark: Bytes, w: Any) -> None:
    """Mark everybody close to a body that moves."""
    for b in range(len(discs.x)):
        if discs.vx[b] == 0.0 and discs.vy[b] == 0.0:
            continue
        reach = w.disturb_m + discs.radius[b]
        for line in range(5):
            runs = line_of(see.start, discs.x[b], discs.y[b], line)
            for run in range(2):
                for j in range(runs[2 * run], runs[2 * run + 1]):
                    dx, dy = see.x[j] - discs.x[b], see.y[j] - discs.y[b]
                    if dx * dx + dy * dy <= reach * reach:
                        mark[j] = 1


@inlined
def _commit(
    p: Walkers,
    see: Seen,
    mark: Bytes,
    new_x: Floats,
    new_y: Floats,
    new_ex: Floats,
    new_ey: Floats,
    new_v: Floats,
    w: Any,
) -> int:
    """Write what the tick made of everybody; returns the row of somebody who is nowhere any more, or -1."""
    lost = -1
    for k in range(len(see.row)):
        i = see.row[k]
        if i >= len(p.x):
            continue
        p.disturbed[i] = mark[k]
        if see.wish[k] == _ASLEEP:
            continue
        if not (abs(new_x[k]) < FAR and abs(new_y[k]) < FAR):
            lost = i
        p.x[i], p.y[i], p.ex[i], p.ey[i], p.v[i] = new_x[k], new_y[k], new_ex[k], new_ey[k], new_v[k]
        if see.wish[k] == _WALKS:
            stuck = p.stuck[i] + (TICK_S if new_v[k] < w.stuck_speed else -2.0 * TICK_S)
            p.stuck[i] = min(w.squeeze_after + w.squeeze_over, max(0.0, stuck))
            share = min(1.0, max(0.0, (p.stuck[i] - w.squeeze_after) / w.squeeze_over))
            p.soft[i] = p.radius[i] - max(0.0, p.radius[i] - w.thin_radius) * share
    return lost
