"""Score card: what the run is worth - gates before everything, each point with its evidence."""

from dataclasses import dataclass, field

import pygame

from sim.desktop.course_line import CourseLine, Look
from sim.desktop.evidence import draw_line, draw_lines, tick_of
from sim.desktop.findings import Findings, Kept
from sim.desktop.office import Past
from sim.desktop.ratings import Ratings
from sim.desktop.screen import Desk
from sim.desktop.tally import draw_tally
from sim.desktop.theme import BODY, GAP, LARGE, PAD, SMALL, WIDE
from sim.scoring import Score
from sim.scoring.card import DimensionScore, TrippedGate
from sim.seat.words import Words, clauses

STRIP = 148.0
"""Height of the course line under the card."""


@dataclass(slots=True)
class Scorecard:
    """The tab "Score"; remembers which dimensions are opened."""

    line: CourseLine
    opened: list[str] = field(default_factory=list)
    ratings: Ratings = field(default_factory=Ratings)
    settled: bool = True
    """False while the heights of its columns still change."""
    _high: int = 0
    _gates_high: int = 0

    def draw(
        self, desk: Desk, words: Words, past: Past, found: Findings, kept: Kept, rect: pygame.Rect, look: Look
    ) -> None:
        """Gates over everything, three columns, and the course of the run below."""
        paint = desk.paint
        pad, strip = paint.px(WIDE), min(paint.px(STRIP), rect.height // 3)
        below = pygame.Rect(rect.x, rect.bottom - strip, rect.width, strip)
        body = pygame.Rect(rect.x, rect.y, rect.width, rect.height - strip - paint.px(PAD))
        with desk.ui.scroll("score", body, paged=True) as area:
            at = pygame.Rect(area.x, area.y, area.width, 0)
            at.y += self._gates(desk, words, found.score, at, look)
            gap = paint.px(PAD)
            first, second = round((at.width - 2 * gap) * 0.27), round((at.width - 2 * gap) * 0.37)
            third = at.width - 2 * gap - first - second
            least = body.height - (at.y - area.y)
            high = max(self._high, least)
            boxes, x = [], at.x
            for width in (first, second, third):
                box = pygame.Rect(x, at.y, width, high)
                paint.panel(box, paint.theme.panel, paint.theme.line, radius=10)
                boxes.append(pygame.Rect(x + pad, at.y + pad, width - 2 * pad, 0))
                x = box.right + gap
            tallest = 2 * pad + max(
                draw_tally(desk, words, past, found, kept, boxes[0]),
                self._dimensions(desk, words, past, found, boxes[1], look),
                self._choices(desk, words, found.score, boxes[2], look),
            )
            area.reach(at.y + max(tallest, least))
        self.settled, self._high = tallest == self._high, tallest
        self.line.draw(desk, words, found.course, below, look)

    # ---- gates

    def _gates(self, desk: Desk, words: Words, result: Score, at: pygame.Rect, look: Look) -> int:
        """Plainly and first: what tripped, on what evidence, and what it leaves at most. Pixels used."""
        if not result.gates:
            return 0
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        pad, badge = paint.px(WIDE), paint.px(42)
        worst = min(result.gates, key=lambda g: g.limit)
        number = len(result.gates)
        title = say("{number} red lines crossed: the grade is {cap} at most", number=number, cap=worst.cap)
        if number == 1:
            title = say("A red line was crossed: the grade is {cap} at most", cap=worst.cap)
        box = pygame.Rect(at.x, at.y, at.width, self._gates_high)
        paint.panel(box, theme.panel, theme.bad, radius=10)
        paint.surface.fill(theme.bad, (box.x, box.y + paint.px(10), paint.px(5), max(0, box.height - paint.px(20))))
        y = box.y + paint.px(PAD)
        paint.text(title, (box.x + pad, y), LARGE, theme.bad, bold=True, width=box.width - 2 * pad)
        y += paint.line_height(LARGE) + paint.px(2)
        for gate in result.gates:
            mark = pygame.Rect(box.x + pad, y + paint.px(3), badge, badge)
            paint.panel(mark, theme.bad)
            paint.text(gate.cap, (mark.x, mark.y), LARGE, theme.on_bad, bold=True, width=badge, align=0.5)
            spot = (mark.x, mark.bottom - paint.line_height(SMALL))
            paint.text(f"≤ {gate.limit:g}", spot, SMALL, theme.on_bad, width=badge, align=0.5)
            room = box.right - 2 * pad - mark.right
            used = self._gate(desk, words, gate, pygame.Rect(mark.right + pad, y, room, 0), look)
            y += max(used, badge + paint.px(6)) + paint.px(6)
        self._gates_high = y + paint.px(2) - box.y
        return self._gates_high + paint.px(PAD)

    def _gate(self, desk: Desk, words: Words, gate: TrippedGate, at: pygame.Rect, look: Look) -> int:
        """What it says, its first evidence and a way to all of it; pixels used."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        first = gate.evidence[0]
        clock = words.clock_of_minute(first.minute)
        label, others = say("See it"), say("and {number} more", number=len(gate.evidence) - 1)
        width = ui.button_width(label, SMALL, icon=True)
        wide = ui.button_width(others, SMALL, icon=True) if len(gate.evidence) > 1 else 0
        high = paint.px(28)
        spot = pygame.Rect(at.right - width, at.y + paint.px(4), width, high)
        tip = say("Opens the replay at {clock}", clock=clock)
        if ui.button(f"gate:{gate.id}", spot, label, tip, size=SMALL, icon="right"):
            look(desk, tick_of(words, first.minute))
        room = at.width - width - wide - 2 * paint.px(PAD)
        is_open = gate.id in self.opened
        if wide:
            spot = pygame.Rect(spot.x - wide - paint.px(PAD), spot.y, wide, high)
            if ui.button(f"gates:{gate.id}", spot, others, size=SMALL, icon="up" if is_open else "down"):
                self._turn(gate.id)
        y = at.y + paint.paragraph(say(gate.says), pygame.Rect(at.x, at.y, room, 0), BODY, bold=True)
        y += paint.paragraph(f"{clock}  {say(first.observable)}", pygame.Rect(at.x, y, room, 0), BODY, theme.muted)
        if is_open:
            y += paint.px(PAD)
            y += draw_lines(desk, words, f"trip:{gate.id}", gate.evidence[1:], pygame.Rect(at.x, y, at.width, 0), look)
        return y - at.y

    def _turn(self, name: str) -> None:
        if name in self.opened:
            self.opened.remove(name)
        else:
            self.opened.append(name)

    # ---- dimensions

    def _dimensions(self, desk: Desk, words: Words, past: Past, found: Findings, at: pygame.Rect, look: Look) -> int:
        """Every dimension, and below them the objectives, which stand beside the score. Pixels used."""
        paint, say = desk.paint, desk.voice
        top = at.y
        paint.text(say("Dimensions"), at.topleft, LARGE, bold=True, width=at.width)
        at.y += paint.line_height(LARGE)
        hint = say("Open one to see what its points rest on.")
        at.y += paint.paragraph(hint, at, SMALL, paint.theme.muted) + paint.px(GAP)
        for dimension in found.score.dimensions:
            self._dimension(desk, past, dimension, at)
            if dimension.id in self.opened:
                self._opened(desk, words, dimension, at, look)
        self.ratings.draw(desk, words, found, at, look)
        return at.y - top

    def _dimension(self, desk: Desk, past: Past, dimension: DimensionScore, at: pygame.Rect) -> None:
        """A bar with points, weight and coverage, which opens when it is pressed."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        pad, sign = paint.px(PAD), paint.px(18)
        points = say("not assessed") if dimension.points is None else f"{dimension.points:.1f}"
        wide = paint.text_width(points, BODY, bold=True)
        title = say(dimension.title)
        room = at.width - 2 * pad - sign - wide - pad
        lines = paint.paragraph_height(title, room, BODY, bold=True)
        box = pygame.Rect(at.x, at.y, at.width, lines + paint.px(12) + paint.line_height(SMALL) + 2 * paint.px(5))
        name, is_open = f"dimension:{dimension.id}", dimension.id in self.opened
        if ui.hot(name, box):
            self._turn(dimension.id)
        paint.panel(box, theme.hover if ui.over(box) else theme.raised)
        x, y = box.x + pad, box.y + paint.px(5)
        middle = (x + paint.px(5), y + paint.line_height(BODY) / 2)
        paint.shape("down" if is_open else "right", middle, paint.px(10), theme.muted)
        paint.paragraph(title, pygame.Rect(x + sign, y, room, 0), BODY, bold=True)
        paint.text(points, (box.right - pad - wide, y), BODY, bold=True)
        bar = pygame.Rect(x + sign, y + lines + paint.px(3), box.right - pad - x - sign, paint.px(7))
        self._bar(desk, past, dimension, bar)
        text = say("weight {weight:g}, {share:.0%} assessed", weight=dimension.weight, share=dimension.coverage)
        if dimension.id in past.aside.own_score:
            text = clauses(say, (text, say("you: {points}", points=past.aside.own_score[dimension.id])))
        paint.text(text, (bar.x, bar.bottom + paint.px(2)), SMALL, theme.muted, width=bar.width)
        ui.ring(name, box)
        at.y = box.bottom + paint.px(5)

    @staticmethod
    def _bar(desk: Desk, past: Past, dimension: DimensionScore, bar: pygame.Rect) -> None:
        """Points as a length; the trainee's own as a mark on it."""
        paint, theme = desk.paint, desk.paint.theme
        paint.panel(bar, theme.ground, theme.line, radius=3)
        if dimension.points is not None:
            paint.panel(
                pygame.Rect(bar.x, bar.y, round(bar.width * dimension.points / 100.0), bar.height),
                theme.accent,
                radius=3,
            )
        own = past.aside.own_score.get(dimension.id)
        if own is not None:
            spot = (bar.x + bar.width * own / 100.0, bar.centery)
            paint.shape("diamond", spot, paint.px(13), theme.text, theme.panel)

    @staticmethod
    def _opened(desk: Desk, words: Words, dimension: DimensionScore, at: pygame.Rect, look: Look) -> None:
        """The evidence of one dimension, and what could not be assessed and why."""
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        inner = pygame.Rect(at.x + paint.px(14), at.y, at.width - paint.px(14), 0)
        lines = [line for measure in dimension.measures for line in measure.evidence]
        inner.y += draw_lines(desk, words, f"evidence:{dimension.id}", lines, inner, look)
        for measure in dimension.measures:
            if measure.share is None and measure.why is not None:
                text = say("not assessed") + ": " + say(measure.why)
                inner.y += paint.paragraph(text, inner, SMALL, theme.muted) + paint.px(GAP)
        if not lines:
            inner.y += paint.paragraph(say("Nothing here moved the points."), inner, SMALL, theme.muted)
        pygame.draw.line(
            paint.surface, theme.line, (at.x + paint.px(4), at.y), (at.x + paint.px(4), inner.y), max(1, paint.px(2))
        )
        at.y = inner.y + paint.px(PAD)

    # ---- choices

    @staticmethod
    def _choices(desk: Desk, words: Words, result: Score, at: pygame.Rect, look: Look) -> int:
        """What earned most, what cost most, and a question for the group."""
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        top = at.y
        for name, title, lines in (
            ("costly", say("Costly choices"), result.costly),
            ("best", say("Best choices"), result.best),
        ):
            if not lines:
                continue
            paint.text(title, at.topleft, LARGE, bold=True, width=at.width)
            at.y += paint.line_height(LARGE) + paint.px(2)
            for k, line in enumerate(lines):
                at.y += draw_line(desk, words, f"{name}:{k}", line, at, look) + paint.px(2)
            at.y += paint.px(PAD)
        question = say(result.question)
        inner = at.width - 2 * paint.px(PAD)
        high = paint.paragraph_height(question, inner, BODY)
        box = pygame.Rect(at.x, at.y, at.width, high + paint.line_height(SMALL) + 2 * paint.px(PAD))
        paint.panel(box, theme.raised, theme.accent)
        spot = (box.x + paint.px(PAD), box.y + paint.px(6))
        paint.text(say("For the group"), spot, SMALL, theme.accent, bold=True)
        y = box.y + paint.px(6) + paint.line_height(SMALL)
        paint.paragraph(question, pygame.Rect(spot[0], y, inner, high), BODY)
        return box.bottom - top
