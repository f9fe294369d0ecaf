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

SIDE = 64
"""Cells around the tyre in each direction: a power of two, and more than 5."""


@inlined
def cell_of(x: float, y: float) -> int:
    """Return the number of the cell (x, y) is in: rows of `SIDE` cells, one after the other."""
    return (math.floor(y / CELL_M) & (SIDE - 1)) * SIDE + (math.floor(x / CELL_M) & (SIDE - 1))


@kernel
def sort_into_cells(x: Floats, y: Floats, wanted: Bytes) -> tuple[Slots, Slots]:
    """Return the rows that are `wanted`, by cell, and where in that list each cell starts: a stable counting sort.

    Cell c holds row[start[c]:start[c + 1]], ascending.
    """
    n = len(x)
    start = np.zeros(SIDE * SIDE + 1, np.uint32)
    cell = np.empty(n, np.uint32)
    total = 0
    for i in range(n):
        if wanted[i] != 0:
            cell[i] = cell_of(x[i], y[i])
            start[cell[i] + 1] += 1
            total += 1
    for c in range(SIDE * SIDE):
        start[c + 1] += start[c]
    row = np.empty(total, np.uint32)
    # From the back, so that each start ends up where it belongs and rows ascend.
    for back in range(n):
        i = n - 1 - back
        if wanted[i] != 0:
            start[cell[i] + 1] -= 1
            row[start[cell[i] + 1]] = i
    for c in range(SIDE * SIDE):
        start[c] = start[c + 1]
    start[SIDE * SIDE] = total
    return row, start


@inlined
def line_of(start: Slots, x: float, y: float, line: int) -> tuple[int, int, int, int]:
    """Return where one of the five lines of the 5 x 5 cells around (x, y) lies in the list.

    Two runs, as from, up to before, from, up to before; the second is what lies across the seam of the tyre, and is
    often empty.
    """
    first = (math.floor(x / CELL_M) - 2) & (SIDE - 1)
    base = ((math.floor(y / CELL_M) - 2 + line) & (SIDE - 1)) * SIDE
    past = max(0, first + 5 - SIDE)
    return start[base + first], start[base + first + 5 - past], start[base], start[base + past]


@inlined
def runs_of(start: Slots, west: int, east: int, line: int) -> tuple[int, int, int, int]:
    """Return where the cells from column `west` to `east` of one line lie in the list, as `line_of` does.

    Columns and lines count from (0, 0), round the tyre as often as they like; east - west is below `SIDE`.
    """
    first = west & (SIDE - 1)
    base = (line & (SIDE - 1)) * SIDE
    past = max(0, first + east - west + 1 - SIDE)
    return start[base + first], start[base + first + east - west + 1 - past], start[base], start[base + past]
