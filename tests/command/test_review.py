"""The first form of the review: every decision against holding and against doctrine, under the same noise."""

from pathlib import Path

import pytest

from tests.command.program import Program, Said, write_scenario


@pytest.fixture
def reviewed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Said:
    program = Program(capsys)
    scenario = write_scenario(tmp_path)
    orders = tmp_path / "orders.yaml"
    orders.write_text(
        '- {at: "00:30", response: first_contact, reason: talk}\n'
        '- {at: "01:00", response: hold, reason: wait and see}\n'
        '- {at: "02:00", response: containment, go_ahead: true, reason: hold them}\n',
        encoding="utf-8",
    )
    journal = tmp_path / "run.jsonl"
    assert 0 == program("run", scenario, "--orders", orders, "--until", 6, "--journal", journal, "--quiet").code
    return program("review", journal, "--trials", 3, "--horizon", 2, "--json", "--quiet")


def test_every_decision_is_compared_and_the_same_order_gives_the_same_run(reviewed: Said) -> None:
    assert 0 == reviewed.code
    data = reviewed.data
    assert data["complete"]
    assert ["first_contact", "containment"] == [moment["response"] for moment in data["moments"]]
    for moment in data["moments"]:
        assert moment["same_reproduces"]
        assert "hold" == moment["comparisons"][0]["alternative"]
        for comparison in moment["comparisons"]:
            assert 3 == comparison["trials"]
            assert comparison["low"] <= comparison["difference"] <= comparison["high"]
            assert comparison["verdict"] in {"better", "worse", "not separable"}


def test_it_says_what_one_continuation_costs(reviewed: Said) -> None:
    assert reviewed.data["seconds_per_continuation"] > 0.0
    assert reviewed.data["continuations"] >= 2 * (1 + 3 + 3)


def test_unlawful_containment_is_worth_less_than_holding(reviewed: Said) -> None:
    hold = reviewed.data["moments"][1]["comparisons"][0]
    assert "better" == hold["verdict"]


def test_a_budget_of_nothing_reviews_nothing_and_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, reviewed: Said
) -> None:
    said = Program(capsys)("review", tmp_path / "run.jsonl", "--trials", 2, "--budget", 0, "--json", "--quiet")
    assert not said.data["complete"]
    assert 2 == said.data["decisions"]
    assert [] == said.data["moments"]
