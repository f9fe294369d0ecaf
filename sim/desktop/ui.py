"""Ui: the controls of the window. Each frame a screen says what is there and is told what was pressed.

Nothing is kept between frames but what a person would call the state of a control: which one has the keyboard, how far
a list is scrolled, what stands in a field. So language, theme and size may change between any two frames.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import pygame

from sim.desktop.key import Keys
from sim.desktop.paint import Paint
from sim.desktop.theme import BODY, GAP, PAD, SMALL, Colour, mixed
from sim.seat.voice import Say

TOOLTIP_S = 0.4
PAGE = 0.85
"""So much of what is in sight a page key turns."""
TOOLTIP_FOR_S = 12.0
"""So long a tooltip stays over what it covers, while the pointer rests."""
CHOSEN = 0.22
"""How much of the accent a chosen control has in its ground."""
NOTHING = pygame.Rect(0, 0, 0, 0)


@dataclass(slots=True)
class Input:
    """What happened since the last frame."""

    commands: list[str] = field(default_factory=list)
    """Commands whose keys were pressed."""
    keys: list[str] = field(default_factory=list)
    """Names of the keys pressed."""
    text: str = ""
    """What was typed into a field."""
    composing: str = ""
    """What an input method is still putting together."""
    pointer: tuple[int, int] = (-1, -1)
    down: bool = False
    """The left button has just been pressed."""
    up: bool = False
    right: bool = False
    held: bool = False
    moved: tuple[int, int] = (0, 0)
    wheel: int = 0
    away: bool = False
    """The window has just lost the keyboard to another."""
    step: tuple[int, int] = (0, 0)
    """Arrow keys or the gamepad's stick: across, down."""


@dataclass(slots=True)
class _Spot:
    name: str
    rect: pygame.Rect


@dataclass(slots=True)
class _Field:
    caret: int = 0


