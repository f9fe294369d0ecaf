"""The messages: what nobody has read comes first, and what was done in time is not called late."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.core.phrase import Phrase
from sim.desktop.feed import Feed
from sim.desktop.paint import Paint
from sim.world.message import About, Message, Via
from tests.desktop.hand import CALL, Hand, a_window

CALLS = [
    {
        **CALL,
        "id": f"call{k}",
        "minute": k,
        "text": {"en": f"Call {k}", "zh": f"来电{k}"},
        "window_min": window,
        "handled": {"ordered": "first_contact"},
    }
    for k, window in ((1, 9.0), (2, 3.0), (3, 20.0))
]

WAITS = "Ambulance cannot get through: every lane is blocked ahead, waiting {minutes} min"


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    with a_window(tmp_path, monkeypatch, injects=CALLS) as found:
        yield found


def calls(feed: Feed) -> list[str]:
    return [m.text.en for m in feed._order if m.needs_answer]


def read_all(hand: Hand) -> None:
    for message in list(hand.play.post.seen.messages):
        hand.play.post.chronicle.read(message)


def test_a_call_nobody_has_read_stands_over_older_ones_however_urgent_they_are(hand: Hand) -> None:
    play = hand.begin()
    hand.run_to(2.1)
    read_all(hand)
    hand.run_to(3.2)
    hand.frame()
    assert calls(play.feed) == ["Call 3", "Call 2", "Call 1"]


def test_messages_keep_their_places_while_they_are_read_and_until_something_comes_in(hand: Hand) -> None:
    play = hand.begin()
    hand.run_to(2.1)
    hand.frame()
    before = calls(play.feed)
    hand.clock.now += 10.0
    hand.frame()
    hand.clock.now += 10.0
    hand.frame()
    assert play.post.chronicle.unread == []
    assert calls(play.feed) == before


def test_calls_that_were_read_stand_by_what_is_left_of_their_time(hand: Hand) -> None:
    play = hand.begin()
    hand.run_to(3.2)
    read_all(hand)
    play.feed._known = (-1, ())
    hand.frame()
    assert calls(play.feed) == ["Call 2", "Call 1", "Call 3"]


def test_the_key_for_the_most_urgent_call_brings_it_into_sight(hand: Hand) -> None:
    play = hand.begin()
    hand.run_to(3.2)
    urgent = play.post.chronicle.open_calls(play.post.seen)[0]
    hand.key("m")
    assert hand.desk.ui.focus == f"call:{urgent.serial}"
    assert hand.has(f"call:{urgent.serial}")


def statuses(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    said: set[str] = set()
    text = Paint.text

    def noted(self: Paint, words: str, *args: Any, **more: Any) -> Any:
        said.add(words)
        return text(self, words, *args, **more)

    monkeypatch.setattr(Paint, "text", noted)
    hand.frame()
    return said & {"time is up", "closed"}


def last_call(hand: Hand) -> Message:
    return next(m for m in hand.play.post.seen.messages if m.text.en == "Call 2")


def test_a_call_that_ran_out_while_nothing_was_ordered_says_that_time_is_up(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = hand.begin()
    hand.run_to(5.5)
    play.feed._order = (last_call(hand),)
    assert statuses(hand, monkeypatch) == {"time is up"}


def test_a_call_in_whose_time_something_was_ordered_is_not_called_late(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = hand.begin()
    hand.run_to(2.1)
    hand.order("first_contact")
    hand.settle()
    hand.run_to(5.5)
    play.feed._order = (last_call(hand),)
    assert statuses(hand, monkeypatch) == {"closed"}


def test_many_reports_nobody_has_read_leave_open_calls_near_the_top(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [
        {**CALL, "id": f"report{k}", "minute": 2 + k * 0.1, "needs_answer": False,
         "text": {"en": f"Report {k}", "zh": f"报告{k}"}}
        for k in range(5)
    ]  # fmt: skip
    with a_window(tmp_path, monkeypatch, injects=[CALLS[0], *reports]) as hand:
        play = hand.begin()
        hand.run_to(1.5)
        read_all(hand)
        hand.run_to(3.0)
        hand.frame()
        assert [m.text.en for m in play.feed._order[:3]] == ["Report 4", "Report 3", "Call 1"]


def test_a_report_that_is_brought_up_to_date_stands_once_with_how_often_it_came(hand: Hand) -> None:
    play = hand.begin()
    hand.run_to(1.2)
    minutes = [
        Message(serial=900 + k, tick=600 + k, via=Via.RADIO, about=About.EMERGENCY, ref="lane",
                text=Phrase(WAITS, minutes=k))
        for k in (1, 2, 3)
    ]  # fmt: skip
    play.post.chronicle.unread += [m.serial for m in minutes]
    assert [903] == [m.serial for m in play.feed._folded(play.post, minutes)]
    assert play.feed._said == {903: 3}
    assert 903 in play.post.chronicle.unread
    assert not {901, 902} & set(play.post.chronicle.unread)
