"""Strip: the run along its minutes - how tense the crowd was seen to be, the calls, and the orders given."""

from collections.abc import Callable

import pygame

from sim.crowd.state import CrowdState
from sim.desktop.paint import Paint
from sim.desktop.post import Post
from sim.desktop.screen import Desk
from sim.desktop.theme import SMALL, WIDE, Colour, Theme
from sim.seat.words import STATES, UNSEEN

Across = Callable[[float], float]
"""Where a tick is, in pixels."""
MOST_POINTS = 200
STATE_SHAPES = {
    UNSEEN: "dots",
    CrowdState.CALM: "ring",
    CrowdState.TENSE: "half",
    CrowdState.AGITATED: "triangle",
    CrowdState.CLASH: "diamond",
    CrowdState.DISPERSING: "chevrons",
    CrowdState.RESOLVED: "check",
}
STATE_HEIGHTS = {
    UNSEEN: 0.12,
    CrowdState.RESOLVED: 0.16,
    CrowdState.DISPERSING: 0.3,
    CrowdState.CALM: 0.3,
    CrowdState.TENSE: 0.5,
    CrowdState.AGITATED: 0.75,
    CrowdState.CLASH: 1.0,
}


def state_colour(theme: Theme, state: int) -> Colour:
    """The colour of a state of the crowd."""
    return {
        UNSEEN: theme.line,
        CrowdState.CALM: theme.good,
        CrowdState.TENSE: theme.warn,
        CrowdState.AGITATED: theme.agitated,
        CrowdState.CLASH: theme.bad,
        CrowdState.DISPERSING: theme.officers,
        CrowdState.RESOLVED: theme.good,
    }[state]


def state_name(desk: Desk, state: int) -> str:
    """A state in words."""
    return desk.voice("nobody sees the crowd") if state == UNSEEN else desk.voice(STATES[CrowdState(state)])


def draw_strip(desk: Desk, post: Post, rect: pygame.Rect) -> None:
    """Two rows on one axis: above what the crowd was seen doing, with calls; below the orders.

    What comes in the days after has no place on it: the board of those days has a line of its own.
    """
    paint, theme = desk.paint, desk.paint.theme
    words = post.words
    first, last = (float(m) for m in words.scenario.minutes)
    whole = max(1.0, (last - first) * 600.0)
    label = paint.line_height(SMALL)
    band = pygame.Rect(rect.x, rect.y + label, rect.width, rect.height - 2 * label)
    upper = pygame.Rect(band.x, band.y, band.width, round(band.height * 0.66))

    def across(tick: float) -> float:
        return band.x + tick / whole * band.width

    paint.panel(band, theme.ground, theme.line, radius=4)
    _hours(desk, post, band, across(0.0), band.width / max(1e-6, last - first))
    _states(desk, post, upper, across)
    _curve(paint, post, upper, across)
    _marks(desk, post, band, upper, across)
    x = min(float(band.right), across(post.seen.tick))
    pygame.draw.line(paint.surface, theme.text, (x, band.y - 3), (x, band.bottom + 3), max(2, paint.px(2)))
    _title(desk, rect)


def _title(desk: Desk, rect: pygame.Rect) -> None:
    """What it shows; on the right, as far as there is room, what the lines and marks mean."""
    paint, say, theme = desk.paint, desk.voice, desk.paint.theme
    title = say("What the crowd was seen doing, calls and orders")
    least = rect.x + paint.text_width(title, SMALL) + paint.px(WIDE)
    middle, right = rect.y + paint.line_height(SMALL) / 2, rect.right
    for text, shape, colour in (
        (say("order"), "square", theme.officers),
        (say("call"), "down", theme.muted),
        (say("hostile or violent"), "", theme.bad),
        (say("taking part or worse"), "", theme.muted),
    ):
        side = paint.px(16)
        left = right - paint.text_width(text, SMALL) - side
        if left < least:
            break
        paint.text(text, (left + side, rect.y), SMALL, theme.muted)
        if shape:
            paint.shape(shape, (left + side / 2 - 1, middle), paint.px(8), colour)
        else:
            paint.line([(left, middle), (left + side - paint.px(4), middle)], colour, 1.5)
        right = left - paint.px(12)
    paint.text(title, (rect.x, rect.y), SMALL, theme.muted, width=rect.width)


