"""The negotiation table and the promise ledger in the window: what they show, and the orders they lead to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.world.talks import Promise, Term
from tests.desktop.hand import Hand, a_window


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    with a_window(tmp_path, monkeypatch) as found:
        yield found


def under_way(hand: Hand) -> None:
    """A first contact was made, and since then people were listened to and something was promised."""
    play = hand.begin()
    hand.order("first_contact")
    hand.settle()
    world = play.post.sitting.run.world
    talks = world.talks
    talks.rapport, talks.rounds = {"people": 0.4}, {"people": ("open_question",)}
    talks.heard, talks.representatives, talks.speak_for, talks.standing = ("heard",), (0, 1, 2), ("people",) * 3, 0.4
    talks.report_due_tick = world.tick + 6000
    talks.terms = [Term(901, 0, "heard", "date", "GOV", 7.0, True, {"people": "listen"})]
    talks.promises = [
        Promise(902, "", "CMD", 0, world.minute + 8, True, True, kind="water", told=("people",)),
        Promise(903, "heard", "CMD", 0, 10_080, True, False, kept=False, rung="date"),
    ]
    hand.run_to(0.5)


def test_the_table_leads_to_a_round_with_a_way_of_listening_not_used_yet(hand: Hand) -> None:
    under_way(hand)
    hand.click("board:talks")
    hand.click("talks:listening_round:people")
    draft = hand.play.post.draft
    assert draft is not None
    assert ("people", "paraphrase") == (draft.values["group"], draft.values["skill"])


def test_terms_put_together_on_the_table_are_those_of_the_form(hand: Hand) -> None:
    under_way(hand)
    hand.click("board:talks")
    hand.click("talks:demand:heard")
    hand.click("talks:owner:CMD")
    hand.click("talks:put_terms:")
    draft = hand.play.post.draft
    assert draft is not None
    assert ("heard", "CMD", "date") == tuple(draft.values[name] for name in ("demand", "owner", "rung"))


def test_both_boards_say_what_waits(hand: Hand) -> None:
    under_way(hand)
    waiting = {board.name: board.waiting(hand.play.post) for board in hand.play.boards}
    assert (1, 1) == (waiting["talks"], waiting["ledger"])
    hand.click("board:ledger")
    hand.click("ledger:give")
    draft = hand.play.post.draft
    assert draft is not None
    assert "give_word" == draft.option.response.id
