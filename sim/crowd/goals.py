"""What people's feet are told: to the post, along an errand, to a way out; and who is gone on arriving there."""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.noise import Stream
from sim.crowd.conduct import head_of
from sim.crowd.detour import extra_at
from sim.crowd.ground import FAR, Land, Raster, clear_sight, walk_at
from sim.crowd.luck import luck
from sim.crowd.parameters import Numbers, Row
from sim.crowd.people import Act, Bits, Bytes, Floats, Ints, Knows, Longs, Status

_MILL = int(Stream.MILL)
_OBSTRUCT, _LEAVE, _FLEE, _INJURED = int(Act.OBSTRUCT), int(Act.LEAVE), int(Act.FLEE), int(Act.INJURED)
_ROUTE = int(Knows.ROUTE)
_LEFT, _MOVED = int(Status.LEFT), int(Status.MOVED)
_ARRIVED_M = 1.0
"""Walking distance to a destination at which somebody is there."""
_CUT_OFF_M = 1000.0
"""Who flees prefers any way that is open to one that a line cuts off, if it is not this much longer."""
_EXIT_SEEN_M = 40.0
"""A way out in view this close is known from then on (assumed)."""
_SIDE_M, _APART_M = 1.2, 2.0
"""How near companions stand, and how far apart they have to be to come together again (assumed)."""


