"""Window: opens, turns what pygame says into what the controls understand, draws page after page, and closes."""

import contextlib
import gc
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pygame

from sim.core.errors import CommonGroundError
from sim.desktop.gamepad import Gamepad
from sim.desktop.key import Keys, spell
from sim.desktop.office import Office
from sim.desktop.pages import AllPages
from sim.desktop.paint import Paint
from sim.desktop.preference import SCALES
from sim.desktop.screen import Desk, Screen, draw_notice
from sim.desktop.sound import Sound
from sim.desktop.theme import PALETTES
from sim.desktop.type import Type
from sim.desktop.ui import Input, Ui
from sim.seat.voice import Voice

LEAST = (1024, 640)
FPS = 60
IDLE_MS = 120
"""So long nothing may happen before an idle page is drawn again."""
SHARE = 0.8
"""Of the screen, when the window is opened for the first time."""
WHILE_TYPING = {"escape", "tab", "shift+tab", "return"}
"""Keys that stay commands while a field has the keyboard, besides those with Ctrl or Alt and F1 to F12."""
PAINTED_BLIND = {"dummy", "offscreen"}


def can_open() -> bool:
    """True where there is a screen to open a window on."""
    if not hasattr(pygame, "display"):
        return False
    was_open = pygame.display.get_init()
    try:
        pygame.display.init()
        found = pygame.display.get_driver() not in PAINTED_BLIND or "SDL_VIDEODRIVER" in os.environ
    except pygame.error:
        return False
    if not was_open:
        pygame.display.quit()
    return found


def is_whole() -> bool:
    """False when pygame and pygame-ce were installed over each other and one was removed."""
    return hasattr(pygame, "init") and hasattr(pygame, "display")


def icon() -> pygame.Surface:
    """The window's sign: people round open ground."""
    theme = PALETTES["dark", "standard"]
    drawn = pygame.Surface((64, 64), pygame.SRCALPHA)
    pygame.draw.rect(drawn, theme.panel, drawn.get_rect(), border_radius=14)
    pygame.draw.circle(drawn, theme.accent, (32, 32), 13, 4)
    for x, y in ((32, 9), (49, 17), (55, 34), (47, 50), (30, 55), (14, 47), (9, 30), (16, 15)):
        pygame.draw.circle(drawn, theme.text, (x, y), 4)
    return drawn


