"""The days after as any screen shows them: what still can be done is not shown as done."""

from sim.exercise.exercise import Exercise
from sim.seat.days import followed_up
from tests.exercise.test_aftermath import at_home, give, promise


def both(run: Exercise) -> None:
    """Two promises, made on the scene."""
    promise(run, "fee", due_days=14.0)
    promise(run, "cars", due_days=14.0)


def test_a_list_of_all_promises_leaves_each_to_be_followed_up_and_asking_for_one_settles_that_one() -> None:
    run = at_home(before=both)
    give(run, "demand_tracker", 4)
    fee, cars = run.observe().promises
    assert [False, False] == [followed_up(run.observe(), each) for each in (fee, cars)]
    give(run, "follow_up_promise", 4, demand="cars")
    assert [False, True] == [followed_up(run.observe(), each) for each in (fee, cars)]
