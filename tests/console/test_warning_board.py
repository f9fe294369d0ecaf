"""Early warning in the terminal: the board tells what is known and leads to the orders that follow from it."""

import pytest

from tests.console.desk import Desk
from tests.exercise.test_checkpoint import desk_run


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(desk_run(1.2), monkeypatch, (100, 60))


def test_the_board_names_the_signal_its_sources_and_the_question_of_the_risk(desk: Desk) -> None:
    shown = desk("o", "1")
    for words in ("Early warning", "Chains", "unchecked for 1:06", "grade C", "How likely is that?", "3 min"):
        assert words in shown, shown
    assert "says it is" not in shown


def test_the_first_act_states_the_risk_that_is_asked_for(desk: Desk) -> None:
    desk("o", "1", "1", ":35", "enter", "enter", "enter", ":loud", "enter", "enter", 4.0)
    assert ["risk_estimate"] == desk.orders
    desk.run.run_until(desk.run.tick_now + 20)
    assert [35.0] == [question.percent for question in desk.run.observe().desk.forecasts]


def test_a_check_is_opened_with_its_signal_and_steps_through_who_can_be_asked(desk: Desk) -> None:
    desk("o", "1", "2", "down", "right", "right", "right", "enter", "enter", "enter", "enter", 4.0)
    given = [entry.data["order"] for entry in desk.run.journal if entry.kind == "order"]
    assert [("verify_signal", "chains", "log")] == [
        (order["response"], order["target"], order["parameters"]["sources"])  # type: ignore[index, call-overload]
        for order in given
    ]


def test_it_speaks_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Desk(desk_run(1.2), monkeypatch, (100, 60), "zh")("o", "1")
    for words in ("预警台", "谁来、何时到", "铁链", "可能性有多大"):
        assert words in shown
