"""Settings: one page on which everything a person may choose takes effect at once."""

from dataclasses import dataclass

import pygame

from sim.desktop.key import COMMANDS, Keys
from sim.desktop.preference import SCALES, Preferences
from sim.desktop.screen import Desk, Still, top_bar
from sim.desktop.theme import BODY, LARGE, PAD, SMALL, WIDE
from sim.seat.run import SPEEDS

MODIFIERS = {"shift", "ctrl", "alt"}


@dataclass(slots=True)
class Settings(Still):
    """The page."""

    _catching: str = ""
    """Command whose new key is waited for."""
    _told: str = ""

    def frame(self, desk: Desk) -> None:
        """What can be chosen on the left, keys on the right; one below the other in a narrow window."""
        if self._catching:
            self._catch(desk)
        body, back = top_bar(desk, desk.voice("Settings"), back=desk.voice("Back"))
        if back:
            desk.pop()
            return
        pad = desk.paint.px(WIDE)
        inner = body.inflate(-2 * pad, -2 * pad)
        half = (inner.width - pad) // 2
        with desk.ui.scroll("settings", pygame.Rect(inner.x, inner.y, half, inner.height), paged=True) as area:
            at = pygame.Rect(area.x, area.y, area.width - desk.paint.px(PAD), 0)
            self._looks(desk, at)
            self._sounds(desk, at)
            self._rest(desk, at)
            area.reach(at.y)
        right = pygame.Rect(inner.x + half + pad, inner.y, half, inner.height)
        with desk.ui.scroll("keys", right, paged=True) as area:
            at = pygame.Rect(area.x, area.y, area.width - desk.paint.px(PAD), 0)
            self._keys(desk, at)
            area.reach(at.y)

    # ---- parts

    @staticmethod
    def _head(desk: Desk, at: pygame.Rect, text: str) -> None:
        desk.paint.text(text, at.topleft, LARGE, bold=True, width=at.width)
        at.y += desk.paint.line_height(LARGE) + desk.paint.px(6)

    @staticmethod
    def _row(desk: Desk, at: pygame.Rect, text: str) -> pygame.Rect:
        """A line with its name; the room for its control on the right."""
        paint = desk.paint
        high = paint.px(34)
        width = round(at.width * 0.4)
        spot = (at.x, at.y + (high - paint.line_height(BODY)) / 2)
        paint.text(text, spot, BODY, width=width - paint.px(PAD))
        room = pygame.Rect(at.x + width, at.y, at.width - width, high)
        at.y += high + paint.px(6)
        return room

    def _looks(self, desk: Desk, at: pygame.Rect) -> None:
        ui, say, wishes = desk.ui, desk.voice, desk.preferences
        before = wishes.as_dict()
        self._head(desk, at, say("How it looks"))
        languages = (("en", "English"), ("zh", "简体中文"))
        wishes.language = ui.choice(
            "language_choice", self._row(desk, at, say("Language")), languages, desk.voice.language
        )
        themes = (("dark", say("dark")), ("light", say("light")))
        wishes.theme = ui.choice("theme", self._row(desk, at, say("Theme")), themes, wishes.theme)
        palettes = (("standard", say("standard")), ("strong", say("strong contrast")))
        wishes.palette = ui.choice("palette", self._row(desk, at, say("Colours")), palettes, wishes.palette)
        self._size(desk, at)
        wishes.projector = self._switch(desk, at, "projector", say("Projector mode"), on=wishes.projector,
                                        tip=say("Light, large and thick, with a ring round the pointer."))  # fmt: skip
        wishes.reduced_motion = self._switch(desk, at, "motion", say("Less motion"), on=wishes.reduced_motion,
                                             tip=say("The map does not follow the crowd by itself."))  # fmt: skip
        at.y += desk.paint.px(WIDE)
        if not before["language"] and wishes.language == desk.voice.language:
            wishes.language = ""  # nobody chose one, so it goes on following the system's
        if wishes.as_dict() != before:
            desk.changed()

    def _switch(self, desk: Desk, at: pygame.Rect, name: str, text: str, tip: str, *, on: bool) -> bool:
        row = pygame.Rect(at.x, at.y, at.width, desk.paint.px(34))
        at.y += desk.paint.px(40)
        return desk.ui.toggle(name, row, text, tip, on=on)

    def _size(self, desk: Desk, at: pygame.Rect) -> None:
        paint, ui, say, wishes = desk.paint, desk.ui, desk.voice, desk.preferences
        now = round(paint.scale * 100)
        row = self._row(desk, at, say("Size: {percent} %", percent=now))
        automatic = say("automatic")
        width = ui.button_width(automatic)
        line = pygame.Rect(row.x + paint.px(PAD), row.y, row.width - width - 3 * paint.px(PAD), row.height)
        value = ui.slider("scale", line, paint.scale, *SCALES, 0.05)
        if abs(value - paint.scale) > 0.024 and not ui.input.held:
            wishes.scale = round(value, 2)
        elif ui.input.up and ui.over(line):
            share = (ui.input.pointer[0] - line.x) / max(1, line.width)
            wishes.scale = round(SCALES[0] + max(0.0, min(1.0, share)) * (SCALES[1] - SCALES[0]), 2)
        spot = pygame.Rect(row.right - width, row.y, width, row.height)
        tip = say("Follows the height of the window.")
        if ui.button("automatic", spot, automatic, tip, chosen=wishes.scale == 0.0):
            wishes.scale = 0.0

    def _sounds(self, desk: Desk, at: pygame.Rect) -> None:
        ui, say, wishes = desk.ui, desk.voice, desk.preferences
        before = wishes.as_dict()
        self._head(desk, at, say("What is heard"))
        off = say("off")
        overall = off if wishes.sound == 0.0 else f"{wishes.sound:.0%}"
        rows = (
            ("sound", say("Sound: {level}", level=overall)),
            ("murmur", say("Crowd: {level}", level=f"{wishes.murmur:.0%}")),
            ("alert", say("Signals: {level}", level=f"{wishes.alert:.0%}")),
        )
        for name, text in rows:
            row = self._row(desk, at, text).inflate(-2 * desk.paint.px(PAD), 0)
            setattr(wishes, name, round(ui.slider(f"volume:{name}", row, getattr(wishes, name), 0.0, 1.0, 0.05), 2))
        if desk.sound.problem and wishes.sound > 0.0:
            text = say("No sound here: {why}", why=desk.sound.problem)
            at.y += desk.paint.paragraph(text, at, SMALL, desk.paint.theme.warn)
        text = say("Whatever is heard also stands on the screen in words.")
        at.y += desk.paint.paragraph(text, at, SMALL, desk.paint.theme.muted) + desk.paint.px(WIDE)
        if wishes.as_dict() != before:
            desk.changed()

    def _rest(self, desk: Desk, at: pygame.Rect) -> None:
        paint, ui, say, wishes = desk.paint, desk.ui, desk.voice, desk.preferences
        self._head(desk, at, say("Otherwise"))
        speeds = [(f"{s:g}", f"{s:g}x") for s in SPEEDS]
        chosen = ui.choice("speed", self._row(desk, at, say("Usual speed")), speeds, f"{wishes.speed:g}")
        if float(chosen) != wishes.speed:
            wishes.speed = float(chosen)
            desk.changed()
        paint.text(say("Runs, results and settings are kept in"), at.topleft, BODY, width=at.width)
        at.y += paint.line_height(BODY)
        at.y += paint.paragraph(str(desk.office.home), at, BODY, paint.theme.accent)
        note = say("Another folder: set COMMONGROUND_HOME before starting.")
        at.y += paint.paragraph(note, at, SMALL, paint.theme.muted) + paint.px(PAD)
        text = say("Reset all settings")
        spot = pygame.Rect(at.x, at.y, ui.button_width(text) + paint.px(PAD), paint.px(36))
        if ui.button("reset", spot, text):
            self._reset(desk)
        at.y += paint.px(44)

    @staticmethod
    def _reset(desk: Desk) -> None:
        usual, kept = Preferences(), desk.preferences
        for name, value in usual.as_dict().items():
            if name not in {"window", "scenario", "language"}:
                setattr(kept, name, value)
        for name in COMMANDS:
            desk.keys.bind(name, COMMANDS[name][1])
        desk.changed()

    # ---- keys

    def _keys(self, desk: Desk, at: pygame.Rect) -> None:
        paint, ui, say = desk.paint, desk.ui, desk.voice
        self._head(desk, at, say("Keys"))
        text = self._told or say("Press a line, then the key it shall have. Esc leaves it as it is.")
        at.y += paint.paragraph(text, at, SMALL, paint.theme.accent if self._told else paint.theme.muted) + paint.px(6)
        high = paint.px(30)
        for name, (words, usual) in COMMANDS.items():
            rect = pygame.Rect(at.x, at.y, at.width, high)
            if ui.hot(f"key:{name}", rect, say("Usually {key}", key=Keys().shown(name))):
                self._catching, self._told = name, ""
            catching = self._catching == name
            if catching or ui.over(rect):
                paint.panel(rect, paint.theme.raised, paint.theme.accent if catching else None)
            y = rect.centery - paint.line_height(BODY) / 2
            key = say("press a key") if catching else desk.keys.shown(name)
            width = paint.text_width(key, BODY, bold=True)
            ink = paint.theme.text if desk.keys.of(name) == usual else paint.theme.accent
            paint.text(key, (rect.right - paint.px(PAD), y), BODY, ink, bold=True, align=1.0)
            paint.text(say(words), (rect.x + paint.px(PAD), y), BODY, width=rect.width - width - paint.px(WIDE) * 2)
            ui.ring(f"key:{name}", rect)
            at.y = rect.bottom

    def _catch(self, desk: Desk) -> None:
        """Takes the key pressed now for the command that waits for one; no other command hears of it."""
        ui, say = desk.ui, desk.voice
        keys = [k for k in ui.input.keys if k not in MODIFIERS]
        ui.input.commands.clear()
        ui.input.step = (0, 0)
        if not keys:
            return
        name, self._catching = self._catching, ""
        if keys[0] == "escape" and name != "back":
            return
        other = desk.keys.bind(name, keys[0])
        self._told = say("{command} is now {key}.", command=say(COMMANDS[name][0]), key=desk.keys.shown(name))
        if other:
            text = say(
                "{command} has the key it had: {key}.", command=say(COMMANDS[other][0]), key=desk.keys.shown(other)
            )
            self._told += " " + text
        desk.changed()
