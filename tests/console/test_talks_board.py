"""The negotiation table and the ledger in the terminal: as lines of text, and the orders they lead to."""

import pytest

from sim.console.board.board import Board
from sim.console.board.ledger import LedgerBoard
from sim.console.board.talks import TalksBoard
from sim.console.post import Post
from sim.core.phrase import Language
from sim.exercise.exercise import Exercise
from sim.seat.voice import Voice
from sim.storage.language import speech
from sim.world.memory import Memory
from sim.world.talks import Promise, Term
from tests.small import small_exercise, small_playbook


def talked(run: Exercise) -> Exercise:
    """People were listened to once, and there are terms and promises."""
    talks = run.world.talks
    talks.rapport, talks.rounds = {"people": 0.4}, {"people": ("open_question",)}
    talks.heard, talks.representatives, talks.speak_for, talks.standing = ("heard",), (0, 1, 2), ("people",) * 3, 0.4
    talks.report_due_tick = run.tick_now + 6000
    talks.terms = [Term(901, 0, "heard", "date", "GOV", 7.0, True, {"people": "listen"})]
    talks.promises = [Promise(902, "", "CMD", 0, 8.0, True, True, kind="water", told=("people",))]
    return run


def shown(board: Board, run: Exercise, language: Language = "en") -> str:
    post = Post.open(run, Voice(speech(language)))
    return " ".join(line.plain.strip() for line in board.lines(post, 70))


def test_before_anybody_talked_the_table_says_where_to_begin() -> None:
    run = small_exercise()
    assert "listening comes before everything else" in shown(TalksBoard(), run)
    assert "Nothing has been promised yet." in shown(LedgerBoard(), run)


def test_the_table_shows_step_following_terms_and_what_was_said() -> None:
    text = shown(TalksBoard(), talked(small_exercise()))
    for part in ("rapport", "3 speak for it", "less and less", "10:00", "within 7 days", "you have not listened to us"):
        assert part in text


def test_the_ledger_shows_what_is_due_and_who_heard_it() -> None:
    text = shown(LedgerBoard(), talked(small_exercise()))
    for part in ("Water and toilets by then", "due in 8:00", "the police", "told to: people"):
        assert part in text


@pytest.mark.parametrize(("broken", "there"), [(0, False), (2, True)])
def test_where_nothing_can_be_promised_the_ledger_is_there_for_broken_promises(*, broken: int, there: bool) -> None:
    memory = Memory(incidents=1, broken=broken)
    run = Exercise(small_playbook(responses=["soft_patrol"]), 1, memory=memory)
    assert there == LedgerBoard().offered(Post.open(run, Voice(speech("en"))))


@pytest.mark.parametrize("board", [TalksBoard(), LedgerBoard()])
def test_both_speak_chinese(board: Board) -> None:
    text = shown(board, talked(small_exercise()), "zh")
    assert "listen" not in text
    assert any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_the_table_leads_to_orders_with_part_of_them_filled_in() -> None:
    post = Post.open(talked(small_exercise()), Voice(speech("en")))
    drafts = {draft.option.response.id: draft for _, draft in TalksBoard().acts(post)}
    assert "paraphrase" == drafts["listening_round"].values["skill"]
    assert "heard" == drafts["written_commitment"].values["demand"]
    assert ["give_word"] == [draft.option.response.id for _, draft in LedgerBoard().acts(post)]
