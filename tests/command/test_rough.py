"""In rough surroundings: full disks, closed pipes, odd terminals and places nothing can be written to."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.storage.keepsake import see_it_can_be_written
from tests.command.program import Program

ROOT = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(os.name != "posix", reason="a shell and its devices")


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a shell says of a command line in which `$C` is the program."""
    start = f'C="{sys.executable} {ROOT / "main.py"}"; {command}'
    return subprocess.run(
        ["/bin/sh", "-c", start], env=os.environ | environment, capture_output=True, text=True, check=False, timeout=300
    )


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_behind_the_output_is_said_in_plain_words(unbuffered: str) -> None:
    said = shell("$C numbers --json > /dev/full", PYTHONUNBUFFERED=unbuffered)
    assert 2 == said.returncode
    assert "what was to be printed could not be written: No space left on device\n" == said.stderr


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_run_whose_notices_nobody_takes_is_saved_all_the_same(tmp_path: Path) -> None:
    journal = tmp_path / "run.jsonl"
    said = shell(f"$C run first_steps --player passive --until 1 --journal {journal} --json 2> /dev/full")
    assert 0 == said.returncode
    assert journal.is_file()


@POSIX
@pytest.mark.parametrize("columns", ["0", "100000000"])
def test_a_width_no_terminal_has_is_as_good_as_none(columns: str) -> None:
    assert shell("$C numbers feeling", COLUMNS="80").stdout == shell("$C numbers feeling", COLUMNS=columns).stdout


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_what_cannot_be_counted_to_is_no_number_of_an_option(program: Program, value: str) -> None:
    said = program("run", "first_steps", "--player", "passive", f"--until={value}")
    assert 2 == said.code
    assert "argument --until: invalid" in said.err


def test_where_nothing_can_be_written_nothing_is_computed(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for command in (
        ("run", "first_steps", "--player", "passive", "--journal", file / "run.jsonl"),
        ("run", "first_steps", "--player", "passive", "--journal", tmp_path),
        ("demo", "--out", file),
        ("playtest", "first_steps", "--html", file / "card.html"),
    ):
        said = program(*command)
        assert 2 == said.code
        assert "cannot be written" in said.err
        assert "%" not in said.err


def test_to_ask_whether_a_file_can_be_written_makes_and_changes_nothing(tmp_path: Path) -> None:
    there = tmp_path / "there.txt"
    there.write_text("kept", encoding="utf-8")
    see_it_can_be_written(there, None, tmp_path / "new" / "folder" / "file.txt")
    assert "kept" == there.read_text(encoding="utf-8")
    assert [there] == list(tmp_path.iterdir())
