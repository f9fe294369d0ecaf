"""Review: decisions are handed over one by one as soon as they have been looked at."""

import pytest

from sim.exercise.exercise import Exercise
from sim.review.review import Moment, review
from sim.world.order import HOLD, Order
from tests.small import small_exercise


@pytest.fixture(scope="module")
def run() -> Exercise:
    exercise = small_exercise(3)
    exercise.order(Order(response="first_contact", reason="ask"))
    exercise.run_until(300)
    exercise.order(Order(response=HOLD, reason="wait"))
    exercise.order(Order(response="soft_patrol", target="square", reason="be there"))
    exercise.run_until(900)
    exercise.stop()
    return exercise


def test_each_moment_is_told_when_it_is_found_and_is_in_the_review_afterwards(run: Exercise) -> None:
    told: list[Moment] = []
    counts: list[int] = []

    def keep_going(done: int, of: int) -> bool:
        counts.append(len(told))
        return True

    whole = review(
        run.playbook, run.seed, list(run.journal), trials=2, horizon_min=0.5, keep_going=keep_going, found=told.append
    )
    assert list(whole.moments) == told
    assert ["first_contact", "soft_patrol"] == [m.response for m in told]
    assert [0, 1] == counts


def test_a_review_that_is_ended_has_told_only_what_it_looked_at(run: Exercise) -> None:
    told: list[Moment] = []
    part = review(
        run.playbook, run.seed, list(run.journal), trials=2, horizon_min=0.5,
        keep_going=lambda done, of: done < 1, found=told.append,
    )  # fmt: skip
    assert ["first_contact"] == [m.response for m in told]
    assert not part.complete
