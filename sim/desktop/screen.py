"""Screen: what every page of the window is given, and how it says where to go next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import pygame

from sim.desktop.key import Keys
from sim.desktop.office import Office, Past, Sitting
from sim.desktop.paint import Paint
from sim.desktop.preference import Preferences
from sim.desktop.sound import Sound
from sim.desktop.theme import BODY, LARGE, PAD, TITLE, WIDE
from sim.desktop.ui import Ui
from sim.seat.voice import Voice
from sim.world.memory import Memory


class Screen(Protocol):
    """One page."""

    def frame(self, desk: "Desk") -> None:
        """Draws itself and does what was asked in this frame."""

    def leave(self) -> None:
        """Gives back what it holds; called when it is taken off, whatever the reason."""

    @property
    def busy(self) -> bool:
        """True while it has to be drawn again although nobody touches anything."""


class Still:
    """A page that is drawn again only when somebody touches something, and holds nothing."""

    __slots__ = ()

    @property
    def busy(self) -> bool:
        """Never by itself."""
        return False

    def leave(self) -> None:
        """Nothing is held."""


class Pages(Protocol):
    """Makes the pages that lead to each other in circles, so that no page has to know another's module."""

    def briefing(self, desk: "Desk", scenario: str, memory: Memory | None = None) -> Screen:
        """The briefing of a scenario, for a community that remembers this."""

    def play(self, desk: "Desk", sitting: Sitting) -> Screen:
        """A run to be commanded."""

    def hot_wash(self, past: Past) -> Screen:
        """A finished run looked back at."""

    def replay(self, past: Past, tick: int, mistakes: tuple[int, ...] = ()) -> Screen:
        """A run again from this moment; these moments cost something."""

    def settings(self) -> Screen:
        """What can be chosen."""

    def help(self) -> Screen:
        """What everything means."""


@dataclass(slots=True)
class Desk:
    """What a page is given."""

    ui: Ui
    paint: Paint
    voice: Voice
    office: Office
    preferences: Preferences
    keys: Keys
    sound: Sound
    pages: Pages
    changed: Callable[[], None]
    """Say that preferences were changed: they take effect and are kept."""
    screens: list[Screen] = field(default_factory=list)
    """The page on top is the last."""
    notice: str = ""
    """Shown for a few seconds over everything."""
    notice_until: float = 0.0
    quitting: bool = False
    clock: Callable[[], float] = lambda: 0.0

    def push(self, screen: Screen) -> None:
        """Puts a page on top."""
        self.ui.focus, self.ui.hushed = "", True
        self.screens.append(screen)

    def pop(self) -> None:
        """Takes the page on top off."""
        self.ui.focus, self.ui.hushed = "", True
        self.screens.pop().leave()

    def reset(self, screen: Screen) -> None:
        """Takes every page off but the first and puts this one on top."""
        while len(self.screens) > 1:
            self.pop()
        self.push(screen)

    def replace(self, screen: Screen) -> None:
        """Another page in place of the one on top."""
        self.pop()
        self.push(screen)

    def quit(self) -> None:
        """Closes the window; everything is saved by then."""
        self.quitting = True

    def tell(self, text: str, seconds: float = 4.0) -> None:
        """Shows a line over everything for a while."""
        self.notice, self.notice_until = text, self.clock() + seconds


def top_bar(desk: Desk, title: str, *, back: str = "") -> tuple[pygame.Rect, bool]:
    """The bar at the top of a page with its title and a way back; the rest of the page, and whether to go back."""
    paint, ui = desk.paint, desk.ui
    whole = paint.surface.get_rect()
    height = paint.px(52)
    bar = pygame.Rect(0, 0, whole.width, height)
    paint.surface.fill(paint.theme.panel, bar)
    pygame.draw.line(paint.surface, paint.theme.line, bar.bottomleft, bar.bottomright)
    x, pad = paint.px(WIDE), paint.px(PAD)
    gone = False
    if back:
        width = ui.button_width(back, icon=True)
        gone = ui.button("back", pygame.Rect(x, pad, width, height - 2 * pad), back, icon="left", command="back")
        x += width + paint.px(WIDE)
    language = "中文" if desk.voice.language == "en" else "English"
    width = ui.button_width(language)
    spot = pygame.Rect(whole.width - paint.px(WIDE) - width, pad, width, height - 2 * pad)
    if ui.button("language", spot, language, desk.voice("language"), command="language"):
        switch_language(desk)
    paint.text(title, (x, (height - paint.line_height(TITLE)) / 2), TITLE, bold=True, width=spot.x - x - pad)
    return pygame.Rect(0, height, whole.width, whole.height - height), gone


