"""Checking: every fault of a file at once with its place, and exit codes a script can rely on."""

from pathlib import Path

import pytest

from tests.command.program import Program, write_scenario
from tests.small import small_data

FIELDS = {"file", "line", "column", "path", "code", "severity", "message", "hint"}


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


def faulty(folder: Path) -> Path:
    """A scenario with two faults: a unit at a place that does not exist, and a negative width."""
    site = {**small_data()["site"], "width_m": -120}
    units = [{"id": "CMD-1", "code": "CMD", "strength": 1, "arrives_min": 0, "at": "cornr"}]
    return write_scenario(folder, site=site, units=units)


def test_a_good_file_has_no_fault(program: Program, tmp_path: Path) -> None:
    said = program("check", write_scenario(tmp_path), "--json")
    assert 0 == said.code
    assert said.data["ok"]
    assert [] == [fault for fault in said.data["faults"] if fault["severity"] == "error"]


def test_each_fault_has_its_place_and_says_what_is_wrong(program: Program, tmp_path: Path) -> None:
    path = faulty(tmp_path)
    said = program("check", path, "--json")
    assert 1 == said.code
    assert not said.data["ok"]
    lines = path.read_text(encoding="utf-8").splitlines()
    for fault in said.data["faults"]:
        assert set(fault) >= FIELDS
        assert str(path) == fault["file"]
        assert 1 <= fault["line"] <= len(lines)
        assert 1 <= fault["column"]
        assert fault["message"]
    assert any("width_m" in lines[fault["line"] - 1] for fault in said.data["faults"])


def test_a_name_that_is_nearly_right_is_answered_with_the_right_one(program: Program, tmp_path: Path) -> None:
    units = [{"id": "CMD-1", "code": "CMD", "strength": 1, "arrives_min": 0, "at": "cornr"}]
    path = write_scenario(tmp_path, units=units)
    said = program("check", path)
    assert 1 == said.code
    assert "cornr" in said.out
    assert "corner" in said.out.replace("cornr", "")
    assert f"{path.name}:" in said.out.replace("\n", "")


def test_faults_of_several_files_are_shown_together(program: Program, tmp_path: Path) -> None:
    (tmp_path / "good").mkdir()
    good, bad = write_scenario(tmp_path / "good"), faulty(tmp_path)
    said = program("check", good, bad, "--json")
    assert 1 == said.code
    assert {str(bad)} == {fault["file"] for fault in said.data["faults"] if fault["severity"] == "error"}


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a: [1", b"", b"- 1\n- 2\n", b"a: 1\na: 2\n", b"\tx: 1\n"])
def test_what_is_no_scenario_at_all_is_refused_without_a_traceback(
    program: Program, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "odd.yaml"
    path.write_bytes(content)
    said = program("check", path, "--json")
    assert said.code in {1, 2}
    assert said.data["faults"]


def test_the_same_faults_are_told_in_chinese(program: Program, tmp_path: Path) -> None:
    said = program("check", faulty(tmp_path), "--lang", "zh")
    assert 1 == said.code
    assert any("一" <= character <= "鿿" for character in said.out)
