"""Help: what this is, how an exercise goes, what the signs mean, and every key as it is now."""

from dataclasses import dataclass

import pygame

from sim.desktop.key import COMMANDS, PAD
from sim.desktop.screen import Desk, Still, top_bar
from sim.desktop.site import LOOK_SHAPES, LOOK_SIZES, MAP_BUTTONS, look_colour
from sim.desktop.strip import STATE_SHAPES, state_colour, state_name
from sim.desktop.theme import BODY, LARGE, SMALL, WIDE
from sim.desktop.theme import PAD as SPACE
from sim.seat.words import GRADES, LOOKS, UNITS

BUTTONS = {0: "A", 1: "B", 2: "X", 3: "Y", 4: "LB", 5: "RB", 6: "Select", 7: "Start"}


@dataclass(slots=True)
class Help(Still):
    """The page of F1."""

    def frame(self, desk: Desk) -> None:
        """Words and signs on the left, keys on the right."""
        body, back = top_bar(desk, desk.voice("Help and keys"), back=desk.voice("Back"))
        if back or desk.ui.take("help"):
            desk.pop()
            return
        pad = desk.paint.px(WIDE)
        inner = body.inflate(-2 * pad, -2 * pad)
        half = (inner.width - 2 * pad) // 2
        with desk.ui.scroll("help", pygame.Rect(inner.x, inner.y, half, inner.height), paged=True) as area:
            at = pygame.Rect(area.x, area.y, area.width - pad, 0)
            self._words(desk, at)
            self._signs(desk, at)
            area.reach(at.y)
        right = pygame.Rect(inner.x + half + 2 * pad, inner.y, half, inner.height)
        with desk.ui.scroll("help_keys", right, paged=True) as area:
            at = pygame.Rect(area.x, area.y, area.width - pad, 0)
            self._keys(desk, at)
            area.reach(at.y)

    @staticmethod
    def _head(desk: Desk, at: pygame.Rect, text: str) -> None:
        desk.paint.text(text, at.topleft, LARGE, bold=True, width=at.width)
        at.y += desk.paint.line_height(LARGE) + desk.paint.px(4)

    def _words(self, desk: Desk, at: pygame.Rect) -> None:
        say, paint = desk.voice, desk.paint
        self._head(desk, at, say("How an exercise goes"))
        lines = (
            say("You command the police side of one incident. Read the briefing, begin, then let time run with {key}.",
                key=desk.keys.shown("pause")),
            say("Messages come in on the right. Some need an answer before their time is up: answer with a response "
                "from the cards below, then mark the call as in hand; the mark is for you and gives no order."),
            say("A card says who does it, how long it takes and what the law asks; one that cannot be ordered now says "
                "why. Choose where and how, give a reason, send."),
            say("The map shows what your own people report, not what is so: sightings fade as they grow old, and what "
                "nobody sees is not there. Send somebody to look."),
            say("{key} runs on until something needs you, so a long morning is played within the hour.",
                key=desk.keys.shown("needed")),
            say("At the end comes the hot wash, a first look back: the score with its evidence, what each decision led "
                "to, and the run again from any moment. Clearing quickly counts for nothing; lawfulness comes before "
                "every point."),
            say("Everything is saved at once. Leave when you must and go on later."),
            say("Training only. Places and people are invented; nothing here predicts what real people do."),
        )  # fmt: skip
        for line in lines:
            at.y += paint.paragraph(line, at, BODY) + paint.px(SPACE)
        at.y += paint.px(SPACE)

    def _signs(self, desk: Desk, at: pygame.Rect) -> None:
        say, paint, theme = desk.voice, desk.paint, desk.paint.theme
        line = paint.line_height(BODY) + paint.px(3)
        self._head(desk, at, say("People on the map"))
        for look, shape in LOOK_SHAPES.items():
            middle = (at.x + paint.px(10), at.y + line / 2)
            paint.shape(shape, middle, paint.px(10) * LOOK_SIZES[look], look_colour(theme, look))
            paint.text(say(LOOKS[look]), (at.x + paint.px(28), at.y), BODY, width=at.width - paint.px(28))
            at.y += line
        paint.shape("shield", (at.x + paint.px(10), at.y + line / 2), paint.px(10), theme.officers)
        text = say("officers; a plate names their unit and is filled while it is at work")
        paint.text(text, (at.x + paint.px(28), at.y), BODY, width=at.width - paint.px(28))
        at.y += line + paint.px(SPACE)
        self._head(desk, at, say("How the crowd is judged"))
        for state, shape in STATE_SHAPES.items():
            paint.shape(shape, (at.x + paint.px(10), at.y + line / 2), paint.px(14), state_colour(theme, state))
            paint.text(state_name(desk, state), (at.x + paint.px(28), at.y), BODY, width=at.width - paint.px(28))
            at.y += line
        at.y += paint.px(SPACE)
        self._head(desk, at, say("Buttons on the map"))
        side = paint.px(24)
        for name, (icon, letter) in MAP_BUTTONS.items():
            sign = pygame.Rect(at.x, at.y, side, side)
            paint.panel(sign, theme.raised, theme.line)
            if icon:
                paint.shape(icon, sign.center, paint.px(11), theme.text)
            paint.text(letter, (sign.centerx, sign.centery - paint.line_height(SMALL) / 2), SMALL, align=0.5)
            spot = (sign.right + paint.px(SPACE), sign.centery - paint.line_height(BODY) / 2)
            paint.text(f"{say(COMMANDS[name][0])}  [{desk.keys.shown(name)}]", spot, BODY)
            at.y += side + paint.px(3)
        for title, table in ((say("Units by their letters"), UNITS), (say("How far a message can be trusted"), GRADES)):
            at.y += paint.px(SPACE)
            self._head(desk, at, title)
            for code, meaning in table.items():
                self._line(desk, at, code, say(meaning), paint.px(60))

    def _keys(self, desk: Desk, at: pygame.Rect) -> None:
        say, paint, theme = desk.voice, desk.paint, desk.paint.theme
        self._head(desk, at, say("Keys"))
        note = say("They can be changed in the settings. Tab and the arrow keys reach everything, Enter presses it.")
        at.y += paint.paragraph(note, at, SMALL, theme.muted) + paint.px(4)
        column = paint.px(120)
        rows = [(desk.keys.shown(name), say(words)) for name, (words, _) in COMMANDS.items() if "card_" not in name]
        rows.append(("1 - 9", say("choose a card or one of the first nine kinds of response")))
        for key, text in rows:
            self._line(desk, at, key, text, column)
        at.y += paint.px(SPACE)
        self._head(desk, at, say("Gamepad"))
        self._line(desk, at, "↑ ↓ ← →", say("stick or cross: move to the next control"), column)
        for button, name in PAD.items():
            self._line(desk, at, BUTTONS[button], say(COMMANDS[name][0]), column)

    @staticmethod
    def _line(desk: Desk, at: pygame.Rect, key: str, text: str, column: int) -> None:
        paint = desk.paint
        paint.text(key, at.topleft, BODY, paint.theme.accent, bold=True, width=column - 6)
        at.y += paint.paragraph(text, pygame.Rect(at.x + column, at.y, at.width - column, 0), BODY) + paint.px(2)