@kernel
def steer(
    rows: Longs,
    tick: int,
    key: NDArray[np.uint32],
    solid: NDArray[np.uint8],
    phi: Raster,
    cell_m: float,
    extra: Raster,
    coarse_m: float,
    body_x: Floats,
    body_y: Floats,
    body_closed: Bytes,
    post: Ints,
    errand: Ints,
    exits: Bytes,
    box: Floats,
    ends: Floats,
    p: Numbers,
    group: Ints,
    party: Ints,
    act: Bytes,
    anger: Floats,
    fear: Floats,
    stopped: Bytes,
    last_seen_force: Ints,
    knowledge: Bits,
    x: Floats,
    y: Floats,
    status: Bytes,
    known: Bits,
    goal: Ints,
    spot_x: Floats,
    spot_y: Floats,
    drive: Floats,
) -> None:
    """Tell everybody's feet where to go, and take off the ground whoever has reached the end of their way.

    Plans come by group: `post`, `errand`, `exits` (shape (groups, fields), 1 for a way out), `box` (west,
    south, east, north of the post); `ends` is the middle of each field's destination, shape (fields, 2).
    From `status` on, arrays are written.
    """
    q = p[0]
    # What need not be looked at every second is looked at every ten, each person in their own one.
    turn = (tick // 10) % 10
    before, their_x, their_y = status.copy(), spot_x.copy(), spot_y.copy()
    for i in rows:
        g = group[i]
        drive[i] = 0.0
        if act[i] >= _INJURED:
            goal[i] = -1
            continue
        if act[i] == _LEAVE or act[i] == _FLEE:
            if goal[i] < 0 or exits[g, goal[i]] == 0 or i % 10 == turn:
                goal[i] = _way_out(
                    i,
                    g,
                    exits,
                    errand,
                    x,
                    y,
                    known,
                    knowledge,
                    goal[i],
                    act[i] == _FLEE,
                    solid,
                    phi,
                    cell_m,
                    extra,
                    coarse_m,
                    ends,
                    body_x,
                    body_y,
                    body_closed,
                    q,
                )
                if goal[i] < 0:
                    spot_x[i], spot_y[i] = x[i], y[i]
            drive[i] = fear[i] if act[i] == _FLEE else 0.0
            if goal[i] >= 0 and walk_at(phi, solid, cell_m, goal[i], x[i], y[i]) < _ARRIVED_M:
                force = tick - last_seen_force[i] <= q.driven_s * 10.0
                pushed = force or _line_near(x[i], y[i], body_x, body_y, body_closed, q.driven_m)
                status[i] = _MOVED if pushed else _LEFT
        elif errand[g] >= 0:
            if stopped[i]:
                if goal[i] >= 0:
                    goal[i], spot_x[i], spot_y[i] = -1, x[i], y[i]
                continue
            goal[i], spot_x[i], spot_y[i] = errand[g], ends[errand[g], 0], ends[errand[g], 1]
            if walk_at(phi, solid, cell_m, goal[i], x[i], y[i]) < _ARRIVED_M:
                status[i] = _LEFT
        else:
            if act[i] >= _OBSTRUCT:
                drive[i] = anger[i]
            if i % 10 == turn or (goal[i] != -1 and goal[i] != post[g]):
                if act[i] < _OBSTRUCT:
                    _step_back(i, box[g], q.mill_m, spot_x, spot_y)
                here = _at_post(spot_x[i], spot_y[i], solid, phi, cell_m, post[g], box[g])
                # Whom something drew away from the post walks straight to their spot: the way to the post would
                # take them back and forth.
                goal[i] = post[g] if here else -1
                head = head_of(i, party, before, act)
                if head != i and act[head] < _OBSTRUCT:
                    if i % 10 == turn and act[i] < _OBSTRUCT:
                        _follow(
                            i,
                            tick,
                            key,
                            solid,
                            phi,
                            cell_m,
                            post[g],
                            box[g],
                            their_x[head],
                            their_y[head],
                            spot_x,
                            spot_y,
                        )
                elif i % 10 == turn and act[i] < _OBSTRUCT and luck(key, _MILL, tick, -1 - i) < 10.0 / q.mill_s:
                    _mill(i, tick, key, solid, phi, cell_m, post[g], box[g], here, q.mill_m, spot_x, spot_y)


@kernel
def remember_entrance(rows: Longs, exits: Bytes, land: Land, group: Ints, x: Floats, y: Floats, known: Bits) -> None:
    """Let people who have just come know the way out that is nearest to where they came in."""
    for i in rows:
        nearest, least = -1, 0.5 * FAR
        for k in range(exits.shape[1]):
            if exits[group[i], k] != 0:
                away = walk_at(land.phi, land.solid, land.cell, k, x[i], y[i])
                if away < least:
                    nearest, least = k, away
        if nearest >= 0:
            known[i] |= np.uint32(1 << (nearest & 31))


@kernel
def _line_near(x: float, y: float, body_x: Floats, body_y: Floats, body_closed: Bytes, reach_m: float) -> bool:
    """Return whether a body of a closed line is within reach."""
    for j in range(len(body_x)):
        dx, dy = body_x[j] - x, body_y[j] - y
        if body_closed[j] and dx * dx + dy * dy <= reach_m * reach_m:
            return True
    return False


@kernel
def _clear_of_lines(
    x: float, y: float, body_x: Floats, body_y: Floats, body_closed: Bytes, coarse_m: float
) -> tuple[float, float]:
    """Return a place a coarse cell farther from the closed line somebody stands at, on their side; else their own."""
    nearest, least = -1, 2.25 * coarse_m * coarse_m
    for j in range(len(body_x)):
        dx, dy = body_x[j] - x, body_y[j] - y
        square = dx * dx + dy * dy
        if body_closed[j] and square < least:
            nearest, least = j, square
    if nearest < 0 or least == 0.0:
        return x, y
    share = 1.5 * coarse_m / math.sqrt(least)
    return x + share * (x - body_x[nearest]), y + share * (y - body_y[nearest])


@kernel
def _way_out(
    i: int,
    g: int,
    exits: Bytes,
    errand: Ints,
    x: Floats,
    y: Floats,
    known: Bits,
    knowledge: Bits,
    own: int,
    flees: bool,
    solid: NDArray[np.uint8],
    phi: Raster,
    cell_m: float,
    extra: Raster,
    coarse_m: float,
    ends: Floats,
    body_x: Floats,
    body_y: Floats,
    body_closed: Bytes,
    q: Row,
) -> int:
    """Return the exit that is soonest reached, jams and lines weighed; -1 when lines cut off all of them.

    An exit this person has not come by, seen or been told of counts as farther, and nobody leaves their `own` way for
    a small gain. What is seen now is known from now on. Who flees does not heed lines: where nothing else is open
    they run into one.
    """
    best, least = -1, 0.5 * FAR
    sx, sy = _clear_of_lines(x[i], y[i], body_x, body_y, body_closed, coarse_m) if len(extra) else (x[i], y[i])
    told = np.int64(knowledge[i]) & _ROUTE != 0
    for k in range(exits.shape[1]):
        if exits[g, k] == 0 and errand[g] != k:
            continue
        bit = np.uint32(1 << (k & 31))
        if known[i] & bit == 0:
            dx, dy = ends[k, 0] - x[i], ends[k, 1] - y[i]
            near = dx * dx + dy * dy <= _EXIT_SEEN_M * _EXIT_SEEN_M
            if near and clear_sight(solid, cell_m, x[i], y[i], ends[k, 0], ends[k, 1]):
                known[i] |= bit
        detour = extra_at(extra, coarse_m, k, sx, sy)
        cost = walk_at(phi, solid, cell_m, k, x[i], y[i]) + (_CUT_OFF_M if flees and detour >= FAR else detour)
        if known[i] & bit == 0 and not told:
            cost += q.unknown_exit_m
        if k == own:
            cost *= q.exit_loyalty
        if cost < least:
            best, least = k, cost
    return best


@kernel
def _step_back(i: int, box: Floats, most_m: float, spot_x: Floats, spot_y: Floats) -> None:
    """Bring the spot of somebody who was crowded out of the post back to its edge, unless that is far."""
    x, y = min(box[2], max(box[0], spot_x[i])), min(box[3], max(box[1], spot_y[i]))
    if abs(x - spot_x[i]) <= most_m and abs(y - spot_y[i]) <= most_m:
        spot_x[i], spot_y[i] = x, y


@kernel
def _mill(
    i: int,
    tick: int,
    key: NDArray[np.uint32],
    solid: NDArray[np.uint8],
    phi: Raster,
    cell_m: float,
    post: int,
    box: Floats,
    here: bool,
    most_m: float,
    spot_x: Floats,
    spot_y: Floats,
) -> None:
    """Give somebody a new spot near the last one, or anywhere at the post when the last one was not there."""
    across, up = luck(key, _MILL, tick + 1, -1 - i), luck(key, _MILL, tick + 2, -1 - i)
    nx = spot_x[i] + most_m * (2.0 * across - 1.0)
    ny = spot_y[i] + most_m * (2.0 * up - 1.0)
    if not here:
        nx, ny = box[0] + (box[2] - box[0]) * across, box[1] + (box[3] - box[1]) * up
    if _at_post(nx, ny, solid, phi, cell_m, post, box):
        spot_x[i], spot_y[i] = nx, ny


@kernel
def _follow(
    i: int,
    tick: int,
    key: NDArray[np.uint32],
    solid: NDArray[np.uint8],
    phi: Raster,
    cell_m: float,
    post: int,
    box: Floats,
    x: float,
    y: float,
    spot_x: Floats,
    spot_y: Floats,
) -> None:
    """Give somebody who is apart from their companion at (x, y) a spot at their side."""
    dx, dy = x - spot_x[i], y - spot_y[i]
    if dx * dx + dy * dy <= _APART_M * _APART_M:
        return
    nx = x + _SIDE_M * (2.0 * luck(key, _MILL, tick + 1, -1 - i) - 1.0)
    ny = y + _SIDE_M * (2.0 * luck(key, _MILL, tick + 2, -1 - i) - 1.0)
    if _at_post(nx, ny, solid, phi, cell_m, post, box):
        spot_x[i], spot_y[i] = nx, ny


@kernel
def _at_post(x: float, y: float, solid: NDArray[np.uint8], phi: Raster, cell_m: float, post: int, box: Floats) -> bool:
    """Return whether a place is free ground of the post."""
    if not (box[0] <= x <= box[2] and box[1] <= y <= box[3]):
        return False
    row, column = math.floor(y / cell_m), math.floor(x / cell_m)
    if not (0 <= row < solid.shape[0] and 0 <= column < solid.shape[1]) or solid[row, column] != 0:
        return False
    return post < 0 or phi[post, row, column] <= cell_m
