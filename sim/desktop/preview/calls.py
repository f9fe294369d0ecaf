"""Calls: the injects of a scenario along their minutes - a row for each channel, a shape for what is true."""

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from sim.desktop.paint import Paint
from sim.desktop.screen import Desk
from sim.desktop.theme import SMALL, Colour, mixed
from sim.scenario.inject import Inject
from sim.scenario.scenario import Scenario
from sim.seat.words import CHANNELS
from sim.world.message import Via

TRUTH_SHAPES = {"true": "disc", "false": "x", "unclear": "half"}
TRUTHS = {"true": "true", "false": "false", "unclear": "unclear"}
TICKS_MIN = (1, 2, 5, 10, 15, 30, 60, 120)
DAY_MIN = 1440.0


def truth_colour(paint: Paint, truth: str) -> Colour:
    """The colour of what is true, false or unclear."""
    return {"true": paint.theme.good, "false": paint.theme.bad, "unclear": paint.theme.warn}[truth]


@dataclass(slots=True)
class CallLine:
    """Draws the line; `chosen` is the inject that was clicked, `asked` the minute that was clicked on the ruler."""

    chosen: str = ""

    def draw(self, desk: Desk, rect: pygame.Rect, scenario: Scenario, minute: float | None) -> float | None:
        """Draws it with a cursor at a minute; returns the minute somebody clicked on the ruler, None for nobody."""
        paint, ui, theme = desk.paint, desk.ui, desk.paint.theme
        first, last = (float(m) for m in scenario.minutes)
        rows = [via for via in Via if any(i.channel == via for i in self._on_scene(scenario))]
        label = paint.px(92)
        band = pygame.Rect(rect.x + label, rect.y + paint.px(20), rect.width - label - paint.px(8), 0)
        band.height = rect.bottom - band.y
        high = band.height / max(1, len(rows))

        def across(at: float) -> float:
            return band.x + (at - first) / max(1e-6, last - first) * band.width

        paint.panel(band, theme.ground, theme.line, radius=4)
        asked = self._ruler(desk, pygame.Rect(band.x, rect.y, band.width, paint.px(20)), scenario)
        for k, via in enumerate(rows):
            y = band.y + (k + 0.5) * high
            if k:
                edge = round(band.y + k * high)
                pygame.draw.line(paint.surface, theme.line, (band.x, edge), (band.right, edge))
            spot = (rect.x, y - paint.line_height(SMALL) / 2)
            paint.text(desk.voice(CHANNELS[via]), spot, SMALL, theme.muted, width=label - paint.px(6))
        for inject in self._on_scene(scenario):
            y = band.y + (rows.index(inject.channel) + 0.5) * high
            self._mark(desk, inject, (across(inject.minute), y), across, band, high)
        if minute is not None:
            x = min(float(band.right), across(minute))
            pygame.draw.line(paint.surface, theme.accent, (x, rect.y), (x, band.bottom), max(2, paint.px(2)))
        return asked if ui.input.up and not ui.inert else None

    @staticmethod
    def _on_scene(scenario: Scenario) -> list[Inject]:
        return [i for i in scenario.injects if i.minute <= scenario.minutes[1]]

    def _ruler(self, desk: Desk, rect: pygame.Rect, scenario: Scenario) -> float | None:
        """Minutes along the top; the minute under the pointer, None when it is elsewhere."""
        paint, theme = desk.paint, desk.paint.theme
        first, last = (float(m) for m in scenario.minutes)
        per = rect.width / max(1e-6, last - first)
        step = next((m for m in TICKS_MIN if m * per > paint.px(52)), TICKS_MIN[-1])
        at = step * (first // step)
        while at <= last:
            if at >= first:
                x = rect.x + (at - first) * per
                pygame.draw.line(paint.surface, theme.line, (x, rect.bottom - 5), (x, rect.bottom))
                paint.text(f"{at:g}", (x, rect.y), SMALL, theme.muted, align=0.5)
            at += step
        if not desk.ui.over(rect):
            return None
        minute = first + (desk.ui.input.pointer[0] - rect.x) / per
        text = desk.voice("go to minute {minute:.0f}", minute=minute)
        desk.ui.tip(text, pygame.Rect(*desk.ui.input.pointer, 1, 1))
        return float(round(minute))

    def _mark(
        self,
        desk: Desk,
        inject: Inject,
        at: tuple[float, float],
        across: Callable[[float], float],
        band: pygame.Rect,
        high: float,
    ) -> None:
        """One inject: its shape, how long there is to handle it, and its words under the pointer."""
        paint, ui, say = desk.paint, desk.ui, desk.voice
        x, y = at
        colour = truth_colour(paint, inject.truth)
        size = max(paint.px(7), min(paint.px(13), high * 0.75))
        if inject.handled is not None:
            end = min(float(band.right), across(inject.minute + inject.window_min))
            thick = max(2, round(size * 0.3))
            faint = mixed(paint.theme.ground, colour, 0.45)
            pygame.draw.line(paint.surface, faint, (x, y), (end, y), thick)
        if inject.id == self.chosen:
            paint.shape("ring", (x, y), size + paint.px(8), paint.theme.accent)
        paint.shape(TRUTH_SHAPES[inject.truth], (x, y), size, colour)
        spot = pygame.Rect(0, 0, round(size) + 4, round(max(size + 4, min(high, size + 8))))
        spot.center = round(x), round(y)
        text = say(inject.text.text) if inject.text is not None else say("nothing is said")
        tip = say(
            "minute {minute:g}, {truth}: {text}", minute=inject.minute, truth=say(TRUTHS[inject.truth]), text=text
        )
        if ui.hot(f"call:{inject.id}", spot, tip):
            self.chosen = inject.id
        ui.ring(f"call:{inject.id}", spot)


def draw_truths(desk: Desk, rect: pygame.Rect) -> None:
    """What the shapes mean, from the right as far as there is room for all of them."""
    paint, say = desk.paint, desk.voice
    gap, step = paint.px(14), paint.px(18)
    wide = sum(step + paint.text_width(say(words), SMALL) + gap for words in TRUTHS.values())
    if wide > rect.width:
        return
    x = rect.right - wide + gap
    for truth, words in TRUTHS.items():
        paint.shape(TRUTH_SHAPES[truth], (x + paint.px(6), rect.centery), paint.px(11), truth_colour(paint, truth))
        text = say(words)
        paint.text(text, (x + step, rect.centery - paint.line_height(SMALL) / 2), SMALL, paint.theme.muted)
        x += step + paint.text_width(text, SMALL) + gap
