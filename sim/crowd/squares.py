"""What company people are in: everybody sorted into squares of a few metres, for minds rather than for bodies.

Only squares that hold somebody are kept, so that a large site costs no more than a small one. They are
numbered in the order of their first member, members stand in row order, and every search visits squares in
the same pattern around the searcher: what one person finds never depends on people out of reach.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.crowd.people import Floats, Longs

Slots = NDArray[np.int32]


@kernel
def sort_into_squares(
    rows: Longs,
    x: Floats,
    y: Floats,
    size_m: float,
    before: int,
    slot: Slots,
    square: Slots,
    start: Slots,
    member: Slots,
    at: Slots,
) -> int:
    """Sort the people of `rows` into squares and return how many squares hold somebody.

    Args:
        rows: People to sort, ascending. x: Positions of everybody, m; a place outside the grid counts to
        the square at its edge. y: The same, northwards. size_m: Side of a square. before: How many squares
        held somebody the last time, by these very arrays; 0 the first time. slot: Shape (lines, columns), -1
        everywhere the first time; afterwards the square's number, -1 where it is empty. square: Filled with
        line * columns + column of each numbered square. start: Filled with the first place in `member` of
        each numbered square, one more than there are squares. member: Filled with rows, square by square.
        at: Filled, for each row, with the number of its square.
    """
    lines, columns = slot.shape
    for place in square[:before]:
        slot[place // columns, place % columns] = -1
    found = 0
    for i in rows:
        column = min(max(math.floor(x[i] / size_m), 0), columns - 1)
        line = min(max(math.floor(y[i] / size_m), 0), lines - 1)
        s = slot[line, column]
        if s < 0:
            s = np.int32(found)
            slot[line, column] = s
            square[s] = line * columns + column
            start[s + 1] = 0
            found += 1
        at[i] = s
        start[s + 1] += 1
    start[0] = 0
    for s in range(found):
        start[s + 1] += start[s]
    # Filling from the back leaves each start where it belongs, and the members in row order.
    for k in range(len(rows) - 1, -1, -1):
        s = at[rows[k]]
        start[s + 1] -= 1
        member[start[s + 1]] = rows[k]
    for s in range(found):
        start[s] = start[s + 1]
    start[found] = len(rows)
    return found


class Table(NamedTuple):
    """The sorted people as kernels take them."""

    slot: Slots
    """Shape (lines, columns): number of the square there, -1 when nobody is in it."""
    square: Slots
    """line * columns + column of each numbered square."""
    start: Slots
    """Members of square s are `member[start[s]:start[s + 1]]`."""
    member: Slots
    at: Slots
    """Number of the square each sorted row is in; meaningless for other rows."""


@dataclass(slots=True)
class Squares:
    """A grid of squares and who stands in them; scratch space, never part of a state."""

    size_m: float
    table: Table
    found: int = 0
    """How many squares hold somebody."""

    @classmethod
    def blank(cls, width_m: float, height_m: float, size_m: float, people: int) -> Self:
        """An empty grid over a site of this size, for at most `people` people."""
        shape = (max(1, math.ceil(height_m / size_m)), max(1, math.ceil(width_m / size_m)))
        most = people + 1
        slot = np.full(shape, -1, dtype=np.int32)
        return cls(size_m, Table(slot, *(np.zeros(most + 1, dtype=np.int32) for _ in range(4))))

    def fill(self, rows: Longs, x: Floats, y: Floats) -> None:
        """Forget whoever was here and sort these people in."""
        self.found = sort_into_squares(rows, x, y, self.size_m, self.found, *self.table)
