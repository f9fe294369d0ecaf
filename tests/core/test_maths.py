"""Our own mathematics is as exact as its docstrings say, everywhere it claims to work."""

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.maths import LARGEST, TRIG_LIMIT, atan2, cos, exp, log, power, sigmoid, sin

DIGITS = 50
SPREAD = np.linspace(0.0, 1.0, 4001)


def between(low: float, high: float) -> list[float]:
    """Return 4001 numbers from low to high, off any round grid."""
    return (low + (high - low) * SPREAD * 0.9999937 + (high - low) * 1.7e-6).tolist()


def ulps(got: float, true: Decimal) -> float:
    """Return how many units in the last place `got` is from the true value."""
    return float(abs(Decimal(got) - true) / Decimal(math.ulp(float(true))))


def exact_exp(x: float) -> Decimal:
    with localcontext() as context:
        context.prec = DIGITS
        return Decimal(x).exp()


def exact_log(x: float) -> Decimal:
    with localcontext() as context:
        context.prec = DIGITS
        return Decimal(x).ln()


@pytest.mark.parametrize(("low", "high"), [(-745.0, -708.0), (-708.0, 709.7), (-30.0, 30.0), (-1.0, 1.0)])
def test_exp_is_within_one_unit_in_the_last_place(low: float, high: float) -> None:
    assert max(ulps(exp(x), exact_exp(x)) for x in between(low, high)) <= 1.0


def test_exp_of_zero_is_exactly_one() -> None:
    assert 1.0 == exp(0.0)
    assert 1.0 == exp(-0.0)
    assert 1.0 == exp(1e-300)


def test_exp_never_leaves_the_finite_numbers() -> None:
    assert [LARGEST] * 3 == [exp(709.8), exp(1e308), exp(math.inf)]
    assert [0.0] * 3 == [exp(-745.2), exp(-1e308), exp(-math.inf)]
    assert exp(709.782712893384) <= LARGEST
    assert 5e-324 == exp(-745.13)


@given(st.floats(-760, 720), st.floats(0, 5))
def test_exp_never_falls_by_more_than_its_error(x: float, step: float) -> None:
    assert exp(x) <= exp(x + step) * (1 + 4.5e-16) + 5e-324


@pytest.mark.parametrize(("low", "high"), [(0.5, 2.0), (0.999, 1.001), (1e-300, 1e-290), (2.0, 1e9), (1e300, LARGEST)])
def test_log_is_within_one_unit_in_the_last_place(low: float, high: float) -> None:
    assert max(ulps(log(x), exact_log(x)) for x in between(low, high)) <= 1.0


@pytest.mark.parametrize("x", [5e-324, 1e-310, 2.2250738585072009e-308, 2.2250738585072014e-308])
def test_log_reaches_down_to_the_smallest_float(x: float) -> None:
    assert ulps(log(x), exact_log(x)) <= 1.0


def test_log_at_its_edges() -> None:
    assert 0.0 == log(1.0)
    assert [-math.inf, -math.inf, math.inf] == [log(0.0), log(-0.0), log(math.inf)]
    assert math.isnan(log(-1e-300))
    assert math.isnan(log(-math.inf))


@given(st.floats(-700, 700))
def test_log_undoes_exp(x: float) -> None:
    assert x == pytest.approx(log(exp(x)), rel=3e-16, abs=3e-16)


@pytest.mark.parametrize("limit", [1.0, 10.0, 1000.0, TRIG_LIMIT])
def test_sine_and_cosine_are_within_their_error(limit: float) -> None:
    # The reference is itself within 1.1e-16 of the truth.
    angles = between(-limit, limit)
    assert max(abs(sin(x) - math.sin(x)) for x in angles) <= 2.3e-16
    assert max(abs(cos(x) - math.cos(x)) for x in angles) <= 2.3e-16


def test_sine_and_cosine_hold_beside_every_quarter_turn() -> None:
    angles = [n * (math.pi / 2) for n in range(-600_000, 600_000, 997)]
    assert max(abs(sin(x) - math.sin(x)) for x in angles) <= 2.3e-16
    assert max(abs(cos(x) - math.cos(x)) for x in angles) <= 2.3e-16


