"""Objectives: a letter for each, from its calls alone; the score does not enter, nor does it change."""

import pytest

from sim.measures import Facts
from sim.scenario.scenario import Scenario
from sim.scoring import objectives
from tests.measures.journals import Run
from tests.small import small_data


def scenario(*calls: str) -> Scenario:
    """The small scenario with these calls, all of which train methods."""
    injects = [
        {
            "id": name,
            "minute": 1,
            "channel": "radio",
            "about": "gathering",
            "truth": "true",
            "text": {"en": "Go.", "zh": "去。"},
            "trains": ["methods"],
        }
        for name in calls
    ]
    return Scenario.model_validate(small_data(injects=injects, trains=["methods", "capacity"]))


def letters(run: Run, *calls: str) -> list[str | None]:
    return [each.letter for each in objectives(run.entries(), scenario(*calls), Facts())]


def answered(run: Run, name: str, minute: float, status: str, after: float | None) -> Run:
    return run.inject(name, minute, "gathering", status=status, answered=after)


@pytest.mark.parametrize(
    ("status", "after", "letter"),
    [("handled", 2.0, "P"), ("handled", 5.0, "S"), ("missed", 8.0, "M"), ("missed", None, "U")],
)
def test_a_task_is_rated_by_when_it_was_done(status: str, after: float | None, letter: str) -> None:
    assert [letter, None] == letters(answered(Run(), "one", 5, status, after), "one")


def test_an_unlawful_answer_is_no_performance() -> None:
    run = answered(Run(), "one", 5, "handled", 1.0).order(
        6, "containment", force="containment", lawful=False, trigger="one"
    )
    assert ["U", None] == letters(run, "one")


def test_coercion_after_which_things_get_worse_is_a_major_challenge() -> None:
    run = answered(Run(), "one", 5, "handled", 1.0).order(6, "line", force="line", trigger="one").state(12, 1, 2)
    assert ["M", None] == letters(run, "one")


def test_what_is_still_open_and_what_nobody_trained_is_not_rated() -> None:
    run = answered(Run(), "one", 5, "fired", None)
    assert [None, None] == letters(run, "one")
    assert [None, None] == letters(answered(Run(), "other", 5, "missed", None), "one")


def test_an_objective_is_no_mean_of_its_tasks() -> None:
    """One task not done among many done well is a major challenge, more than half of them not done is failure."""
    run = Run()
    for k, name in enumerate(("a", "b", "c")):
        answered(run, name, 5 + k, "handled", 1.0)
    answered(run, "d", 9, "missed", None)
    assert ["M", None] == letters(run, "a", "b", "c", "d")
    for k, name in enumerate(("e", "f", "g")):
        answered(run, name, 10 + k, "missed", None)
    assert ["U", None] == letters(run, "a", "b", "c", "d", "e", "f", "g")
