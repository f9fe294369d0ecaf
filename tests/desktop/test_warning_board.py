"""The early-warning board: signals are checked, risks stated and preparations opened, by mouse and by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.desktop.board.warning import WarningBoard
from tests.desktop.hand import Hand, a_window
from tests.exercise.test_checkpoint import DESK


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    with a_window(tmp_path, monkeypatch, **DESK) as found:
        yield found


def desk_of(hand: Hand, minute: float = 0.3) -> WarningBoard:
    """The board, opened a while into the run."""
    play = hand.begin()
    hand.run_to(minute)
    hand.click("board:warning")
    return next(board for board in play.boards if isinstance(board, WarningBoard))


def sent(hand: Hand) -> None:
    """What was pressed has been sent, and what came of it is seen."""
    hand.settle()
    hand.run_to(hand.play.post.seen.minute + 0.1)


def test_the_first_signal_that_waits_is_open_and_its_tab_counts_it(hand: Hand) -> None:
    board = desk_of(hand)
    assert "chains" == board.opened
    assert 1 == board.waiting(hand.play.post)


def test_sources_are_picked_and_asked_with_two_clicks_and_a_third(hand: Hand) -> None:
    board = desk_of(hand)
    hand.click("source:chains:log")
    hand.click("source:chains:camera")
    assert ("log", "camera") == board.chosen["chains"]
    hand.click("ask:chains")
    sent(hand)
    given = hand.play.post.seen.orders[-1]
    assert ("verify_signal", "chains") == (given.response, given.target)
    assert "log+camera" == dict(given.parameters)["sources"]
    assert 0 == board.waiting(hand.play.post)


def test_without_a_choice_the_best_two_are_asked(hand: Hand) -> None:
    desk_of(hand)
    hand.click("ask:chains")
    sent(hand)
    assert "" == dict(hand.play.post.seen.orders[-1].parameters)["sources"]


def test_arrows_and_enter_do_the_same(hand: Hand) -> None:
    board = desk_of(hand)
    hand.key("down")
    assert "signal:chains" == hand.desk.ui.focus
    hand.key("down")
    hand.key("enter")
    assert ("echo",) == board.chosen["chains"]


def test_a_risk_is_stated_with_one_press_while_it_is_asked_for(hand: Hand) -> None:
    desk_of(hand, 0.5)
    assert not hand.has("risk:25")
    hand.run_to(1.1)
    hand.click("risk:25")
    sent(hand)
    assert [25.0] == [question.percent for question in hand.play.post.seen.desk.forecasts]
    assert not hand.has("risk:25")


def test_a_preparation_opens_its_form(hand: Hand) -> None:
    desk_of(hand)
    hand.click("prepare:alert_partners")
    assert hand.play.post.draft is not None
    assert "alert_partners" == hand.play.post.draft.option.response.id


def test_where_every_order_needs_a_reason_the_form_is_opened_filled_in(hand: Hand) -> None:
    hand.begin(assessed=True)
    hand.run_to(0.3)
    hand.click("board:warning")
    hand.click("source:chains:log")
    hand.click("ask:chains")
    assert hand.play.post.draft is not None
    order = hand.play.post.draft.order()
    assert ("chains", "log") == (order.target, order.parameters["sources"])


def test_the_board_shows_nothing_the_seat_cannot_know(hand: Hand) -> None:
    desk_of(hand)
    assert {""} == {source.says for claim in hand.play.post.seen.claims for source in claim.sources}
    assert {""} == {claim.verdict for claim in hand.play.post.seen.claims}


@pytest.mark.parametrize(("learnt", "board"), [([], ""), (["pause"], "warning")])
def test_a_run_that_begins_before_anybody_comes_begins_here_for_whoever_knows_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, learnt: list[str], board: str
) -> None:
    with a_window(tmp_path, monkeypatch, minutes=[-5, 10]) as hand:
        hand.desk.preferences.learnt.extend(learnt)
        play = hand.begin()
        hand.frame()
        assert board == play.board
