"""Terminal play from the keyboard: what is pressed reaches the exercise, and nothing else does."""

import io
import re
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self

import pytest
from rich.cells import cell_len
from rich.console import Console

from sim.console import play as playing
from sim.console import screen
from sim.console.dialog import Dialogs
from sim.console.keys import Key
from sim.console.play import play_in_terminal
from sim.console.post import Post
from sim.console.voice import Voice
from sim.core.phrase import Language
from sim.exercise.exercise import Exercise
from sim.storage.language import speech
from tests.small import small_exercise

SIZES = [(80, 24), (100, 30), (160, 50), (60, 20)]
ALT_ON, ALT_OFF, CURSOR_ON = "\x1b[?1049h", "\x1b[?1049l", "\x1b[?25h"


class Pressed:
    """A keyboard that presses these keys one after the other, and then is gone."""

    def __init__(self, *keys: str | Callable[[], None]) -> None:
        self._keys = list(keys)
        self.is_open = False

    def __enter__(self) -> Self:
        self.is_open = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.is_open = False

    def read(self, timeout_s: float) -> Key | None:
        if not self._keys:
            return Key("eof")
        key = self._keys.pop(0)
        if callable(key):
            key()
            return None
        return Key(key, key if len(key) == 1 else " " if key == "space" else "")


