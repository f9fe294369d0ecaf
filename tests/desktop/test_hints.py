"""Hints: one at a time, gone once it was done or read, never in an assessed run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.desktop.hints import HINTS, words_of
from sim.desktop.preference import Preferences
from tests.desktop.hand import Hand, a_window


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    with a_window(tmp_path, monkeypatch) as found:
        yield found


def learnt(hand: Hand) -> set[str]:
    return set(hand.desk.preferences.learnt)


def test_a_newcomer_is_told_how_to_let_time_run_until_time_has_run(hand: Hand) -> None:
    hand.begin()
    assert hand.has("hint:read")
    assert set() == learnt(hand)
    hand.key("space")
    hand.wait(lambda: "run" in learnt(hand))


def test_a_hint_that_was_read_makes_room_for_the_next_and_is_kept(hand: Hand) -> None:
    hand.begin()
    hand.click("hint:read")
    assert {"run"} == learnt(hand)
    assert "run" in hand.desk.office.preferences().learnt


def test_no_more_hints_are_shown_when_somebody_wants_none(hand: Hand) -> None:
    hand.begin()
    hand.click("hint:enough")
    assert {h.name for h in HINTS} == learnt(hand)
    assert not hand.has("hint:read")


def test_an_assessed_run_gives_no_hints(hand: Hand) -> None:
    hand.begin(assessed=True)
    assert not hand.has("hint:read")


def test_a_press_on_a_hint_does_nothing_to_the_map(hand: Hand) -> None:
    play = hand.begin()
    hand.frame()
    spot = hand.where("hint:read")
    hand.click_at((spot.x - 4, spot.centery))
    assert play.post.map.chosen_unit == ""
    assert play.post.map.camera.fitted


def test_every_hint_has_words_in_both_languages(hand: Hand) -> None:
    english = {h.name: words_of(hand.desk, h.name) for h in HINTS}
    hand.click("language")
    assert all(words_of(hand.desk, name) != text for name, text in english.items())


def test_hints_of_other_versions_in_the_preferences_do_no_harm() -> None:
    assert ["run", "7"] == Preferences.from_dict({"learnt": ["run", 7]}).learnt
    assert [] == Preferences.from_dict({"learnt": "run"}).learnt


def test_the_lesson_says_how_to_let_time_run_before_its_trainer_can_and_nothing_more(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.desktop.hints.TUTORIAL", "small")
    hand.begin()
    hand.click("hint:read")
    assert not hand.has("hint:read")
