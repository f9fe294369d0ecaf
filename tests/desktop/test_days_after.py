"""The days after in the window: the board opens by itself, a day goes by at a press, the same people come again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pygame
import pytest

from sim.core.phrase import LText
from sim.desktop.briefing import Briefing
from sim.desktop.engine import Needed
from sim.desktop.hot_wash import HotWash
from sim.desktop.theme import Colour
from sim.seat.remembered import remembered
from sim.world.aftermath import DAY
from sim.world.memory import Memory
from sim.world.message import About, Message, Via
from tests.desktop.hand import Hand, a_window


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    with a_window(tmp_path, monkeypatch, minutes=[0, 1], injects=[], aftermath={"days": 3}) as found:
        yield found


def gone_home(hand: Hand) -> None:
    """Begins and runs on until everybody has gone home."""
    post = hand.begin().post
    post.run_on()
    hand.wait(lambda: post.seen.days is not None and post.wanted == "paused")


def test_when_everybody_has_gone_home_time_stands_still_and_the_board_opens(hand: Hand) -> None:
    gone_home(hand)
    assert "aftermath" == hand.play.board
    days = hand.play.post.seen.days
    assert days is not None
    assert days.began_tick == hand.play.post.seen.tick


def test_what_is_owed_is_done_from_the_board(hand: Hand) -> None:
    gone_home(hand)
    days = hand.play.post.seen.days
    assert days is not None
    first = days.tasks[0]
    assert "hot_debrief" == first.duty
    hand.click(f"after:task:{first.number}")
    assert hand.play.post.draft is not None
    hand.click("reason")
    hand.type("what happened tonight")
    hand.click("form:send")
    hand.settle()
    hand.click("after:day")
    hand.wait(lambda: hand.play.post.wanted == "paused")
    assert hand.play.post.seen.days is not None
    assert "done" == next(t.status for t in hand.play.post.seen.days.tasks if t.number == first.number)


def test_a_day_or_the_time_until_something_is_due_goes_by_at_a_press(hand: Hand) -> None:
    gone_home(hand)
    post = hand.play.post
    began = post.seen.tick
    for name in ("after:due", "after:day"):
        before = post.seen.tick
        hand.click(name)
        hand.wait(lambda: post.wanted == "paused")
        assert before < post.seen.tick <= began + 2 * DAY


def test_a_long_call_leaves_the_button_for_the_next_day_in_sight(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    gone_home(hand)
    post, paint = hand.play.post, hand.desk.paint
    text = LText("A long call in many words. " * 20, "一条很长的来电，说了许多话。" * 20)
    post._needed(Needed(Message(serial=99, tick=0, via=Via.CALL, about=About.REPORT, text=text)), hand.clock())
    drawn: list[pygame.Rect] = []
    panel = paint.panel

    def noted(rect: pygame.Rect, fill: Colour | None, edge: Colour | None = None, **more: Any) -> None:
        if (fill, edge) == (paint.theme.panel, paint.theme.warn):
            drawn.append(rect.copy())
        panel(rect, fill, edge, **more)

    monkeypatch.setattr(paint, "panel", noted)
    button = hand.where("after:day")
    assert drawn
    assert [] == [box for box in drawn if box.colliderect(button)]


def test_after_the_last_day_the_same_people_can_come_again(hand: Hand) -> None:
    gone_home(hand)
    post = hand.play.post
    for _ in range(60):
        if post.over:
            break
        hand.click("after:day")
        hand.wait(lambda: post.wanted == "paused" or post.over)
    hand.frame()
    hand.key("enter")
    hand.wait(lambda: isinstance(hand.page, HotWash) and hand.page.found is not None)
    hand.click("show_score")
    hand.wait(lambda: hand.has("again"))
    hand.click("again")
    page = hand.page
    assert isinstance(page, Briefing)
    hand.wait(lambda: page.waiting.done)
    memory = page.waiting.result().memory
    assert memory is not None
    assert 1 == memory.incidents


def test_who_comes_again_is_told_of_before_it_begins_and_their_broken_promises_stand_in_the_ledger(hand: Hand) -> None:
    known = Memory(community="small", incidents=1, kept=1, broken=3, trust=0.2)
    page = Briefing.of(hand.desk, "small", known)
    hand.desk.push(page)
    hand.wait(lambda: page.waiting.done)
    told = remembered(hand.desk.voice, page.memory)
    assert "Promises they remember: 1 kept, 3 broken" in told
    assert "Trust they have left in what police and department say: little" in told
    assert [] == remembered(hand.desk.voice, Memory())
    hand.click("begin")
    hand.wait(lambda: hand.has("board:ledger"))
