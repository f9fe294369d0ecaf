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


def test_a_folder_stands_for_the_files_in_it(program: Program, tmp_path: Path) -> None:
    path = faulty(tmp_path)
    (tmp_path / "notes.txt").write_text("no scenario", encoding="utf-8")
    assert {str(path)} == {fault["file"] for fault in program("check", tmp_path, "--json").data["faults"]}
    (tmp_path / "empty").mkdir()
    said = program("check", tmp_path / "empty")
    assert 2 == said.code
    assert "no YAML file" in said.err


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


EXPECT = [
    {"id": "hold", "says": {"en": "Passive never does well.", "zh": "什么都不做成不了事。"}, "player": "passive",
     "score_at_most": 100, "seeds": 1, "in_share": 1},
    {"id": "wonder", "player": "passive", "score_at_least": 100, "seeds": 1},
]  # fmt: skip


def test_what_a_scenario_expects_is_played_and_what_does_not_hold_is_named_at_its_line(
    program: Program, tmp_path: Path
) -> None:
    path = write_scenario(tmp_path, expect=EXPECT, minutes=[0, 2])
    said = program("check", path, "--play", "--json", "--quiet")
    assert 1 == said.code
    assert [("hold", True), ("wonder", False)] == [(e["id"], e["holds"]) for e in said.data["expectations"]]
    (fault,) = [fault for fault in said.data["faults"] if fault["code"] == "not-as-expected"]
    assert "expect[1]" == fault["path"]
    assert "wonder" in path.read_text(encoding="utf-8").splitlines()[fault["line"] - 1]


def test_an_expectation_of_nobody_is_named_with_the_nearest_player(program: Program, tmp_path: Path) -> None:
    path = write_scenario(tmp_path, expect=[{"id": "a", "player": "pasive", "outcome": "lost"}])
    (fault,) = [f for f in program("check", path, "--json").data["faults"] if f["severity"] == "error"]
    assert ("unknown-player", "expect[0].player") == (fault["code"], fault["path"])
    assert "passive" in fault["hint"]


def test_an_old_file_is_shown_in_the_newest_version_and_written_only_on_request(
    program: Program, tmp_path: Path
) -> None:
    path = write_scenario(tmp_path)
    before = path.read_bytes()
    said = program("check", path, "--migrate")
    assert 1 == said.code
    assert "+schema: 2" in said.out
    assert before == path.read_bytes()
    said = program("check", path, "--migrate", "--write", "--json")
    assert 0 == said.code
    assert [(1, 2, True)] == [(each["from"], each["to"], each["written"]) for each in said.data["files"]]
    assert 0 == program("check", path, "--migrate").code
    assert 0 == program("check", path).code


def test_doubts_count_when_they_are_to(program: Program, tmp_path: Path) -> None:
    path = write_scenario(tmp_path)
    assert 0 == program("check", path).code
    said = program("check", path, "--strict", "--json")
    assert 1 == said.code
    assert not said.data["ok"]


@pytest.mark.parametrize("flags", [["--write"], ["--seeds", "2"], ["--play", "--seeds", "0"], ["--watch", "--play"]])
def test_flags_that_do_not_go_together_are_bad_usage(program: Program, tmp_path: Path, flags: list[str]) -> None:
    assert 2 == program("check", write_scenario(tmp_path), *flags).code


def test_a_list_of_orders_is_called_what_it_is(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "orders.yaml"
    path.write_text("- at: '00:10'\n  response: hold\n", encoding="utf-8")
    (fault,) = program("check", path, "--json").data["faults"]
    assert ("order-file", 1) == (fault["code"], fault["line"])
    assert "--orders" in fault["hint"]
