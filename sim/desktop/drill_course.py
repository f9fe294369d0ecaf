"""Drill course: how late a squad's decisions were in one drill, each time it has played it, as bars with its trend."""

from collections.abc import Sequence

import pygame

from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, SMALL
from sim.drill.progress import BETTER, LEAST, WORSE, Played, trends

MOST = 12
"""So many of the newest drills have a bar."""
HIGH = 90
"""Height of the longest bar."""


def drill_course(desk: Desk, rect: pygame.Rect, drills: Sequence[Played]) -> int:
    """Draws the course of drills of one kind and squad, the oldest first; returns how high it is."""
    paint, say, theme = desk.paint, desk.voice, desk.paint.theme
    shown = [each for each in drills if each.late_s is not None][-MOST:]
    if not shown:
        return 0
    at = pygame.Rect(rect.x, rect.y, rect.width, 0)
    heading = say("Late by, each time so far (mean beyond the time somebody experienced needs)")
    at.y += paint.paragraph(heading, at, SMALL, theme.muted) + paint.px(GAP)
    longest = max(1.0, *(each.late_s or 0.0 for each in shown))
    step, foot = min(paint.px(64), at.width // len(shown)), at.y + paint.line_height(SMALL) + paint.px(HIGH)
    for k, each in enumerate(shown):
        late = each.late_s or 0.0
        tall = max(paint.px(3), round(paint.px(HIGH) * late / longest))
        bar = pygame.Rect(at.x + k * step, foot - tall, step - paint.px(GAP), tall)
        paint.panel(bar, theme.good if late <= 0.0 else theme.warn, radius=2)
        paint.text(say("{seconds:.0f} s", seconds=late), (bar.x, bar.y - paint.line_height(SMALL)), SMALL)
    at.y = foot + paint.px(GAP)
    says = trends(list(drills))[shown[0].squad, shown[0].drill]["late_s"].says
    told = say("it gets better") if says == BETTER else say("it gets worse") if says == WORSE else ""
    told = told or (say("no clear trend") if len(shown) >= LEAST else say("too few for a trend"))
    days = f"{shown[0].when[:10]} - {shown[-1].when[:10]}  ·  {told}"
    return at.y + paint.paragraph(days, at, BODY) - rect.y