def _hours(desk: Desk, post: Post, band: pygame.Rect, x0: float, per_minute: float) -> None:
    paint = desk.paint
    first, last = (float(m) for m in post.words.scenario.minutes)
    step = next(
        (s for s in (1, 2, 5, 10, 15, 30, 60) if s * per_minute > paint.text_width("-000:00", SMALL) + paint.px(8)), 120
    )
    minute = -(-first // step) * step
    while minute <= last:
        x = x0 + (minute - first) * per_minute
        pygame.draw.line(paint.surface, paint.theme.line, (x, band.y), (x, band.bottom))
        text = post.words.clock_of_minute(minute)
        if x + paint.text_width(text, SMALL) / 2 < band.right:
            paint.text(text, (max(x, band.x + paint.text_width(text, SMALL) / 2), band.bottom), SMALL,
                       paint.theme.muted, align=0.5)  # fmt: skip
        minute += step


def _states(desk: Desk, post: Post, rect: pygame.Rect, across: Across) -> None:
    """A bar as high as the state is pressing, with its sign where there is room."""
    paint, theme = desk.paint, desk.paint.theme
    states = _state_spans(post)
    for start, end, state in states:
        x0, x1 = across(start), across(end)
        height = round(rect.height * STATE_HEIGHTS[state])
        box = pygame.Rect(round(x0), rect.bottom - height, max(1, round(x1 - x0)), height)
        colour = state_colour(theme, state)
        cover = pygame.Surface(box.size, pygame.SRCALPHA)
        cover.fill((*colour, 70))
        paint.surface.blit(cover, box)
        pygame.draw.line(paint.surface, colour, box.topleft, box.topright, max(2, paint.px(2)))
        size = paint.px(10)
        if box.width > size + 4 and box.height > size:
            paint.shape(STATE_SHAPES[state], (box.x + size * 0.8, box.y + size * 0.8), size, theme.text)
        if desk.ui.over(box):
            desk.ui.tip(
                f"{post.words.clock(round(start))} - {post.words.clock(round(end))}: {state_name(desk, state)}", box
            )


def _state_spans(post: Post) -> list[tuple[float, float, int]]:
    """(first tick, last tick, state) as it was judged; what was seen before a break comes from the kept trace."""
    points = [(int(p[0]), int(p[1])) for p in post.sitting.aside.trace]
    own = post.chronicle.states
    if own:
        points = [p for p in points if p[0] < own[0][0]] + list(own)
    spans: list[tuple[float, float, int]] = []
    for k, (tick, state) in enumerate(points):
        end = points[k + 1][0] if k + 1 < len(points) else _now(post)
        if spans and spans[-1][2] == state:
            spans[-1] = (spans[-1][0], end, state)
        else:
            spans.append((tick, end, state))
    return spans


def _now(post: Post) -> int:
    """The tick it is, or that at which everybody had gone home."""
    return post.seen.tick if post.seen.days is None else post.seen.days.began_tick


def _curve(paint: Paint, post: Post, rect: pygame.Rect, across: Across) -> None:
    """The share of people seen taking part loudly, and of those hostile or violent."""
    whole = post.sitting.aside.trace
    # A long run has more points than the line has pixels to tell them apart.
    trace = [p for p in whole[:: 1 + len(whole) // MOST_POINTS] if p[1] != UNSEEN]
    for first, colour in ((2, paint.theme.muted), (3, paint.theme.bad)):
        points = [(across(p[0]), rect.bottom - 1 - sum(p[first:5]) * (rect.height - 2)) for p in trace]
        if len(points) > 1:
            pygame.draw.aalines(paint.surface, colour, False, points)


def _marks(desk: Desk, post: Post, band: pygame.Rect, upper: pygame.Rect, across: Across) -> None:
    paint, theme = desk.paint, desk.paint.theme
    size = paint.px(9)
    for message in post.seen.messages:
        if not message.needs_answer or message.tick > _now(post):
            continue
        waiting = post.chronicle.waits(message, post.seen.tick)
        spot = pygame.Rect(0, 0, size, size)
        spot.center = (round(across(message.tick)), upper.y + size)
        paint.shape("down", spot.center, size, theme.warn if waiting else theme.muted)
        if desk.ui.over(spot.inflate(4, 4)):
            desk.ui.tip(f"{post.words.clock(message.tick)} {desk.voice(message.text)}", spot)
    y = (upper.bottom + band.bottom) // 2
    for order in post.seen.orders:
        if order.tick > _now(post):
            break
        spot = pygame.Rect(0, 0, size, size)
        spot.center = (round(across(order.tick)), y)
        paint.shape("square", spot.center, size, theme.officers)
        if desk.ui.over(spot.inflate(4, 4)):
            desk.ui.tip(f"{post.words.clock(order.tick)} {post.words.response(order.response)}", spot)
    aside = post.sitting.aside
    for tick, shape, text in (
        *((t, "flag", desk.voice("bookmark")) for t in aside.bookmarks),
        *((t, "page", note) for t, note in aside.notes),
    ):
        spot = pygame.Rect(0, 0, size, size)
        spot.center = (round(across(tick)), upper.bottom - size // 2 - 1)
        paint.shape(shape, spot.center, size + 2, theme.accent)
        if desk.ui.over(spot.inflate(4, 4)):
            desk.ui.tip(f"{post.words.clock(tick)} {text}", spot)
