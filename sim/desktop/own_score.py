"""Own score: in an assessed run the trainee judges the run by the same rubric before the machine's points are shown."""

from dataclasses import dataclass, field

import pygame

from sim.desktop.office import Past
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, LARGE, PAD, SMALL, TITLE, WIDE

MIDDLE, STEP = 50, 5


@dataclass(slots=True)
class OwnScore:
    """One slider for each dimension of the rubric."""

    points: dict[str, int] = field(default_factory=dict)

    def draw(self, desk: Desk, past: Past, rect: pygame.Rect) -> bool:
        """The page; True in the frame in which the score is asked for."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        width = min(rect.width, paint.px(860))
        at = pygame.Rect(rect.centerx - width // 2, rect.y, width, 0)
        at.y += paint.paragraph(say("How well was it handled, in your own judgement?"), at, TITLE, bold=True)
        note = say(
            "Give 0 to 100 points for each dimension before you see the score. What you give is kept and stays beside "
            "the machine's points; it changes nothing about them."
        )
        at.y += paint.paragraph(note, at, BODY, theme.muted) + paint.px(WIDE)
        foot = paint.px(46)
        body = pygame.Rect(at.x, at.y, width, rect.bottom - at.y - foot - paint.px(WIDE))
        with ui.scroll("own_score", body, paged=True) as area:
            row = pygame.Rect(area.x, area.y, area.width - paint.px(GAP), 0)
            for dimension in past.playbook.rubric.dimensions:
                title = say(dimension.title.text)
                self._row(desk, dimension.id, title, say("weight {weight:g}", weight=dimension.weight), row)
            area.reach(row.y)
        label = say("Show the score")
        wide = ui.button_width(label, LARGE, bold=True) + 2 * paint.px(WIDE)
        spot = pygame.Rect(at.right - paint.px(GAP) - wide, rect.bottom - foot, wide, foot)
        tip = say("Keeps your points; they cannot be changed afterwards.")
        return ui.button("show_score", spot, label, tip, primary=True, size=LARGE)

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
        self.points[name] = value
        spot = (box.right - pad - number, box.centery - paint.line_height(LARGE) / 2)
        paint.text(str(value), spot, LARGE, bold=True, width=number + 1, align=1.0)
        row.y = box.bottom + paint.px(6)
