"""Sorting people into squares loses nobody and puts everybody where they stand, in row order."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.crowd.squares import Squares

WIDTH_M, HEIGHT_M, SIZE_M = 40.0, 25.0, 2.5
places = st.lists(st.tuples(st.floats(-3.0, 43.0), st.floats(-3.0, 28.0)), max_size=40)


def expected(x: float, y: float) -> tuple[int, int]:
    """Line and column of the square a place counts to."""
    return min(max(math.floor(y / SIZE_M), 0), 9), min(max(math.floor(x / SIZE_M), 0), 15)


@given(first=places, second=places, absent=st.sets(st.integers(0, 39)))
def test_everybody_sorted_is_in_the_square_they_stand_in_and_nobody_else_is(
    first: list[tuple[float, float]], second: list[tuple[float, float]], absent: set[int]
) -> None:
    squares = Squares.blank(WIDTH_M, HEIGHT_M, SIZE_M, 40)
    # The second filling must know nothing of the first.
    for each in (first, second):
        x, y = np.array([p[0] for p in each]), np.array([p[1] for p in each])
        rows = np.array([i for i in range(len(each)) if i not in absent], dtype=np.int64)
        squares.fill(rows, x, y)
        table = squares.table
        found: dict[tuple[int, int], list[int]] = {}
        for i in rows:
            found.setdefault(expected(x[i], y[i]), []).append(int(i))
        assert len(found) == squares.found
        assert len(found) == (table.slot >= 0).sum()
        for (line, column), members in found.items():
            s = table.slot[line, column]
            assert line * table.slot.shape[1] + column == table.square[s]
            assert members == list(table.member[table.start[s] : table.start[s + 1]])
            assert all(s == table.at[i] for i in members)
