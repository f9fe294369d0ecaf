"""Boards: pages over the map, one for each side of the incident, by mouse and by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.desktop.board import boards
from tests.desktop.hand import Hand, a_window


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    with a_window(tmp_path, monkeypatch) as found:
        yield found


def test_no_two_boards_share_a_name_and_they_stand_in_the_order_they_say() -> None:
    found = boards()
    assert len(found) == len({board.name for board in found})
    assert sorted(board.place for board in found) == [board.place for board in found]


def test_every_board_can_be_drawn_before_and_after_an_order_in_both_languages(hand: Hand) -> None:
    play = hand.begin()
    hand.order("first_contact")
    hand.settle()
    hand.run_to(2.0)
    for _ in range(2):
        for board in [board for board in play.boards if board.offered(play.post)]:
            hand.click(f"board:{board.name}")
            assert board.name == play.board
        hand.key("l")
    hand.click("board:")
    assert play.board == ""


def test_a_key_goes_from_the_map_through_the_boards_and_back_to_the_map(hand: Hand) -> None:
    play = hand.begin()
    offered = [board.name for board in play.boards if board.offered(play.post)]
    seen = []
    for _ in range(len(offered) + 1):
        hand.key("b")
        seen.append(play.board)
    assert [*offered, ""] == seen


def test_the_log_shows_what_was_ordered_and_why(hand: Hand) -> None:
    play = hand.begin()
    hand.order("first_contact", "ask what they want")
    hand.settle()
    hand.run_to(1.5)
    assert ["ask what they want"] == [order.reason for order in play.post.seen.orders]
    hand.click("board:log")
    hand.click("log:shown:order")
    log = next(board for board in play.boards if board.name == "log")
    assert "order" == log.shown  # type: ignore[attr-defined]


def test_a_form_can_be_proposed_with_part_of_it_filled_in(hand: Hand) -> None:
    post = hand.begin().post
    assert post.propose("first_contact", tone="warm")
    assert post.draft is not None
    assert "warm" == post.draft.order().parameters["tone"]
    assert not post.propose("no_such_response")
