"""`reference`: doing nothing and the author's line, over some seeds, kept with what they were measured with."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sim.storage.library import load_playbook
from sim.storage.yardstick import read_reference, write_reference
from tests.command.program import Program, write_scenario


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    folder = tmp_path / "lines"
    folder.mkdir()
    write_scenario(tmp_path, minutes=[0, 3])
    (folder / path.name).write_text('- {at: "00:10", response: first_contact, tone: warm, reason: talk}\n', "utf-8")
    return folder


def test_both_are_played_over_the_seeds_and_kept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, lines: Path
) -> None:
    scenario, line = tmp_path / "small.yaml", lines / "small.yaml"
    said = Program(capsys)("reference", scenario, "--orders", line, "--seeds", 2, "--keep", "--json", "--quiet")
    assert said.code in {0, 1}
    assert (said.data["means"]["expert"] > said.data["means"]["passive"]) == (said.code == 0)
    assert [1, 2] == said.data["seeds"]
    kept = json.loads((lines / "small.json").read_text(encoding="utf-8"))
    assert said.data["passive"] == kept["passive"]
    found = read_reference(load_playbook(str(scenario)), lines)
    assert found is not None
    assert load_playbook(str(scenario)).digest == found.playbook


def test_what_cannot_be_read_is_no_reference(tmp_path: Path, lines: Path) -> None:
    playbook = load_playbook(str(tmp_path / "small.yaml"))
    assert read_reference(playbook, lines) is None
    write_reference(playbook, [1, 2], [10.0, 20.0], [50.0, 60.0], lines)
    stored = lines / "small.json"
    assert 15.0 == json.loads(stored.read_text(encoding="utf-8"))["passive_mean"]
    for broken in ("", "[]", "{}", '{"seeds": [1], "passive": [], "expert": [1], "playbook": "", "version": ""}'):
        stored.write_text(broken, encoding="utf-8")
        assert read_reference(playbook, lines) is None


def test_a_reference_of_other_files_is_told_apart(tmp_path: Path, lines: Path) -> None:
    playbook = load_playbook(str(tmp_path / "small.yaml"))
    write_reference(playbook, [1], [10.0], [50.0], lines)
    found = read_reference(replace(playbook, digest="other"), lines)
    assert found is not None
    assert "other" != found.playbook


def test_a_scenario_without_an_authors_line_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    said = Program(capsys)("reference", write_scenario(tmp_path), "--seeds", 1)
    assert 2 == said.code
    assert "" == said.out
