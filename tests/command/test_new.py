"""Files to begin with: each passes check as it is written, and a scenario plays."""

from pathlib import Path

import pytest

from tests.command.program import Program


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


@pytest.mark.parametrize("kind", ["scenario", "response", "pack"])
def test_what_is_written_passes_check(program: Program, tmp_path: Path, kind: str) -> None:
    written = program("new", kind, "my_own", "--folder", tmp_path, "--json").data["file"]
    checked = program("check", written, "--json")
    assert (0, []) == (checked.code, checked.data["faults"])


def test_a_new_scenario_is_played_to_a_win_by_a_competent_commander(program: Program, tmp_path: Path) -> None:
    program("new", "scenario", "my_own", "--folder", tmp_path)
    said = program("run", tmp_path / "my_own.yaml", "--player", "doctrine", "--quiet", "--json")
    assert 0 == said.code
    assert said.data["outcome"]["all_won"]


def test_the_first_line_leads_an_editor_to_the_schema(program: Program, tmp_path: Path) -> None:
    program("new", "response", "my_own", "--folder", tmp_path)
    first = (tmp_path / "responses" / "my_own.yaml").read_text(encoding="utf-8").splitlines()[0]
    schema = first.removeprefix("# yaml-language-server: $schema=")
    assert (tmp_path / "responses" / schema).resolve().is_file()


def test_nothing_is_ever_overwritten(program: Program, tmp_path: Path) -> None:
    program("new", "scenario", "my_own", "--folder", tmp_path)
    (tmp_path / "my_own.yaml").write_text("mine", encoding="utf-8")
    said = program("new", "scenario", "my_own", "--folder", tmp_path)
    assert 2 == said.code
    assert "mine" == (tmp_path / "my_own.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "hint"), [("My Square", "my_square"), ("../out", "out"), ("广场", "my_scenario")])
def test_a_name_that_is_no_id_is_refused_with_one_that_is(
    program: Program, tmp_path: Path, name: str, hint: str
) -> None:
    said = program("new", "scenario", name, "--folder", tmp_path)
    assert 2 == said.code
    assert f"write {hint}" in said.err
    assert [] == list(tmp_path.iterdir())


def test_the_name_of_a_shipped_file_is_taken(program: Program, tmp_path: Path) -> None:
    assert 2 == program("new", "pack", "prc", "--folder", tmp_path).code


def test_a_scenario_uses_the_response_and_the_law_that_lie_beside_it(program: Program, tmp_path: Path) -> None:
    for kind, name in (("scenario", "mine"), ("response", "tea"), ("pack", "town")):
        program("new", kind, name, "--folder", tmp_path)
    path = tmp_path / "mine.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("  unlawful_orders: refuse", "  domestic: town\n  unlawful_orders: refuse")
    path.write_text(text.replace("durations:", "special: [tea]\ndurations:"), encoding="utf-8")
    orders = tmp_path / "orders.yaml"
    orders.write_text("- {at: '04:00', response: tea, target: forecourt}\n", encoding="utf-8")
    assert [] == program("check", path, "--json").data["faults"]
    said = program("run", path, "--orders", orders, "--until", 5, "--quiet", "--json")
    assert [("tea", True)] == [(each["response"], each["accepted"]) for each in said.data["orders"]]


def test_a_fault_in_a_response_beside_a_scenario_is_named_in_its_own_file(program: Program, tmp_path: Path) -> None:
    program("new", "scenario", "mine", "--folder", tmp_path)
    program("new", "response", "tea", "--folder", tmp_path)
    path = tmp_path / "responses" / "tea.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("group: facilitation", "group: tea"), encoding="utf-8")
    said = program("run", tmp_path / "mine.yaml", "--player", "passive", "--quiet")
    assert 2 == said.code
    assert str(path) in said.err


@pytest.mark.slow
def test_a_new_scenario_keeps_what_it_expects_and_passes_its_card(program: Program, tmp_path: Path) -> None:
    program("new", "scenario", "mine", "--folder", tmp_path)
    path = tmp_path / "mine.yaml"
    assert 0 == program("check", path, "--play", "--strict", "--quiet").code
    assert 0 == program("playtest", path, "--seeds", 5, "--quick", "--quiet").code
