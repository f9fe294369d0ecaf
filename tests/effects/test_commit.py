"""Promises: what counts has an owner who may give it, a date, and is told to the crowd."""

import numpy as np
import pytest

from sim.crowd.people import Knows
from sim.exercise.exercise import Exercise
from sim.world.order import Order
from sim.world.talks import Promise
from tests.effects.stage import carried_out, minutes, plain, until


def promised(unit: str, days: int) -> Exercise:
    """A commitment on being heard."""
    run = plain()
    until(run, lambda: run.world.unit("GOV-1").on_scene(run.tick_now))
    activity = carried_out(run, "written_commitment", "square", unit, demand="heard", due_days=days)
    until(run, lambda: not activity.live)
    return run


def promise_of(run: Exercise) -> Promise:
    """The only promise."""
    (promise,) = run.world.talks.promises
    return promise


def knowing(run: Exercise) -> int:
    """How many people know of a dated commitment."""
    return int(np.count_nonzero(run.world.crowd.people.knowledge & int(Knows.COMMITMENT)))


@pytest.fixture(scope="module")
def good() -> Exercise:
    """Dated, and by somebody who may decide."""
    return promised("GOV-2", 7)


def test_whoever_may_decide_promises_with_authority_and_date(good: Exercise) -> None:
    promise = promise_of(good)
    assert (True, True, "GOV") == (promise.dated, promise.within_authority, promise.owner)
    assert "dated_commitment" in good.world.flags


@pytest.mark.parametrize("response", ["written_commitment", "put_terms"])
def test_a_commitment_or_offer_that_names_no_demand_is_refused_and_stays_open_to_one_that_does(response: str) -> None:
    run = plain()
    until(run, lambda: run.world.unit("GOV-1").on_scene(run.tick_now))
    before = run.digest()
    empty = run.order(Order(response=response, parameters={"due_days": 7}, reason="a date and a name"))
    assert not empty.accepted
    assert ["nothing is named under Demands, and so it would say nothing"] == [w.english() for w in empty.reasons]
    assert before == run.digest()
    assert next(option for option in run.options() if option.response.id == response).open
    named = Order(response=response, parameters={"demand": "heard", "due_days": 7}, reason="a date and a name")
    assert run.order(named).accepted


def test_without_a_due_time_it_is_undated() -> None:
    run = promised("GOV-2", 0)
    assert not promise_of(run).dated
    assert "dated_commitment" not in run.world.flags


def test_a_promise_nobody_was_told_of_is_no_agreement_and_known_to_nobody(good: Exercise) -> None:
    run = good.fork()
    minutes(run, 2)
    assert not promise_of(run).told_crowd
    assert not run.world.talks.agreement()
    assert 0 == knowing(run)


def test_reporting_it_back_makes_it_known_and_an_agreement(good: Exercise) -> None:
    run = good.fork()
    held = good.fork()
    carried_out(run, "report_back", "square", "LIA-1")
    minutes(run, 5)
    held.run_until(run.tick_now)
    assert promise_of(run).told_crowd
    assert run.world.talks.agreement()
    assert knowing(run) >= 50
    assert np.mean(run.world.crowd.people.hope) > np.mean(held.world.crowd.people.hope) + 0.1


def test_reporting_back_with_nothing_to_report_costs_hope_and_trust() -> None:
    run, held = plain(), plain()
    carried_out(run, "report_back", "square", "LIA-1")
    minutes(run, 5)
    held.run_until(run.tick_now)
    assert 0 == knowing(run)
    assert np.mean(run.world.crowd.people.hope) < np.mean(held.world.crowd.people.hope)
    assert np.mean(run.world.crowd.people.legitimacy) < np.mean(held.world.crowd.people.legitimacy)


def test_a_broken_promise_is_no_agreement_and_not_reported_as_one(good: Exercise) -> None:
    run = good.fork()
    carried_out(run, "report_back", "square", "LIA-1")
    minutes(run, 3)
    promise_of(run).kept = False
    assert not run.world.talks.agreement()
    minutes(run, 3)
    assert 0 == run.journal.consequences("report_back")[-1].data["promises"]
    promise_of(run).kept = True
    assert run.world.talks.agreement()