class Ui:
    """One window's controls."""

    def __init__(self, paint: Paint, say: Say, keys: Keys, clock: Callable[[], float] = time.monotonic) -> None:
        """Controls drawn by `paint`, speaking by `say`, answering to `keys`."""
        self.paint = paint
        self.say = say
        self.keys = keys
        self.input = Input()
        self.focus = ""
        """Name of the control that has the keyboard."""
        self.typing = False
        """True while a text field has the keyboard, so that letters are text and no commands."""
        self.typing_at = NOTHING
        self.inert = False
        """True while what is drawn lies under a dialog: it can be seen and does nothing."""
        self.show_focus = False
        """The ring is shown once the keyboard has been used."""
        self._clock = clock
        self._spots: list[_Spot] = []
        self._last: list[_Spot] = []
        self._pressed = ""
        self._fields: dict[str, _Field] = {}
        self._scrolls: dict[str, float] = {}
        self._lengths: dict[str, int] = {}
        self._seeking = False
        self._clicked = ""
        """Name of the control the mouse pressed last, until the keyboard moves on."""
        self._over = ""
        self._over_since = 0.0
        self._tip: tuple[str, pygame.Rect] | None = None
        self.hushed = False
        """No tooltip until somebody does something: a page has just come up under a resting pointer."""
        self._scroll_now = ""
        self._grabbed: tuple[str, float] | None = None
        self._was_typing = False
        self.keeps_sideways = False
        """A page that has its own use for left and right says so in every frame."""
        self._kept = False
        self._sliders: set[str] = set()

    # ---- one frame

    def begin(self, given: Input) -> None:
        """Takes in what happened; call it before anything is drawn."""
        self.input = given
        self._spots = []
        self._tip = None
        if any(given.moved) or any(given.step) or given.keys or given.down:
            self.hushed = False
        self._was_typing, self.typing = self.typing, False
        self._seeking = False
        sliding = self.focus in self._sliders
        if (self.keeps_sideways or sliding) and given.step[0]:
            given.step = given.step if sliding else (0, 0)
            self._kept = True
        else:
            self._kept = False
        self.keeps_sideways = False
        self._sliders.clear()
        if given.down or given.wheel:
            self.show_focus = False
        self._move_focus()

    def _move_focus(self) -> None:
        names = [s.name for s in self._last]
        step = self.take("next") - self.take("previous")
        if step and names:
            at = names.index(self.focus) if self.focus in names else (-1 if step > 0 else 0)
            self.focus = names[(at + step) % len(names)]
            self.show_focus = self._seeking = True
            self._clicked = ""
        elif any(self.input.step) and not (self._was_typing or self._kept) and self.show_focus:
            self._step_focus(*self.input.step)

    def _step_focus(self, dx: int, dy: int) -> None:
        """On to the nearest control in that direction."""
        here = next((s.rect for s in self._last if s.name == self.focus), None)
        if here is None:
            return
        best, least = "", 1e9
        for spot in self._last:
            x, y = spot.rect.centerx - here.centerx, spot.rect.centery - here.centery
            along, across = (x * dx, abs(y)) if dx else (y * dy, abs(x))
            if along > 2 and along + 2.5 * across < least:
                best, least = spot.name, along + 2.5 * across
        if best:
            self.focus = best
            self._seeking = True
            self._clicked = ""

    def end(self) -> None:
        """Draws what lies over everything: the tooltip. Call it last; what stood in this frame is what stands now."""
        self._last = self._spots
        names = {s.name for s in self._spots}
        if self.focus not in names and not self.inert:
            self.focus = self.focus if self.typing else ""
        if not self.input.held:
            self._pressed = ""
            self._grabbed = None
        if self._tip is None or self.hushed:
            self._over = ""
            return
        text, rect = self._tip
        if self._over != text:
            self._over, self._over_since = text, self._clock()
        if TOOLTIP_S <= self._clock() - self._over_since < TOOLTIP_FOR_S:
            self._draw_tip(text, rect)

    @property
    def waits(self) -> bool:
        """True while a tooltip is about to appear, so another frame is needed."""
        return bool(self._over) and self._clock() - self._over_since < TOOLTIP_S + 0.1

    def take(self, command: str) -> bool:
        """True once when the key of this command was pressed in this frame; nobody else hears of it then."""
        if command in self.input.commands:
            self.input.commands.remove(command)
            return True
        return False

    def pressed(self, command: str) -> bool:
        """`take`, but nothing while a dialog lies over what asks."""
        return not self.inert and self.take(command)

    @property
    def nothing_pressed(self) -> bool:
        """True while no control has the mouse, so a press belongs to what lies behind the controls."""
        return not self._pressed and self._grabbed is None

    def where(self, name: str) -> pygame.Rect | None:
        """Where a control stood in the last whole frame; None when it was not there."""
        return next((s.rect for s in (*self._spots, *self._last) if s.name == name), None)

    # ---- places

    def px(self, size: float) -> int:
        """Units in pixels."""
        return self.paint.px(size)

    def over(self, rect: pygame.Rect) -> bool:
        """True when the pointer is on the visible part of this rectangle."""
        return not self.inert and rect.clip(self.paint.surface.get_clip()).collidepoint(self.input.pointer)

    def _register(self, name: str, rect: pygame.Rect) -> bool:
        """A control that can have the keyboard; True when it has."""
        if self.inert:
            return False
        self._spots.append(_Spot(name, rect.copy()))
        if self.focus == name and self._seeking and self._scroll_now:
            self._bring(rect)
        return self.focus == name

    def _bring(self, rect: pygame.Rect) -> None:
        clip = self.paint.surface.get_clip()
        shift = 0
        if rect.bottom > clip.bottom:
            shift = rect.bottom - clip.bottom + self.px(PAD)
        if rect.top - shift < clip.top:
            shift = rect.top - clip.top - self.px(PAD)
        self._scrolls[self._scroll_now] = max(0.0, self._scrolls.get(self._scroll_now, 0.0) + shift)

    def hot(self, name: str, rect: pygame.Rect, tip: str = "", *, enabled: bool = True) -> bool:
        """Makes a rectangle a control: True in the frame in which it is pressed, by mouse or keyboard."""
        focused = self._register(name, rect)
        over = self.over(rect)
        if tip and (over or (focused and self.show_focus)):
            self._tip = (tip, rect)
        done = False
        if over and self.input.down:
            self._pressed = name
            self.focus = self._clicked = name
        if over and self.input.up and self._pressed == name:
            done = True
        # What the mouse pressed last is not what Enter is meant for: the page's own Enter is.
        if focused and not self.typing and name != self._clicked and self.take("confirm"):
            done = True
        return done and enabled

    def tip(self, text: str, near: pygame.Rect) -> None:
        """Explains what the pointer is on, after a moment."""
        self._tip = (text, near.copy())

    def ring(self, name: str, rect: pygame.Rect) -> None:
        """The ring round the control that has the keyboard."""
        if self.focus == name and self.show_focus and not self.inert:
            out = rect.inflate(self.px(4), self.px(4))
            pygame.draw.rect(
                self.paint.surface, self.paint.theme.accent, out, max(2, self.px(2)), border_radius=self.px(9)
            )

    # ---- controls

    def button(
        self,
        name: str,
        rect: pygame.Rect,
        text: str,
        tip: str = "",
        *,
        command: str = "",
        chosen: bool = False,
        primary: bool = False,
        enabled: bool = True,
        size: float = BODY,
        icon: str = "",
        colour: Colour | None = None,
    ) -> bool:
        """A button; `command` is a key that presses it too and is named in its tooltip."""
        theme = self.paint.theme
        if command:
            tip = f"{tip or text}  [{self.keys.shown(command)}]"
        done = self.hot(name, rect, tip, enabled=enabled)
        if command and enabled and self.pressed(command):
            done = True
        strong = primary and enabled
        fill = theme.accent if strong else mixed(theme.raised, theme.accent, CHOSEN) if chosen else theme.raised
        if enabled and self.over(rect):
            fill = mixed(fill, theme.text, 0.12) if strong or chosen else theme.hover
        ink = theme.on_accent if strong else (colour or theme.text) if enabled else theme.muted
        edge = None if strong else theme.accent if chosen and enabled else theme.line
        self.paint.panel(rect, fill if enabled else theme.panel, edge)
        if chosen and enabled:
            # What is chosen is not what comes next: an edge and a bar instead of the full colour.
            bar = pygame.Rect(rect.x + self.px(6), rect.bottom - self.px(4), rect.width - 2 * self.px(6), self.px(2))
            self.paint.surface.fill(theme.accent, bar)
        side = self.px(size) if icon else 0
        room = rect.width - 2 * self.px(PAD) - (side + self.px(GAP) if icon and text else 0)
        width = min(room, self.paint.text_width(text, size, bold=primary)) if text else 0
        total = width + (side + (self.px(GAP) if text else 0) if icon else 0)
        x = rect.centerx - total / 2
        if icon:
            self.paint.shape(icon, (x + side / 2, rect.centery), side * 0.8, ink)
            x += side + self.px(GAP)
        if text:
            y = rect.centery - self.paint.line_height(size) / 2
            self.paint.text(text, (x, y), size, ink, bold=primary, width=max(1, room))
        self.ring(name, rect)
        return done

    def button_width(self, text: str, size: float = BODY, *, icon: bool = False, bold: bool = False) -> int:
        """Pixels a button needs for its words."""
        extra = self.px(size) + self.px(GAP) if icon else 0
        return self.paint.text_width(text, size, bold=bold) + 2 * self.px(PAD) + extra + self.px(GAP)

    def toggle(self, name: str, rect: pygame.Rect, text: str, tip: str = "", *, on: bool) -> bool:
        """A switch with its words; returns how it stands now."""
        theme = self.paint.theme
        if self.hot(name, rect, tip):
            on = not on
        height = self.px(18)
        track = pygame.Rect(rect.x, rect.centery - height // 2, self.px(34), height)
        self.paint.panel(track, theme.accent if on else theme.raised, None if on else theme.line, radius=9)
        knob = (track.right - height / 2 if on else track.x + height / 2, track.centery)
        self.paint.shape("disc", knob, height * 0.66, theme.on_accent if on else theme.muted)
        y = rect.centery - self.paint.line_height(BODY) / 2
        self.paint.text(text, (track.right + self.px(PAD), y), BODY, width=rect.right - track.right - self.px(PAD))
        self.ring(name, rect)
        return on

    def choice(self, name: str, rect: pygame.Rect, options: Sequence[tuple[str, str]], now: str, tip: str = "") -> str:
        """Buttons side by side of which one is chosen: (value, words); returns the value chosen now."""
        gap = self.px(GAP)
        x = float(rect.x)
        for (value, text), width in zip(options, self._shares(rect.width, options), strict=True):
            part = pygame.Rect(round(x), rect.y, round(width), rect.height)
            cut = text if self.button_width(text) > part.width else ""
            if self.button(f"{name}:{value}", part, text, tip or cut, chosen=value == now):
                now = value
            x += width + gap
        return now

    def _shares(self, width: int, options: Sequence[tuple[str, str]]) -> list[float]:
        """How wide each of these buttons is: all the same, unless one needs more for its words."""
        room = width - self.px(GAP) * (len(options) - 1)
        even = room / max(1, len(options))
        needs = [self.button_width(text) for _, text in options]
        if max(needs, default=0) <= even or sum(needs) <= 0:
            return [even] * len(options)
        spare = (room - sum(needs)) / len(options)
        return [need + spare for need in needs] if spare >= 0.0 else [room * need / sum(needs) for need in needs]

    def slider(self, name: str, rect: pygame.Rect, value: float, low: float, high: float, step: float) -> float:
        """A value on a line, moved by dragging, clicking or with the arrow keys; returns it."""
        theme = self.paint.theme
        focused = self._register(name, rect)
        self._sliders.add(name)
        if self.over(rect) and self.input.down:
            self._pressed = self.focus = name
        if self._pressed == name and (self.input.held or self.input.down):
            share = (self.input.pointer[0] - rect.x) / max(1, rect.width)
            value = low + round(max(0.0, min(1.0, share)) * (high - low) / step) * step
        if focused and self.show_focus and self.input.step[0]:
            value += step * self.input.step[0]
            self.input.step = (0, 0)
        value = max(low, min(high, value))
        middle, thick = rect.centery, self.px(4)
        self.paint.panel(pygame.Rect(rect.x, middle - thick // 2, rect.width, thick), theme.line, radius=2)
        x = rect.x + (value - low) / (high - low) * rect.width
        done = pygame.Rect(rect.x, middle - thick // 2, round(x - rect.x), thick)
        self.paint.panel(done, theme.accent, radius=2)
        self.paint.shape("disc", (x, middle), self.px(16), theme.accent, theme.panel)
        self.ring(name, rect)
        return value

    def field(self, name: str, rect: pygame.Rect, text: str, hint: str = "", *, most: int = 400) -> str:
        """A line of text that can be typed into; returns what stands in it."""
        theme = self.paint.theme
        focused = self._register(name, rect)
        over = self.over(rect)
        if over and self.input.down:
            self.focus, focused = name, True
        state = self._fields.setdefault(name, _Field(len(text)))
        state.caret = min(state.caret, len(text))
        active = focused and not self.inert
        if active:
            self.typing = True
            text = self._type_into(state, text, most)
            self.typing_at = rect
        self.paint.panel(rect, theme.ground, theme.accent if active else theme.line)
        inner = rect.inflate(-2 * self.px(PAD), 0)
        pixels = self.paint.text_px(BODY)
        y = rect.centery - self.paint.line_height(BODY) / 2
        before = text[: state.caret] + (self.input.composing if active else "")
        shown = before + text[state.caret :]
        caret = self.paint.type.width(before, pixels) if before else 0
        caret += self.paint.type.width(" ", pixels) if before.endswith(" ") else 0
        shift = max(0, caret - inner.width + self.px(2)) if active else 0
        clip = self.paint.surface.get_clip()
        self.paint.surface.set_clip(inner.inflate(self.px(2), 0).clip(clip))
        if shown:
            drawn = self.paint.type.font(pixels).render(shown, True, theme.text)
            self.paint.surface.blit(drawn, (inner.x - shift, rect.centery - drawn.get_height() / 2))
        elif hint:
            self.paint.text(hint, (inner.x, y), BODY, theme.muted, width=inner.width)
        if active and int(self._clock() * 2) % 2 == 0:
            x = inner.x + caret - shift
            pygame.draw.line(
                self.paint.surface, theme.text, (x, rect.centery - pixels * 0.6), (x, rect.centery + pixels * 0.6),
                max(1, self.px(1.5)),
            )  # fmt: skip
        self.paint.surface.set_clip(clip)
        return text

    def _type_into(self, state: _Field, text: str, most: int) -> str:
        at = state.caret
        typed = "".join(c for c in self.input.text if c.isprintable())[: max(0, most - len(text))]
        if typed:
            text = text[:at] + typed + text[at:]
            at += len(typed)
        for key in self.input.keys:
            if key == "backspace" and at:
                text, at = text[: at - 1] + text[at:], at - 1
            elif key == "delete":
                text = text[:at] + text[at + 1 :]
            elif key in {"left", "right"}:
                at = max(0, min(len(text), at + (1 if key == "right" else -1)))
            elif key in {"home", "end"}:
                at = 0 if key == "home" else len(text)
        state.caret = at
        return text

    # ---- lists

    @contextmanager
    def scroll(self, name: str, rect: pygame.Rect, *, paged: bool = False) -> Iterator["Scroll"]:
        """A part that can be scrolled: draw at `y` downwards and say with `reach` how far down it went.

        `paged`: the keys that zoom a map turn its pages, for a page that has no map.
        """
        surface = self.paint.surface
        clip, outer = surface.get_clip(), self._scroll_now
        length = self._lengths.get(name, 0)
        most = max(0, length - rect.height)
        at = min(float(most), self._scrolls.get(name, 0.0))
        if self.over(rect) and self.input.wheel:
            at -= self.input.wheel * self.px(48)
            self.input.wheel = 0
        if paged and not self.inert:
            # Not taken: two lists side by side turn together.
            turned = ("farther" in self.input.commands) - ("closer" in self.input.commands)
            at += turned * rect.height * PAGE
        bar = most > 0
        if bar:
            at = self._drag_bar(name, rect, at, most, length)
        at = max(0.0, min(float(most), at))
        self._scrolls[name] = at
        width = rect.width - (self.px(12) if bar else 0)
        area = Scroll(rect.x, rect.y - round(at), width, rect.y - round(at))
        surface.set_clip(rect.clip(clip))
        self._scroll_now = name
        yield area
        self._lengths[name] = area.bottom - (rect.y - round(at))
        self._scroll_now = outer
        surface.set_clip(clip)
        if bar:
            theme = self.paint.theme
            size = max(self.px(24), round(rect.height * rect.height / max(1, length)))
            y = rect.y + round((rect.height - size) * at / most)
            thumb = pygame.Rect(rect.right - self.px(7), y, self.px(6), size)
            self.paint.panel(thumb, theme.muted if self.over(thumb.inflate(8, 0)) else theme.line, radius=3)

    def _drag_bar(self, name: str, rect: pygame.Rect, at: float, most: int, length: int) -> float:
        track = pygame.Rect(rect.right - self.px(12), rect.y, self.px(12), rect.height)
        if self.over(track) and self.input.down:
            self._grabbed = (name, 0.0)
        if self._grabbed and self._grabbed[0] == name and self.input.held:
            share = (self.input.pointer[1] - rect.y) / max(1, rect.height)
            return share * length - rect.height / 2
        return at

    def length_of(self, name: str) -> int:
        """Pixels a list took when it was drawn last, in sight or not."""
        return self._lengths.get(name, 0)

    def scroll_to(self, name: str, offset: float) -> None:
        """Scrolls a list so many pixels from its top."""
        self._scrolls[name] = offset

    # ---- over everything

    def _draw_tip(self, text: str, near: pygame.Rect) -> None:
        paint, theme = self.paint, self.paint.theme
        screen = paint.surface.get_rect()
        width = min(self.px(340), max(paint.text_width(line, SMALL) for line in text.split("\n")) + 2)
        height = paint.paragraph_height(text, width, SMALL)
        box = pygame.Rect(0, 0, width + 2 * self.px(PAD), height + 2 * self.px(6))
        box.midtop = (near.centerx, near.bottom + self.px(6))
        gap = self.px(8)
        if near.width > self.px(200) and near.left - gap - box.width > 0:
            # Beside what is wide, so that the next line of a list stays in sight.
            box.midright = (near.left - gap, near.centery)
        elif box.bottom > screen.bottom:
            box.bottom = near.top - self.px(6)
        box.clamp_ip(screen)
        paint.panel(box, theme.text)
        paint.paragraph(text, box.inflate(-2 * self.px(PAD), -2 * self.px(6)), SMALL, theme.ground)


@dataclass(slots=True)
class Scroll:
    """The inside of a scrolled part."""

    x: int
    y: int
    width: int
    bottom: int

    def at(self, y: int) -> pygame.Rect:
        """The full width from here down, for something of a height still unknown."""
        return pygame.Rect(self.x, y, self.width, 0)

    def reach(self, y: int) -> None:
        """Something was drawn down to here."""
        self.bottom = max(self.bottom, y)
