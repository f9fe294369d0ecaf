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
    paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
    high, pad = paint.px(26), paint.px(PAD)
    label = say("See it")
    width = ui.button_width(label, SMALL, icon=True)
    spot = pygame.Rect(at.right - width, at.y, width, high)
    tip = say("Opens the replay at {clock}", clock=words.clock_of_minute(line.minute))
    if ui.button(name, spot, label, tip, size=SMALL, icon="right"):
        look(desk, tick_of(words, line.minute))
    y = at.y + (high - paint.line_height(SMALL)) // 2
    clock = words.clock_of_minute(line.minute)
    x = paint.text(clock, (at.x, y), SMALL, theme.accent, bold=True).right + pad
    if round(line.points, 1):
        colour = theme.good if line.points > 0.0 else theme.bad
        paint.shape("up" if line.points > 0.0 else "down", (x + paint.px(5), spot.centery), paint.px(10), colour)
        text = say("{points:+.1f} points", points=line.points)
        paint.text(text, (x + paint.px(13), y), SMALL, colour, bold=True, width=max(1, spot.x - x - paint.px(17)))
    used = high + paint.px(2)
    used += paint.paragraph(say(line.observable), pygame.Rect(at.x, at.y + used, at.width, 0), BODY)
    used += paint.paragraph(say(line.rule), pygame.Rect(at.x, at.y + used, at.width, 0), SMALL, theme.muted)
    return used + pad


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
