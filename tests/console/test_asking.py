"""What is asked in the terminal before the score: all of it can be left out in practice, not in an assessed run."""

import io

import pytest
from rich.console import Console

from sim.console.asking import Asking
from sim.core.speech import Speech
from sim.seat.aside import Aside
from tests.small import small_exercise

RUBRIC = small_exercise(1).playbook.rubric


def asked(aside: Aside, *lines: str, assessed: bool) -> tuple[bool, str]:
    typed, screen = iter(lines), io.StringIO()

    def read() -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    return Asking(Console(file=screen), Speech(), read).ask(aside, RUBRIC, assessed=assessed), screen.getvalue()


def test_an_assessed_run_asks_until_every_own_point_is_given() -> None:
    aside = Aside()
    points = ["", "200", "70", *["50"] * (len(RUBRIC.dimensions) - 1)]
    shown, said = asked(aside, *[""] * 5, *points, assessed=True)
    assert shown
    assert [70, *[50] * (len(RUBRIC.dimensions) - 1)] == list(aside.own_score.values())
    assert 2 == said.count("A whole number from 0 to 100.")


def test_an_assessed_run_left_in_the_middle_shows_no_score_and_asks_again() -> None:
    aside = Aside()
    assert not asked(aside, *[""] * 5, "70", assessed=True)[0]
    assert (False, {}) == (aside.asked, aside.own_score)


@pytest.mark.parametrize("before", [Aside(asked=True), Aside(own_score={"SFY": 50})])
def test_nobody_is_asked_twice(before: Aside) -> None:
    assert (True, "") == asked(before, assessed=False)


def test_what_is_typed_cannot_command_the_terminal() -> None:
    aside = Aside()
    asked(aside, "y", "", "", "", "red\x1b[31m", *[""] * 20, assessed=False)
    assert "red [31m" == aside.survey["hardest"]
