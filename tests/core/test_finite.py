"""Whether floats are numbers is seen from their bits, wherever the wrong one stands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.finite import all_finite, any_nan

KINDS = [np.float16, np.float32, np.float64]


@pytest.mark.parametrize("kind", KINDS)
def test_no_floats_at_all_are_finite(kind: type) -> None:
    assert all_finite(np.zeros(0, kind))
    assert not any_nan(np.zeros(0, kind))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("wrong", [np.nan, -np.nan, np.inf, -np.inf])
def test_one_wrong_number_is_found_wherever_it_stands(kind: type, wrong: float) -> None:
    for place in range(11):
        floats = np.full(11, -0.0, kind)
        floats[place] = wrong
        assert not all_finite(floats)
        assert any_nan(floats) == bool(np.isnan(wrong))


@given(st.lists(st.floats()))
def test_it_agrees_with_a_look_at_every_number(numbers: list[float]) -> None:
    floats = np.array(numbers, np.float64)
    assert all_finite(floats) == bool(np.isfinite(floats).all())
    assert any_nan(floats) == bool(np.isnan(floats).any())


def test_the_largest_and_the_smallest_numbers_are_finite() -> None:
    for kind in (np.float32, np.float64):
        assert all_finite(np.array([np.finfo(kind).max, -np.finfo(kind).max, np.finfo(kind).smallest_subnormal], kind))


def test_rows_that_lie_apart_in_memory_count_too() -> None:
    grid = np.zeros((4, 6))
    grid[2, 3] = np.nan
    assert any_nan(grid[:, 3])
    assert not any_nan(grid[:, ::2])
