"""Asking: what whoever commanded is asked before the machine says anything - a few questions and points of their own.

The questions for the group stand beside it: they are made from what happened and give no score away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pygame

from sim.core.phrase import Phrase
from sim.desktop.office import Past
from sim.desktop.own_score import OwnScore
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, LARGE, PAD, SMALL, TITLE, WIDE
from sim.seat.survey import QUESTIONS, SCALE, Question

ASIDE = 0.36
"""Share of the page that the questions for the group take."""


@dataclass(slots=True)
class Asking:
    """The page before the score. An assessed run needs the own points; in practice all of it can be left out."""

    answers: dict[str, str] = field(default_factory=dict)
    own: OwnScore = field(default_factory=OwnScore)

    def draw(self, desk: Desk, past: Past, questions: Sequence[Phrase], rect: pygame.Rect) -> bool:
        """Survey and own points on the left, questions for the group on the right; True when the score is asked for."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        foot, gap = paint.px(46), paint.px(WIDE)
        at = pygame.Rect(rect.x, rect.y, rect.width, 0)
        at.y += paint.paragraph(say("How well was it handled, in your own judgement?"), at, TITLE, bold=True)
        note = say(
            "First your own view, then the machine's. What you say is kept beside the run and changes nothing about "
            "the score."
        )
        at.y += paint.paragraph(note, at, BODY, theme.muted) + paint.px(PAD)
        body = pygame.Rect(rect.x, at.y, rect.width, rect.bottom - foot - paint.px(PAD) - at.y)
        side = round(body.width * ASIDE)
        left = pygame.Rect(body.x, body.y, body.width - side - gap, body.height)
        with ui.scroll("own_score", left, paged=True) as area:
            row = pygame.Rect(area.x, area.y, area.width - paint.px(GAP), 0)
            for question in QUESTIONS:
                self._ask(desk, question, row)
            row.y += paint.px(PAD)
            row.y += paint.paragraph(say("Your points, 0 to 100 for each dimension"), row, LARGE, bold=True)
            row.y += paint.px(GAP)
            self.own.rows(desk, past, row)
            area.reach(row.y)
        draw_questions(desk, questions, pygame.Rect(left.right + gap, body.y, side, body.height))
        label = say("Show the score")
        wide = ui.button_width(label, LARGE, bold=True) + 2 * gap
        spot = pygame.Rect(rect.right - wide, rect.bottom - foot, wide, foot)
        tip = say("Keeps your answers and points; they cannot be changed afterwards.")
        return ui.button("show_score", spot, label, tip, primary=True, size=LARGE)

    def _ask(self, desk: Desk, question: Question, row: pygame.Rect) -> None:
        """One question with its answer: five buttons between two ends, or a line of words."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        pad, high = paint.px(PAD), paint.px(34)
        asks = say(question.asks)
        lines = paint.paragraph_height(asks, row.width - 2 * pad, BODY, bold=True)
        box = pygame.Rect(row.x, row.y, row.width, lines + high + 2 * pad + paint.px(GAP))
        paint.panel(box, theme.panel, theme.line)
        inner = pygame.Rect(box.x + pad, box.y + pad, box.width - 2 * pad, 0)
        paint.paragraph(asks, inner, BODY, bold=True)
        spot = pygame.Rect(inner.x, inner.y + lines + paint.px(GAP), inner.width, high)
        now = self.answers.get(question.id, "")
        if question.low is not None and question.high is not None:
            ends = say(question.low), say(question.high)
            side = max(paint.text_width(text, SMALL) for text in ends) + pad
            middle = pygame.Rect(spot.x + side, spot.y, max(paint.px(180), spot.width - 2 * side), high)
            y = spot.centery - paint.line_height(SMALL) / 2
            paint.text(ends[0], (middle.x - pad, y), SMALL, theme.muted, align=1.0)
            paint.text(ends[1], (middle.right + pad, y), SMALL, theme.muted)
            now = ui.choice(f"survey:{question.id}", middle, tuple((each, each) for each in SCALE), now)
        else:
            now = ui.field(f"survey:{question.id}", spot, now, say("in a few words, or not at all"))
        if now:
            self.answers[question.id] = now
        else:
            self.answers.pop(question.id, None)
        row.y = box.bottom + paint.px(6)


def draw_questions(desk: Desk, questions: Sequence[Phrase], rect: pygame.Rect) -> None:
    """What a facilitator can ask the group, numbered."""
    paint, say, theme = desk.paint, desk.voice, desk.paint.theme
    paint.panel(rect, theme.panel, theme.line)
    pad = paint.px(WIDE)
    inner = rect.inflate(-2 * pad, -2 * paint.px(PAD))
    paint.text(say("Questions for the group"), inner.topleft, LARGE, theme.accent, bold=True, width=inner.width)
    inner.y += paint.line_height(LARGE) + paint.px(GAP)
    inner.height = rect.bottom - paint.px(PAD) - inner.y
    with desk.ui.scroll("questions", inner) as area:
        at = pygame.Rect(area.x + paint.px(22), area.y, area.width - paint.px(26), 0)
        for k, question in enumerate(questions, start=1):
            paint.text(f"{k}.", (area.x, at.y), BODY, theme.muted)
            at.y += paint.paragraph(say(question), at, BODY) + paint.px(PAD)
        area.reach(at.y)
