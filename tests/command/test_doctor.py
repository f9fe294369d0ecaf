"""The doctor: what is amiss, in words, with the command that mends it."""

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.command.program import Program, Said

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path / "home"))
    return Program(capsys)


def finding(said: Said, what: str) -> dict[str, object]:
    return next(each for each in said.data["findings"] if what == each["what"])


def test_two_pygames_in_one_place_are_a_clash_with_the_two_commands_that_end_it(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [SimpleNamespace(metadata={"Name": name}) for name in ("pygame", "pygame-ce", None)]
    monkeypatch.setattr(importlib.metadata, "distributions", lambda: both)
    said = program("doctor", "--json")
    assert 1 == said.code
    clash = finding(said, "pygame / pygame-ce")
    assert not clash["ok"]
    assert "uninstall -y pygame pygame-ce" in str(clash["repair"])
    assert "install pygame-ce" in str(clash["repair"])


def test_a_package_that_is_missing_is_named_with_how_to_install_it(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = importlib.metadata.version

    def lacking(name: str) -> str:
        if name == "rich":
            raise importlib.metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(importlib.metadata, "version", lacking)
    said = program("doctor", "--json")
    assert 1 == said.code
    assert "python -m pip install rich" == finding(said, "rich")["repair"]
    assert "pip install rich" in program("doctor").out


@pytest.mark.skipif(os.name == "nt", reason="permissions are Posix's")
@pytest.mark.parametrize("place", ["home", "home/kernels"])
def test_a_folder_of_the_program_that_others_can_write_to_is_found(
    program: Program, tmp_path: Path, place: str
) -> None:
    (tmp_path / "home" / "kernels").mkdir(parents=True)
    (tmp_path / place).chmod(0o777)
    repair = str(finding(program("doctor", "--json"), "Data folder")["repair"])
    assert repair.endswith(f"chmod 700 {tmp_path / place}")


@pytest.mark.skipif(os.name == "nt", reason="permissions are Posix's")
@pytest.mark.parametrize("mode", [0o750, 0o701])
def test_a_data_folder_that_others_can_look_into_is_found(program: Program, tmp_path: Path, mode: int) -> None:
    (tmp_path / "home").mkdir(mode=0o700)
    assert finding(program("doctor", "--json"), "Data folder")["ok"]
    (tmp_path / "home").chmod(mode)
    found = finding(program("doctor", "--json"), "Data folder")
    assert f"others can look into it; run: chmod 700 {tmp_path / 'home'}" == found["repair"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder this user may not write to")
def test_a_data_folder_that_cannot_be_written_is_found(program: Program, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o500)
    said = program("doctor", "--json")
    assert 1 == said.code
    assert not finding(said, "Data folder")["ok"]
    assert finding(said, "Data folder")["repair"]


def test_a_data_folder_that_is_a_file_is_found(program: Program, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way", encoding="utf-8")
    said = program("doctor", "--json")
    assert 1 == said.code
    assert not finding(said, "Data folder")["ok"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_says_the_same_as_the_json(program: Program, language: str) -> None:
    data = program("doctor", "--json").data
    table = program("doctor", "--lang", language)
    assert len(data["findings"]) == table.out.count("✓") + table.out.count("✗")
    assert ("✗" in table.out) == (1 == table.code)


def test_a_python_without_the_packages_is_told_which_one_to_use() -> None:
    bare = [sys.executable, "-S", "main.py", "drills"]
    said = subprocess.run(bare, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert 2 == said.returncode
    assert "Traceback" not in said.stderr
    assert f"is not installed for {sys.executable}" in said.stderr
    assert "没有安装" in said.stderr
