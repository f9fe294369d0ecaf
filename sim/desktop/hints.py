"""Hints: what a newcomer needs next, one at a time on the map, each gone for good once it was done or read.

The tutorial teaches the same things by radio, so there only the first of them speaks, before any radio can: how to let
time run. What is done there is learnt all the same.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from sim.desktop.post import Post
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, PAD, SMALL

TUTORIAL = "first_steps"


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to learn."""

    name: str
    due: Callable[[Post], bool]
    """The moment at which it helps."""
    done: Callable[[Post], bool]
    """Somebody who does this knows it."""


HINTS = (
    Hint("run", lambda post: post.draft is None and post.wanted == "paused", lambda post: post.engine.flow != "paused"),
    Hint("card", lambda post: post.draft is None and _calls(post), lambda post: post.draft is not None),
    Hint("order", lambda post: post.draft is not None, lambda post: post.waiting is not None),
    Hint("call", lambda post: bool(post.seen.orders) and _calls(post), lambda post: bool(post.chronicle.in_hand)),
    Hint("map", lambda post: len(post.seen.x) > 0, lambda post: not post.map.camera.fitted),
    Hint("help", lambda post: True, lambda post: False),
)


def _calls(post: Post) -> bool:
    return bool(post.chronicle.open_calls(post.seen))


def words_of(desk: Desk, name: str) -> str:
    """What a hint says, with the keys as they are set."""
    say, key = desk.voice, desk.keys.shown
    return {
        "run": say("Time stands still, and the map is empty until your people report. {run} lets time run and stops it "
                   "again, {on} runs on until something needs you.", run=key("pause"), on=key("needed")),
        "card": say("A message waits for an answer. Choose a kind of response on the right, then a card."),
        "order": say("Say where, how and why. Below stands what speaks against it; {send} sends the order.",
                     send=key("confirm")),
        "call": say("When you have dealt with a message, mark it as in hand. The mark is for you and gives no order."),
        "map": say("The wheel zooms, dragging moves the map, {fit} goes back. Press a unit to see what it does.",
                   fit=key("fit")),
        "help": say("{help} explains everything, {back} opens the menu. All is saved as you go.",
                    help=key("help"), back=key("back")),
    }[name]  # fmt: skip


def learn(desk: Desk, post: Post) -> None:
    """Notes what was done without being told."""
    learnt = desk.preferences.learnt
    _know(desk, [h.name for h in HINTS if h.name not in learnt and h.done(post)])


def knows_help(desk: Desk) -> None:
    """Somebody found the menu or the help: nobody need tell them where it is."""
    _know(desk, ["help"])


def _know(desk: Desk, names: list[str]) -> None:
    learnt = desk.preferences.learnt
    new = [name for name in names if name not in learnt]
    if new:
        learnt.extend(new)
        desk.changed()


def draw_hint(desk: Desk, post: Post, rect: pygame.Rect) -> pygame.Rect | None:
    """The one hint that helps now, at the top of this rectangle; what it covers, or None."""
    if post.assessed or post.over:
        return None
    learnt = desk.preferences.learnt
    spoken = HINTS[:1] if post.words.scenario.id == TUTORIAL else HINTS
    hint = next((h for h in spoken if h.name not in learnt and h.due(post)), None)
    if hint is None:
        return None
    paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
    pad, high = paint.px(PAD), paint.px(30)
    text, read, enough = words_of(desk, hint.name), say("Got it"), say("No more hints")
    widths = ui.button_width(read, SMALL), ui.button_width(enough, SMALL)
    inner = min(rect.width - paint.px(110), max(paint.px(400), sum(widths) + pad))
    lines = paint.paragraph_height(text, inner, BODY)
    box = pygame.Rect(0, 0, inner + 2 * pad + paint.px(5), lines + high + 3 * pad)
    box.midtop = (rect.centerx - paint.px(20), rect.y + pad)
    paint.panel(box, theme.panel, theme.accent)
    paint.surface.fill(theme.accent, (box.x, box.y + pad, paint.px(4), box.height - 2 * pad))
    left = box.x + pad + paint.px(5)
    paint.paragraph(text, pygame.Rect(left, box.y + pad, inner, 0), BODY)
    y = box.bottom - pad - high
    if ui.button("hint:read", pygame.Rect(left, y, widths[0], high), read, size=SMALL):
        _know(desk, [hint.name])
    spot = pygame.Rect(left + widths[0] + pad, y, widths[1], high)
    if ui.button("hint:enough", spot, enough, say("They come back when all settings are reset."), size=SMALL):
        _know(desk, [h.name for h in HINTS])
    return box
