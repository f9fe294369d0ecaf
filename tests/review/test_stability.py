"""Stability: other trials, other chance events and hidden states, and yet the same verdicts."""

from dataclasses import replace

import numpy as np
import pytest

from sim.review import Effort, Review, Work, carry_out, review
from sim.world.order import Order
from tests.review.stable import agreement
from tests.small import small_exercise

LUCKS = 10
ENOUGH = 0.9


def reviewed(luck: int, effort: Effort) -> Review:
    """Of a small run with a good choice, a needless one and an unlawful one."""
    run = small_exercise(3)
    run.order(Order(response="first_contact", reason="ask"))
    run.run_until(1200)
    run.order(Order(response="visible_unit", target="square", reason="be seen"))
    run.run_until(2400)
    run.order(Order(response="containment", target="square", reason="hold them", go_ahead=True))
    run.run_until(5400)
    run.stop()
    return review(run.playbook, run.seed, list(run.journal), effort=replace(effort, luck=luck))


def verdicts(luck: int, effort: Effort) -> list[str]:
    """What it says of each decision."""
    return [moment.verdict for moment in reviewed(luck, effort).moments]


def test_another_luck_is_another_set_of_trials() -> None:
    run = small_exercise(3)
    run.run_until(600)
    first, again, other = (
        carry_out(run, Work(1, 0, 1, "own", None, 1300, 2, 1300, luck), ()).course.groups for luck in (0, 0, 1)
    )
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.slow
def test_ten_sets_of_trials_give_the_same_verdict_to_nine_of_ten_graded_decisions() -> None:
    effort = Effort(most=16, horizon_min=6.0, alternatives=5)
    found = [verdicts(luck, effort) for luck in range(LUCKS)]
    assert agreement(list(zip(*found, strict=True))) >= ENOUGH


def test_abstentions_do_not_count_and_a_graded_verdict_counts_against_the_most_frequent_one() -> None:
    assert 1.0 == agreement([["cannot tell", "between sound and poor"]])
    assert 0.75 == agreement([["sound", "sound", "cannot tell", "poor"], ["unlawful"]])
