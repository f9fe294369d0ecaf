"""Card tab: the drill card in the window - each decision with its answer, how late it was, and what it cost."""

import math
from dataclasses import dataclass

import pygame

from sim.core.tick import clock
from sim.desktop.office import Past
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, LARGE, PAD, SMALL, WIDE
from sim.drill.card import Card, Line, card_of
from sim.drill.cost import COSTS, LATER, NOTHING, UNSURE, costs_of
from sim.drill.drill import Drill
from sim.drill.roles import TITLES
from sim.review import Review
from sim.seat.words import Words, listed


@dataclass(slots=True)
class CardTab:
    """The whole card; costs as far as the review of this run has come."""

    _card: Card | None = None
    _review: Review | None = None
    """What the card was made with."""

    def draw(
        self, desk: Desk, words: Words, past: Past, drill: Drill, review: Review | None, rect: pygame.Rect
    ) -> None:
        """Draws it; the card is made again only when the review has come further."""
        scenario = past.playbook.scenario
        if self._card is None or review is not self._review:
            entries = list(past.entries)
            costs = costs_of(review, drill, entries, scenario) if review is not None else None
            self._card, self._review = card_of(drill, entries, costs), review
        card = self._card
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        with desk.ui.scroll("drill_card", rect, paged=True) as area:
            at = pygame.Rect(area.x, area.y, area.width - paint.px(GAP), 0)
            total = say(
                "{answered} of {came} decisions answered, {in_time} within the time somebody experienced needs",
                answered=card.answered,
                came=card.came,
                in_time=card.in_time,
            )
            at.y += paint.paragraph(total, at, LARGE, bold=True) + paint.px(PAD)
            for line in card.lines:
                _line(desk, words, line, at)
            if review is None:
                note = say("What each decision cost stands here as soon as the review has found it.")
                at.y += paint.paragraph(note, at, BODY, theme.muted) + paint.px(PAD)
            if drill.debrief:
                at.y += paint.paragraph(say("For the hot wash:"), at, LARGE, bold=True) + paint.px(GAP)
                for question in drill.debrief:
                    at.y += paint.paragraph(f"- {say(question.text)}", at, BODY) + paint.px(GAP)
            area.reach(at.y)


def _line(desk: Desk, words: Words, line: Line, at: pygame.Rect) -> None:
    """One decision in its box."""
    paint, say, theme = desk.paint, desk.voice, desk.paint.theme
    pad = paint.px(PAD)
    inner = pygame.Rect(at.x + pad, at.y + pad, at.width - 2 * pad, 0)
    question = say(line.question)
    answer = say(line.says) if line.says is not None else words.response(line.response) if line.response else "-"
    facts = listed(say, _facts(desk, words, line))
    high = paint.paragraph_height(question, inner.width, BODY, bold=True)
    high += paint.paragraph_height(answer, inner.width, LARGE) + paint.paragraph_height(facts, inner.width, SMALL)
    box = pygame.Rect(at.x, at.y, at.width, high + 2 * pad)
    paint.panel(box, theme.panel, theme.line)
    inner.y += paint.paragraph(question, inner, BODY, bold=True)
    inner.y += paint.paragraph(answer, inner, LARGE, theme.text if line.status == "answered" else theme.warn)
    paint.paragraph(facts, inner, SMALL, theme.muted)
    at.y = box.bottom + paint.px(WIDE)


def _facts(desk: Desk, words: Words, line: Line) -> tuple[str, ...]:
    say = desk.voice
    statuses = {
        "answered": say("answered"),
        "expired": say("ran out: the default was ordered"),
        "open": say("still open at the end"),
        "never": say("did not come up"),
    }
    facts = [statuses[line.status]]
    if line.marked:
        facts.append(say("unlawful by the rules"))
    if line.tick >= 0:
        facts.insert(0, clock(line.tick, words.scenario.start_min))
    if line.seat in TITLES:
        facts.append(say(TITLES[line.seat]))
    late = line.late_s
    if line.after_s is not None and late is not None:
        after = say("after {seconds:.0f} s", seconds=line.after_s)
        facts += [after, say("in time") if late == 0.0 else say("{seconds:.0f} s late", seconds=late)]
    cost = line.cost
    if cost is not None:
        points = f"{cost.points:.1f}" + (f" ± {cost.margin:.1f}" if math.isfinite(cost.margin) else "")
        standings = {
            COSTS: say("cost {points}", points=points),
            NOTHING: say("cost about nothing"),
            UNSURE: say("what it cost cannot be told: {points}", points=points)
            if math.isfinite(cost.margin)
            else say("what it cost cannot be told"),
            LATER: say("cost {points} only with what was done later", points=points),
        }
        facts.append(standings[cost.standing])
        if cost.better and cost.standing == COSTS:
            better = say(cost.says) if cost.says is not None else words.response(cost.better)
            facts.append(say("better: {response}", response=better))
    return tuple(facts)
