"""Results of people from the command line: entered, looked at, handed out, forgotten."""

import json
from pathlib import Path

import pytest

from tests.command.program import Program, write_scenario


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


@pytest.fixture
def journal(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A finished run of the small incident, entered for T-17."""
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path / "data"))
    path = tmp_path / "run.jsonl"
    said = program(
        "run",
        write_scenario(tmp_path),
        "--player",
        "passive",
        "--journal",
        path,
        "--person",
        "T-17",
        "--quiet",
        "--json",
    )
    assert 0 == said.code, said.err
    return path


def test_a_run_is_in_the_records_of_whoever_asked_for_it_and_is_entered_once(program: Program, journal: Path) -> None:
    [run] = program("records", "list", "--json").data["runs"]
    assert ("small", [{"person": "T-17", "seat": "commander"}]) == (run["scenario"], run["seats"])
    assert {"entered": False} == program("records", "add", journal, "--person", "T-17", "--json").data
    assert "T-17" in program("records", "list").out
    assert "T-17" not in journal.read_text(encoding="utf-8")


def test_without_a_pseudonym_nothing_is_kept(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path / "data"))
    assert 0 == program("run", write_scenario(tmp_path), "--player", "passive", "--quiet", "--json").code
    assert not list((tmp_path / "data").glob("*.sqlite"))
    assert {"runs": []} == program("records", "list", "--json").data


def test_a_person_gets_all_that_is_kept_and_can_be_forgotten(program: Program, journal: Path, tmp_path: Path) -> None:
    assert 0 == program("records", "name", "T-17", "Somebody Real").code
    assert 0 == program("export", "T-17", "--out", tmp_path / "own.json").code
    own = json.loads((tmp_path / "own.json").read_text(encoding="utf-8"))
    assert ("Somebody Real", 1) == (own["name"], len(own["runs"]))
    assert {"forgotten": "T-17", "runs_erased": 1} == program("forget", "T-17", "--json").data
    for path in [each for each in (tmp_path / "data").rglob("*") if each.is_file()]:
        assert b"T-17" not in path.read_bytes()
        assert b"Somebody Real" not in path.read_bytes()
    said = program("export", "T-17")
    assert 2 == said.code
    assert "nothing is kept under T-17" in said.err
    assert 0 == program("replay", journal, "--verify", "--quiet").code


def test_progress_is_a_chart_here_and_a_page_that_runs_nothing(program: Program, journal: Path, tmp_path: Path) -> None:
    for language, word in (("en", "Results over time"), ("zh", "成绩变化")):
        page = tmp_path / f"{language}.html"
        said = program("records", "progress", "--person", "T-17", "--html", page, "--lang", language)
        assert 0 == said.code
        text = page.read_text(encoding="utf-8")
        assert word in text
        assert "<script" not in text
        assert 1 == text.count("<circle") + text.count('class="gate" d=')


def test_sheets_and_statements_are_written_whole(program: Program, journal: Path, tmp_path: Path) -> None:
    assert 0 == program("records", "csv", tmp_path / "runs.csv").code
    assert (tmp_path / "runs.csv").read_bytes().startswith(b"\xef\xbb\xbfended,person")
    assert 0 == program("records", "xapi", tmp_path / "told.json", "--home-page", "https://academy.example").code
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert "https://academy.example" == told[0]["actor"]["account"]["homePage"]
    said = program("records", "xapi", tmp_path / "told.json", "--home-page", "academy")
    assert (2, True) == (said.code, "no web address" in said.err)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["records", "add", "nothing.jsonl", "--person", "T-1"], "nothing.jsonl"),
        (["records", "name", "Two Words", "x"], "cannot be an id"),
        (["records", "retention", "0"], "one day at least"),
        (["records", "list", "--records", "nonsense"], "no address of a database"),
        (["forget", "T-99"], "nothing is kept under T-99"),
        (["run", "first_steps", "--player", "passive", "--person", "T-1"], "add --journal"),
        (["run", "nowhere", "--player", "passive", "--person", "Two Words", "--journal", "x"], "cannot be an id"),
        (
            ["run", "nowhere", "--player", "passive", "--person", "T-1", "--journal", "x", "--records", "no"],
            "no address",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], says: str
) -> None:
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path / "data"))
    said = program(*words)
    assert 2 == said.code
    assert says in said.err


def test_runs_are_kept_as_long_as_the_academy_says(program: Program, journal: Path) -> None:
    assert {"retention_days": 90} == program("records", "retention", 90, "--json").data
    assert {"retention_days": 90} == program("records", "retention", "--json").data
    assert {"purged": 0} == program("records", "purge", "--json").data
