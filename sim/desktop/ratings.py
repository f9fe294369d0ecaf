"""Ratings: the letter of each objective under the dimensions, and the calls it rests on when it is opened."""

from dataclasses import dataclass, field

import pygame

from sim.desktop.course_line import Look
from sim.desktop.evidence import tick_of
from sim.desktop.findings import Findings
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, LARGE, PAD, SMALL, Colour, Theme
from sim.seat.objectives import TITLE, RatedTask, Rating, ratings
from sim.seat.words import Words, clauses

BADGE = 26.0


@dataclass(slots=True)
class Ratings:
    """The objectives on the tab "Score"; remembers which are opened."""

    opened: list[int] = field(default_factory=list)

    def draw(self, desk: Desk, words: Words, found: Findings, at: pygame.Rect, look: Look) -> None:
        """Draws them from the top of `at` on, which ends below the last; nothing where the scenario names none."""
        paint, say = desk.paint, desk.voice
        rated = ratings(found.figures["objectives"], say)
        if not rated:
            return
        at.y += paint.px(PAD)
        at.y += paint.paragraph(say(TITLE), at, LARGE, bold=True) + paint.px(GAP)
        for number, rating in enumerate(rated):
            self._one(desk, number, rating, at)
            if number in self.opened:
                for k, task in enumerate(rating.tasks):
                    _task(desk, words, f"task:{number}:{k}", task, at, look)
                at.y += paint.px(GAP)

    def _one(self, desk: Desk, number: int, rating: Rating, at: pygame.Rect) -> None:
        """Letter, name, what the letter means and what it rests on; opens when there is something to see."""
        paint, ui, theme = desk.paint, desk.ui, desk.paint.theme
        pad, badge = paint.px(PAD), paint.px(BADGE)
        room = at.width - badge - 3 * pad
        text = clauses(desk.voice, [part for part in (rating.means, rating.rests_on) if part])
        lines = paint.paragraph_height(rating.name, room, BODY, bold=True)
        box = pygame.Rect(at.x, at.y, at.width, 0)
        box.height = lines + paint.paragraph_height(text, room, SMALL) + 2 * paint.px(5)
        name = f"objective:{number}"
        if rating.tasks and ui.hot(name, box):
            self._turn(number)
        paint.panel(box, theme.hover if rating.tasks and ui.over(box) else theme.raised)
        mark = pygame.Rect(box.x + pad, box.y + paint.px(6), badge, badge)
        colour = colour_of(theme, rating.letter)
        paint.panel(mark, theme.panel, colour, radius=4)
        y = mark.centery - paint.line_height(BODY) / 2
        paint.text(rating.letter or "–", (mark.x, y), BODY, colour, bold=True, width=badge, align=0.5)
        x, y = mark.right + pad, box.y + paint.px(5)
        paint.paragraph(rating.name, pygame.Rect(x, y, room, 0), BODY, bold=True)
        paint.paragraph(text, pygame.Rect(x, y + lines, room, 0), SMALL, theme.muted)
        if rating.tasks:
            ui.ring(name, box)
        at.y = box.bottom + paint.px(5)

    def _turn(self, number: int) -> None:
        if number in self.opened:
            self.opened.remove(number)
        else:
            self.opened.append(number)


def colour_of(theme: Theme, letter: str) -> Colour:
    """Good, warning or bad; muted where nothing was rated."""
    return {"P": theme.good, "S": theme.warn, "M": theme.warn, "U": theme.bad}.get(letter, theme.muted)


def _task(desk: Desk, words: Words, name: str, task: RatedTask, at: pygame.Rect, look: Look) -> None:
    """One call with its letter and why, and the way to its moment."""
    paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
    label, high = say("See it"), paint.px(26)
    width = ui.button_width(label, SMALL, icon=True)
    left = at.x + paint.px(14)
    clock = words.clock_of_minute(task.minute)
    spot = pygame.Rect(at.right - width, at.y, width, high)
    if ui.button(name, spot, label, say("Opens the replay at {clock}", clock=clock), size=SMALL, icon="right"):
        look(desk, tick_of(words, task.minute))
    y = at.y + (high - paint.line_height(SMALL)) // 2
    drawn = paint.text(clock, (left, y), SMALL, theme.accent, bold=True)
    paint.text(task.letter, (drawn.right + paint.px(PAD), y), SMALL, colour_of(theme, task.letter), bold=True)
    at.y += high + paint.px(2)
    room = at.right - left
    at.y += paint.paragraph(task.name, pygame.Rect(left, at.y, room, 0), BODY)
    at.y += paint.paragraph(task.why, pygame.Rect(left, at.y, room, 0), SMALL, theme.muted) + paint.px(PAD)
