"""Alternatives: what else could have been done at each decision, as intervals on one axis round zero."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from sim.desktop.comparison import Comparing, decisions_in
from sim.desktop.course import Names
from sim.desktop.course_line import Look
from sim.desktop.decisions import aim
from sim.desktop.office import Past
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, PAD, SMALL, Colour, Theme
from sim.review.review import Comparison, Moment
from sim.seat.words import Words

VERDICTS = {"better": "better than yours", "worse": "yours was better", "not separable": "not separable"}
VERDICT_SHAPES = {"better": "up", "worse": "down", "not separable": "ring"}
WIDEST = "+88.8 [-88.8 .. +88.8]"
LEAST = 5.0
"""The axis reaches at least so many points to each side."""


def verdict_colour(theme: Theme, verdict: str) -> Colour:
    """What the alternative did better was lost by the choice."""
    return {"better": theme.warn, "worse": theme.good}.get(verdict, theme.muted)


def reach(moments: Sequence[Moment]) -> float:
    """How far the axis goes to each side, in points: a round number that holds every interval."""
    most = max((max(abs(c.low), abs(c.high)) for m in moments for c in others_of(m)), default=0.0)
    return next((step for step in (LEAST, 10.0, 20.0, 30.0, 50.0, 75.0) if most <= step), 100.0)


def others_of(moment: Moment) -> list[Comparison]:
    """What is an alternative to what was done; the doctrine may have ordered the same."""
    same = (moment.response, moment.target)
    return [c for c in moment.comparisons if (c.alternative, c.target) != same]


@dataclass(slots=True)
class AlternativesTab:
    """Begins to compare when it is opened for the first time."""

    comparing: Comparing | None = None

    def leave(self) -> None:
        """Ends the process, if there is one."""
        if self.comparing is not None:
            self.comparing.end()

    def draw(self, desk: Desk, words: Words, names: Names, past: Past, rect: pygame.Rect, look: Look) -> None:
        """How far it is, what the figures mean, and the decisions found so far."""
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        if not decisions_in(past.entries):
            paint.paragraph(
                say("No decision was carried out, so there is nothing to compare."), rect, BODY, theme.muted
            )
            return
        if self.comparing is None:
            self.comparing = Comparing(past.playbook, past.seed, past.entries, memory=past.memory)
        now = self.comparing
        at = pygame.Rect(rect.x, rect.y, rect.width, 0)
        self._progress(desk, past, now, at)
        note = say(
            "Each decision is run again from the same moment with the same chance events: as it was, waiting instead, "
            "and with what the doctrine would have ordered; {trials} times each, {horizon:g} minutes ahead. In this "
            "model; no statement about real people. Right of zero the alternative did better. {trials} trials are few, "
            "so the 95 % intervals are wide.",
            trials=now.trials,
            horizon=now.horizon_min,
        )
        at.y += paint.paragraph(note, at, SMALL, theme.muted) + paint.px(PAD)
        body = pygame.Rect(rect.x, at.y, rect.width, rect.bottom - at.y)
        moments = tuple(now.moments)
        axis = self._axis(desk, body)
        span = reach(moments)
        head = self._scale(desk, axis, span, body.y)
        body = pygame.Rect(body.x, body.y + head, body.width, body.height - head)
        with desk.ui.scroll("alternatives", body) as area:
            row = pygame.Rect(area.x, area.y, area.width, 0)
            for k, moment in enumerate(moments):
                row.y += self._moment(desk, words, names, k, moment, row, axis, span, look) + paint.px(6)
            if not moments:
                row.y += paint.paragraph(say("The first decision takes the longest."), row, BODY, theme.muted)
            area.reach(row.y)

    @staticmethod
    def _axis(desk: Desk, rect: pygame.Rect) -> pygame.Rect:
        """Where the intervals lie across: between the names on the left and the verdicts on the right."""
        paint = desk.paint
        verdict = max(paint.text_width(desk.voice(word), BODY, bold=True) for word in VERDICTS.values())
        figures = paint.text_width(WIDEST, BODY) + verdict + 7 * paint.px(PAD)
        left, right = round(rect.width * 0.32), max(round(rect.width * 0.27), figures)
        return pygame.Rect(rect.x + left, rect.y, rect.width - left - right, 0)

    def _progress(self, desk: Desk, past: Past, now: Comparing, at: pygame.Rect) -> None:
        """How many decisions are done, and a way to stop or begin again."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        high = paint.px(34)
        label = say("Stop") if now.going else say("Compare again")
        wide = ui.button_width(label) + paint.px(PAD)
        spot = pygame.Rect(at.right - wide, at.y, wide, high)
        if now.going:
            if ui.button("stop", spot, label, say("What was found stays.")):
                now.stop()
        elif not now.whole and ui.button("again", spot, label, say("Begins anew with the first decision.")):
            self.comparing = Comparing(past.playbook, past.seed, past.entries, memory=past.memory)
        done = len(now.moments)
        text = say("{done} of {number} decisions", done=done, number=now.decisions)
        if now.going and done:
            minutes = now.seconds / done * (now.decisions - done) / 60.0
            text += ". " + say("About {minutes:.0f} min more", minutes=max(1.0, minutes))
        if now.failed:
            text += ". " + say("It broke off; the run may be from another version of the program.")
        elif not now.going and not now.whole:
            text += ". " + say("Stopped.")
        paint.text(text, at.topleft, BODY, bold=True, width=at.width - wide - paint.px(PAD))
        bar = pygame.Rect(
            at.x, at.y + paint.line_height(BODY) + paint.px(2), at.width - wide - paint.px(PAD), paint.px(6)
        )
        paint.panel(bar, theme.raised, radius=3)
        share = done / max(1, now.decisions)
        paint.panel(pygame.Rect(bar.x, bar.y, round(bar.width * share), bar.height), theme.accent, radius=3)
        at.y += high + paint.px(GAP)

    @staticmethod
    def _scale(desk: Desk, axis: pygame.Rect, span: float, y: int) -> int:
        """The numbers over the axis and what its sides mean; pixels used."""
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        high = paint.line_height(SMALL)
        half = axis.width // 2 - paint.px(PAD)
        worse, better = say("the alternative did worse"), say("the alternative did better, points")
        paint.text(worse, (axis.x, y), SMALL, theme.muted, width=half)
        paint.text(better, (axis.right - half, y), SMALL, theme.muted, width=half, align=1.0)
        for k in range(-2, 3):
            x = axis.centerx + k * axis.width / 4
            text = f"{k * span / 2.0:+g}" if k else "0"
            wide = paint.text_width(text, SMALL)
            paint.text(text, (x - wide / 2, y + high), SMALL, theme.text, bold=k == 0)
        return 2 * high + paint.px(2)

    def _moment(
        self,
        desk: Desk,
        words: Words,
        names: Names,
        k: int,
        moment: Moment,
        at: pygame.Rect,
        axis: pygame.Rect,
        span: float,
        look: Look,
    ) -> int:
        """One decision and its alternatives; pixels used."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        pad, line = paint.px(PAD), paint.line_height(BODY) + paint.px(6)
        notes = self._notes(desk, moment)
        head = paint.line_height(BODY) + paint.px(8)
        others = others_of(moment)
        high = head + line * len(others) + len(notes) * paint.line_height(SMALL) + paint.px(6)
        box = pygame.Rect(at.x, at.y, at.width, high)
        label = say("See it")
        wide = ui.button_width(label, SMALL, icon=True)
        spot = pygame.Rect(box.right - pad - wide, box.y + paint.px(4), wide, paint.px(26))
        paint.panel(box, theme.panel, theme.line)
        clock = words.clock(moment.tick)
        paint.text(clock, (box.x + pad, box.y + paint.px(5)), BODY, theme.accent)
        x = box.x + 2 * pad + paint.text_width("-000:00", BODY)
        title = words.response(moment.response)
        if moment.target:
            title += "  ·  " + aim(desk, words, names, moment.response, moment.target)
        paint.text(title, (x, box.y + paint.px(5)), BODY, bold=True, width=spot.x - pad - x)
        y = box.y + head
        for each in others:
            self._comparison(desk, words, names, each, pygame.Rect(box.x, y, box.width, line), axis, span)
            y += line
        for text in notes:
            paint.text(text, (box.x + pad, y), SMALL, theme.warn, width=box.width - 2 * pad)
            y += paint.line_height(SMALL)
        if ui.button(
            f"moment:{k}", spot, label, say("Opens the replay at {clock}", clock=clock), size=SMALL, icon="right"
        ):
            look(desk, moment.tick)
        return box.height

    @staticmethod
    def _notes(desk: Desk, moment: Moment) -> list[str]:
        notes = []
        if moment.marked:
            notes.append(desk.voice("This order was ruled unlawful; what it gained does not make it right."))
        if not moment.same_reproduces:
            notes.append(desk.voice("WARNING: continuing with the same order did not reproduce the original"))
        return notes

    @staticmethod
    def _comparison(
        desk: Desk,
        words: Words,
        names: Names,
        found: Comparison,
        row: pygame.Rect,
        axis: pygame.Rect,
        span: float,
    ) -> None:
        """The alternative's name, its interval and the verdict."""
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        pad, middle = paint.px(PAD), row.centery
        top = middle - paint.line_height(BODY) / 2
        title = words.response(found.alternative)
        if found.target:
            title += "  ·  " + aim(desk, words, names, found.alternative, found.target)
        if not found.lawful:
            title = say("{response} (unlawful)", response=title)
        left = row.x + 2 * pad
        paint.text(title, (left, top), BODY, theme.text if found.lawful else theme.bad, width=axis.x - pad - left)
        for k in range(-2, 3):
            x = round(axis.centerx + k * axis.width / 4)
            pygame.draw.line(
                paint.surface, theme.text if k == 0 else theme.raised, (x, row.y), (x, row.bottom - 1), paint.px(1)
            )
        per_point = axis.width / 2.0 / span
        low, mean, high = (
            axis.centerx + max(-span, min(span, value)) * per_point for value in (found.low, found.mean, found.high)
        )
        colour = verdict_colour(theme, found.verdict)
        tall = paint.px(5)
        paint.surface.fill(colour, (round(low), middle - paint.px(1), max(1, round(high - low)), max(2, paint.px(2))))
        for end in (low, high):
            pygame.draw.line(paint.surface, colour, (end, middle - tall), (end, middle + tall), max(2, paint.px(2)))
        paint.shape(VERDICT_SHAPES[found.verdict], (mean, middle), paint.px(13), colour)
        x = axis.right + 2 * pad
        numbers = f"{found.mean:+.1f} [{found.low:+.1f} .. {found.high:+.1f}]"
        alike = found.low == found.mean == found.high == 0.0
        paint.text(numbers, (x, top), BODY)
        x += max(paint.text_width(WIDEST, BODY), paint.text_width(numbers, BODY)) + pad
        verdict = say("no difference") if alike else say(VERDICTS[found.verdict])
        paint.text(verdict, (x, top), BODY, colour, bold=True, width=max(1, row.right - pad - x))
