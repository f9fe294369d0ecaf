"""What people's feet are told: to the post, along an errand, to a way out; and who is gone on arriving there."""

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.noise import Stream
from sim.crowd.ground import FAR, Raster, direction_at, walk_at
from sim.crowd.luck import luck
from sim.crowd.parameters import Numbers
from sim.crowd.people import Act, Bytes, Floats, Ints, Longs, Status

_MILL = int(Stream.MILL)
_OBSTRUCT, _LEAVE, _FLEE, _INJURED = int(Act.OBSTRUCT), int(Act.LEAVE), int(Act.FLEE), int(Act.INJURED)
_LEFT, _MOVED = int(Status.LEFT), int(Status.MOVED)
_ARRIVED_M = 1.0
"""Walking distance to a destination at which somebody is there."""
_BLOCK_M = 15.0
_BLOCK_COST_M = 300.0
"""A way out behind a closed line this near counts as that much longer (assumed)."""


@kernel
def steer(
    rows: Longs,
    tick: int,
    key: NDArray[np.uint32],
    solid: NDArray[np.uint8],
    phi: Raster,
    way: NDArray[np.int8],
    cell_m: float,
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
    act: Bytes,
    anger: Floats,
    fear: Floats,
    stopped: Bytes,
    last_seen_force: Ints,
    x: Floats,
    y: Floats,
    status: Bytes,
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
    for i in rows:
        g = group[i]
        drive[i] = 0.0
        if act[i] >= _INJURED:
            goal[i] = -1
            continue
        if act[i] == _LEAVE or act[i] == _FLEE:
            if goal[i] < 0 or exits[g, goal[i]] == 0 or i % 10 == turn:
                goal[i] = _way_out(i, g, exits, errand, x, y, solid, phi, way, cell_m, body_x, body_y, body_closed)
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
                here = _at_post(spot_x[i], spot_y[i], solid, phi, cell_m, post[g], box[g])
                # Whom something drew away from the post walks straight to their spot: the way to the post would
                # take them back and forth.
                goal[i] = post[g] if here else -1
                if i % 10 == turn and act[i] < _OBSTRUCT and luck(key, _MILL, tick, -1 - i) < 10.0 / q.mill_s:
                    _mill(i, tick, key, solid, phi, cell_m, post[g], box[g], here, q.mill_m, spot_x, spot_y)


@kernel
def _line_near(x: float, y: float, body_x: Floats, body_y: Floats, body_closed: Bytes, reach_m: float) -> bool:
    """Return whether a body of a closed line is within reach."""
    for j in range(len(body_x)):
        dx, dy = body_x[j] - x, body_y[j] - y
        if body_closed[j] and dx * dx + dy * dy <= reach_m * reach_m:
            return True
    return False


@kernel
def _way_out(
    i: int,
    g: int,
    exits: Bytes,
    errand: Ints,
    x: Floats,
    y: Floats,
    solid: NDArray[np.uint8],
    phi: Raster,
    way: NDArray[np.int8],
    cell_m: float,
    body_x: Floats,
    body_y: Floats,
    body_closed: Bytes,
) -> int:
    """Return the exit with the shortest way, closed lines ahead counting as a detour; -1 for none."""
    best, least = -1, 0.5 * FAR
    for k in range(exits.shape[1]):
        if exits[g, k] == 0 and errand[g] != k:
            continue
        cost = walk_at(phi, solid, cell_m, k, x[i], y[i])
        if cost >= least:
            continue
        gx, gy = direction_at(way, solid, cell_m, k, x[i], y[i])
        for j in range(len(body_x)):
            dx, dy = body_x[j] - x[i], body_y[j] - y[i]
            distance = math.sqrt(dx * dx + dy * dy)
            if body_closed[j] and distance < _BLOCK_M and dx * gx + dy * gy > 0.7 * distance:
                cost += _BLOCK_COST_M
                break
        if cost < least:
            best, least = k, cost
    return best


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
def _at_post(x: float, y: float, solid: NDArray[np.uint8], phi: Raster, cell_m: float, post: int, box: Floats) -> bool:
    """Return whether a place is free ground of the post."""
    if not (box[0] <= x <= box[2] and box[1] <= y <= box[3]):
        return False
    row, column = math.floor(y / cell_m), math.floor(x / cell_m)
    if not (0 <= row < solid.shape[0] and 0 <= column < solid.shape[1]) or solid[row, column] != 0:
        return False
    return post < 0 or phi[post, row, column] <= cell_m
