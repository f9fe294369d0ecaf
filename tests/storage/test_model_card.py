"""A kept model card marks the grades it calls fragile, and only for the scenario and version it was made with."""

from dataclasses import replace
from pathlib import Path

import pytest

from sim.review.fragile import Flip, Fragility
from sim.scenario.scenario import Playbook
from sim.storage.library import load_playbook
from sim.storage.model_card import card_file, keep_card, read_card, remark_on
from tests.command.program import write_scenario


def flip(name: str, grade: str, turned: str, *, fragile: bool = True) -> Flip:
    return Flip(name=name, side="lower", player="doctrine", grade=grade, turned=turned, points=-5.0, fragile=fragile)


FOUND = Fragility(
    share=0.2,
    asked=12,
    runs=12,
    numbers=2,
    luck={"doctrine": (80.0, 82.0)},
    flips=(flip("groups.anger", "B", "C"), flip("feeling.contagion", "D", "F", fragile=False)),
)


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Playbook, str]:
    """A scenario with its card."""
    scenario = str(write_scenario(tmp_path))
    playbook = load_playbook(scenario)
    assert tmp_path / "cards" / "small.json" == keep_card(playbook, scenario, FOUND)
    return playbook, scenario


def test_a_grade_that_a_fragile_turn_leaves_or_reaches_is_remarked_on(kept: tuple[Playbook, str]) -> None:
    for grade in "BC":
        remark = remark_on(*kept, grade)
        assert remark is not None
        assert "groups.anger" in remark.english()
        assert "20%" in remark.english()


def test_other_grades_and_turns_that_luck_makes_are_not(kept: tuple[Playbook, str]) -> None:
    assert [None] * 4 == [remark_on(*kept, grade) for grade in ("A", "D", "F", None)]


def test_a_card_of_other_files_says_nothing(kept: tuple[Playbook, str]) -> None:
    assert read_card(*kept) is not None
    assert read_card(replace(kept[0], digest="other"), kept[1]) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"playbook": 1}', "\0"])
def test_a_card_that_cannot_be_read_says_nothing(kept: tuple[Playbook, str], text: str) -> None:
    card_file(kept[1]).write_text(text, encoding="utf-8")
    assert read_card(*kept) is None


def test_without_a_card_nothing_is_said(tmp_path: Path) -> None:
    scenario = str(write_scenario(tmp_path))
    assert remark_on(load_playbook(scenario), scenario, "B") is None
    assert remark_on(load_playbook(scenario), "nowhere", "B") is None
