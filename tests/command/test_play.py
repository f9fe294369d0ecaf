"""Playing from the command line: every order is on the disk at once, and a run that was left goes on where it was."""

import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.console import Console

from sim.desktop.window import Window
from sim.storage.aside_file import read_aside
from sim.storage.journal_file import read_journal
from tests.command.program import Program, Said, write_scenario
from tests.console.desk import Clock, Script, Step

ROOT = Path(__file__).resolve().parents[2]
# In the small scenario: respond, dialogue, first contact, its three fields, a reason, send.
FIRST_CONTACT = ("r", "2", "1", "enter", "enter", "enter", ":ask what they want", "enter", "enter", 3.1)
LEAVE = ("q", "enter")
Play = Callable[..., Said]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    return write_scenario(tmp_path)


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


@pytest.fixture
def play(program: Program, home: Path, scenario: Path, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Plays the small scenario at a terminal that presses these keys."""

    def played(*steps: Step, arguments: tuple[object, ...] = ("--seed", 3), lines: tuple[str, ...] = ("",)) -> Said:
        clock, typed = Clock(), iter(lines)

        def line(prompt: str = "") -> str:
            try:
                return next(typed)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", line)
        terminal = SimpleNamespace(isatty=lambda: True, encoding="utf-8")
        monkeypatch.setattr("sim.command.play.sys", SimpleNamespace(stdin=terminal, stdout=terminal))
        monkeypatch.setattr("sim.console.play.time", SimpleNamespace(monotonic=clock.monotonic))
        monkeypatch.setattr("sim.console.play.keyboard", lambda: Script(clock, ("enter", *steps)))
        screen = Console(
            file=io.StringIO(), force_terminal=True, width=80, height=24, _environ={"TERM": "xterm-256color"}
        )
        monkeypatch.setattr("sim.console.play.Console", lambda **_: screen)
        return program("play", scenario, "--console", "--quiet", *arguments)

    return played


def journals(home: Path) -> list[Path]:
    return sorted((home / "journals").glob("*.jsonl"))


def test_an_order_is_on_the_disk_the_moment_it_is_given(play: Play, home: Path) -> None:
    kinds: list[str] = []

    def look() -> None:
        kinds.extend(entry.kind for entry in read_journal(journals(home)[0]).entries)

    assert 0 == play(*FIRST_CONTACT, look).code
    assert "order" in kinds


def test_a_run_left_at_once_is_saved_and_can_be_resumed(play: Play, home: Path) -> None:
    said = play(*LEAVE)
    assert 0 == said.code
    assert "--resume" in said.out
    assert 0 == play(*LEAVE, arguments=("--resume",)).code
    assert 1 == len(journals(home))


def test_a_run_saved_and_resumed_verifies_and_goes_on_as_if_never_left(
    play: Play, program: Program, home: Path
) -> None:
    play("space", 3.0, "space", *FIRST_CONTACT, "space", *[3.0] * 9, *LEAVE)
    (path,) = journals(home)
    before = read_journal(path)
    play("space", *[3.0] * 9, *LEAVE, arguments=("--resume",))
    after = read_journal(path)
    assert before.entries == after.entries[: len(before.entries)]
    assert after.entries[-1].tick > before.entries[-1].tick
    said = program("replay", path, "--verify", "--json", "--quiet")
    assert 0 == said.code
    assert said.data["verified"]

    path.unlink()
    play("space", 3.0, "space", *FIRST_CONTACT, "space", *[3.0] * 20, *LEAVE)
    whole = read_journal(journals(home)[0]).entries
    assert after.entries == whole[: len(after.entries)]


def test_a_line_cut_short_by_a_power_cut_is_dropped_on_resuming(play: Play, program: Program, home: Path) -> None:
    play(*FIRST_CONTACT, "space", *[3.0] * 4, *LEAVE)
    (path,) = journals(home)
    path.write_bytes(path.read_bytes()[:-20])
    assert 0 == play("space", *[3.0] * 4, *LEAVE, arguments=("--resume",)).code
    assert 0 == program("replay", path, "--verify", "--quiet").code


def test_a_journal_somebody_altered_does_not_stand_in_the_way_of_another_run(play: Play, home: Path) -> None:
    play(*FIRST_CONTACT, *LEAVE)
    (good,) = journals(home)
    lines = good.read_bytes().splitlines(keepends=True)
    bad = good.with_name("altered.jsonl")
    bad.write_bytes(b"".join([lines[0], lines[1].replace(b'"tick":', b'"tick":1'), *lines[2:]]))
    os.utime(good, (1.0, 1.0))
    said = play(*LEAVE, arguments=("--resume",))
    assert 0 == said.code
    assert str(good) in said.out.replace("\n", "")


def test_a_run_played_to_its_end_prints_the_score_and_cannot_be_resumed(play: Play, program: Program) -> None:
    said = play("n", *[0.1] * 3)
    assert 0 == said.code
    assert "of 100" in said.out
    refused = play(arguments=("--resume",))
    assert 2 == refused.code
    assert "no unfinished run" in refused.err


def test_own_words_and_points_come_before_the_score_and_questions_after_it(play: Play, home: Path) -> None:
    answers = ("y", "9", "4", "", "", "the first minute", "", "101", "60")
    said = play("n", *[0.1] * 3, lines=(*answers, *[""] * 20))
    asked, score, questions = (
        said.out.index(text) for text in ("Your points, 0 to 100", "of 100, grade", "Questions for the group")
    )
    assert asked < score < questions
    assert "you gave yourself 60" in said.out
    kept = read_aside(journals(home)[0])
    assert {"picture": "4", "hardest": "the first minute"} == kept.survey
    assert [60] == list(kept.own_score.values())
    assert kept.asked


def test_one_enter_goes_on_to_the_score(play: Play, home: Path) -> None:
    said = play("n", *[0.1] * 3, lines=("",))
    assert "of 100, grade" in said.out
    assert "Your points" not in said.out
    assert read_aside(journals(home)[0]).asked


def test_a_line_that_is_hung_up_while_it_asks_still_shows_the_score(play: Play) -> None:
    said = play("n", *[0.1] * 3, lines=("y", "3"))
    assert 0 == said.code
    assert "of 100, grade" in said.out


def test_without_a_terminal_it_says_what_to_do_instead(program: Program, scenario: Path) -> None:
    said = program("play", scenario, "--console")
    assert 2 == said.code
    assert "commonground demo" in said.err


def test_without_a_screen_it_says_how_to_play_in_the_terminal(
    program: Program, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.desktop.window.can_open", lambda: False)
    said = program("play", scenario)
    assert 2 == said.code
    assert "--console" in said.err


def test_a_window_is_opened_where_there_is_a_screen_and_leaves_when_it_is_closed(
    program: Program, home: Path, scenario: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []

    def close_at_once(window: Window) -> None:
        window.frame()
        opened.append(type(window.desk.screens[-1]).__name__)

    monkeypatch.setattr("sim.desktop.window.Window.run", close_at_once)
    assert 0 == program("play").code
    assert 0 == program("play", scenario, "--seed", 3).code
    assert opened == ["Start", "Briefing"]


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX terminal")
def test_it_is_played_and_left_in_a_real_terminal(home: Path, scenario: Path) -> None:
    import fcntl
    import pty
    import select
    import struct
    import subprocess
    import termios

    outside, inside = pty.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    before = termios.tcgetattr(inside)
    command = [sys.executable, "main.py", "play", str(scenario), "--console", "--seed", "3", "--quiet"]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "", "LINES": ""}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=inside, stdout=inside, stderr=inside)
    shown = b""

    def wait_for(words: bytes) -> None:
        nonlocal shown
        until = time.monotonic() + 120.0
        while words not in shown:
            assert time.monotonic() < until, shown.decode(errors="replace")[-2000:]
            if select.select([outside], [], [], 0.2)[0]:
                shown += os.read(outside, 65536)
        shown = shown[shown.index(words) + len(words) :]

    try:
        wait_for(b"Enter begins")
        os.write(outside, b"\r")
        wait_for(b"Free:")
        os.write(outside, b"r")
        wait_for(b"what kind?")
        os.write(outside, b"\x1b")
        os.write(outside, b"q")
        wait_for(b"Leave?")
        os.write(outside, b"\r")
        wait_for(b"Saved at")
        assert 0 == process.wait(60)
        assert before == termios.tcgetattr(inside)
    finally:
        process.kill()
        process.wait()
        os.close(inside)
        os.close(outside)
    assert 1 == len(journals(home))
