"""What deals with a call: an order given since, or work under way there; nothing that was done elsewhere before."""

import pytest

from sim.exercise.exercise import Exercise
from sim.world.order import Order
from tests.small import small_exercise

MINUTE = 600
CALL = {
    "id": "call",
    "minute": 3,
    "channel": "call",
    "about": "threat",
    "truth": "true",
    "text": {"en": "Somebody is threatened.", "zh": "有人受到威胁。"},
    "place": "behind",
    "handled": {"ordered": "soft_patrol"},
    "window_min": 4,
    "answers": ["soft_patrol"],
}


def opened(**handled: object) -> Exercise:
    call = CALL | ({"handled": {"ordered": "soft_patrol"} | handled} if handled else {})
    run = small_exercise(minutes=[0, 20], injects=[call])
    run.run_until(MINUTE)
    return run


def patrol(run: Exercise, place: str) -> None:
    assert run.order(Order(response="soft_patrol", target=place, reason="be seen")).accepted


def became(run: Exercise) -> str:
    run.run_until(8 * MINUTE)
    return run.world.injects["call"].status


@pytest.mark.parametrize(("place", "status"), [("corner", "missed"), ("behind", "handled")])
def test_a_patrol_sent_before_a_call_counts_only_where_it_is_under_way(place: str, status: str) -> None:
    run = opened()
    patrol(run, place)
    assert status == became(run)


def test_a_patrol_sent_after_a_call_deals_with_it() -> None:
    run = opened()
    run.run_until(4 * MINUTE)
    patrol(run, "corner")
    assert "handled" == became(run)


def test_a_call_that_looks_back_for_some_minutes_still_finds_what_was_ordered_before() -> None:
    run = opened(within_min=10)
    patrol(run, "corner")
    assert "handled" == became(run)
