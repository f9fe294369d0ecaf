"""Eight numbers at a time give the bits of one number at a time."""

import numpy as np
import pytest

from sim.core import lanes, maths
from sim.core.kernel import kernel
from sim.core.lanes import (
    LANES,
    add_up,
    count_up,
    fill,
    floor,
    how_many,
    load,
    pack,
    root,
    size,
    smallest,
    store,
    total,
    where,
)

VALUES = np.array([3.5, -1.25, 0.0, 2.0, -7.75, 1e-9, 4.0, 0.1, 9.0, -0.5, 6.25, 2.5, 1.0, -3.0, 0.7, 8.0])


@kernel
def _sums(a: np.ndarray, b: np.ndarray, out: np.ndarray) -> None:
    for k in range(0, len(a), LANES):
        x, y = load(a, k), load(b, k)
        store(out, k, (x + y) * 0.1 - (x / y) / 3.0 + (-x))


@kernel
def _packed(values: np.ndarray, least: float, out: np.ndarray) -> int:
    count = 0
    for k in range(0, len(values), LANES):
        x = load(values, k)
        wanted = (x > least) & ~(x >= 6.0) | (x < -7.0)
        pack(out, count, x, wanted)
        count += how_many(wanted)
    return count


@kernel
def _total(values: np.ndarray) -> float:
    total = 0.0
    for k in range(0, len(values), LANES):
        total = add_up(total, load(values, k))
    return total


@kernel
def _exps(values: np.ndarray, out: np.ndarray) -> None:
    for k in range(0, len(values), LANES):
        store(out, k, lanes.exp(load(values, k)))


@kernel
def _folded(values: np.ndarray) -> float:
    return float(total(load(values, 0)))


@kernel
def _rest(values: np.ndarray, out: np.ndarray) -> float:
    x = load(values, 0)
    store(out, 0, root(size(x)))
    store(out, LANES, floor(x))
    store(out, 2 * LANES, where(x != count_up(0.0), x, fill(5.0)))
    return float(smallest(x))


def test_arithmetic_in_lanes_has_the_bits_of_arithmetic_one_by_one() -> None:
    other = VALUES[::-1] + 0.3
    out = np.empty_like(VALUES)
    _sums(VALUES, other, out)
    assert [(x + y) * 0.1 - (x / y) / 3.0 + (-x) for x, y in zip(VALUES, other, strict=True)] == out.tolist()


@pytest.mark.parametrize("least", [-10.0, 0.0, 2.0, 99.0])
def test_packing_keeps_the_order_of_those_wanted(least: float) -> None:
    wanted = [float(x) for x in VALUES if least < x < 6.0 or x < -7.0]
    out = np.empty(len(VALUES) + LANES)
    assert len(wanted) == _packed(VALUES, least, out)
    assert wanted == out[: len(wanted)].tolist()


def test_packing_leaves_what_follows_as_it_is() -> None:
    wanted = [float(x) for x in VALUES if 2.0 < x < 6.0 or x < -7.0]
    out = np.full(len(VALUES) + LANES, 77.0)
    assert len(wanted) == _packed(VALUES, 2.0, out)
    assert [*wanted, *[77.0] * (len(out) - len(wanted))] == out.tolist()


def test_sums_over_lanes_are_taken_first_to_last() -> None:
    values = np.array([1e16, 1.0, -1e16, 1.0, 0.1, 1e-9, 3.0, 1e-3] * 4)
    expected = 0.0
    for value in values.tolist():
        expected += value
    assert expected == _total(values)


def test_the_sooner_sum_adds_halves() -> None:
    a, b, c, d, e, f, g, h = values = [1e16, 1.0, -1e16, 1.0, 0.1, 1e-9, 3.0, 1e-3]
    assert ((a + e) + (c + g)) + ((b + f) + (d + h)) == _folded(np.array(values))


def test_exp_in_lanes_has_the_bits_of_exp() -> None:
    values = np.concatenate([np.linspace(-700.0, 700.0, 4000), np.linspace(-30.0, 0.0, 4000), np.array([0.0] * 8)])
    out = np.empty_like(values)
    _exps(values, out)
    assert [maths.exp(float(x)) for x in values] == out.tolist()


def test_roots_sizes_floors_and_choices_are_those_of_each_number() -> None:
    out = np.empty(3 * LANES)
    assert VALUES[:LANES].min() == _rest(VALUES, out)
    first = VALUES[:LANES]
    expected = [*np.sqrt(np.abs(first)), *np.floor(first), *np.where(first != np.arange(8.0), first, 5.0)]
    assert expected == out.tolist()


@kernel
def _places(values: np.ndarray, out: np.ndarray, again: np.ndarray) -> int:
    count = 0
    for k in range(0, len(values), LANES):
        wanted = load(values, k) > 1.0
        lanes.pack_places(out, count, k, wanted)
        count += how_many(wanted)
    lanes.pack_whole(again, 0, out, 0, count_up(0.0) >= 2.0)
    return count


@kernel
def _others(values: np.ndarray, first: int, past: int, me: int, out: np.ndarray) -> int:
    return lanes.pack_others(out, 1, first, past, me, load(values, first) > 1.0)


@kernel
def _turned_over(table: np.ndarray, places: np.ndarray, out: np.ndarray) -> None:
    a, b, c, d, e, f, g, h = lanes.columns(table, places, 1)
    store(out[0], 0, a)
    store(out[1], 0, b)
    store(out[2], 0, c)
    store(out[3], 0, d)
    store(out[4], 0, e)
    store(out[5], 0, f)
    store(out[6], 0, g)
    store(out[7], 0, h)


def test_places_of_wanted_numbers_stand_side_by_side() -> None:
    out, again = np.full(3 * LANES, -1), np.full(LANES, -1)
    wanted = [k for k, value in enumerate(VALUES) if value > 1.0]
    assert len(wanted) == _places(VALUES, out, again)
    assert wanted == out[: len(wanted)].tolist()
    assert [*wanted[2:], 0, -1, -1] == again.tolist()


@pytest.mark.parametrize(("first", "past", "me"), [(0, 8, 3), (0, 16, 20), (2, 9, 8), (5, 5, 5), (8, 14, 11)])
def test_places_of_wanted_numbers_but_ones_own_and_those_past_the_end_stand_side_by_side(
    first: int, past: int, me: int
) -> None:
    out = np.full(2 * LANES, -1)
    wanted = [k for k in range(first, min(past, first + LANES)) if VALUES[k] > 1.0 and k != me]
    assert len(wanted) == _others(VALUES, first, past, me, out)
    assert [-1, *wanted, *[0] * (LANES - len(wanted))] == out[: LANES + 1].tolist()


def test_rows_are_read_as_columns() -> None:
    table, out = np.arange(80.0).reshape(10, 8), np.zeros((8, 8))
    places = np.array([0, 9, 3, 3, 0, 7, 1, 2, 8])
    _turned_over(table, places, out)
    assert table[places[1:]].T.tolist() == out.tolist()
