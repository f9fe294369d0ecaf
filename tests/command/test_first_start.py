"""A first start on a computer: what takes a minute says so before anything else is done."""

from pathlib import Path

import pytest

from sim.storage.kernels import mark_ready
from tests.command.program import Program

SAYS = "The first time on a computer"


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "kernels"))
    return Program(capsys)


def test_a_room_that_is_opened_for_the_first_time_says_so_first_in_both_languages(program: Program) -> None:
    said = program("serve", "no_such_drill").err
    assert said.startswith("Starting.")
    assert "正在启动" in said


def test_nothing_is_said_of_it_later_nor_to_who_wants_no_notices_or_only_help(program: Program, tmp_path: Path) -> None:
    assert SAYS not in program("serve", "no_such_drill", "--quiet").err
    assert SAYS not in program("serve", "--help").err
    mark_ready(tmp_path / "kernels")
    assert SAYS not in program("serve", "no_such_drill").err
