"""The terminal: single keys and a second screen while we play, and afterwards everything as it was."""

import io
import os
import re
import signal
import sys
import threading

import pytest
from rich.console import Console
from rich.text import Text

from sim.console.keys import Key
from sim.console.play import play_in_terminal
from sim.console.terminal import Terminal
from sim.core.errors import BadInput
from sim.exercise.exercise import Exercise
from sim.storage.language import speech
from tests.console.desk import Clock, Script
from tests.small import small_exercise

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a POSIX terminal")
IN, OUT = "\x1b[?1049h", "\x1b[?1049l"
HIDDEN, SHOWN = "\x1b[?25l", "\x1b[?25h"
COLOUR = re.compile(r"\x1b\[[0-9;]*(?<![0-9])(?:3[0-7]|4[0-7]|9[0-7]|10[0-7]|38|48)[;m]")


def screen(**environment: str) -> tuple[Console, io.StringIO]:
    """A console of 80 x 24 that believes it is a terminal, and what is sent to it."""
    file = io.StringIO()
    return Console(
        file=file, force_terminal=True, width=80, height=24, _environ={"TERM": "xterm-256color", **environment}
    ), file


@pytest.fixture(scope="module")
def opened() -> Exercise:
    return small_exercise(3)


def play(run: Exercise, console: Console, *steps: object) -> None:
    play_in_terminal(run, speech("en"), save=lambda: None, keys=Script(Clock(), steps), console=console)  # type: ignore[arg-type]


def test_the_screen_and_the_cursor_come_back_after_leaving(opened: Exercise) -> None:
    console, file = screen()
    play(opened.fork(), console, "enter", "q", "enter")
    sent = file.getvalue()
    assert sent.index(IN) < sent.index("Small square") < sent.rindex(OUT)
    assert sent.rindex(HIDDEN) < sent.rindex(SHOWN)
    assert sent.rindex("\x1b[?2004h") < sent.rindex("\x1b[?2004l")


def test_they_come_back_after_an_exception_too(opened: Exercise) -> None:
    def fail() -> None:
        raise ArithmeticError

    console, file = screen()
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(ArithmeticError):
        play(opened.fork(), console, "enter", fail)
    assert file.getvalue().rindex(SHOWN) > file.getvalue().rindex(HIDDEN)
    assert OUT in file.getvalue()
    assert before is signal.getsignal(signal.SIGINT)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_play_between_two_slices_with_everything_saved(opened: Exercise, number: int) -> None:
    assert threading.current_thread() is threading.main_thread()
    console, file = screen()
    saved: list[int] = []
    steps = ("enter", lambda: os.kill(os.getpid(), number), 0.1, lambda: pytest.fail("it went on"), 0.1)
    play_in_terminal(
        opened.fork(), speech("en"), save=lambda: saved.append(1), keys=Script(Clock(), steps), console=console
    )
    assert saved
    assert OUT in file.getvalue()


def test_the_settings_of_a_real_terminal_are_restored_even_after_an_exception() -> None:
    import pty
    import termios

    from sim.console.keys import PosixKeys

    outside, inside = pty.openpty()
    try:
        before = termios.tcgetattr(inside)

        def play_and_fail() -> None:
            with Terminal(screen()[0], PosixKeys(inside)):
                assert before != termios.tcgetattr(inside)
                raise ArithmeticError

        with pytest.raises(ArithmeticError):
            play_and_fail()
        assert before == termios.tcgetattr(inside)
    finally:
        os.close(inside)
        os.close(outside)


def test_without_a_second_screen_there_is_one_clear_message() -> None:
    console = Console(file=io.StringIO(), force_terminal=False)
    with pytest.raises(BadInput) as refused, Terminal(console, Script(Clock(), ())):
        pytest.fail("it began to play")
    assert "terminal" in refused.value.faults[0].message.english()


def test_only_lines_that_changed_are_sent_again() -> None:
    console, file = screen()
    with Terminal(console, Script(Clock(), ())) as terminal:
        terminal.draw([Text("first line"), Text("second line")])
        sent = len(file.getvalue())
        terminal.draw([Text("first line"), Text("another line")])
        again = file.getvalue()[sent:]
        assert "another line" in again
        assert "first line" not in again
        terminal.redraw()
        terminal.draw([Text("first line"), Text("another line")])
        assert "first line" in file.getvalue()[sent + len(again) :]


def test_colours_are_used_unless_the_user_wants_none(opened: Exercise) -> None:
    steps = ("enter", "space", 1.0, "r", "down", "esc", "m", "esc")
    coloured, plain = screen(), screen(NO_COLOR="1")
    for console, _ in (coloured, plain):
        play(opened.fork(), console, *steps)
    assert COLOUR.search(coloured[1].getvalue())
    assert not COLOUR.search(plain[1].getvalue())
    assert "PAUSED" in plain[1].getvalue()


def test_full_width_letters_of_a_chinese_keyboard_command_too(opened: Exercise) -> None:
    console, file = screen()
    play(opened.fork(), console, "enter", Key("ｕ", "ｕ"))
    assert "┌─" in file.getvalue()
    assert " Units " in file.getvalue()