class Window:
    """The one window. Use it as a context; `run` returns when it is closed."""

    def __init__(
        self,
        office: Office,
        *,
        first: Callable[[Desk], Iterable[Screen]],
        clock: Callable[[], float] = time.monotonic,
        size: tuple[int, int] | None = None,
    ) -> None:
        """Opens at the size it had last, or four fifths of the screen; `first` gives the pages to begin with."""
        preferences = office.preferences()
        self._prepare(sounding=preferences.sound > 0.0)
        self._clock = clock
        self._size = size or self._opening_size(preferences.window)
        self._full = False
        pygame.display.set_icon(icon())
        self.surface = pygame.display.set_mode(self._size, pygame.RESIZABLE)
        pygame.display.set_caption("Common Ground")
        pygame.key.set_repeat(350, 60)
        pygame.key.stop_text_input()
        language = preferences.language or office.system_language()
        voice = Voice(office.speech(language), {"en": office.speech("en"), "zh": office.speech("zh")})  # type: ignore[arg-type]
        keys = Keys(preferences.keys)
        self._type = Type(office.fonts)
        paint = Paint(self.surface, PALETTES["dark", "standard"], self._type, 1.0)
        sound = Sound({"overall": preferences.sound, "murmur": preferences.murmur, "alert": preferences.alert})
        ui = Ui(paint, voice, keys, clock)
        self.desk = Desk(ui, paint, voice, office, preferences, keys, sound, AllPages(), self._changed, clock=clock)
        self._gamepad = Gamepad()
        self._typing = False
        self._frames: list[float] = []
        self._changed(keep=False)
        for screen in first(self.desk):
            self.desk.screens.append(screen)

    @staticmethod
    def _prepare(*, sounding: bool) -> None:
        os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
        os.environ.setdefault("SDL_IME_SHOW_UI", "1")
        if not sounding:
            os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
        pygame.display.init()
        pygame.font.init()

    @staticmethod
    def _opening_size(kept: tuple[int, int]) -> tuple[int, int]:
        try:
            wide, high = pygame.display.get_desktop_sizes()[0]
        except (pygame.error, IndexError):
            wide, high = 1280, 720
        size = kept if min(kept) > 0 else (round(wide * SHARE), round(high * SHARE))
        return max(LEAST[0], min(size[0], max(wide, LEAST[0]))), max(LEAST[1], min(size[1], max(high, LEAST[1])))

    # ---- preferences

    def _changed(self, *, keep: bool = True) -> None:
        """Everything a person chose takes effect now."""
        desk, wishes = self.desk, self.desk.preferences
        theme = "light" if wishes.projector else wishes.theme
        paint = desk.paint
        paint.surface = self.surface
        paint.theme = PALETTES[theme, wishes.palette]
        paint.scale = wishes.size_for(self.surface.get_height())
        paint.thick = 1.8 if wishes.projector else 1.0
        desk.sound.set_volumes({"overall": wishes.sound, "murmur": wishes.murmur, "alert": wishes.alert})
        if wishes.language and desk.voice.language != wishes.language:
            desk.voice.switch()
        if keep:
            wishes.keys = desk.keys.changed()
            with contextlib.suppress(CommonGroundError):
                desk.office.keep_preferences(wishes)

    # ---- the loop

    def run(self) -> None:
        """Until the window is closed. What is open is left properly, whatever happens."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 50)
        pace = pygame.time.Clock()
        while not self.desk.quitting and self.desk.screens:
            busy = self.desk.screens[-1].busy or self.desk.ui.waits or bool(self.desk.notice) or self._typing
            events = pygame.event.get() if busy else [pygame.event.wait(IDLE_MS), *pygame.event.get()]
            self.frame([e for e in events if e.type != pygame.NOEVENT])
            pace.tick(FPS)

    def frame(self, events: Iterable[pygame.event.Event] = ()) -> None:
        """One frame: takes the events in, draws, shows."""
        desk, ui = self.desk, self.desk.ui
        given = self._read(events)
        if desk.quitting:
            return
        ui.begin(given)
        self._common(given)
        self.surface.set_clip(None)
        self.surface.fill(desk.paint.theme.ground)
        ui.inert = False
        try:
            desk.screens[-1].frame(desk)
        except CommonGroundError as wrong:
            self.surface.set_clip(None)
            if len(desk.screens) > 1:
                desk.pop()
            desk.tell(desk.voice(wrong.phrase), 10.0)
        self.surface.set_clip(None)
        draw_notice(desk)
        ui.end()
        if desk.preferences.projector:
            self._halo(given)
        pygame.display.flip()
        self._mind_typing()

    def _common(self, given: Input) -> None:
        """What works on every page."""
        desk = self.desk
        take = desk.ui.take
        if take("full_screen"):
            self._switch_full()
        if take("screenshot"):
            self.screenshot()
        if take("mute"):
            desk.tell(desk.voice("Sound off") if desk.sound.mute() else desk.voice("Sound on"))
        for name, step in (("larger", 1), ("smaller", -1)):
            if take(name):
                desk.preferences.scale = max(SCALES[0], min(SCALES[1], round(desk.paint.scale + step * 0.1, 2)))
                self._changed()
        if take("usual_size"):
            desk.preferences.scale = 0.0
            self._changed()

    def _halo(self, given: Input) -> None:
        paint = self.desk.paint
        paint.shape("ring", given.pointer, paint.px(46), paint.theme.accent)

    def screenshot(self) -> Path:
        """Saves what is shown and says where."""
        path = self.desk.office.picture_file()
        pygame.image.save(self.surface, path)
        self.desk.tell(self.desk.voice("Saved {file}", file=str(path)))
        return path

    def _switch_full(self) -> None:
        self._full = not self._full
        if self._full:
            self._size = self.surface.get_size()
            self.surface = pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        else:
            self.surface = pygame.display.set_mode(self._size, pygame.RESIZABLE)
        self._changed(keep=False)

    def _mind_typing(self) -> None:
        """Text input is on only while a field has the keyboard; else letters would arrive twice."""
        ui = self.desk.ui
        if ui.typing and not self._typing:
            pygame.key.start_text_input()
        elif not ui.typing and self._typing:
            pygame.key.stop_text_input()
        if ui.typing:
            pygame.key.set_text_input_rect(ui.typing_at)
        self._typing = ui.typing

    # ---- events

    def _read(self, events: Iterable[pygame.event.Event]) -> Input:
        given = Input(pointer=pygame.mouse.get_pos(), held=pygame.mouse.get_pressed()[0])
        for event in events:
            if event.type == pygame.QUIT:
                self.desk.quitting = True
            elif event.type == pygame.KEYDOWN:
                self._key(event, given)
            elif event.type in {pygame.TEXTINPUT, pygame.TEXTEDITING}:
                self._text(event, given)
            elif event.type in {pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP, pygame.MOUSEMOTION, pygame.MOUSEWHEEL}:
                self._mouse(event, given)
            elif event.type == pygame.VIDEORESIZE:
                self._resized()
            elif event.type == pygame.WINDOWFOCUSLOST:
                given.away = True
            else:
                given.commands.extend(self._gamepad.feed(event))
        step = self._gamepad.step(self._clock())
        if any(step):
            given.step = step
            self.desk.ui.show_focus = True
        return given

    def _resized(self) -> None:
        if self._full:
            return
        self.surface = pygame.display.get_surface() or self.surface
        wide, high = self.surface.get_size()
        if wide < LEAST[0] or high < LEAST[1]:
            size = max(wide, LEAST[0]), max(high, LEAST[1])
            self.surface = pygame.display.set_mode(size, pygame.RESIZABLE)
        self._changed(keep=False)

    def _key(self, event: pygame.event.Event, given: Input) -> None:
        name = spell(event.key, event.mod, getattr(event, "scancode", 0), getattr(event, "unicode", ""))
        if not name:
            return
        given.keys.append(name)
        plain = name.rsplit("+", 1)[-1] if len(name) > 1 else name
        special = name in WHILE_TYPING or "ctrl+" in name or "alt+" in name or (plain[0] == "f" and plain[1:].isdigit())
        if self._typing and not special:
            return
        given.commands.extend(self.desk.keys.commands(name))
        steps = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
        if name in steps and not self._typing:
            given.step = steps[name]
            self.desk.ui.show_focus = True

    @staticmethod
    def _text(event: pygame.event.Event, given: Input) -> None:
        if event.type == pygame.TEXTINPUT:
            given.text += event.text
        else:
            given.composing = event.text

    @staticmethod
    def _mouse(event: pygame.event.Event, given: Input) -> None:
        if event.type == pygame.MOUSEWHEEL:
            given.wheel += event.y
            return
        given.pointer = event.pos
        if event.type == pygame.MOUSEMOTION:
            given.moved = given.moved[0] + event.rel[0], given.moved[1] + event.rel[1]
        elif event.button == 1:
            down = event.type == pygame.MOUSEBUTTONDOWN
            given.down, given.up = given.down or down, given.up or not down
            given.held = given.held or down
        elif event.button == 3 and event.type == pygame.MOUSEBUTTONDOWN:
            given.right = True

    # ---- the end

    def close(self) -> None:
        """Leaves every page, keeps the preferences, gives everything back."""
        desk = self.desk
        while desk.screens:
            desk.screens.pop().leave()
        if not self._full:
            desk.preferences.window = self.surface.get_size()
        self._changed()
        desk.sound.close()
        self._gamepad.close()
        self._type.close()
        pygame.font.quit()
        pygame.display.quit()
        gc.unfreeze()

    def __enter__(self) -> "Window":
        """Open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closed, whatever happened."""
        self.close()
