"""Known answers: where the right answer is not in doubt the review gives it, and says what the unacceptable is."""

import pytest

from sim.review import Effort
from tests.review.known import ENOUGH, cases, grade

CASES = cases()
A_FEW = ("assailant_among_peaceful", "denial_of_what_is_true")
QUICK = Effort(most=4, policies=("doctrine",))
SEEDS = 50


def sentences(text: str) -> int:
    return sum(text.count(stop) for stop in (". ", ".\n")) + text.rstrip().endswith(".")


def test_there_are_at_least_fifteen_and_each_says_its_situation_in_two_sentences() -> None:
    assert len(CASES) >= 15
    for case in CASES.values():
        assert 2 == sentences(case.situation.strip()), case.id
        assert case.right
        assert case.best
        assert case.unacceptable


@pytest.mark.parametrize("name", A_FEW)
def test_a_few_of_them_come_out_right(name: str) -> None:
    assert [] == grade(CASES[name], 1, QUICK).wrong


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(CASES))
def test_each_comes_out_right_in_nine_of_ten_seeds(name: str) -> None:
    right = sum(not grade(CASES[name], seed).wrong for seed in range(1, SEEDS + 1))
    assert right >= ENOUGH * SEEDS
