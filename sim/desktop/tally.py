"""Tally: the total with what it rests on, and what came of the run - aims, how people left, who was hurt."""

from collections.abc import Sequence

import pygame

from sim.desktop.course_line import HARM_SHAPES, mark_colour
from sim.desktop.findings import Findings, Kept
from sim.desktop.office import Past, Result
from sim.desktop.reading import history_line
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, CLOCK, GAP, PAD, SMALL, Colour
from sim.scoring import Score
from sim.scoring.summary import UNFINISHED
from sim.seat.aside import own_total
from sim.seat.days import BAD_VICTORY, days_in_words
from sim.seat.words import Words

HUGE = 52.0
"""Size of the total."""
LEFT = {
    "voluntary": "left on their own feet",
    "moved": "driven off",
    "detained": "detained",
    "remaining": "still there",
}
"""How people left."""
LEFT_SHAPES = {"voluntary": "check", "moved": "chevrons", "detained": "square", "remaining": "ring"}
SEAL = {
    "version": "program version",
    "scenario": "scenario",
    "files": "digest of its files",
    "seed": "seed of the random events",
    "state": "digest of the last state",
    "journal": "digest of the journal",
    "score": "score",
}
"""What an assessed result rests on, in words."""


def draw_tally(desk: Desk, words: Words, past: Past, found: Findings, kept: Kept, at: pygame.Rect) -> int:
    """Draws it from the top of `at` and returns its height."""
    top = at.y
    _total(desk, past, found.score, at)
    _aims(desk, words, found, at)
    _people(desk, found, at)
    _hurt(desk, found, at)
    _history(desk, kept.results, at)
    _seal(desk, past, kept, at)
    return at.y - top


def _head(desk: Desk, at: pygame.Rect, text: str) -> None:
    paint = desk.paint
    at.y += paint.px(PAD)
    paint.text(text, at.topleft, SMALL, paint.theme.accent, bold=True, width=at.width)
    at.y += paint.line_height(SMALL) + paint.px(2)


