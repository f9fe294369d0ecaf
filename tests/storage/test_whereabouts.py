"""Files outside the library: a journal names them without their folders, and they are found again."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.storage.journal_file import Header, JournalFile, read_journal, write_journal
from sim.storage.whereabouts import marked, whereabouts

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path / "home"))
    path = tmp_path / "li_wei" / "square.yaml"
    path.parent.mkdir()
    path.write_text("schema: 1\n", encoding="utf-8")
    return path


def _journal(folder: Path, scenario: str, drill: str = "") -> Path:
    path = folder / "run.jsonl"
    JournalFile.create(path, Header(scenario, "digest", 7, "trainee", drill=drill)).close()
    return path


def test_a_journal_holds_no_folder_of_the_files_it_was_made_from(scenario: Path, tmp_path: Path) -> None:
    journal = _journal(tmp_path, str(scenario), str(scenario))
    assert b"li_wei" not in journal.read_bytes()
    write_journal(journal, Header(str(scenario), "digest", 7, "trainee"), ())
    assert b"li_wei" not in journal.read_bytes()
    assert b"square.yaml#" in journal.read_bytes()


def test_they_are_found_again_from_any_folder(scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(scenario.parent)
    journal = _journal(tmp_path, "square.yaml", str(scenario))
    monkeypatch.chdir("/")
    header = read_journal(journal).header
    assert (str(scenario), str(scenario)) == (header.scenario, header.drill)


def test_on_another_computer_the_file_lies_beside_the_journal(
    scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = _journal(tmp_path, str(scenario))
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path / "another"))
    assert "square.yaml" == read_journal(journal).header.scenario
    os.replace(scenario, tmp_path / "square.yaml")
    assert str(tmp_path / "square.yaml") == read_journal(journal).header.scenario


def test_the_very_file_is_taken_before_one_of_its_name_that_has_changed(scenario: Path, tmp_path: Path) -> None:
    journal = _journal(tmp_path, str(scenario))
    beside = tmp_path / "square.yaml"
    beside.write_bytes(scenario.read_bytes())
    scenario.write_text("schema: 1\nid: changed\n", encoding="utf-8")
    assert str(beside) == read_journal(journal).header.scenario


def test_a_journal_cannot_lead_to_a_folder_of_its_own_choice(scenario: Path, tmp_path: Path) -> None:
    assert "square.yaml" == whereabouts("../li_wei/square.yaml#00", tmp_path / "home")


def test_an_id_of_the_library_stays_as_it_is(scenario: Path, tmp_path: Path) -> None:
    assert "first_steps" == read_journal(_journal(tmp_path, "first_steps")).header.scenario


def test_what_an_earlier_version_remembered_is_still_known(scenario: Path, tmp_path: Path) -> None:
    journal = _journal(tmp_path, str(scenario))
    kept = tmp_path / "home" / "whereabouts"
    [file] = kept.iterdir()
    one = json.loads(file.read_text(encoding="utf-8"))
    file.unlink()
    assert "square.yaml" == read_journal(journal).header.scenario
    (tmp_path / "home" / "whereabouts.json").write_text(json.dumps({one["mark"]: one["path"]}), encoding="utf-8")
    assert str(scenario) == read_journal(journal).header.scenario


def test_of_many_files_the_newest_are_remembered(
    scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.storage.whereabouts.MOST", 5)
    for k in range(9):
        path = scenario.with_name(f"square-{k}.yaml")
        path.write_text("schema: 1\n", encoding="utf-8")
        marked(str(path))
    assert 5 == len(list((tmp_path / "home" / "whereabouts").iterdir()))


REMEMBER = """
import sys
from sim.storage.whereabouts import marked
for k in range(12):
    print(marked(sys.argv[1].format(sys.argv[2], k)))
"""


def test_programs_that_remember_at_once_do_not_undo_each_others(scenario: Path, tmp_path: Path) -> None:
    pattern = str(scenario.with_name("{}-{}.yaml"))
    for who in "abc":
        for k in range(12):
            Path(pattern.format(who, k)).write_text(f"schema: {who}{k}\n", encoding="utf-8")
    programs = [
        subprocess.Popen([sys.executable, "-c", REMEMBER, pattern, who], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        for who in "abc"
    ]
    marks = [mark for program in programs for mark in program.communicate()[0].split()]
    elsewhere = tmp_path / "elsewhere"
    assert 36 == len(marks)
    assert [] == [mark for mark in marks if "/" not in whereabouts(mark, elsewhere)]
    assert [] == list((tmp_path / "home" / "whereabouts").glob("*.part"))
