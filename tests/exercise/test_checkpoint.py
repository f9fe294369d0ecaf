"""At its checkpoints a scenario asks for the risk of the next quarter of an hour; the first answer in time counts."""

from typing import Any

import pytest

from sim.exercise.exercise import Exercise
from sim.exercise.replay import replay
from sim.exercise.save import load, save
from sim.scenario.scenario import Scenario
from sim.storage.library import responses
from sim.world.message import About
from sim.world.order import Order
from tests.effects.stage import MORE_UNITS
from tests.effects.test_warning import SOURCES
from tests.small import small_data, small_exercise, small_playbook

SIGNAL = {
    "id": "signal",
    "minute": 0.1,
    "channel": "call",
    "about": "signal",
    "truth": "true",
    "text": {"en": "Chains were sold", "zh": "卖了铁链"},
    "ref": "chains",
    "effects": [
        {"do": "hearsay", "claim": "chains", "truth": "true", "en": "Chains", "zh": "铁链", "sources": SOURCES},
    ],
}
DESK: dict[str, Any] = {
    "minutes": [0, 40],
    "risk_minutes": [1, 16],
    "injects": [SIGNAL],
    "units": [*small_data()["units"], *MORE_UNITS],
}


def desk_run(minute: float) -> Exercise:
    run = small_exercise(3, **DESK)
    run.run_until(round(minute * 600))
    return run


def state(percent: float, **more: float) -> Order:
    return Order(response="risk_estimate", parameters={"percent": percent} | more, reason="what is reported")


def test_the_question_comes_at_its_minute_and_stops_the_run_until_something_needs_an_answer() -> None:
    run = desk_run(0.9)
    assert () == run.observe().desk.forecasts
    run.run_until(610)
    asked = [m for m in run.observe().messages if m.about == About.RISK]
    assert [True] == [m.needs_answer for m in asked]
    assert [(1, True)] == [(q.minute, q.open) for q in run.observe().desk.forecasts]


def test_the_first_answer_counts_and_there_is_no_second() -> None:
    run = desk_run(2)
    assert run.order(state(30)).accepted
    run.run_until(run.tick_now + 20)
    assert not run.order(state(90)).accepted
    question = run.observe().desk.forecasts[0]
    assert (30.0, False) == (question.percent, question.open)
    assert [0.3] == [e.data["violence"] for e in run.journal.consequences("risk_stated")]


@pytest.mark.parametrize("minute", [0.5, 6.2])
def test_without_a_question_nothing_can_be_stated(minute: float) -> None:
    found = desk_run(minute).preview(state(30))
    assert ["nobody asks for an estimate now"] == [why.english() for why in found.reasons]


def test_not_answering_counts_as_fifty_percent() -> None:
    question = desk_run(7).observe().desk.forecasts[0]
    assert (50.0, -1, False) == (question.percent, question.stated_tick, question.open)


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_figure_that_is_no_percent_is_refused(percent: float) -> None:
    assert not desk_run(2).order(state(percent)).accepted


def test_stating_a_risk_changes_nothing_about_people_nor_whom_later_words_reach() -> None:
    silent, stated = desk_run(2), desk_run(2)
    stated.order(state(80, crush_percent=10))
    for run in (silent, stated):
        run.run_until(1230)
        assert run.order(Order(response="call_contact", units=("LIA-1",), reason="they asked for it")).accepted
        run.run_until(12000)
    assert silent.journal.consequences("contact_called")
    assert silent.world.crowd.people.block.tobytes() == stated.world.crowd.people.block.tobytes()


def faults(*minutes: int) -> list[str]:
    scenario = Scenario.model_validate(small_data(minutes=[0, 40], risk_minutes=list(minutes)))
    return [problem.code for problem in scenario.faults(responses()[0])]


def test_checkpoints_lie_within_the_run_and_a_quarter_of_an_hour_apart() -> None:
    assert [] == faults(1, 16, 31)
    assert ["outside-time"] == faults(1, 41)
    assert ["too-close"] == faults(1, 15)
    assert ["too-close"] == faults(20, 1)


ORDERS = (
    (0.5, Order(response="verify_signal", target="chains", units=("INF-1",), parameters={"sources": "log"})),
    (0.6, Order(response="rumour_desk", units=("PIO-1",), reason="somebody should listen")),
    (0.7, Order(response="alert_partners", units=("CMD-1",), parameters={"level": "send"})),
    (0.8, Order(response="call_contact", units=("LIA-1",), reason="they asked for it")),
    (1.5, Order(response="risk_estimate", parameters={"percent": 35}, reason="a few are loud")),
    (16.5, Order(response="call_contact", units=("LIA-1",), parameters={"ask": "corridor"}, reason="before it starts")),
)


def played(until: float, **changes: Any) -> Exercise:
    """A run in which the desk has done something of everything."""
    run = small_exercise(3, **(DESK | changes))
    for minute, order in ORDERS:
        if minute < until:
            run.run_until(round(minute * 600))
            assert run.order(order).accepted, order.response
    run.run_until(round(until * 600))
    return run


@pytest.mark.parametrize("minute", [1.7, 7.0, 16.7])
def test_a_desk_at_work_forks_and_saves_to_the_last_bit(minute: float) -> None:
    run = played(minute)
    for other in (run.fork(), load(small_exercise(3, **DESK), save(run))):
        assert run.digest() == other.digest()
        assert run.observe().desk == other.observe().desk
        assert run.observe().claims == other.observe().claims
        whole = run.fork()
        for each in (whole, other):
            each.run_until(run.tick_now + 1500)
        assert list(whole.journal) == list(other.journal)


def test_a_desk_at_work_is_replayed_to_every_recorded_digest() -> None:
    run = played(17)
    again = replay(small_playbook(**DESK), 3, run.journal)
    assert run.digest() == again.digest()
    assert run.observe().desk == again.observe().desk


def test_what_a_fork_does_at_the_desk_is_not_done_in_the_run_it_came_from() -> None:
    run = played(1.2)
    before = run.digest()
    other = run.fork()
    other.order(state(90))
    other.run_until(other.tick_now + 4000)
    assert before == run.digest()
    assert run.observe().desk.forecasts[0].open
