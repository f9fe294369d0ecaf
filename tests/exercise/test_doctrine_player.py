"""The doctrine player in the days after: every promise has somebody who asks for it, every rumour an answer."""

from sim.exercise.exercise import Exercise
from sim.exercise.player import Doctrine, play
from sim.world.aftermath import DAY
from sim.world.order import Order
from tests.exercise.test_aftermath import END, HEARSAY, at_home, give, promise


def given(run: Exercise, response: str) -> list[Order]:
    """Every order of this response that was accepted, oldest first."""
    return [a.order for a in run.world.activities if a.source == response]


def test_each_promise_is_followed_up_once_though_a_list_of_all_was_published() -> None:
    run = at_home(before=lambda run: [promise(run, name, due_days=14.0) for name in ("fee", "cars", "deposit")])  # type: ignore[arg-type, return-value]
    give(run, "demand_tracker", 4)
    play(run, Doctrine(), until=END + 10 * DAY)
    assert ["fee", "cars", "deposit"] == [o.parameters["demand"] for o in given(run, "follow_up_promise")]


def test_a_promise_nobody_could_give_is_not_followed_up() -> None:
    run = at_home(before=lambda run: promise(run, "fee", within=False))
    play(run, Doctrine(), until=END + 3 * DAY)
    assert [] == given(run, "follow_up_promise")


def test_a_rumour_of_the_days_after_is_checked_and_then_answered_once() -> None:
    run = at_home(injects=[HEARSAY])
    play(run, Doctrine(), until=END + 10 * DAY)
    assert [1, 1] == [len(given(run, name)) for name in ("verify_signal", "rumour_correction")]
    assert run.world.claims["death"].corrected_tick > 0
