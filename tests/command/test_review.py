"""`review`: every decision against every lawful alternative, under the same luck, as figures that add up."""

from pathlib import Path

import pytest

from tests.command.program import Program, Said, write_scenario


def short_run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> tuple[Program, Path]:
    """The program, and the journal of a short run with a lawful and an unlawful order."""
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
    return program, journal


@pytest.fixture
def reviewed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Said:
    program, journal = short_run(capsys, tmp_path)
    return program(
        "review", journal, "--trials", 4, "--horizon", 2, "--alternatives", 3, "--workers", 2, "--json", "--quiet"
    )


def test_every_decision_is_compared_and_the_same_order_gives_the_same_run(reviewed: Said) -> None:
    assert 0 == reviewed.code
    data = reviewed.data
    assert data["complete"]
    assert ["first_contact", "containment"] == [moment["response"] for moment in data["moments"]]
    for moment in data["moments"]:
        assert moment["same_reproduces"]
        assert "chosen" == moment["alternatives"][0]["source"]
        assert "hold" == moment["alternatives"][1]["source"]
        for each in moment["alternatives"]:
            assert 4 == each["trials"]
            found = each["difference"]["own"]
            assert found["low"] <= found["mean"] <= found["high"]
            assert each["verdict"] in {"better", "worse", "not separable"}


def test_what_an_unlawful_order_gained_does_not_matter(reviewed: Said) -> None:
    contained = reviewed.data["moments"][1]
    assert "unlawful" == contained["verdict"]
    assert contained["alternatives"][contained["best"]]["lawful"]


def test_skill_luck_and_hand_add_up(reviewed: Said) -> None:
    book = reviewed.data["ledger"]
    gained = book["skill"] + book["luck"] + book["intervention"]
    assert abs(gained - (book["final"] - book["initial"])) < 1e-9


def test_it_says_what_one_continuation_costs(reviewed: Said) -> None:
    assert reviewed.data["seconds_per_continuation"] > 0.0
    assert 2 * (3 * 2 * 4 + 3) == reviewed.data["continuations"]


def test_a_budget_of_nothing_reviews_nothing_and_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, reviewed: Said
) -> None:
    said = Program(capsys)("review", tmp_path / "run.jsonl", "--trials", 2, "--budget", 0, "--json", "--quiet")
    assert not said.data["complete"]
    assert 2 == said.data["decisions"]
    assert [] == said.data["moments"]


def test_the_review_is_written_as_a_page_and_without_a_browser_it_says_so_and_the_page_stays(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, journal = short_run(capsys, tmp_path)
    monkeypatch.setattr("sim.storage.paper.browsers", lambda told=None: iter(()))
    page, paper = tmp_path / "out" / "report.html", tmp_path / "report.pdf"
    said = program(
        "review", journal, "--trials", 2, "--horizon", 1, "--alternatives", 2, "--workers", 1, "--quiet",
        "--report", page, "--pdf", paper,
    )  # fmt: skip
    assert 2 == said.code
    assert "there is no browser here that can print to a file" in said.err
    text = page.read_text(encoding="utf-8")
    assert "First contact" in text
    assert "2 of 2 decisions were tried again" in text
    assert not paper.exists()
    assert [] == list(tmp_path.glob("*.part"))