def switch_language(desk: Desk) -> None:
    """On to the other language, now and next time."""
    desk.voice.switch()
    desk.preferences.language = desk.voice.language
    desk.changed()


@dataclass(slots=True)
class Dialog(Still):
    """A question over the page below: a title, words, and buttons."""

    below: Screen
    title: Callable[[], str]
    words: Callable[[], str]
    answers: tuple[tuple[str, Callable[[], str], Callable[[], None]], ...]
    """(name, words, what it does); the first is the usual one."""

    def frame(self, desk: Desk) -> None:
        """The page below, dimmed, and the question."""
        ui, paint = desk.ui, desk.paint
        ui.inert = True
        self.below.frame(desk)
        ui.inert = False
        inner, _ = dialog_box(desk, self.title(), paint.px(460), self._height(desk))
        y = inner.y + paint.paragraph(self.words(), inner, BODY) + paint.px(WIDE)
        x = inner.x
        for k, (name, words, does) in enumerate(self.answers):
            text = words()
            width = ui.button_width(text, bold=k == 0) + paint.px(WIDE)
            if x + width > inner.right:
                x, y = inner.x, y + paint.px(44)
            spot = pygame.Rect(x, y, width, paint.px(38))
            if not ui.focus:
                ui.focus = f"dialog:{name}"
            if ui.button(f"dialog:{name}", spot, text, primary=k == 0):
                desk.pop()
                does()
                return
            x += width + paint.px(PAD)
        if ui.take("back"):
            desk.pop()

    def _height(self, desk: Desk) -> int:
        """Room for the words and as many rows of buttons as they need."""
        paint, ui = desk.paint, desk.ui
        inner = paint.px(460) - 2 * paint.px(WIDE)
        rows, x = 1, 0
        for k, (_, words, _) in enumerate(self.answers):
            width = ui.button_width(words(), bold=k == 0) + paint.px(WIDE)
            if x and x + width > inner:
                rows, x = rows + 1, 0
            x += width + paint.px(PAD)
        return paint.paragraph_height(self.words(), inner, BODY) + paint.px(WIDE) + rows * paint.px(44)


def dialog_box(desk: Desk, title: str, width: int, height: int) -> tuple[pygame.Rect, pygame.Rect]:
    """A box in the middle with a title, over a dimmed page: the room inside, and the box."""
    paint = desk.paint
    whole = paint.surface.get_rect()
    paint.veil(whole, paint.theme.shade, 150)
    head, pad = paint.px(46), paint.px(WIDE)
    box = pygame.Rect(0, 0, min(width, whole.width - 2 * pad), min(height + head + pad, whole.height - 2 * pad))
    box.center = whole.center
    paint.panel(box, paint.theme.panel, paint.theme.line, radius=10)
    paint.text(title, (box.x + pad, box.y + paint.px(12)), LARGE, bold=True, width=box.width - 2 * pad)
    return pygame.Rect(box.x + pad, box.y + head, box.width - 2 * pad, box.height - head - pad), box


def draw_notice(desk: Desk) -> None:
    """The line over everything, while it is to be seen."""
    if not desk.notice or desk.clock() > desk.notice_until:
        desk.notice = ""
        return
    paint = desk.paint
    whole = paint.surface.get_rect()
    width = min(paint.text_width(desk.notice, BODY) + 1, whole.width - paint.px(80))
    height = paint.paragraph_height(desk.notice, width, BODY)
    box = pygame.Rect(0, 0, width + 2 * paint.px(WIDE), height + 2 * paint.px(PAD))
    box.midtop = (whole.centerx, paint.px(62))
    paint.panel(box, paint.theme.text, radius=9)
    inner = box.inflate(-2 * paint.px(WIDE), -2 * paint.px(PAD))
    paint.paragraph(desk.notice, inner, BODY, paint.theme.ground)