def at_the_terminal(run: Exercise, keys: Iterable[str | Callable[[], None]], language: Language = "en") -> str:
    """Plays with these keys after the briefing; returns all that was written to the terminal."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=100, height=30, color_system=None)
    voices: dict[Language, object] = {"en": speech("en"), "zh": speech("zh")}
    play_in_terminal(
        run, speech(language), save=lambda: None, voices=voices, keys=Pressed("enter", *keys), console=console  # type: ignore[arg-type]
    )  # fmt: skip
    return out.getvalue()


@pytest.fixture(autouse=True)
def no_time_to_take_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing, "TAKE_BACK_S", 0.0)


@pytest.fixture
def run() -> Exercise:
    return small_exercise(2)


def respond(group: str, which: str, *reason: str) -> list[str]:
    """The keys that order a response: its kind, its number, a reason, and send."""
    return ["r", group, which, "up", "up", *reason, "down", "enter"]


def test_an_order_given_by_keyboard_reaches_the_exercise(run: Exercise) -> None:
    at_the_terminal(run, respond("2", "1", *"begin to talk".replace(" ", "_")))
    (entry,) = run.journal.of("order")
    assert "negotiation" == entry.data["response"]["group"]  # type: ignore[index]
    assert entry.data["ruling"]["accepted"]  # type: ignore[index]
    assert "begin_to_talk" == entry.data["given"]["reason"]  # type: ignore[index]


def test_a_dialog_that_is_left_changes_nothing(run: Exercise) -> None:
    before = run.digest()
    at_the_terminal(run, ["r", "2", "1", "down", "esc", "esc", "esc", "m", "esc", "u", "esc", "i", "esc", "?", "esc"])
    assert [] == run.journal.of("order")
    assert before == run.digest()


def test_an_order_can_be_taken_back_before_it_is_sent(run: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing, "TAKE_BACK_S", 60.0)
    said = at_the_terminal(run, [*respond("2", "1", *"because"), "esc"])
    assert [] == run.journal.of("order")
    assert "Taken back" in said


def test_an_unlawful_order_is_sent_only_when_that_is_said_again(run: Exercise) -> None:
    unlawful = respond("8", "2", *"because")
    at_the_terminal(run, [*unlawful, "esc", "esc", "esc", "esc"])
    assert [] == run.journal.of("order")
    said = at_the_terminal(run, [*unlawful, "y"])
    (entry,) = run.journal.of("order")
    assert entry.data["ruling"]["marked"]  # type: ignore[index]
    assert "marked as unlawful" in said


def test_time_stands_still_while_a_dialog_is_open(run: Exercise) -> None:
    ticks: list[int] = []

    def note() -> None:
        ticks.append(run.tick_now)

    at_the_terminal(run, ["space", *["="] * 4, note, *[lambda: None] * 5, "r", note, *[lambda: None] * 5, note])
    assert ticks[1] == ticks[2]


def test_running_on_stops_when_something_needs_the_commander() -> None:
    call = {
        "id": "call", "minute": 2, "channel": "call", "about": "report", "truth": "true", "place": "square",
        "text": {"en": "Somebody has fallen.", "zh": "有人摔倒了。"}, "needs_answer": True,
        "handled": {"ordered": "first_aid"}, "window_min": 5,
    }  # fmt: skip
    run = small_exercise(2, injects=[call])
    stopped: list[int] = []

    def waits_for_the_call() -> None:
        if run.tick_now < 1200:
            keys.insert(0, waits_for_the_call)

    pressed = Pressed("enter", "n", waits_for_the_call, lambda: stopped.append(run.tick_now), "l")
    keys = pressed._keys
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=100, height=30, color_system=None)
    voices: dict[Language, object] = {"en": speech("en"), "zh": speech("zh")}
    play_in_terminal(run, speech("en"), save=lambda: None, voices=voices, keys=pressed, console=console)  # type: ignore[arg-type]
    assert 1200 <= stopped[0] <= 1230
    assert "Somebody has fallen" in out.getvalue()


def test_the_terminal_is_given_back_after_play(run: Exercise) -> None:
    said = at_the_terminal(run, [])
    assert said.index(ALT_ON) < said.rindex(ALT_OFF)
    assert CURSOR_ON in said[said.rindex("\x1b[?25l") :]


def test_the_terminal_is_given_back_after_a_failure(run: Exercise) -> None:
    def fail() -> None:
        raise RuntimeError("broken")

    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=100, height=30)
    keys = Pressed("enter", fail)
    with pytest.raises(RuntimeError, match="broken"):
        play_in_terminal(run, speech("en"), save=lambda: None, keys=keys, console=console)
    assert out.getvalue().rstrip().endswith(ALT_OFF)
    assert not keys.is_open


def test_everything_is_saved_when_the_keyboard_goes_away(run: Exercise) -> None:
    saved: list[int] = []
    console = Console(file=io.StringIO(), force_terminal=True, width=100, height=30)
    keys = Pressed("enter", *respond("2", "1", *"because"))
    play_in_terminal(run, speech("en"), save=lambda: saved.append(len(run.journal)), keys=keys, console=console)
    assert len(run.journal) == saved[-1]


def test_without_colour_nothing_depends_on_it(run: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    said = at_the_terminal(run, ["space", "m", "esc"])
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", said)


@pytest.fixture(scope="module")
def played() -> Exercise:
    """A run with people, messages, orders and casualties to show."""
    from sim.exercise.player import PLAYERS, play

    call = {
        "id": "call", "minute": 1, "channel": "call", "about": "report", "truth": "true", "place": "square",
        "text": {
            "en": "An old man has fallen at the edge of the square and nobody can get through to him. " * 3,
            "zh": "一位老人在广场边摔倒了，谁也过不去。" * 6,
        },
        "needs_answer": True, "handled": {"ordered": "first_aid"}, "window_min": 9,
        "effects": [{"do": "casualty", "severity": "serious", "cause": "illness"}],
    }  # fmt: skip
    run = small_exercise(2, injects=[call])
    play(run, PLAYERS["doctrine"](), until=1800)
    return run


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_screen_is_exactly_as_large_as_the_terminal(
    played: Exercise, width: int, height: int, language: Language
) -> None:
    post = Post.open(played, Voice(speech(language)))
    drawn = {"overview": screen.overview(post, width, height)}
    dialogs = Dialogs(post)
    for name in ("briefing", "keys", "messages", "units", "under_way", "known", "leave", "kinds"):
        getattr(dialogs, f"open_{name}")()
        drawn[name] = dialogs.draw(width, height)
    dialogs.open_kinds()
    for key in ("2", "1"):
        dialogs.press(Key(key, key))
        drawn[f"after {key}"] = dialogs.draw(width, height)
    for name, lines in drawn.items():
        assert height == len(lines), name
        assert {width} == {cell_len(line.plain) for line in lines}, name


@pytest.mark.parametrize(("width", "height"), [(40, 10), (59, 30), (100, 19)])
def test_a_window_that_is_too_small_says_so(played: Exercise, width: int, height: int) -> None:
    post = Post.open(played, Voice(speech("en")))
    text = " ".join(line.plain.strip() for line in screen.overview(post, width, height))
    assert f"{width} x {height}" in " ".join(text.split())


def test_the_screen_shows_what_was_reported_and_never_who_people_are(played: Exercise) -> None:
    post = Post.open(played, Voice(speech("en")))
    text = "\n".join(line.plain for line in screen.overview(post, 160, 50))
    assert "An old man has fallen" in text
    for hidden in ("sympathiser", "organiser", "agitator", "anger", "legitimacy"):
        assert hidden not in text
