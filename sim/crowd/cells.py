"""Who is near whom: places sorted into square cells, in the order of their rows.

The grid of cells is wrapped like the surface of a tyre, `SIDE` by `SIDE` cells, so it costs the same on a village
green and on a square kilometre; places whole turns apart share a cell and are told apart by their distance.
"""

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import inlined, kernel
from sim.crowd.people import Bytes, Floats

Slots: TypeAlias = NDArray[np.uint32]
"""Rows or places in a list; unsigned, so that no index is ever taken from the end."""

CELL_M = 1.25
"""Side of a cell: whatever is within 2 cells (2.5 m) is in the block of 5 x 5 cells around."""

PER_M = 0.8
"""Cells per metre: a product is sooner made than a quotient."""

SIDE = 64
"""Cells around the tyre in each direction, at least: a power of two, and more than 5."""


def side_for(people: int) -> int:
    """Return how many cells around the tyre serve so many people: four or more for each of a large crowd.

    With fewer, people who are whole turns apart share cells and have to be told apart.
    """
    side = SIDE
    while side < 512 and side * side < 4 * people:
        side *= 2
    return side


@inlined
def cell_of(x: float, y: float, side: int) -> int:
    """Return the number of the cell (x, y) is in: rows of `side` cells, one after the other."""
    return (math.floor(y * PER_M) & (side - 1)) * side + (math.floor(x * PER_M) & (side - 1))


@kernel
def sort_into_cells(x: Floats, y: Floats, wanted: Bytes, side: int) -> tuple[Slots, Slots]:
    """Return the rows that are `wanted`, by cell, and where in that list each cell starts: a stable counting sort.

    Cell c holds row[start[c]:start[c + 1]], ascending.
    """
    n, cells = len(x), side * side
    start = np.zeros(cells + 2, np.uint32)
    cell = np.empty(n, np.uint32)
    total = 0
    # Counted two cells on and filled one on, which leaves each start where it belongs.
    for i in range(n):
        if wanted[i] != 0:
            cell[i] = cell_of(x[i], y[i], side)
            start[cell[i] + 2] += 1
            total += 1
    for c in range(cells):
        start[c + 1] += start[c]
    start[cells + 1] += start[cells]
    row = np.empty(total, np.uint32)
    for i in range(n):
        if wanted[i] != 0:
            row[start[cell[i] + 1]] = i
            start[cell[i] + 1] += 1
    return row, start[: cells + 1]


@inlined
def span_of(side: int, west: int, east: int) -> tuple[int, int, int]:
    """Return the first of the columns from `west` to `east`, how many lie before the seam of the tyre, how many across.

    Columns count from 0, round the tyre as often as they like; `east - west` is below `side`. Most often none lie
    across. It is the same on every line.
    """
    first, wide = west & (side - 1), east - west + 1
    across = max(0, first + wide - side)
    return first, wide - across, across


@inlined
def run_of(start: Slots, side: int, line: int, first: int, many: int) -> tuple[int, int]:
    """Return where so many cells of one line from column `first` on lie in the list: from, up to before."""
    # Unsigned, or each would be looked at for being counted from the end.
    begin = np.uint64(line & (side - 1)) * np.uint64(side) + np.uint64(first)
    return int(start[begin]), int(start[begin + np.uint64(many)])


@inlined
def runs_of(start: Slots, side: int, west: int, east: int, line: int) -> tuple[int, int, int, int]:
    """Return where the cells from column `west` to `east` of one line lie in the list.

    Two runs, as from, up to before, from, up to before; the second is what lies across the seam of the tyre, and is
    often empty. Lines count as columns do in `span_of`.
    """
    first, many, across = span_of(side, west, east)
    return (*run_of(start, side, line, first, many), *run_of(start, side, line, 0, across))
