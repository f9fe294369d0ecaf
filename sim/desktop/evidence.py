"""Evidence: lines of a score card - when, what could be observed, by which rule, how many points - and a way there."""

from collections.abc import Sequence

import pygame

from sim.desktop.course_line import Look
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, PAD, SMALL
from sim.scoring.card import Evidence
from sim.seat.words import Words

SHOWN = 12
"""Lines of one dimension or gate that are shown; the others weigh less."""


def tick_of(words: Words, minute: float) -> int:
    """The tick of a scenario minute."""
    return max(0, round((minute - float(words.scenario.minutes[0])) * 600.0))


def draw_line(desk: Desk, words: Words, name: str, line: Evidence, at: pygame.Rect, look: Look) -> int:
    """Draws it from the top of `at` and returns its height."""
    paint, say = desk.paint, desk.voice
    head = paint.px(26)
    observed, rule = say(line.observable), say(line.rule)
    high = head + paint.px(2) + paint.paragraph_height(observed, at.width, BODY)
    high += paint.paragraph_height(rule, at.width, SMALL) + paint.px(PAD)
    width = desk.ui.button_width(say("See it"), SMALL, icon=True)
    spot = pygame.Rect(at.right - width, at.y, width, head)
    if not pygame.Rect(at.x, at.y, at.width, high).colliderect(paint.surface.get_clip()):
        # What is scrolled out of sight can still be reached by key, which brings it back.
        if desk.ui.hot(name, spot):
            look(desk, tick_of(words, line.minute))
        return high
    _head(desk, words, name, line, pygame.Rect(at.x, at.y, at.width, head), spot, look)
    y = at.y + head + paint.px(2)
    y += paint.paragraph(observed, pygame.Rect(at.x, y, at.width, 0), BODY)
    paint.paragraph(rule, pygame.Rect(at.x, y, at.width, 0), SMALL, paint.theme.muted)
    return high


def _head(desk: Desk, words: Words, name: str, line: Evidence, at: pygame.Rect, spot: pygame.Rect, look: Look) -> None:
    """Time, points and the way there."""
    paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
    clock = words.clock_of_minute(line.minute)
    tip = say("Opens the replay at {clock}", clock=clock)
    if ui.button(name, spot, say("See it"), tip, size=SMALL, icon="right"):
        look(desk, tick_of(words, line.minute))
    y = at.y + (at.height - paint.line_height(SMALL)) // 2
    x = paint.text(clock, (at.x, y), SMALL, theme.accent, bold=True).right + paint.px(PAD)
    if round(line.points, 1):
        colour = theme.good if line.points > 0.0 else theme.bad
        paint.shape("up" if line.points > 0.0 else "down", (x + paint.px(5), spot.centery), paint.px(10), colour)
        text = say("{points:+.1f} points", points=line.points)
        paint.text(text, (x + paint.px(13), y), SMALL, colour, bold=True, width=max(1, spot.x - x - paint.px(17)))


def draw_lines(desk: Desk, words: Words, name: str, lines: Sequence[Evidence], at: pygame.Rect, look: Look) -> int:
    """Draws the weightiest of them in the order of the run; pixels used."""
    paint = desk.paint
    heaviest = sorted(range(len(lines)), key=lambda k: (-abs(lines[k].points), k))[:SHOWN]
    y = at.y
    for k in sorted(heaviest, key=lambda k: (lines[k].minute, k)):
        y += draw_line(desk, words, f"{name}:{k}", lines[k], pygame.Rect(at.x, y, at.width, 0), look)
    if len(lines) > SHOWN:
        text = desk.voice("and {number} more that weigh less", number=len(lines) - SHOWN)
        y += paint.paragraph(text, pygame.Rect(at.x, y, at.width, 0), SMALL, paint.theme.muted) + paint.px(GAP)
    return y - at.y
