"""Eyes: what one person, or the people of a group or a place, had before their eyes - the words beside the replay."""

import pygame

from sim.desktop.paint import Paint
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, PAD, SMALL, WIDE
from sim.exercise.perspective import Perspective
from sim.exercise.shared_view import GROUP, PLACE, SharedView
from sim.seat.sights import ACTS, KNOWN, Sights
from sim.seat.words import GEARS, Words, listed
from sim.world.unit import Gear


def draw_person(desk: Desk, person: Perspective, at: pygame.Rect) -> None:
    """What one person had before their eyes and made of it."""
    paint, say, theme = desk.paint, desk.voice, desk.paint.theme
    paint.text(
        say("What this person saw (in this model; feelings from 0 to 1)"),
        at.topleft,
        SMALL,
        theme.accent,
        bold=True,
        width=at.width,
    )
    at.y += paint.line_height(SMALL) + paint.px(2)
    at.y += paint.paragraph(f"{say(person.group)}: {say(ACTS[person.act])}", at, BODY, bold=True)
    if person.officers:
        text = say("{officers} officers in sight, the nearest {metres:.0f} m away, {gear}", officers=person.officers,
                   metres=person.nearest_m, gear=say(GEARS[Gear(person.gear)]))  # fmt: skip
    else:
        text = say("no officer in sight")
    at.y += paint.paragraph(text, at, BODY)
    for holds, words in (
        (person.closed, say("a line or ring nobody may pass")),
        (person.advancing, say("a line that moves against people")),
    ):
        if holds:
            at.y += paint.paragraph("· " + words, at, BODY, theme.bad)
    at.y += paint.px(4)
    _feelings(desk, person, at)
    density = say("{density:.1f} people per m² around them", density=person.density)
    at.y += paint.paragraph(density, at, SMALL, theme.muted)
    if person.knows:
        text = say("knows: {facts}", facts=listed(say, (say(KNOWN[k]) for k in person.knows)))
        at.y += paint.paragraph(text, at, SMALL, theme.muted)
    for claim in person.believes:
        at.y += paint.paragraph(say("believes: {claim}", claim=say(claim)), at, SMALL, theme.warn)
    for claim in person.rejects:
        at.y += paint.paragraph(say("no longer believes: {claim}", claim=say(claim)), at, SMALL, theme.good)
    at.y += paint.px(WIDE)


def draw_many(desk: Desk, words: Words, whom: str, many: SharedView | None, at: pygame.Rect) -> None:
    """What the people of a group, or at a place, had before their eyes and made of it."""
    paint, say, theme = desk.paint, desk.voice, desk.paint.theme
    name = words.group(whom.removeprefix(GROUP)) if whom.startswith(GROUP) else words.place(whom.removeprefix(PLACE))
    head = say("What people there saw (in this model; feelings from 0 to 1)")
    at.y += paint.paragraph(head, at, SMALL, theme.accent, bold=True) + paint.px(2)
    if many is None or many.whom != whom:
        at.y += paint.paragraph(say("{name}: nobody is there now", name=name), at, BODY, bold=True) + paint.px(WIDE)
        return
    at.y += paint.paragraph(say("{name}: {people} people", name=name, people=many.people), at, BODY, bold=True)
    sights = Sights.of(say, many)
    at.y += paint.paragraph(sights.doing, at, BODY)
    at.y += paint.paragraph(sights.officers, at, BODY)
    if sights.line:
        at.y += paint.paragraph(sights.line, at, BODY, theme.bad)
    at.y += paint.px(4)
    _feelings(desk, many, at)
    for text in sights.knows[:4]:
        at.y += paint.paragraph(text, at, SMALL, theme.muted)
    for text in sights.believes:
        at.y += paint.paragraph(text, at, SMALL, theme.warn)
    if many.asked < many.people:
        at.y += paint.paragraph(say("{number} of them were asked", number=many.asked), at, SMALL, theme.muted)
    at.y += paint.px(WIDE)


def _feelings(desk: Desk, whose: Perspective | SharedView, at: pygame.Rect) -> None:
    """What they feel, one bar each."""
    paint, say = desk.paint, desk.voice
    feelings = (
        (say("anger"), whose.anger),
        (say("fear"), whose.fear),
        (say("trust in the police"), whose.legitimacy),
        (say("us against them"), whose.identity),
        (say("hope in talks"), whose.hope),
        (say("believes they can leave"), whose.exit_belief),
    )
    widest = max(paint.text_width(words, SMALL) for words, _ in feelings) + paint.px(PAD)
    side = max(at.width // 2, min(widest, at.width - paint.px(80)))
    for words, value in feelings:
        _feeling(paint, words, value, at, side)


def _feeling(paint: Paint, words: str, value: float, at: pygame.Rect, half: int) -> None:
    """A name, a bar from so far right on, and a number."""
    high = paint.line_height(SMALL)
    paint.text(words, at.topleft, SMALL, width=half - 4)
    bar = pygame.Rect(at.x + half, at.y + high // 2 - paint.px(3), at.width - half - paint.px(38), paint.px(6))
    paint.panel(bar, paint.theme.raised, radius=3)
    share = max(0.0, min(1.0, value))
    paint.panel(pygame.Rect(bar.x, bar.y, round(bar.width * share), bar.height), paint.theme.accent, radius=3)
    paint.text(f"{share:.2f}", (at.right, at.y), SMALL, align=1.0)
    at.y += high
