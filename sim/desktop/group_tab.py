"""Group tab: what a facilitator asks the group, what was answered before the score, and the instructor's own grade."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from sim.core.errors import BadInput, CommonGroundError
from sim.core.phrase import Phrase
from sim.desktop.asking import draw_questions
from sim.desktop.office import Past
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, CLOCK, GAP, LARGE, PAD, SMALL, WIDE
from sim.measures.record import Record
from sim.review import Review
from sim.scoring import Score, facts_of
from sim.seat.aside import GRADES, Override
from sim.seat.questions import all_questions
from sim.seat.survey import SCALE, answered
from sim.seat.words import Words

LEFT = 0.55
"""Share of the page that the questions take."""


@dataclass(slots=True)
class GroupTab:
    """The tab "For the group"."""

    grade: str = ""
    """The grade chosen and not kept yet; "" before anybody chose."""
    reason: str = ""
    _record: Record | None = None

    def draw(
        self, desk: Desk, words: Words, past: Past, result: Score, review: Review | None, rect: pygame.Rect
    ) -> None:
        """Questions on the left; on the right the grade beside the machine's, and the answers."""
        paint = desk.paint
        if self._record is None:
            self._record = Record.of(past.entries, facts_of(past.playbook))
        gap = paint.px(WIDE)
        left = pygame.Rect(rect.x, rect.y, round(rect.width * LEFT), rect.height)
        draw_questions(desk, self._questions(words, past, result, review), left)
        right = pygame.Rect(left.right + gap, rect.y, rect.right - left.right - gap, rect.height)
        with desk.ui.scroll("group", right, paged=True) as area:
            at = pygame.Rect(area.x, area.y, area.width - paint.px(GAP), 0)
            self._grades(desk, past, result, at)
            self._answers(desk, past, at)
            area.reach(at.y)

    def _questions(self, words: Words, past: Past, result: Score, review: Review | None) -> Sequence[Phrase]:
        assert self._record is not None
        known = review if review is not None and review.moments else None
        return all_questions(self._record, words, result, known, past.aside.bookmarks)

    def _grades(self, desk: Desk, past: Past, result: Score, at: pygame.Rect) -> None:
        """The machine's grade, which stays; the instructor's, with its reason."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        kept = past.aside.override
        pad, high = paint.px(PAD), paint.px(36)
        box = pygame.Rect(at.x, at.y, at.width, 0)
        inner = pygame.Rect(box.x + 2 * pad, box.y + 2 * pad, box.width - 4 * pad, 0)
        note = say("The machine's grade stays as it is and is shown with yours, here and in the report.")
        lines = paint.paragraph_height(note, inner.width, SMALL)
        box.height = 4 * pad + paint.line_height(LARGE) + paint.line_height(CLOCK) + 2 * high + lines + 5 * pad + high
        paint.panel(box, theme.panel, theme.line)
        paint.text(say("Grade by the instructor"), inner.topleft, LARGE, bold=True, width=inner.width)
        inner.y += paint.line_height(LARGE) + pad
        machine = say("by the rubric: {grade}", grade=result.grade or "-")
        drawn = paint.text(machine, (inner.x, inner.y + paint.px(4)), BODY, theme.muted)
        if kept is not None:
            text = say("by the instructor: {grade}", grade=kept.human)
            paint.text(text, (drawn.right + 2 * pad, inner.y + paint.px(4)), BODY, theme.accent, bold=True)
        inner.y += paint.line_height(CLOCK)
        now = self.grade or (kept.human if kept is not None else "")
        spot = pygame.Rect(inner.x, inner.y, inner.width, high)
        self.grade = ui.choice("override", spot, tuple((each, each) for each in GRADES), now)
        inner.y += high + pad
        if not self.reason and kept is not None and not ui.typing:
            self.reason = kept.reason
        field = pygame.Rect(inner.x, inner.y, inner.width, high)
        self.reason = ui.field("override:reason", field, self.reason, say("the reason, which the report names"))
        inner.y += high + pad
        inner.y += paint.paragraph(note, inner, SMALL, theme.muted) + pad
        label = say("Keep this grade")
        width = ui.button_width(label) + 2 * pad
        ready = bool(self.grade and self.reason.strip())
        if ui.button("override:keep", pygame.Rect(inner.x, inner.y, width, high), label, enabled=ready):
            self._keep(desk, past, result)
        if kept is not None:
            away = say("Take it back")
            spot = pygame.Rect(inner.x + width + pad, inner.y, ui.button_width(away) + 2 * pad, high)
            if ui.button("override:drop", spot, away):
                past.aside.override, self.grade, self.reason = None, "", ""
                self._write(desk, past)
        at.y = box.bottom + pad

    def _keep(self, desk: Desk, past: Past, result: Score) -> None:
        try:
            past.aside.override = Override.of(result.grade or "", self.grade, self.reason)
        except BadInput as wrong:
            desk.tell(desk.voice(wrong.phrase), 6.0)
            return
        self._write(desk, past)

    @staticmethod
    def _write(desk: Desk, past: Past) -> None:
        """Keeps it beside the journal."""
        try:
            desk.office.keep_aside(past)
            desk.tell(desk.voice("Kept beside the run."))
        except CommonGroundError as wrong:
            desk.tell(desk.voice(wrong.phrase), 10.0)

    @staticmethod
    def _answers(desk: Desk, past: Past, at: pygame.Rect) -> None:
        """What was said before the score was shown."""
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        rows = answered(past.aside.survey)
        if not rows:
            return
        at.y += paint.px(PAD)
        at.y += paint.paragraph(say("Answered before the score was shown."), at, SMALL, theme.muted) + paint.px(GAP)
        for question, answer in rows:
            at.y += paint.paragraph(say(question.asks), at, BODY, bold=True)
            text = f"{answer} / {SCALE[-1]}" if question.scaled else answer
            at.y += paint.paragraph(text, at, BODY) + paint.px(PAD)
