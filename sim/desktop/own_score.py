"""Own score: points one gives oneself by the same rubric, before the machine's are shown."""

from dataclasses import dataclass, field

import pygame

from sim.desktop.office import Past
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, LARGE, PAD, SMALL

MIDDLE, STEP = 50, 5


@dataclass(slots=True)
class OwnScore:
    """One slider for each dimension of the rubric."""

    points: dict[str, int] = field(default_factory=dict)

    touched: bool = False
    """True once somebody moved one of them."""

    def rows(self, desk: Desk, past: Past, row: pygame.Rect) -> None:
        """Draws them from the top of `row` on, which ends below the last."""
        say = desk.voice
        for dimension in past.playbook.rubric.dimensions:
            title = say(dimension.title.text)
            self._row(desk, dimension.id, title, say("weight {weight:g}", weight=dimension.weight), row)

    def _row(self, desk: Desk, name: str, title: str, weight: str, row: pygame.Rect) -> None:
        """Title and weight, a slider, finer steps by button, and the number."""
        paint, ui, say = desk.paint, desk.ui, desk.voice
        pad, high, side = paint.px(PAD), paint.px(30), round(row.width * 0.42)
        lines = paint.paragraph_height(title, side, BODY, bold=True)
        box = pygame.Rect(row.x, row.y, row.width, max(high, lines + paint.line_height(SMALL)) + 2 * pad)
        paint.panel(box, paint.theme.panel, paint.theme.line)
        paint.paragraph(title, pygame.Rect(box.x + pad, box.y + pad, side, 0), BODY, bold=True)
        paint.text(weight, (box.x + pad, box.y + pad + lines), SMALL, paint.theme.muted)
        value = self.points.get(name, MIDDLE)
        number = paint.text_width("100", LARGE, bold=True)
        x, y = box.x + 2 * pad + side, box.centery - high // 2
        if ui.button(f"less:{name}", pygame.Rect(x, y, high, high), "−", say("{step} less", step=STEP), size=LARGE):
            value -= STEP
        right = box.right - pad - number - pad
        if ui.button(
            f"more:{name}", pygame.Rect(right - high, y, high, high), "+", say("{step} more", step=STEP), size=LARGE
        ):
            value += STEP
        line = pygame.Rect(x + high + 2 * pad, y, right - high - 2 * pad - (x + high + 2 * pad), high)
        value = round(ui.slider(f"own:{name}", line, max(0, min(100, value)), 0, 100, 1))
        self.touched = self.touched or value != self.points.get(name, MIDDLE)
        self.points[name] = value
        spot = (box.right - pad - number, box.centery - paint.line_height(LARGE) / 2)
        paint.text(str(value), spot, LARGE, bold=True, width=number + 1, align=1.0)
        row.y = box.bottom + paint.px(6)
