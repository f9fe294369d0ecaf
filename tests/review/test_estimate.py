"""Estimates, verdicts and the ledger: known numbers, and the laws that keep a review honest."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.noise import Noise, Stream
from sim.review.estimate import Estimate, difference, estimate, regret
from sim.review.ledger import ledger
from sim.review.verdict import NAMES, together, verdict_of

VALUES = st.lists(st.floats(0, 100, allow_nan=False), min_size=2, max_size=40)


def around(mean: float, half: float) -> Estimate:
    return Estimate(mean, mean - half, mean + half, 20)


def test_the_interval_of_four_known_numbers_is_students() -> None:
    found = estimate([1.0, 2.0, 3.0, 4.0])
    assert 2.5 == found.mean
    assert math.isclose(3.18 * math.sqrt(5.0 / 3.0) / 2.0, found.half_width, rel_tol=1e-9)


def test_one_trial_says_nothing_of_the_spread() -> None:
    assert math.inf == estimate([50.0]).half_width
    assert "cannot tell" == verdict_of(estimate([50.0]))


@pytest.mark.parametrize(
    ("mean", "half", "verdict"),
    [
        (1.0, 2.0, "sound"),
        (7.5, 2.0, "imprecise"),
        (12.0, 1.5, "poor"),
        (20.0, 4.0, "serious"),
        (5.0, 2.0, "between sound and imprecise"),
        (9.0, 8.0, "cannot tell"),
        (-3.0, 1.0, "sound"),
    ],
)
def test_a_band_is_named_only_when_the_whole_interval_lies_in_it(mean: float, half: float, verdict: str) -> None:
    assert verdict == verdict_of(around(mean, half))


def test_two_clear_continuations_that_disagree_are_contested() -> None:
    assert "contested" == together(around(1.0, 1.0), around(20.0, 2.0))
    assert "serious" == together(around(18.0, 1.0), around(20.0, 2.0))
    assert "between poor and serious" == together(around(18.0, 1.0), around(16.0, 4.0))


@given(VALUES, st.floats(1.0, 5.0))
def test_more_noise_never_makes_a_verdict_harsher(values: list[float], factor: float) -> None:
    found = estimate(values)
    wider = Estimate(found.mean, found.mean - factor * found.half_width, found.mean + factor * found.half_width, 20)
    before, after = verdict_of(found), verdict_of(wider)
    if after in NAMES:
        assert before == after


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 9), st.floats(0, 100), st.floats(0, 100)), min_size=1),
       st.floats(0, 100), st.lists(st.integers(0, 50)))  # fmt: skip
def test_a_ledger_always_adds_up(worth: list[tuple[int, int, float, float]], final: float, nudges: list[int]) -> None:
    book = ledger(sorted(worth), final, nudges)
    assert book is not None
    assert math.isclose(book.final - book.initial, book.skill + book.luck + book.intervention, abs_tol=1e-9)


def test_picking_the_best_of_equals_shows_no_regret_on_average() -> None:
    """Of eight alternatives that are all the same the best mean lies far above; cross-fitting does not."""
    found = []
    for case in range(200):
        noise = Noise(case + 1)
        values = {k: [50.0 + 10.0 * noise.normal(Stream.EXPERIMENT, k, trial) for trial in range(16)] for k in range(8)}
        found.append(regret(values, 0).mean)
    assert abs(sum(found) / len(found)) < 0.6


def test_a_choice_that_costs_ten_points_shows_ten_points_of_regret() -> None:
    noise = Noise(5)
    luck = [20.0 * noise.normal(Stream.EXPERIMENT, 0, trial) for trial in range(32)]
    values = {0: [40.0 + each for each in luck], 1: [50.0 + each for each in luck], 2: [30.0 + each for each in luck]}
    found = regret(values, 0)
    assert 10.0 == pytest.approx(found.mean)
    assert 0.0 == pytest.approx(found.half_width, abs=1e-9)


@given(VALUES)
def test_the_same_values_differ_by_nothing(values: list[float]) -> None:
    found = difference(values, values)
    assert (0.0, 0.0, 0.0) == (found.mean, found.low, found.high)
