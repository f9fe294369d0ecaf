"""A hand at the window: presses keys and buttons of a real window on a screen nobody sees, with a clock it moves."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pygame
import pytest

from sim.command.office import DiskOffice
from sim.core.tick import TICKS_PER_SECOND
from sim.desktop.briefing import Briefing
from sim.desktop.play import Play
from sim.desktop.screen import Desk, Screen
from sim.desktop.start import Start
from sim.desktop.window import Window
from tests.small import small_data

KEYS = {
    "enter": pygame.K_RETURN, "escape": pygame.K_ESCAPE, "tab": pygame.K_TAB, "space": pygame.K_SPACE,
    "left": pygame.K_LEFT, "right": pygame.K_RIGHT, "up": pygame.K_UP, "down": pygame.K_DOWN, "f1": pygame.K_F1,
    "f5": pygame.K_F5, "f12": pygame.K_F12, "backspace": pygame.K_BACKSPACE, "home": pygame.K_HOME,
}  # fmt: skip
CALL = {
    "id": "call", "minute": 1, "channel": "radio", "about": "report", "truth": "true", "place": "square",
    "text": {"en": "A shopkeeper asks to be let through", "zh": "一名店主请求放行"}, "answers": ["first_contact"],
}  # fmt: skip


class Hand:
    """Drives one window."""

    def __init__(self, window: Window, clock: "Clock") -> None:
        self.window = window
        self.clock = clock

    @property
    def desk(self) -> Desk:
        return self.window.desk

    @property
    def page(self) -> Screen:
        return self.desk.screens[-1]

    @property
    def play(self) -> Play:
        assert isinstance(self.page, Play)
        return self.page

    def frame(self, *events: pygame.event.Event) -> None:
        self.window.frame(events)

    def key(self, name: str, mod: int = 0) -> None:
        code = KEYS.get(name) or ord(name)
        text = " " if name == "space" else name if len(name) == 1 else ""
        self.frame(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=text, scancode=0))
        self.frame()

    def type(self, text: str) -> None:
        for c in text:
            self.frame(
                pygame.event.Event(pygame.KEYDOWN, key=ord(c) if ord(c) < 127 else 0, mod=0, unicode=c, scancode=0),
                pygame.event.Event(pygame.TEXTINPUT, text=c),
            )

    def where(self, name: str) -> pygame.Rect:
        self.frame()
        found = self.desk.ui.where(name)
        assert found is not None, f"there is no control {name}"
        return found

    def has(self, name: str) -> bool:
        self.frame()
        return self.desk.ui.where(name) is not None

    def click(self, name: str) -> None:
        self.bring(name)
        self.click_at(self.where(name).center)

    def bring(self, name: str) -> None:
        """Turns the wheel until all of a control is in sight, where it stands below the edge of a list."""
        for _ in range(60):
            spot, sight = self._within(name)
            if spot.bottom <= sight.bottom:
                return
            pointer = (spot.centerx, sight.centery)
            self.frame(
                pygame.event.Event(pygame.MOUSEMOTION, pos=pointer, rel=(0, 0), buttons=(0, 0, 0)),
                pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=-1, flipped=False),
            )

    def reach(self, name: str) -> None:
        """Gives a control the keyboard, wherever in a list it is."""
        self.where(name)
        self.desk.ui.focus, self.desk.ui.show_focus = name, True
        self.frame()

    def press(self, name: str) -> None:
        """Presses a control by keyboard, wherever in a list it is."""
        self.reach(name)
        self.key("enter")

    def _within(self, name: str) -> tuple[pygame.Rect, pygame.Rect]:
        """Where a control stands, and the part of the window it can be seen in."""
        ui, found = self.desk.ui, {}
        register = ui._register

        def noted(each: str, rect: pygame.Rect) -> bool:
            found[each] = (rect.copy(), ui.paint.surface.get_clip())
            return register(each, rect)

        ui._register = noted  # type: ignore[method-assign]
        self.frame()
        ui._register = register  # type: ignore[method-assign]
        assert name in found, f"there is no control {name}"
        return found[name]

    def click_at(self, spot: tuple[int, int]) -> None:
        self.frame(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=spot))
        self.frame(pygame.event.Event(pygame.MOUSEBUTTONUP, button=1, pos=spot))
        self.frame()

    def wait(self, until: Callable[[], bool], most_s: float = 240.0) -> None:
        """Until it is so; long enough for a machine on which nothing is compiled yet."""
        last = time.monotonic() + most_s
        while time.monotonic() < last:
            self.frame()
            if until():
                return
            pygame.time.wait(2)
        raise AssertionError("it never came so far")

    def begin(self, *, assessed: bool = False) -> Play:
        """From the start page to the first moment of the run."""
        self.click("scenario:small")
        assert isinstance(self.page, Briefing)
        if assessed:
            self.click("assessed")
        self.click("begin")
        self.wait(lambda: isinstance(self.page, Play))
        return self.play

    def run_to(self, minute: float) -> None:
        """Lets time pass as fast as it can to that minute and no further, through every call."""
        post = self.play.post

        def there() -> bool:
            if post.over or post.seen.minute >= minute:
                return True
            if post.wanted == "paused":
                post.run_on()
                post.engine.run_to(post.seen.tick + round((minute - post.seen.minute) * 60 * TICKS_PER_SECOND))
            return False

        self.wait(there)
        post.wanted = "paused"
        self.wait(lambda: post.engine.still and post.seen.tick == post.sitting.run.tick_now)

    def order(self, response: str, reason: str = "they asked") -> None:
        """Chooses a card by mouse, types a reason and sends it."""
        option = next(o for o in self.play.post.view.options if o.response.id == response)
        if self.play.cards.kind != option.response.group:
            self.click(f"kind:{option.response.group}")
        self.click(f"card:{response}")
        self.click("reason")
        self.type(reason)
        self.click("form:send")

    def settle(self) -> None:
        """Until what was ordered has been given."""
        self.clock.now += 4.0
        number = len(self.play.post.sitting.run.journal)
        self.wait(lambda: len(self.play.post.sitting.run.journal) > number)
        self.frame()


class Clock:
    """Real time as the window takes it: the script's."""

    now = 1000.0

    def __call__(self) -> float:
        self.now += 0.02
        return self.now


@contextmanager
def a_window(
    home: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int] = (1280, 720), **changes: Any
) -> Iterator[Hand]:
    """A window over a data folder with the small scenario in it."""
    monkeypatch.setenv("COMMONGROUND_HOME", str(home / "data"))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    path = home / "small.yaml"
    if not path.exists():
        data = {"injects": [CALL], **changes}
        path.write_text(json.dumps(small_data(**data), ensure_ascii=False), encoding="utf-8")
    clock = Clock()
    with Window(DiskOffice(str(path)), first=lambda desk: [Start()], clock=clock, size=size) as window:
        yield Hand(window, clock)
