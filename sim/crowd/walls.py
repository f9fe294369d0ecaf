"""Walls as straight pieces, for the law of walking that is repelled by each of them and sees nobody behind one.

The grids of `Ground` say how far the nearest wall is; this says where every wall near a place begins and ends.
"""

import math
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from sim.core.geometry import Rect
from sim.core.kernel import inlined, kernel
from sim.core.lanes import LANES, count_up, fill, how_many, load, pack, pack_whole
from sim.core.maths import exp
from sim.crowd.cells import Slots
from sim.crowd.ground import Ground, Shape
from sim.crowd.near import Near
from sim.crowd.people import Bytes, Floats

WALL_CELL_M = 2.0
"""Side of a cell of the grid that lists walls."""
WALLS_WITHIN_M = 2.5
"""Cells list every wall this close to a place of theirs; the range of `Walking.reach` ends here."""


class Walls(NamedTuple):
    """Pieces of wall from (x, y) to (end_x, end_y), listed by cell."""

    x: Floats
    y: Floats
    end_x: Floats
    end_y: Floats
    columns: int
    lines: int
    start: Slots
    """Walls near cell c are member[start[c]:start[c + 1]], ascending; cells go line by line from the south-west."""
    member: Slots


_NONE = np.empty(0)
FAINTEST = 25.0
"""exp(-25) is 1e-11: walls that many ranges beyond the radius repel nobody."""
OPEN_CELL_M = 4.0
"""Side of a cell of the grid that says where the ground is open."""
OPEN_M = 2.0
"""From so far on no wall bends anybody's way or stops them, whatever the numbers of walking."""

NO_WALLS = Walls(_NONE, _NONE, _NONE, _NONE, 0, 0, np.zeros(1, np.uint32), np.empty(0, np.uint32))
"""For laws that read distances to walls from the ground's grid."""


@lru_cache(maxsize=8)
def walls_of(ground: Ground) -> Walls:
    """Return the outlines of the site and of everything solid on it, as drawn."""
    site = ground.site
    shapes: list[Shape] = [Rect(0.0, 0.0, site.width_m, site.height_m), *site.solids]
    pieces = np.array([piece for shape in shapes for piece in _edges(shape)])
    x, y, end_x, end_y = (pieces[:, k].copy() for k in range(4))
    columns, lines = math.ceil(site.width_m / WALL_CELL_M), math.ceil(site.height_m / WALL_CELL_M)
    start, member = _list_walls(x, y, end_x, end_y, columns, lines)
    return Walls(x, y, end_x, end_y, columns, lines, start, member)


@lru_cache(maxsize=8)
def openness_of(ground: Ground) -> Bytes:
    """Return, for cells of 4 m, how many whole metres of free and level ground there are at least around any place.

    Shape (lines, columns). 0 where the ground is slow anywhere in the cell or a wall may be nearer than a metre. Most
    people are in the open most of the time, and need not be told how far the walls are, which takes a look at a grid
    too large to stay close to the processor.
    """
    site, cell = ground.site, ground.cell_m
    lines, columns = math.ceil(site.height_m / OPEN_CELL_M), math.ceil(site.width_m / OPEN_CELL_M)
    found = np.zeros((lines, columns), np.uint8)
    for line in range(lines):
        r0, r1 = math.floor(line * OPEN_CELL_M / cell), math.ceil((line + 1) * OPEN_CELL_M / cell) + 1
        for column in range(columns):
            c0, c1 = math.floor(column * OPEN_CELL_M / cell), math.ceil((column + 1) * OPEN_CELL_M / cell) + 1
            if ground.slow[r0:r1, c0:c1].min() >= 1.0:
                found[line, column] = max(0, math.floor(float(ground.distance[r0 : r1 + 1, c0 : c1 + 1].min())))
    return found


@inlined
def open_at(openness: Bytes, x: float, y: float) -> float:
    """Return how many metres around (x, y) are free and level at least; 0 off the site."""
    line, column = math.floor(y / OPEN_CELL_M), math.floor(x / OPEN_CELL_M)
    if not (0 <= line < openness.shape[0] and 0 <= column < openness.shape[1]):
        return 0.0
    return float(openness[line, column])


def _edges(shape: Shape) -> list[tuple[float, float, float, float]]:
    if isinstance(shape, Rect):
        corners = [(shape.x0, shape.y0), (shape.x1, shape.y0), (shape.x1, shape.y1), (shape.x0, shape.y1)]
    else:
        corners = [(point.x, point.y) for point in shape.points]
    return [(*a, *b) for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)]


@inlined
def _nearest(x: float, y: float, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float]:
    """Return the way from (x, y) to the nearest place on a piece of wall."""
    lx, ly = x1 - x0, y1 - y0
    square = lx * lx + ly * ly
    share = 0.0
    if square > 0.0:
        share = min(1.0, max(0.0, ((x - x0) * lx + (y - y0) * ly) / square))
    return x0 + share * lx - x, y0 + share * ly - y


