"""Decisions: every order of a run with its ruling, the reason given for it, and what stood against it."""

from dataclasses import dataclass

import pygame

from sim.desktop.course import ACCEPTED, MARKED, REFUSED, Course, Decision, Names
from sim.desktop.course_line import RULINGS, Look, mark_colour, mark_shape
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, PAD, SMALL
from sim.scenario.lint.case import CROWD
from sim.seat.words import Words, listed

ALL = "all"


def aim(desk: Desk, words: Words, names: Names, response: str, target: str) -> str:
    """What an order is aimed at; an id nobody named stands as it is."""
    if target == CROWD:
        return desk.voice("where most people are")
    known = words.playbook.responses.get(response)
    found = names.get(known.target.kind if known is not None else "place", {})
    return desk.voice(found[target]) if target in found else target


@dataclass(slots=True)
class DecisionsTab:
    """Which of them are shown."""

    shown: str = ALL

    def draw(
        self, desk: Desk, words: Words, names: Names, course: Course, rect: pygame.Rect, look: Look | None
    ) -> None:
        """A choice of rulings above the list; without a `look` nothing of it leads to a replay."""
        paint, ui, say = desk.paint, desk.ui, desk.voice
        numbers = {r: sum(d.ruling == r for d in course.decisions) for r in RULINGS}
        options = [
            (ALL, say("all ({number})", number=len(course.decisions))),
            *(
                (ruling, say("{text} ({note})", text=say(text), note=numbers[ruling]))
                for ruling, text in RULINGS.items()
            ),
        ]
        high = paint.px(32)
        wide = max(ui.button_width(text) for _, text in options) + paint.px(PAD)
        width = min(rect.width, len(options) * (wide + paint.px(GAP)))
        self.shown = ui.choice("ruling", pygame.Rect(rect.x, rect.y, width, high), options, self.shown)
        y = rect.y + high + paint.px(PAD)
        found = [(k, d) for k, d in enumerate(course.decisions) if self.shown in {ALL, d.ruling}]
        body = pygame.Rect(rect.x, y, rect.width, rect.bottom - y)
        with ui.scroll(f"decisions:{self.shown}", body, paged=True) as area:
            at = pygame.Rect(area.x, area.y, area.width, 0)
            for k, decision in found:
                at.y += self._card(desk, words, names, k, decision, at, look) + paint.px(6)
            if not found:
                at.y += paint.paragraph(say("No such order was given."), at, BODY, paint.theme.muted)
            area.reach(at.y)

    def _card(
        self,
        desk: Desk,
        words: Words,
        names: Names,
        k: int,
        decision: Decision,
        at: pygame.Rect,
        look: Look | None,
    ) -> int:
        """One order; pixels used."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        pad = paint.px(PAD)
        label = say("See it")
        wide = ui.button_width(label, SMALL, icon=True) if look is not None else 0
        left = pad + paint.text_width("-000:00", BODY) + pad
        room = at.width - left - 2 * pad - wide
        rows = self._rows(desk, names, decision)
        high = sum(paint.paragraph_height(text, room, SMALL) for text, _ in rows)
        box = pygame.Rect(at.x, at.y, at.width, paint.line_height(BODY) + high + 2 * paint.px(7))
        spot = pygame.Rect(box.right - pad - wide, box.y + paint.px(6), wide, paint.px(26))
        seen = box.colliderect(paint.surface.get_clip())
        if seen:
            paint.panel(box, theme.panel, theme.bad if decision.ruling == MARKED else theme.line)
            self._words(desk, words, names, decision, rows, pygame.Rect(box.x + left, box.y + paint.px(7), room, 0))
        if look is None:
            return box.height
        # What is scrolled out of sight can still be reached by key, which brings it back.
        clock = words.clock(decision.tick)
        tip = say("Opens the replay at {clock}", clock=clock)
        if seen:
            done = ui.button(f"decision:{k}", spot, label, tip, size=SMALL, icon="right")
        else:
            done = ui.hot(f"decision:{k}", spot, tip)
        if done:
            look(desk, decision.tick)
        return box.height

    @staticmethod
    def _words(
        desk: Desk,
        words: Words,
        names: Names,
        decision: Decision,
        rows: list[tuple[str, bool]],
        at: pygame.Rect,
    ) -> None:
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        colour, size = mark_colour(theme, decision.ruling), paint.px(12)
        clock = words.clock(decision.tick)
        paint.text(clock, (at.x - paint.text_width("-000:00", BODY) - paint.px(PAD), at.y), BODY, theme.accent)
        ruling = say(RULINGS[decision.ruling])
        wide = size + paint.px(GAP) + paint.text_width(ruling, SMALL, bold=True)
        x = at.right - wide
        paint.shape(mark_shape(decision.ruling), (x + size / 2, at.y + paint.line_height(BODY) / 2), size, colour)
        paint.text(ruling, (x + size + paint.px(GAP), at.y + paint.px(1)), SMALL, colour, bold=True)
        title = words.response(decision.response)
        if decision.target:
            title += "  ·  " + aim(desk, words, names, decision.response, decision.target)
        paint.text(title, at.topleft, BODY, bold=True, width=x - paint.px(PAD) - at.x)
        y = at.y + paint.line_height(BODY)
        for text, against in rows:
            ink = theme.bad if against else theme.muted
            y += paint.paragraph(text, pygame.Rect(at.x, y, at.width, 0), SMALL, ink)

    @staticmethod
    def _rows(desk: Desk, names: Names, decision: Decision) -> list[tuple[str, bool]]:
        """What is said about it, and whether it speaks against it."""
        say = desk.voice
        rows = []
        if decision.reason.template:
            rows.append((say("Reason: {reason}", reason=decision.reason), False))
        if decision.units and decision.ruling != REFUSED:
            rows.append((say("Units: {units}", units=listed(say, decision.units)), False))
        rows += [(say(reason), decision.ruling != ACCEPTED) for reason in decision.reasons]
        for each in decision.objections:
            rule = say("{text}: {why}", text=say(each.says).rstrip(".。"), why=say(each.why))
            text = say("{text} ({note})", text=rule, note=say(each.citation))
            if not each.domestic:
                text = say("Against the human-rights floor: {rule}", rule=text)
            rows.append((text, True))
        for gap in decision.gaps:
            rows.append((f"{say('Where the law here and the floor part')}: {say(gap)}", True))
        return rows
