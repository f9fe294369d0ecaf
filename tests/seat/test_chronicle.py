"""The chronicle: what is new, what is unread, what still waits for the commander."""

from dataclasses import replace

import pytest

from sim.core.phrase import LText
from sim.crowd.state import CrowdState
from sim.seat.chronicle import WITHOUT_LIMIT, Chronicle
from sim.seat.words import UNSEEN
from sim.world.activity import OrderView
from sim.world.message import About, Message, Via
from sim.world.observation import Observation
from tests.small import small_exercise


@pytest.fixture(scope="module")
def quiet() -> Observation:
    return small_exercise(3).observe()


def message(serial: int, tick: int, *, by: int = 0, call: bool = True) -> Message:
    text = LText(f"message {serial}", f"消息 {serial}")
    return Message(
        serial=serial, tick=tick, via=Via.RADIO, about=About.REPORT, text=text, needs_answer=call, answer_by_tick=by
    )


def at(quiet: Observation, tick: int, *messages: Message, **changes: object) -> Observation:
    return replace(quiet, tick=tick, messages=messages, **changes)  # type: ignore[arg-type]


def test_at_the_first_look_nothing_is_news_and_only_open_calls_are_unread(quiet: Observation) -> None:
    chronicle = Chronicle()
    news = chronicle.note(at(quiet, 5000, message(1, 0), message(2, 4000), message(3, 4500, call=False)))
    assert () == news.messages
    assert [2] == chronicle.unread


def test_each_message_is_news_once(quiet: Observation) -> None:
    chronicle = Chronicle()
    chronicle.note(at(quiet, 0))
    first = message(1, 5)
    assert (first,) == chronicle.note(at(quiet, 10, first)).calls
    assert () == chronicle.note(at(quiet, 20, first)).messages
    assert [1] == chronicle.unread


def test_open_calls_come_in_the_order_of_their_urgency_and_close_with_their_time(quiet: Observation) -> None:
    chronicle = Chronicle()
    calls = (message(1, 0), message(2, 10, by=900), message(3, 20, by=300), message(4, 30, call=False))
    assert [3, 2, 1] == [m.serial for m in chronicle.open_calls(at(quiet, 100, *calls))]
    assert [2, 1] == [m.serial for m in chronicle.open_calls(at(quiet, 300, *calls))]
    assert [] == chronicle.open_calls(at(quiet, WITHOUT_LIMIT, *calls))


def test_a_call_taken_in_hand_waits_no_longer_and_is_read(quiet: Observation) -> None:
    chronicle = Chronicle()
    chronicle.note(at(quiet, 0))
    call = message(1, 5)
    chronicle.note(at(quiet, 10, call))
    chronicle.take_in_hand(call)
    assert not chronicle.waits(call, 10)
    assert [] == chronicle.unread


def test_the_crush_alarm_is_news_when_it_is_raised_and_not_while_it_lasts(quiet: Observation) -> None:
    chronicle = Chronicle()
    chronicle.note(at(quiet, 0))
    assert [True, False, False, True] == [
        chronicle.note(at(quiet, 10 * k, crush=crush)).crush for k, crush in enumerate((True, True, False, True), 1)
    ]


def test_the_worst_state_of_a_stretch_is_remembered(quiet: Observation) -> None:
    chronicle = Chronicle()
    states = ((0, CrowdState.CALM), (100, CrowdState.CLASH), (200, CrowdState.TENSE))
    for tick, state in states:
        chronicle.note(at(quiet, tick, state=int(state), state_age_s=1.0))
    assert CrowdState.CLASH == chronicle.worst_between(50, 150, 300)
    assert CrowdState.CALM == chronicle.worst_between(0, 100, 300)
    assert CrowdState.TENSE == chronicle.worst_between(200, 400, 300)
    assert chronicle.worst_between(400, 500, 300) is None


def test_a_crowd_nobody_sees_has_no_state(quiet: Observation) -> None:
    chronicle = Chronicle()
    chronicle.note(at(quiet, 0, state=int(CrowdState.CALM), state_age_s=-1.0))
    assert UNSEEN == chronicle.worst_between(0, 10, 10)


def from_above(serial: int, tick: int) -> Message:
    return replace(message(serial, tick, by=tick + 6000), via=Via.COMMAND, about=About.PRESSURE)


def refusal(tick: int) -> OrderView:
    return OrderView(tick, "refuse_order", "CMD", "", (), "it would be unlawful")


def test_a_superiors_call_waits_no_longer_once_it_was_refused(quiet: Observation) -> None:
    chronicle, call = Chronicle(), from_above(1, 5)
    other = message(2, 6, by=6000)
    chronicle.note(at(quiet, 10, call, other))
    assert [1, 2] == sorted(m.serial for m in chronicle.open_calls(at(quiet, 10, call, other)))
    after = at(quiet, 30, call, other, orders=(refusal(20),))
    chronicle.note(after)
    assert [2] == [m.serial for m in chronicle.open_calls(after)]


def test_a_refusal_answers_no_call_that_came_after_it_and_only_one_of_two(quiet: Observation) -> None:
    chronicle, calls = Chronicle(), (from_above(1, 5), from_above(2, 6), from_above(3, 25))
    seen = at(quiet, 30, *calls, orders=(refusal(20),))
    chronicle.note(seen)
    assert [2, 3] == [m.serial for m in chronicle.open_calls(seen)]


def test_another_order_leaves_a_superiors_call_open(quiet: Observation) -> None:
    chronicle, call = Chronicle(), from_above(1, 5)
    seen = at(quiet, 30, call, orders=(replace(refusal(20), response="soft_patrol", catalogue="OS1"),))
    chronicle.note(seen)
    assert [1] == [m.serial for m in chronicle.open_calls(seen)]