@kernel
def _list_walls(x: Floats, y: Floats, end_x: Floats, end_y: Floats, columns: int, lines: int) -> tuple[Slots, Slots]:
    """Return the lists of `Walls`: a piece is listed where it comes close to the circle round a cell."""
    reach = WALLS_WITHIN_M + WALL_CELL_M * 0.75
    start = np.zeros(columns * lines + 2, np.uint32)
    member = np.empty(0, np.uint32)
    # Counted in the first turn, two cells on; filled in the second, which leaves each start where it belongs.
    for turn in range(2):
        for s in range(len(x)):
            west = max(0, math.floor((min(x[s], end_x[s]) - reach) / WALL_CELL_M))
            east = min(columns - 1, math.floor((max(x[s], end_x[s]) + reach) / WALL_CELL_M))
            south = max(0, math.floor((min(y[s], end_y[s]) - reach) / WALL_CELL_M))
            north = min(lines - 1, math.floor((max(y[s], end_y[s]) + reach) / WALL_CELL_M))
            for line in range(south, north + 1):
                for column in range(west, east + 1):
                    mx, my = (column + 0.5) * WALL_CELL_M, (line + 0.5) * WALL_CELL_M
                    dx, dy = _nearest(mx, my, x[s], y[s], end_x[s], end_y[s])
                    if dx * dx + dy * dy > reach * reach:
                        continue
                    c = line * columns + column
                    if turn == 0:
                        start[c + 2] += 1
                    else:
                        member[start[c + 1]] = s
                        start[c + 1] += 1
        if turn == 0:
            for c in range(columns * lines + 1):
                start[c + 1] += start[c]
            member = np.empty(start[columns * lines + 1], np.uint32)
    return start, member


@inlined
def walls_near(walls: Walls, x: float, y: float) -> tuple[int, int]:
    """Return where the walls near (x, y) are in `member`, from and up to before."""
    column = min(walls.columns - 1, max(0, math.floor(x / WALL_CELL_M)))
    line = min(walls.lines - 1, max(0, math.floor(y / WALL_CELL_M)))
    c = line * walls.columns + column
    return walls.start[c], walls.start[c + 1]


@inlined
def repel_from_walls(
    walls: Walls, first: int, past: int, x: float, y: float, radius: float, w: Any
) -> tuple[float, float]:
    """Return the repulsion of walls in CFSM: a exp((r - d) / D) away from the nearest place on each."""
    east, north = 0.0, 0.0
    for q in range(first, past):
        s = walls.member[q]
        dx, dy = _nearest(x, y, walls.x[s], walls.y[s], walls.end_x[s], walls.end_y[s])
        square = dx * dx + dy * dy
        reach = radius + FAINTEST * w.wall_range
        if 0.0 < square < reach * reach:
            d = math.sqrt(square)
            strength = w.wall_push * exp((radius - d) / w.wall_range) / d
            east, north = east - strength * dx, north - strength * dy
    return east, north


@inlined
def drop_hidden(
    walls: Walls, first: int, past: int, x: float, y: float, near: Near, begin: int, end: int, reach: float
) -> int:
    """Strike whom a wall hides from (x, y) from some of `near`, all within `reach`; returns where those left end."""
    for q in range(first, past):
        s = walls.member[q]
        dx, dy = _nearest(x, y, walls.x[s], walls.y[s], walls.end_x[s], walls.end_y[s])
        if dx * dx + dy * dy < reach * reach:
            end = _drop_behind(walls.x[s] - x, walls.y[s] - y, walls.end_x[s] - x, walls.end_y[s] - y, near, begin, end)
    return end


@inlined
def _drop_behind(ax: float, ay: float, bx: float, by: float, near: Near, begin: int, end: int) -> int:
    """Strike those to whom the straight line from here crosses the wall from (ax, ay) to (bx, by)."""
    lx, ly = bx - ax, by - ay
    here = ly * ax - lx * ay
    kept = begin
    for f in range(begin, end, LANES):
        dx, dy = load(near.dx, f), load(near.dy, f)
        one, other = dx * ay - dy * ax, dx * by - dy * bx
        there = (dy - ay) * lx - (dx - ax) * ly
        crossed = ((one >= 0.0) | (other >= 0.0)) & ((one <= 0.0) | (other <= 0.0))
        crossed = crossed & ((there >= 0.0) | (fill(here) >= 0.0)) & ((there <= 0.0) | (fill(here) <= 0.0))
        left = ~crossed & (count_up(float(f)) < float(end))
        d, soft = load(near.d, f), load(near.soft, f)
        pack_whole(near.place, kept, near.place, f, left)
        pack(near.dx, kept, dx, left)
        pack(near.dy, kept, dy, left)
        pack(near.d, kept, d, left)
        pack(near.soft, kept, soft, left)
        kept += how_many(left)
    return kept
