"""The rubric that ships adds up, and a rubric that does not is refused."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from sim.scenario.rubric import Rubric
from tests.measures.journals import SHIPPED, rubric


def data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(rubric().model_dump_json(by_alias=True))
    return loaded


def test_the_dimensions_carry_the_weights_they_were_given() -> None:
    weights = {d.id: d.weight for d in rubric().dimensions}
    given = {"SFY": 20, "LNP": 20, "ESC": 10, "DEE": 10, "COM": 12, "EWA": 8, "TRU": 6, "AFT": 8, "TIM": 3, "RES": 3}
    assert given == weights


def test_the_caps_leave_what_was_agreed() -> None:
    assert {"F": 39, "D": 54, "C": 69, "B": 84, "A": 100} == rubric().caps
    assert {"A": 85, "B": 70, "C": 55, "D": 40, "F": 0} == rubric().bands


def test_no_measure_is_about_how_soon_a_place_was_cleared() -> None:
    names = [m.measure for d in rubric().dimensions for m in d.measures]
    assert [] == [name for name in names if "clear" in name or "duration" in name or "speed" in name]


def test_the_file_begins_with_a_comment() -> None:
    assert SHIPPED.read_text(encoding="utf-8").startswith("# ")


def said_of(wrong: dict[str, Any]) -> str:
    """What the author of this rubric is told, and how to put it right."""
    with pytest.raises(ValidationError) as refused:
        Rubric.model_validate(wrong)
    told = refused.value.errors()[0]["ctx"]["error"].args
    return " | ".join(phrase.english() for phrase in told)


def test_weights_that_do_not_add_up_are_refused() -> None:
    wrong = data()
    wrong["dimensions"][0]["weight"] = 21
    assert "the weights of the dimensions add up to 101, not 100 | change one weight by -1" == said_of(wrong)


@pytest.mark.parametrize(
    ("table", "grade", "number", "why"),
    [
        ("caps", "D", 60, "cap of D"),
        ("caps", "C", 40, "cap of C"),
        ("bands", "F", 5, "band of F does not begin at 0"),
        ("bands", "B", 90, "cap of B"),
    ],
)
def test_caps_and_bands_that_disagree_are_refused(table: str, grade: str, number: float, why: str) -> None:
    wrong = data()
    wrong[table][grade] = number
    assert why in said_of(wrong)


@pytest.mark.parametrize("table", ["caps", "bands"])
def test_every_grade_needs_its_number(table: str) -> None:
    wrong = data()
    del wrong[table]["C"]
    assert f"{table} says nothing of C" in said_of(wrong)


@pytest.mark.parametrize("part", ["dimensions", "gates"])
def test_two_of_one_name_are_refused(part: str) -> None:
    wrong = data()
    wrong[part][1]["id"] = wrong[part][0]["id"]
    assert "is there twice" in said_of(wrong)