def _total(desk: Desk, past: Past, result: Score, at: pygame.Rect) -> None:
    paint, say, theme = desk.paint, desk.voice, desk.paint.theme
    total = "-" if result.total is None else f"{result.total:.1f}"
    high = paint.line_height(HUGE)
    drawn = paint.text(total, (at.x, at.y), HUGE, bold=True)
    badge = pygame.Rect(at.right - paint.px(58), at.y + (high - paint.px(58)) // 2, paint.px(58), paint.px(58))
    paint.panel(badge, theme.bad if result.gates else theme.accent, radius=12)
    ink = theme.on_bad if result.gates else theme.on_accent
    y = badge.centery - paint.line_height(CLOCK) / 2
    paint.text(result.grade or "-", (badge.x, y), CLOCK, ink, bold=True, width=badge.width, align=0.5)
    of = (drawn.right + paint.px(6), at.y + high - paint.line_height(BODY) - paint.px(9))
    if badge.x - of[0] > paint.px(20):
        paint.text(say("of 100"), of, BODY, theme.muted, width=badge.x - round(of[0]) - paint.px(4))
    at.y += high
    if result.gates and result.uncapped not in {None, result.total}:
        text = say("without the red lines it would be {total:.1f}", total=result.uncapped or 0.0)
        at.y += paint.paragraph(text, at, BODY, theme.bad)
    own = own_total(past.aside.own_score, result)
    if own is not None:
        at.y += paint.paragraph(say("you gave yourself {total:.0f}", total=own), at, BODY)
    other = past.aside.override
    if other is not None:
        text = say("the instructor's grade: {grade} ({reason})", grade=other.human, reason=other.reason)
        at.y += paint.paragraph(text, at, BODY, theme.accent)
    bar = pygame.Rect(at.x, at.y + paint.px(5), at.width, paint.px(6))
    paint.panel(bar, theme.raised, radius=3)
    paint.panel(pygame.Rect(bar.x, bar.y, round(bar.width * result.coverage), bar.height), theme.muted, radius=3)
    at.y = bar.bottom + paint.px(GAP)
    text = say("based on {share:.0%} of what is scored", share=result.coverage)
    at.y += paint.paragraph(text, at, BODY)
    if result.provisional:
        at.y += paint.paragraph(say("provisional: the days after are not played"), at, SMALL, theme.muted)


def _aims(desk: Desk, words: Words, found: Findings, at: pygame.Rect) -> None:
    paint, say, theme = desk.paint, desk.voice, desk.paint.theme
    outcome = found.figures["outcome"]
    unmet = say("not decided") if outcome["reason"] == UNFINISHED else say("not met")
    rows = [
        (say(e.says.text), *(("check", theme.good, say("met")) if e.id in outcome["won"]
                             else ("ring", theme.muted, unmet)))
        for e in words.scenario.aims
    ] + [
        (say(e.says.text), "x", theme.bad, say("happened")) for e in words.scenario.red_lines if e.id in outcome["lost"]
    ]  # fmt: skip
    if not rows:
        return
    days = found.figures["aftermath"]
    if outcome["reason"] == "bad_victory":
        at.y += paint.paragraph(say(BAD_VICTORY), at, BODY, theme.bad) + paint.px(GAP)
    if days is not None:
        at.y += paint.paragraph(say(days_in_words(days)), at, BODY) + paint.px(GAP)
    lost = any(shape == "x" for _, shape, _, _ in rows)
    _head(desk, at, say("What must not happen") if lost else say("Aims of the exercise"))
    for text, shape, colour, word in sorted(rows, key=lambda row: row[1] != "x"):
        if lost and shape != "x":
            lost = False
            _head(desk, at, say("Aims of the exercise"))
        size, wide = paint.px(13), paint.text_width(word, SMALL, bold=True)
        paint.shape(shape, (at.x + size / 2, at.y + paint.line_height(BODY) / 2), size, colour)
        paint.text(word, (at.right - wide, at.y + paint.px(1)), SMALL, colour, bold=True)
        left = at.x + size + paint.px(7)
        room = pygame.Rect(left, at.y, at.right - wide - paint.px(6) - left, 0)
        at.y += paint.paragraph(text, room, BODY) + paint.px(3)


def _people(desk: Desk, found: Findings, at: pygame.Rect) -> None:
    """How people left: one bar, and each part with its shape, words and number."""
    paint, say, theme = desk.paint, desk.voice, desk.paint.theme
    colours: dict[str, Colour] = {
        "voluntary": theme.good,
        "moved": theme.warn,
        "detained": theme.bad,
        "remaining": theme.muted,
    }
    _head(desk, at, say("How people left"))
    numbers = {name: int(found.figures["left"][name]) for name in LEFT}
    whole, x = max(1, sum(numbers.values())), float(at.x)
    for name in LEFT:
        wide = at.width * numbers[name] / whole
        paint.surface.fill(colours[name], (round(x), at.y, max(0, round(wide) - 1), paint.px(10)))
        x += wide
    at.y += paint.px(14)
    for name, shape in LEFT_SHAPES.items():
        _count(desk, at, shape, colours[name], say(LEFT[name]), str(numbers[name]))


def _count(desk: Desk, at: pygame.Rect, shape: str, colour: Colour, text: str, number: str) -> None:
    paint = desk.paint
    size, high = paint.px(12), paint.line_height(BODY)
    paint.shape(shape, (at.x + size / 2, at.y + high / 2), size, colour)
    wide = paint.text_width(number, BODY, bold=True)
    paint.text(number, (at.right - wide, at.y), BODY, bold=True)
    left = at.x + size + paint.px(7)
    paint.text(text, (left, at.y), BODY, width=max(1, at.right - wide - left - paint.px(6)))
    at.y += high


def _hurt(desk: Desk, found: Findings, at: pygame.Rect) -> None:
    paint, say, theme = desk.paint, desk.voice, desk.paint.theme
    hurt = found.figures["injuries"]
    _head(desk, at, say("People hurt"))
    words = {"minor": say("lightly hurt"), "serious": say("seriously hurt"), "fatal": say("dead")}
    for kind, text in words.items():
        colour = mark_colour(theme, kind) if hurt[kind] else theme.muted
        _count(desk, at, HARM_SHAPES[kind], colour, text, str(hurt[kind]))
    ill = hurt["by_cause"].get("illness", 0)
    if ill:
        text = say("of these taken ill, hurt by nobody: {number}", number=ill)
        at.y += paint.paragraph(text, at, SMALL, theme.muted)
    trust = found.figures["legitimacy"]
    text = say("Trust in the police: {start:.0%} before, {end:.0%} at the end", start=trust["start"],
               end=trust["end"])  # fmt: skip
    at.y += paint.px(PAD)
    at.y += paint.paragraph(text, at, BODY)


def _history(desk: Desk, results: Sequence[Result], at: pygame.Rect) -> None:
    """Totals of all runs of this scenario as a line."""
    if not results:
        return
    paint, say, theme = desk.paint, desk.voice, desk.paint.theme
    _head(desk, at, say("Your runs of this scenario"))
    at.y += paint.paragraph(history_line(desk, results), at, BODY)
    if len(results) < 2:
        return
    box = pygame.Rect(at.x, at.y + paint.px(4), at.width, paint.px(72))
    paint.panel(box, theme.ground, theme.line, radius=4)
    inner = box.inflate(-2 * paint.px(12), -2 * paint.px(9))
    middle = inner.centery
    pygame.draw.line(paint.surface, theme.raised, (inner.x, middle), (inner.right, middle))
    step = inner.width / (len(results) - 1)
    points = [(inner.x + k * step, inner.bottom - r.total / 100.0 * inner.height) for k, r in enumerate(results)]
    paint.line(points, theme.accent, 2.0)
    for k, (point, result) in enumerate(zip(points, results, strict=True)):
        last = k == len(points) - 1
        paint.shape("disc", point, paint.px(11 if last else 7), theme.accent, theme.text if last else None)
        spot = pygame.Rect(0, 0, paint.px(12), box.height)
        spot.center = (round(point[0]), box.centery)
        if desk.ui.over(spot):
            desk.ui.tip(f"{result.when}: {result.total:.1f} {result.grade}", spot)
    at.y = box.bottom


def _seal(desk: Desk, past: Past, kept: Kept, at: pygame.Rect) -> None:
    paint, say, theme = desk.paint, desk.voice, desk.paint.theme
    if not past.assessed:
        at.y += paint.px(PAD)
        at.y += paint.paragraph(say("seed {seed}", seed=str(past.seed)), at, SMALL, theme.muted)
        return
    _head(desk, at, say("Seal of this assessed run"))
    for name, value in kept.seal.items():
        at.y += paint.paragraph(f"{say(SEAL[name]) if name in SEAL else name}: {value}", at, SMALL, theme.muted)
    if not kept.seal:
        at.y += paint.paragraph(say("being written ..."), at, SMALL, theme.muted)