@given(st.floats(-TRIG_LIMIT, TRIG_LIMIT))
def test_sine_and_cosine_lie_on_the_circle(x: float) -> None:
    assert 1.0 == pytest.approx(sin(x) * sin(x) + cos(x) * cos(x), abs=5e-16)
    assert sin(x) == -sin(-x)
    assert cos(x) == cos(-x)


@pytest.mark.parametrize("x", [1.0000001e6, -1e7, math.inf, -math.inf])
def test_an_angle_that_has_run_away_is_not_a_number(x: float) -> None:
    assert math.isnan(sin(x))
    assert math.isnan(cos(x))


@pytest.mark.parametrize("reach", [1.0, 1e-5, 1e5, 1e-300, 1e300])
def test_atan2_is_within_its_error_all_the_way_round(reach: float) -> None:
    directions = [(math.cos(a), reach * math.sin(a)) for a in between(-math.pi, math.pi)]
    assert max(abs(atan2(y, x) - math.atan2(y, x)) for x, y in directions) <= 4.5e-16


def test_atan2_at_the_compass_points() -> None:
    assert [0.0, math.pi / 2, math.pi, -math.pi / 2] == [
        atan2(0.0, 2.0),
        atan2(3.0, 0.0),
        atan2(0.0, -1.0),
        atan2(-5.0, 0.0),
    ]
    assert math.pi / 4 == atan2(7.0, 7.0)
    assert 0.0 == atan2(0.0, 0.0)
    assert math.pi == atan2(-0.0, -1.0)
    assert math.isnan(atan2(math.inf, 1.0))
    assert math.isnan(atan2(1.0, -math.inf))


@given(st.floats(-3.1, 3.1), st.floats(1e-3, 1e6))
def test_atan2_finds_the_heading_a_vector_was_made_of(heading: float, length: float) -> None:
    assert heading == pytest.approx(atan2(length * sin(heading), length * cos(heading)), abs=1e-15)


@pytest.mark.parametrize(("low", "high"), [(-700.0, 700.0), (-40.0, 40.0), (-2.0, 2.0)])
def test_sigmoid_is_within_three_units_in_the_last_place(low: float, high: float) -> None:
    with localcontext() as context:
        context.prec = DIGITS
        truths = [(x, 1 / (1 + (-Decimal(x)).exp())) for x in between(low, high)]
    assert max(ulps(sigmoid(x), true) for x, true in truths) <= 3.0


def test_sigmoid_ends_at_nothing_and_all() -> None:
    assert [0.0, 0.0, 0.5, 1.0, 1.0] == [sigmoid(x) for x in (-math.inf, -1e9, 0.0, 1e9, math.inf)]


@given(st.floats(-800, 800))
def test_a_sigmoid_and_its_mirror_add_up_to_one(x: float) -> None:
    assert 1.0 == pytest.approx(sigmoid(x) + sigmoid(-x), abs=3e-16)


@given(st.floats(1e-30, 1e30), st.floats(-10, 10))
def test_power_is_within_its_error(x: float, y: float) -> None:
    with localcontext() as context:
        context.prec = DIGITS
        true = Decimal(x) ** Decimal(y)
    allowed = (2 + abs(y * math.log(x))) * 2.3e-16
    assert abs(Fraction(power(x, y)) / Fraction(true) - 1) <= Fraction(allowed)


def test_power_at_its_edges() -> None:
    assert [1.0, 1.0, 1.0] == [power(0.0, 0.0), power(7.0, 0.0), power(1.0, 500.0)]
    assert [0.0, 0.0] == [power(0.0, 2.5), power(1e-200, 2.0)]
    assert [LARGEST] * 3 == [power(0.0, -1.0), power(1e200, 2.0), power(math.inf, 0.5)]
    assert math.isnan(power(-1.0, 2.0))
    assert math.isnan(power(0.0, math.nan))


@pytest.mark.parametrize("function", [exp, log, sin, cos, sigmoid])
def test_what_is_not_a_number_stays_so(function: object) -> None:
    assert math.isnan(function(math.nan))


def test_what_is_not_a_number_has_no_angle_and_no_power() -> None:
    assert math.isnan(atan2(math.nan, 1.0))
    assert math.isnan(atan2(1.0, math.nan))
    assert math.isnan(power(math.nan, 1.0))
    assert math.isnan(power(2.0, math.nan))
