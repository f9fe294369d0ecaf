"""Report page: what a report is to be written as, and by which weights; the original ones stay beside them."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pygame

from sim.core.errors import CommonGroundError
from sim.core.phrase import Phrase
from sim.desktop.office import Past, Wish
from sim.desktop.screen import Desk, Still, top_bar
from sim.desktop.theme import BODY, LARGE, PAD, SMALL, WIDE
from sim.scenario.rubric import Dimension
from sim.scenario.variant import ROOM, reweighed

PAGE, PAPER = "page", "paper"
WIDEST = 780.0
"""The form is no wider than this, before scaling."""


@dataclass(slots=True)
class ReportPage(Still):
    """One form; `write` begins once it is pressed."""

    past: Past
    write: Callable[[Desk, Wish], None]
    form: str = PAGE
    weights: dict[str, float] = field(default_factory=dict)
    """By dimension, where it was moved."""

    def frame(self, desk: Desk) -> None:
        """What it is written as, a slider for each weight, and the button."""
        paint, ui, say = desk.paint, desk.ui, desk.voice
        body, back = top_bar(desk, say("Report"), back=say("Back"))
        if back:
            desk.pop()
            return
        width = min(body.width - 2 * paint.px(WIDE), paint.px(WIDEST))
        high = paint.px(44)
        inner = pygame.Rect(
            body.centerx - width // 2, body.y + paint.px(PAD), width, body.height - 3 * paint.px(PAD) - high
        )
        wrong = self.wrong
        with ui.scroll("report", inner, paged=True) as area:
            at = area.at(area.y)
            at.width -= paint.px(PAD)
            options = ((PAGE, say("A page to read")), (PAPER, say("A page and a PDF to print")))
            self.form = ui.choice("form", pygame.Rect(at.x, at.y, at.width, paint.px(36)), options, self.form)
            at.y += paint.px(36) + paint.px(PAD)
            at.y += paint.paragraph(say("Weights of the dimensions"), at, LARGE, bold=True)
            text = say("Each may be moved by half, and all are brought to 100. The score by the original weights stands"
                       " beside it; red lines and what decisions cost stay as they are.")  # fmt: skip
            at.y += paint.paragraph(text, at, SMALL, paint.theme.muted) + paint.px(PAD)
            for dimension in self.past.playbook.rubric.dimensions:
                self._row(desk, dimension, at)
            if wrong is not None:
                at.y += paint.paragraph(say(wrong), at, BODY, paint.theme.bad)
            area.reach(at.y)
        foot = pygame.Rect(inner.x, inner.bottom + paint.px(PAD), width, high)
        label, original = say("Write the report"), say("Original weights")
        wide = ui.button_width(label, bold=True) + 2 * paint.px(PAD)
        if ui.button(
            "write", pygame.Rect(foot.right - wide, foot.y, wide, high), label, primary=True, enabled=wrong is None
        ):
            desk.pop()
            self.write(desk, Wish(dict(self.weights), paper=self.form == PAPER))
            return
        wide = ui.button_width(original) + 2 * paint.px(PAD)
        if ui.button("original", pygame.Rect(foot.x, foot.y, wide, high), original, enabled=bool(self.weights)):
            self.weights.clear()

    @property
    def wrong(self) -> Phrase | None:
        """Why these weights cannot be; None where they can."""
        try:
            reweighed(self.past.playbook.rubric, self.weights)
        except CommonGroundError as wrong:
            return wrong.phrase
        return None

    def _row(self, desk: Desk, dimension: Dimension, at: pygame.Rect) -> None:
        """Its name, a slider from half to one and a half of its weight, and both numbers."""
        paint, ui, say = desk.paint, desk.ui, desk.voice
        high, side = paint.px(34), round(at.width * 0.42)
        own, original = self.weights.get(dimension.id, dimension.weight), dimension.weight
        y = at.y + (high - paint.line_height(BODY)) // 2
        paint.text(say(dimension.title.text), (at.x, y), BODY, width=side - paint.px(PAD))
        number = say("{own:g} (original {original:g})", own=round(own, 1), original=original)
        wide = paint.text_width(say("{own:g} (original {original:g})", own=88.8, original=88.8), SMALL)
        line = pygame.Rect(at.x + side, at.y, at.width - side - wide - paint.px(PAD), high)
        low, top = (1.0 - ROOM) * original, (1.0 + ROOM) * original
        moved = ui.slider(f"weight:{dimension.id}", line, own, low, top, original / 20.0)
        if abs(moved - original) < 1e-9:
            self.weights.pop(dimension.id, None)
        else:
            self.weights[dimension.id] = moved
        paint.text(number, (at.right, at.y + (high - paint.line_height(SMALL)) // 2), SMALL, align=1.0)
        at.y += high
