"""Routes for units: the shortest way round what is solid, as a few straight legs."""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.crowd.ground import Ground, clear_sight

STEP_M = 4.0
"""Side of the coarse squares the way is looked for on."""
CLEAR_M = 0.6
"""A square can be walked on when its middle is at least this far from anything solid."""
Square: TypeAlias = tuple[int, int]
"""Row and column on those squares."""
_ROOT2 = 1.4142135623730951
_STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (-1, -1), (1, -1))


def route(ground: Ground, x0: float, y0: float, x1: float, y1: float) -> list[tuple[float, float]]:
    """Way points from one place to another, the last of them the goal, or the nearest place to it one can get to.

    Straight when nothing is in between.
    """
    gx, gy = _standing(ground, x1, y1)
    if clear_sight(ground.solid, ground.cell_m, x0, y0, gx, gy):
        return [(gx, gy)]
    return way_round(ground, x0, y0, gx, gy)


def way_round(ground: Ground, x0: float, y0: float, gx: float, gy: float) -> list[tuple[float, float]]:
    """Way points to a place one can stand at, as if something were in between.

    Dijkstra on squares of 4 m, pulled taut like a string.
    """
    free = _free(ground)
    columns = free.shape[1]
    goal = _square(free, ground.solid, ground.cell_m, gx, gy)
    begin = _square(free, ground.solid, ground.cell_m, x0, y0)
    cells = _remembered(ground)(begin, goal)
    way = [(STEP_M * (cell % columns + 0.5), STEP_M * (cell // columns + 0.5)) for cell in cells]
    if cells[-1] == goal[0] * columns + goal[1]:
        way.append((gx, gy))
    return _taut(ground, x0, y0, way)


@lru_cache(maxsize=4)
def _remembered(ground: Ground) -> Callable[[Square, Square], tuple[int, ...]]:
    """The squares from one to another of this ground, or to the nearest to it that there is a way to.

    The latest are remembered: who is led looks again and again, and many set out from the same few squares.
    """
    free = _free(ground)

    @lru_cache(maxsize=4096)
    def between(begin: Square, goal: Square) -> tuple[int, ...]:
        came = _search(free, ground.solid, ground.cell_m, *begin, *goal)
        way = [_nearest_reached(came, free.shape[1], goal)]
        while came[way[-1]] >= 0:
            way.append(int(came[way[-1]]))
        return tuple(way[::-1])

    return between


def _nearest_reached(came: NDArray[np.int64], columns: int, goal: Square) -> int:
    """The square nearest to the goal that there is a way to; the first of several."""
    reached = np.flatnonzero(came > -2)
    dr, dc = reached // columns - goal[0], reached % columns - goal[1]
    return int(reached[int((dr * dr + dc * dc).argmin())])


def _standing(ground: Ground, x: float, y: float) -> tuple[float, float]:
    """The nearest place to (x, y) somebody can stand at, looked for on circles around it."""
    x = min(max(x, CLEAR_M), ground.site.width_m - CLEAR_M)
    y = min(max(y, CLEAR_M), ground.site.height_m - CLEAR_M)
    for ring in range(60):
        for dx, dy in _STEPS:
            px, py = x + dx * ring * 1.0, y + dy * ring * 1.0
            inside = 0.0 < px < ground.site.width_m and 0.0 < py < ground.site.height_m
            if inside and ground.distance_at(px, py) >= 0.4:
                return px, py
    return x, y


@lru_cache(maxsize=4)
def _free(ground: Ground) -> NDArray[np.uint8]:
    """Shape (rows, columns) of coarse squares: 1 where one can walk."""
    rows = math.ceil(ground.site.height_m / STEP_M)
    columns = math.ceil(ground.site.width_m / STEP_M)
    ys = np.minimum(((np.arange(rows) + 0.5) * STEP_M / ground.cell_m).astype(np.int64), ground.solid.shape[0] - 1)
    xs = np.minimum(((np.arange(columns) + 0.5) * STEP_M / ground.cell_m).astype(np.int64), ground.solid.shape[1] - 1)
    near: NDArray[np.uint8] = (ground.distance[ys][:, xs] >= CLEAR_M).astype(np.uint8)
    return near


@kernel
def _square(free: NDArray[np.uint8], solid: NDArray[np.uint8], cell_m: float, x: float, y: float) -> Square:
    """The free square nearest to a place whose middle is in sight of it, looked for ring by ring."""
    rows, columns = free.shape
    r = min(max(int(y / STEP_M), 0), rows - 1)
    c = min(max(int(x / STEP_M), 0), columns - 1)
    for ring in range(max(rows, columns)):
        for rr in range(max(0, r - ring), min(rows, r + ring + 1)):
            for cc in range(max(0, c - ring), min(columns, c + ring + 1)):
                if max(abs(rr - r), abs(cc - c)) != ring or free[rr, cc] == 0:
                    continue
                if clear_sight(solid, cell_m, x, y, STEP_M * (cc + 0.5), STEP_M * (rr + 0.5)):
                    return rr, cc
    return r, c


@kernel
def _search(
    free: NDArray[np.uint8], solid: NDArray[np.uint8], cell_m: float, from_r: int, from_c: int, goal_r: int, goal_c: int
) -> NDArray[np.int64]:
    """For each square the one before it on the way from the first, whose own is -1; -2 where there is no way.

    Dijkstra with a binary heap. Two squares are joined when nothing solid lies between their middles.
    """
    rows, columns = free.shape
    cost = np.full(rows * columns, np.inf)
    came = np.full(rows * columns, -2, np.int64)
    heap_cost = np.empty(8 * rows * columns + 1)
    heap_cell = np.empty(8 * rows * columns + 1, np.int64)
    size = 1
    heap_cost[0], heap_cell[0] = 0.0, from_r * columns + from_c
    cost[heap_cell[0]], came[heap_cell[0]] = 0.0, -1
    while size > 0:
        here, cell = heap_cost[0], heap_cell[0]
        size -= 1
        last_cost, last_cell = heap_cost[size], heap_cell[size]
        hole = 0
        while 2 * hole + 1 < size:
            child = 2 * hole + 1
            if child + 1 < size and heap_cost[child + 1] < heap_cost[child]:
                child += 1
            if heap_cost[child] >= last_cost:
                break
            heap_cost[hole], heap_cell[hole] = heap_cost[child], heap_cell[child]
            hole = child
        heap_cost[hole], heap_cell[hole] = last_cost, last_cell
        if here > cost[cell]:
            continue
        if cell == goal_r * columns + goal_c:
            break
        r, c = cell // columns, cell % columns
        for k in range(8):
            dc, dr = _STEPS[k]
            nr, nc = r + dr, c + dc
            if nr < 0 or nc < 0 or nr >= rows or nc >= columns or free[nr, nc] == 0:
                continue
            if k >= 4 and (free[r, nc] == 0 or free[nr, c] == 0):
                continue
            step = here + (_ROOT2 if k >= 4 else 1.0)
            neighbour = nr * columns + nc
            here_x, here_y = STEP_M * (c + 0.5), STEP_M * (r + 0.5)
            there_x, there_y = STEP_M * (nc + 0.5), STEP_M * (nr + 0.5)
            if step < cost[neighbour] - 1e-9 and clear_sight(solid, cell_m, here_x, here_y, there_x, there_y):
                cost[neighbour] = step
                came[neighbour] = cell
                spot = size
                size += 1
                while spot > 0 and heap_cost[(spot - 1) // 2] > step:
                    heap_cost[spot], heap_cell[spot] = heap_cost[(spot - 1) // 2], heap_cell[(spot - 1) // 2]
                    spot = (spot - 1) // 2
                heap_cost[spot], heap_cell[spot] = step, neighbour
    return came


def _taut(ground: Ground, x: float, y: float, way: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The same way without the points one can see past."""
    out: list[tuple[float, float]] = []
    k = 0
    while k < len(way):
        far = k
        for ahead in range(len(way) - 1, k, -1):
            if clear_sight(ground.solid, ground.cell_m, x, y, *way[ahead]):
                far = ahead
                break
        out.append(way[far])
        x, y = way[far]
        k = far + 1
    return out
