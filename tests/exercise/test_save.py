"""A saved run goes on as if it had never been away, to the last bit."""

from dataclasses import replace

import numpy as np
import pytest

from sim.core.errors import BadInput
from sim.exercise.exercise import Exercise
from sim.exercise.save import load, save
from sim.world.activity import Stage
from sim.world.order import Order
from tests.small import small_exercise

ORDERS = (
    Order(response="first_contact", parameters={"tone": "warm"}, reason="nobody has spoken with them yet"),
    Order(response="containment", target="square", reason="now", go_ahead=True),
    Order(response="factual_update", reason="they wait"),
)


def busy_run() -> Exercise:
    """A run in which something of everything is going on."""
    run = small_exercise(4)
    for k, order in enumerate(ORDERS):
        run.run_until(113 * (k + 1))
        run.order(order)
    run.run_until(457)
    return run


def test_a_saved_run_writes_the_same_journal_as_one_that_was_never_saved() -> None:
    run = busy_run()
    other = load(small_exercise(4), save(run))
    assert run.digest() == other.digest()
    for each in (run, other):
        each.order(ORDERS[0])
        each.run_until(1003)
    assert list(run.journal) == list(other.journal)
    assert (run.digest(), run.journal.marks) == (other.digest(), other.journal.marks)
    assert run.observe().summary() == other.observe().summary()


def test_a_save_of_a_save_is_the_same_bytes() -> None:
    data = save(busy_run())
    assert data == save(load(small_exercise(4), data))


def test_every_tick_saved_loaded_and_stepped_comes_to_the_same() -> None:
    straight, opened = busy_run(), small_exercise(4)
    run = straight
    straight = straight.fork()
    for _ in range(60):
        run = load(opened, save(run))
        run.tick()
        straight.tick()
        assert straight.digest() == run.digest()


def test_what_is_under_way_when_it_was_saved_is_over_for_everybody_once_it_is_over() -> None:
    run = load(small_exercise(4), save(busy_run()))
    under_way = run.world.live()
    assert under_way
    for activity in under_way:
        run.world.release(activity, Stage.DONE)
    assert not [activity for activity in run.world.activities if activity.live]


def test_what_it_was_loaded_into_and_what_was_saved_are_left_as_they_are() -> None:
    run, opened = busy_run(), small_exercise(4)
    before = run.digest(), opened.digest(), save(run)
    load(opened, before[2]).run_until(600)
    assert before == (run.digest(), opened.digest(), save(run))


def test_a_run_that_is_over_is_over_when_it_comes_back_and_a_trial_is_that_trial() -> None:
    run = busy_run().fork(3, sealed=False)
    run.stop()
    back = load(small_exercise(4), save(run))
    assert run.outcome == back.outcome
    assert (3, False) == (back.world.noise.trial, back.sealed)


def test_every_field_of_the_world_is_saved_or_follows_from_playbook_and_seed() -> None:
    run, opened = busy_run(), small_exercise(4)
    back = load(opened, save(run))
    one, other = run.world.parts(), back.world.parts()
    assert one.keys() == other.keys()
    for name in ("messages", "statements", "announcements", "activities", "claims", "talks", "counts", "reports"):
        np.testing.assert_equal(repr(getattr(run.world, name)), repr(getattr(back.world, name)), err_msg=name)


@pytest.mark.parametrize("place", [0, 5, 25, 40, 1000, -1])
def test_a_damaged_save_is_refused(place: int) -> None:
    data = bytearray(save(busy_run()))
    data[place] ^= 1
    with pytest.raises(BadInput, match="damaged"):
        load(small_exercise(4), bytes(data))


def test_a_save_cut_short_is_refused() -> None:
    data = save(busy_run())
    for size in (0, 10, 30, len(data) - 1):
        with pytest.raises(BadInput, match="damaged"):
            load(small_exercise(4), data[:size])


def test_a_save_of_another_seed_or_scenario_is_refused() -> None:
    data = save(busy_run())
    other = small_exercise(4)
    other.playbook = replace(other.playbook, digest="another")
    for opened in (small_exercise(5), other):
        with pytest.raises(BadInput, match="another"):
            load(opened, data)
