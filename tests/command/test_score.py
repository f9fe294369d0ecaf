"""`score`: by the scenario's rubric or an instructor's weights, never silently by other rules than those of the day."""

import json
from pathlib import Path

import pytest

from sim.seat.aside import Aside, Override
from sim.storage.aside_file import keep_aside
from sim.storage.journal_file import Header, read_journal, write_journal
from tests.command.program import Program, write_scenario


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal of three quiet minutes."""
    from sim.app import main

    folder = tmp_path_factory.mktemp("score")
    scenario, journal = write_scenario(folder), folder / "run.jsonl"
    arguments = ["run", scenario, "--player", "passive", "--until", 3, "--journal", journal, "--quiet"]
    assert 0 == main([str(each) for each in arguments])
    return journal


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


def older(journal: Path, folder: Path, **changes: object) -> Path:
    """The same journal as another version of the program would have written it."""
    record = read_journal(journal)
    old = folder / "old.jsonl"
    header = {name: getattr(record.header, name) for name in Header.__slots__}
    write_journal(old, Header(**{**header, **changes}), record.entries)
    return old


def test_other_weights_stand_beside_the_original(program: Program, played: Path) -> None:
    plain = program("score", played, "--json").data
    changed = program("score", played, "--weights", "SFY=26,esc=6", "--json").data
    assert plain["original"] is None
    assert plain["score"] == changed["original"]
    weights = {d["id"]: d["weight"] for d in changed["score"]["dimensions"]}
    assert weights["SFY"] > 20.0
    assert weights["ESC"] < 10.0
    said = program("score", played, "--weights", "SFY=26").out
    assert "By the original ones" in said


@pytest.mark.parametrize("weights", ["SFY=90", "SFY", "XYZ=4", "SFY=ten"])
def test_weights_that_cannot_be_are_refused_in_one_message(program: Program, played: Path, weights: str) -> None:
    said = program("score", played, "--weights", weights)
    assert 2 == said.code
    assert "" == said.out


def test_a_rubric_without_its_gates_is_refused_with_the_line(program: Program, played: Path, tmp_path: Path) -> None:
    shipped = Path(__file__).resolve().parents[2] / "scenarios" / "rubrics" / "default.yaml"
    source = shipped.read_text(encoding="utf-8")
    start, end = source.index("gates:\n") + 7, source.index("\n  - id:", source.index("gates:\n") + 20)
    own = tmp_path / "own.yaml"
    own.write_text(source[:start] + source[end + 1 :], encoding="utf-8")
    said = program("score", played, "--rubric", own)
    assert 2 == said.code
    assert "own.yaml:" in said.err
    assert "cannot be switched off" in said.err


def test_a_journal_of_an_older_version_is_shown_as_recorded_and_not_graded(
    program: Program, played: Path, tmp_path: Path
) -> None:
    old = older(played, tmp_path, version="0.0.1")
    said = program("score", old, "--json")
    assert 0 == said.code
    assert said.data["as_recorded"]
    assert said.data["score"] is None
    assert "0.0.1" == said.data["recorded_by"]
    assert "0.0.1" in said.err
    assert program("score", played, "--json").data["left"] == said.data["left"]
    assert "not graded" in program("score", old).out


def test_grading_it_by_todays_rules_is_asked_for_and_said(program: Program, played: Path, tmp_path: Path) -> None:
    old = older(played, tmp_path, version="0.0.1", format=1)
    said = program("score", old, "--rescore", "--json")
    assert said.data["rescored"]
    assert program("score", played, "--json").data["score"] == said.data["score"]


def test_a_scenario_that_has_changed_since_is_no_ground_for_a_new_grade(
    program: Program, played: Path, tmp_path: Path
) -> None:
    assert program("score", older(played, tmp_path, playbook="f" * 32), "--json").data["score"] is None


@pytest.mark.parametrize("command", ["review", "replay"])
def test_what_would_have_to_be_computed_again_is_refused(
    program: Program, played: Path, tmp_path: Path, command: str
) -> None:
    old = older(played, tmp_path, version="0.0.1")
    before = old.read_bytes()
    said = program(command, old, "--json", "--quiet")
    assert 2 == said.code
    assert "as recorded" in said.err
    assert before == old.read_bytes()


def test_objectives_stand_beside_the_score(program: Program, played: Path) -> None:
    data = program("score", played, "--json").data
    assert [] == data["objectives"]
    assert "objectives" not in json.dumps(data["score"])


@pytest.mark.parametrize("version", ["", "0.0.1"])
def test_an_instructors_grade_stands_beside_the_rubrics(
    program: Program, played: Path, tmp_path: Path, version: str
) -> None:
    journal = older(played, tmp_path, **({"version": version} if version else {}))
    plain = program("score", journal, "--json").data
    assert plain["override"] is None
    keep_aside(journal, Aside(override=Override.of("C", "B", "kept their heads \x1b[2J")))
    said = program("score", journal, "--json").data
    assert plain["score"] == said["score"]
    assert "B" == said["override"]["human"]
    text = " ".join(program("score", journal).out.replace("│", " ").split())
    machine = "C" if version else said["score"]["grade"]
    assert f"Grade by the rubric: {machine}; by the instructor: B (kept their heads [2J)" in text
    assert "\x1b[2J" not in text
