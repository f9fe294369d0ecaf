"""Reading: what a commander is told about an incident, and how earlier runs went, in words; before a run or in it."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from sim.desktop.office import Result
from sim.desktop.screen import Desk, Still, top_bar
from sim.desktop.theme import BODY, LARGE, PAD, SMALL, WIDE
from sim.seat.law import mark
from sim.seat.words import Words, listed

FASTER = 5.0
"""A run is usually played about so many times faster than the clock."""


@dataclass(slots=True)
class Reading(Still):
    """The briefing again, in the middle of a run."""

    words: Words

    def frame(self, desk: Desk) -> None:
        """The briefing's words over the whole page."""
        body, back = top_bar(desk, desk.voice(self.words.scenario.title.text), back=desk.voice("Go on"))
        if back:
            desk.pop()
            return
        width = min(body.width - 2 * desk.paint.px(WIDE), desk.paint.px(820))
        inner = pygame.Rect(body.centerx - width // 2, body.y + desk.paint.px(WIDE), width,
                            body.height - 2 * desk.paint.px(WIDE))  # fmt: skip
        draw_briefing(desk, self.words, inner)


def draw_briefing(desk: Desk, words: Words, rect: pygame.Rect) -> None:
    """What happened, what the commander is told, how long, who, with what aims."""
    paint, say, theme, scenario = desk.paint, desk.voice, desk.paint.theme, words.scenario
    with desk.ui.scroll("briefing", rect, paged=True) as area:
        at = pygame.Rect(area.x, area.y, area.width - paint.px(PAD), 0)
        at.y += paint.paragraph(say(scenario.summary.text), at, BODY, theme.muted) + paint.px(PAD)
        at.y += paint.paragraph(say(scenario.briefing.text), at, LARGE) + paint.px(WIDE)
        first, last = scenario.minutes
        groups = listed(say, (say(g.name.text) for g in scenario.groups))
        units: dict[str, int] = {}
        for unit in scenario.units:
            units[unit.code] = units.get(unit.code, 0) + 1
        facts = (
            (
                say("How long"),
                say(
                    "{minutes:g} minutes of the incident; {real:.0f} minutes or so to play",
                    minutes=last - first,
                    real=max(3.0, (last - first) / FASTER),
                ),
            ),
            (
                say("People"),
                say("up to {people}: {groups}", people=sum(g.people for g in scenario.groups), groups=groups),
            ),
            (
                say("Units"),
                listed(say, (f"{words.unit_kind(code)}{f' ×{n}' if n > 1 else ''}" for code, n in units.items())),
            ),
            (say("Aims"), "\n".join("· " + say(e.says.text) for e in scenario.aims)),
        )
        for title, text in facts:
            paint.text(title, at.topleft, SMALL, theme.accent, bold=True)
            at.y += paint.line_height(SMALL)
            at.y += paint.paragraph(text, at, BODY) + paint.px(PAD)
        unreviewed = mark(words.playbook)
        if unreviewed is not None:
            at.y += paint.paragraph(say(unreviewed), at, BODY, theme.warn)
        area.reach(at.y)


def history_line(desk: Desk, results: Sequence[Result]) -> str:
    """Best, last and trend of earlier runs, in words."""
    say = desk.voice
    if not results:
        return say("Not played yet.")
    totals = [r.total for r in results]
    if len(totals) == 1:
        return say("Played once: {last:.0f}", last=totals[0])
    text = say(
        "Played {runs} times, best {best:.0f}, last {last:.0f}", runs=len(totals), best=max(totals), last=totals[-1]
    )
    if len(totals) >= 4:
        half = len(totals) // 2
        change = sum(totals[half:]) / (len(totals) - half) - sum(totals[:half]) / half
        word = say("rising") if change > 3 else say("falling") if change < -3 else say("level")
        text = listed(say, (text, word))
    return text
