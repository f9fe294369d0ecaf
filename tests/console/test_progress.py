"""Progress: on standard error, silent when asked, a plain line where there is no terminal."""

import threading
from types import SimpleNamespace

import pytest

from sim.console.progress import progress


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Simulating", 100, quiet=True) as show:
        show(50)
    assert ("", "") == tuple(capsys.readouterr())


def test_without_a_terminal_it_is_a_plain_line_now_and_then_and_never_on_stdout(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("sim.console.progress.time", SimpleNamespace(monotonic=lambda: now[0]))
    with progress("Simulating", 200) as show:
        show(20)
        now[0] += 1.0
        show(40)
        now[0] += 10.0
        show(150)
    out, err = capsys.readouterr()
    assert "" == out
    assert ["Simulating: 10 %", "Simulating: 75 %"] == err.splitlines()


def test_a_work_of_no_length_is_shown_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Resuming", 0) as show:
        show(0)
    assert "Resuming: 0 %" in capsys.readouterr().err


def test_in_a_terminal_it_is_a_bar_without_a_thread_so_that_the_process_can_be_copied(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    before = set(threading.enumerate())
    with progress("Simulating", 100) as show:
        show(50)
        # One that was there may end meanwhile.
        assert set(threading.enumerate()) <= before
    assert "50 %" in capsys.readouterr().err
