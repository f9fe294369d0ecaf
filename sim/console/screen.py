"""The screen: the parts laid out for the terminal's size, every line exactly as wide as it."""

from rich.text import Text

from sim.console import panels
from sim.console.lines import Lines, beside, box, fit, height_to, paragraph
from sim.console.post import Post
from sim.console.site_map import draw_map

LEAST_WIDTH, LEAST_HEIGHT = 60, 20
WIDE, TALL = 118, 34
"""From here on there is room for a third column."""
HEAD, FOOT = 3, 1
HINTS = "Space run/pause  n next  r respond  m messages  u units  a under way  i known  o boards  ? keys  q leave"
SHORT_HINTS = "Space run  n next  r respond  m mail  u units  a doing  o boards  ? keys  q leave"


def too_small(post: Post, width: int, height: int) -> Lines | None:
    """What to show instead when nothing would fit."""
    if width >= LEAST_WIDTH and height >= LEAST_HEIGHT:
        return None
    text = post.voice(
        "This window is too small: {width} x {height}; at least {least_width} x {least_height} is needed.",
        width=width,
        height=height,
        least_width=LEAST_WIDTH,
        least_height=LEAST_HEIGHT,
    )
    return height_to(paragraph(text, max(4, width)), max(4, width), height)


def head(post: Post, width: int) -> Lines:
    """The three lines that are always there."""
    return [panels.title_line(post, width), panels.situation_line(post, width), panels.strip_line(post, width)]


def foot(post: Post, width: int, notice: Text | None) -> Text:
    """The last thing that happened, else the keys."""
    if notice is not None:
        return fit(Text.assemble(" ", notice, end=""), width)
    return hint_line(post.voice(HINTS if width >= 110 else SHORT_HINTS), width)


def hint_line(hints: str, width: int) -> Text:
    """Keys in bold, what they do beside them; entries are parted by two spaces."""
    line = Text(" ", end="")
    for entry in hints.split("  "):
        key, _, does = entry.partition(" ")
        line.append(key, "bold")
        line.append(f" {does}  ", "dim")
    return fit(line, width)


def map_box(post: Post, width: int, height: int) -> Lines:
    """The map with its scale and legend."""
    say = post.voice
    inner = width - 2
    legend = [panels.legend_line(post, inner)]
    drawn = draw_map(post.seen, post.view, post.words, inner, height - 2 - len(legend), plain=post.plain)
    title = say("Map: whole site") if post.view.whole else say("Map: the crowd")
    note = say("1 column = {metres:g} m", metres=post.view.scale)
    return box(title, [*drawn, *legend], width, height, note=note)


def overview(post: Post, width: int, height: int, notice: Text | None = None) -> Lines:
    """The whole screen while no dialog is open."""
    small = too_small(post, width, height)
    if small is not None:
        return small
    body = height - HEAD - FOOT
    drawn = _wide(post, width, body) if width >= WIDE and height >= TALL else _narrow(post, width, body)
    return [*head(post, width), *drawn, foot(post, width, notice)]


def _narrow(post: Post, width: int, height: int) -> Lines:
    say = post.voice
    lower = max(7, height // 3)
    upper = height - lower
    left = width * 27 // 50
    right = width - left
    low_left = width // 2
    doing = panels.under_way(post, low_left - 2)
    units = panels.units_summary(post, low_left - 2)
    room = lower - 2
    mixed = [*doing[: max(2, room - len(units))], *units] if post.seen.activities else [*units, *doing]
    return [
        *beside(map_box(post, left, upper), feed_box(post, right, upper)),
        *beside(
            box(say("Units and what is under way"), mixed, low_left, lower),
            box(say("What we know"), panels.known(post, width - low_left - 2), width - low_left, lower),
        ),
    ]


def _wide(post: Post, width: int, height: int) -> Lines:
    say = post.voice
    side = min(46, max(34, width // 4))
    main = width - side
    kinds = panels.kind_lines(post, side - 2)
    kind_height = len(kinds) + 2
    rows = panels.unit_rows(post, side - 2)
    unit_height = height - kind_height
    lower = max(9, height // 4)
    upper = height - lower
    feed_width = max(38, main * 2 // 5)
    half = main // 2
    left = [
        *beside(map_box(post, main - feed_width, upper), feed_box(post, feed_width, upper)),
        *beside(
            box(say("Under way"), panels.under_way(post, half - 2), half, lower),
            box(say("What we know"), panels.known(post, main - half - 2), main - half, lower),
        ),
    ]
    if len(rows) > unit_height - 2:
        rows = [
            *rows[: unit_height - 3],
            fit(say("{number} more (u)", number=len(rows) - unit_height + 3), side - 2, "dim"),
        ]
    right = [
        *box(say("Units"), rows, side, unit_height),
        *box(say("Responses (r): open / all"), kinds, side, kind_height),
    ]
    return beside(left, right)


def feed_box(post: Post, width: int, height: int) -> Lines:
    """The message feed."""
    unread = len(post.chronicle.unread)
    note = post.voice("{number} unread", number=unread) if unread else ""
    return box(post.voice("Messages"), panels.feed(post, width - 2, height - 2), width, height, note=note)


MAP_BESIDE = 44
"""Columns a map needs to stay visible beside a dialog."""
DIALOG_WIDTH = 84


def with_dialog(post: Post, dialog: Lines, width: int, foot_line: Text) -> Lines:
    """The screen while a dialog of `dialog_size` is open: head, map where there is room, dialog, its keys."""
    height = len(dialog)
    beside_map = width - DIALOG_WIDTH >= MAP_BESIDE
    drawn = beside(map_box(post, width - DIALOG_WIDTH, height), dialog) if beside_map else dialog
    return [*head(post, width), *drawn, foot_line]


def dialog_size(width: int, height: int) -> tuple[int, int]:
    """Columns and rows a dialog has."""
    beside_map = width - DIALOG_WIDTH >= MAP_BESIDE
    return (DIALOG_WIDTH if beside_map else width), height - HEAD - FOOT
