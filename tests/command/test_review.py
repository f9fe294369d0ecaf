"""`review`: every decision against every lawful alternative, under the same luck, as figures that add up."""

import json
import math
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from sim.app import main
from sim.seat.aside import Aside, Override
from sim.storage.aside_file import keep_aside
from tests.command.program import Program, Said, write_scenario


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a small run with two decisions."""
    folder = tmp_path_factory.mktemp("review")
    orders, path = folder / "orders.yaml", folder / "run.jsonl"
    orders.write_text(
        '- {at: "00:30", response: first_contact, reason: talk}\n'
        '- {at: "01:00", response: hold, reason: wait and see}\n'
        '- {at: "02:00", response: containment, go_ahead: true, reason: hold them}\n',
        encoding="utf-8",
    )
    arguments = ["run", write_scenario(folder), "--orders", orders, "--until", 6, "--journal", path, "--quiet"]
    assert 0 == main([str(each) for each in arguments])
    return path


@pytest.fixture(scope="module")
def reviewed(journal: Path) -> Said:
    out, err = StringIO(), StringIO()
    effort = ["--trials", 4, "--horizon", 2, "--alternatives", 3, "--workers", 2]
    arguments = ["review", journal, *effort, "--json", "--quiet"]
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(each) for each in arguments])
    return Said(code, out.getvalue(), err.getvalue())


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


def test_a_budget_of_nothing_reviews_nothing_and_says_so(capsys: pytest.CaptureFixture[str], journal: Path) -> None:
    said = Program(capsys)("review", journal, "--trials", 2, "--budget", 0, "--json", "--quiet")
    assert not said.data["complete"]
    assert 2 == said.data["decisions"]
    assert [] == said.data["moments"]


def test_it_says_how_far_it_looks_and_what_that_is_worth(reviewed: Said) -> None:
    assert 2.0 == reviewed.data["horizon_min"]
    assert reviewed.data["horizon"] is None


def test_what_was_carried_out_is_kept_beside_the_journal(reviewed: Said, journal: Path) -> None:
    lines = journal.with_name(journal.name + ".review").read_text(encoding="utf-8").splitlines()
    assert reviewed.data["continuations"] + 1 == len(lines)


def test_the_review_is_written_as_a_page_and_without_a_browser_it_says_so_and_the_page_stays(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.storage.paper.browsers", lambda told=None: iter(()))
    copy = tmp_path / "run.jsonl"
    copy.write_bytes(journal.read_bytes())
    keep_aside(copy, Aside(override=Override.of("C", "B", "kept their heads")))
    page, paper = tmp_path / "out" / "report.html", tmp_path / "report.pdf"
    said = Program(capsys)(
        "review", copy, "--trials", 2, "--horizon", 1, "--alternatives", 2, "--workers", 1, "--quiet",
        "--report", page, "--pdf", paper, "--weights", "SFY=26",
    )  # fmt: skip
    assert 2 == said.code
    assert "there is no browser here that can print to a file" in said.err
    text = page.read_text(encoding="utf-8")
    assert "First contact" in text
    assert "2 of 2 decisions were tried again" in text
    assert "Grade by the rubric: C; by the instructor: B (kept their heads)" in said.out
    assert "kept their heads" in text
    assert "Weights were changed. By the original ones: " in text
    assert '<span class="faint">(20)</span>' in text
    assert not paper.exists()
    assert [] == list(tmp_path.glob("*.part"))


def test_as_a_stream_each_decision_comes_by_itself_first_by_one_look_and_the_whole_comes_last(
    capsys: pytest.CaptureFixture[str], journal: Path, tmp_path: Path
) -> None:
    copy = tmp_path / journal.name
    copy.write_bytes(journal.read_bytes())
    said = Program(capsys)("review", copy, "--trials", 2, "--alternatives", 3, "--workers", 2, "--stream", "--quiet")
    news = [json.loads(line) for line in said.out.splitlines()]
    assert ["decision", "review"] == [news[0]["news"], news[-1]["news"]]
    look = news[0]["first_look"]
    assert (1, "cannot tell") == (news[0]["decision"], news[0]["verdict"])
    assert look["regret"]["high"] == pytest.approx(look["regret"]["mean"] + look["within"], abs=0.01)
    assert not look["within_measured_here"]
    assert news[-1]["complete"]
    assert {1, 2} == {each["decision"] for each in news[:-1]}


def test_what_is_found_within_moments_of_the_end_is_told_before_the_whole(
    capsys: pytest.CaptureFixture[str], journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.lab.crew.TELL_EVERY_S", math.inf)
    copy = tmp_path / journal.name
    copy.write_bytes(journal.read_bytes())
    said = Program(capsys)("review", copy, "--trials", 2, "--alternatives", 3, "--workers", 1, "--stream", "--quiet")
    news = [json.loads(line) for line in said.out.splitlines()]
    assert [1, 2] == [each["decision"] for each in news[:-1]]
    assert [True, True] == [each["settled"] for each in news[:-1]]


def test_in_the_terminal_news_of_each_decision_stand_beside_the_progress(
    capsys: pytest.CaptureFixture[str], journal: Path, tmp_path: Path
) -> None:
    copy = tmp_path / journal.name
    copy.write_bytes(journal.read_bytes())
    said = Program(capsys)("review", copy, "--trials", 2, "--alternatives", 3, "--workers", 1)
    assert "first look: " in said.err
    assert "5 min ahead" in said.err or "6 min ahead" in said.err
    assert "first look: " not in said.out


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


@pytest.fixture
def pinned(program: Program, journal: Path, tmp_path: Path) -> Said:
    """The review of a copy of the run in which an instructor pinned a lawful order and an unlawful one."""
    copy, wishes = tmp_path / "run.jsonl", tmp_path / "pins.yaml"
    copy.write_bytes(journal.read_bytes())
    wishes.write_text(
        '- {at: "00:30", response: soft_patrol}\n- {at: "00:30", response: containment, target: square}\n',
        encoding="utf-8",
    )
    asked = ["--trials", 2, "--horizon", 1, "--alternatives", 2, "--workers", 1]
    first = program("review", copy, *asked, "--pin", wishes, "--json", "--quiet")
    again = program("review", copy, *asked, "--json", "--quiet")
    assert first.data["moments"] == again.data["moments"]
    return again


def test_what_an_instructor_pinned_comes_on_top_of_the_list_and_stays_pinned(pinned: Said) -> None:
    sources = [[each["source"] for each in moment["alternatives"]] for moment in pinned.data["moments"]]
    assert [["chosen", "hold", "pinned", "unlawful"], ["chosen", "hold"]] == sources
    lawful, unlawful = pinned.data["moments"][0]["alternatives"][2:]
    assert ("soft_patrol", True) == (lawful["response"], lawful["lawful"])
    assert lawful["target"]
    assert ("containment", False) == (unlawful["response"], unlawful["lawful"])
    assert 2 == unlawful["trials"] == lawful["trials"]


def test_an_unlawful_order_that_is_pinned_is_tried_and_never_recommended(pinned: Said) -> None:
    moment = pinned.data["moments"][0]
    assert moment["alternatives"][moment["best"]]["lawful"]
    assert moment["alternatives"][3]["gates"] > 0.0


def test_an_order_no_decision_is_near_to_is_refused_with_its_line(
    program: Program, journal: Path, tmp_path: Path
) -> None:
    wishes = tmp_path / "pins.yaml"
    wishes.write_text('\n- {at: "05:00", response: visible_unit}\n', encoding="utf-8")
    said = program("review", journal, "--pin", wishes, "--quiet")
    assert 2 == said.code
    assert f"{wishes}:2:1" in said.err
    assert "00:30" in said.err


def test_a_pin_that_was_not_possible_then_is_said_to_be_missing(
    program: Program, journal: Path, tmp_path: Path
) -> None:
    copy, wishes = tmp_path / "run.jsonl", tmp_path / "pins.yaml"
    copy.write_bytes(journal.read_bytes())
    wishes.write_text('- {at: "00:30", response: review_containment}\n', encoding="utf-8")
    said = program("review", copy, "--trials", 2, "--horizon", 0.2, "--alternatives", 2, "--workers", 1,
                   "--pin", wishes)  # fmt: skip
    assert 0 == said.code
    assert "At 00:30 not compared although pinned: 1 orders" in said.err
