"""The statement board: parts are ticked, the words stand written out, the form gets them, and history is kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.desktop.board.statements import StatementBoard
from sim.seat.composer import composed, heard, stateable
from sim.world.statement import split
from tests.desktop.hand import Hand, a_window


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    with a_window(tmp_path, monkeypatch) as found:
        yield found


def opened(hand: Hand) -> StatementBoard:
    play = hand.begin()
    hand.click("board:statements")
    hand.frame()
    board = next(board for board in play.boards if board.name == "statements")
    assert isinstance(board, StatementBoard)
    return board


def press(hand: Hand, name: str) -> None:
    """Goes to a control by keyboard, which brings it into sight, and presses it."""
    assert hand.has(name)
    hand.desk.ui.focus, hand.desk.ui.show_focus = name, True
    hand.key("enter")


def test_a_part_that_is_ticked_is_said_and_one_that_is_not_is_not(hand: Hand) -> None:
    board = opened(hand)
    assert board.draft is not None
    hand.click("statements:preset:holding_statement")
    hand.click("statements:audience:participants")
    post = hand.play.post

    def said() -> str:
        assert board.draft is not None
        return " ".join(each.english() for each in composed(board.draft, post.seen, post.words.scenario).text)

    assert "because this bears on your lives" not in said()
    press(hand, "statements:slots:empathy")
    assert "because this bears on your lives" in said()
    assert "empathy" in split(str(board.draft.values["slots"]))
    press(hand, "statements:slots:empathy")
    assert "because this bears on your lives" not in said()


def test_a_fact_that_is_picked_stands_in_the_words_and_in_the_order(hand: Hand) -> None:
    board = opened(hand)
    hand.run_to(2.0)
    hand.click("statements:preset:holding_statement")
    press(hand, "statements:known:people")
    assert board.draft is not None
    assert "people" == board.draft.values["known"]
    hand.click("statements:send")
    draft = hand.play.post.draft
    assert draft is not None
    assert "people" == draft.order().parameters["known"]
    assert "holding_statement" == draft.order().response


def test_what_was_said_is_kept_with_whom_it_was_for(hand: Hand) -> None:
    opened(hand)
    hand.order("holding_statement", "say what is known")
    hand.settle()
    hand.run_to(9.5)
    hand.frame()
    seen = hand.play.post.seen
    if not seen.press.statements:
        hand.run_to(9.9)
        seen = hand.play.post.seen
    assert [0, 0, 0] == [each.statements for each in heard(seen)[:3]]
    assert all(fact.standing != "contradicted" for fact in stateable(seen))
