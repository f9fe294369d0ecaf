"""Moving: the lines an author pastes for a shape that was moved on the map. The file itself is never touched."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.desktop.preview.draft import Draft
from sim.scenario.problem import Path
from sim.scenario.site import Area

STEP_M = 0.5
"""Shapes move in steps of so much."""


@dataclass(frozen=True, slots=True)
class Lines:
    """What to paste, and which line it takes the place of."""

    line: int
    text: str
    whole: bool
    """True when it is the whole line; False when it takes the place of a value that goes on over several lines."""


def snapped(value: float) -> float:
    """The nearest step."""
    return round(value / STEP_M) * STEP_M


def moved(area: Area, dx: float, dy: float) -> Area:
    """The same shape so far east and north, to the nearest step."""
    dx, dy = snapped(dx), snapped(dy)
    if area.rect is not None:
        x0, y0, x1, y1 = area.rect
        return Area(rect=(x0 + dx, y0 + dy, x1 + dx, y1 + dy))
    assert area.polygon is not None
    return Area(polygon=tuple((x + dx, y + dy) for x, y in area.polygon))


def stretched(area: Area, corner: int, dx: float, dy: float) -> Area:
    """The same shape with one corner so far east and north; a rectangle stays one, at least a step wide and high."""
    dx, dy = snapped(dx), snapped(dy)
    if area.rect is None:
        assert area.polygon is not None
        points = [(x + dx, y + dy) if k == corner else (x, y) for k, (x, y) in enumerate(area.polygon)]
        return Area(polygon=tuple(points))
    x0, y0, x1, y1 = area.rect
    if corner in {0, 3}:
        x0 = min(x0 + dx, x1 - STEP_M)
    else:
        x1 = max(x1 + dx, x0 + STEP_M)
    if corner in {0, 1}:
        y0 = min(y0 + dy, y1 - STEP_M)
    else:
        y1 = max(y1 + dy, y0 + STEP_M)
    return Area(rect=(x0, y0, x1, y1))


def lines_for(draft: Draft, path: Path, area: Area) -> Lines:
    """What to paste so that the area at `path` has this shape."""
    name = "rect" if area.rect is not None else "polygon"
    value = (*path, name)
    wanted = _spelt(area)
    line, column = draft.values.get(value, (draft.line_of(value), 1))
    source = draft.lines[line - 1] if line <= len(draft.lines) else ""
    end = _closed(source, column - 1)
    if end is not None:
        return Lines(line, source[: column - 1] + wanted + source[end:], whole=True)
    key_line, key_column = draft.keys.get(value, (line, column))
    return Lines(key_line, " " * (key_column - 1) + f"{name}: {wanted}", whole=False)


def _spelt(area: Area) -> str:
    if area.rect is not None:
        return _list(area.rect)
    assert area.polygon is not None
    return "[" + ", ".join(_list(point) for point in area.polygon) + "]"


def _list(numbers: Sequence[float]) -> str:
    return "[" + ", ".join(f"{value:g}" for value in numbers) + "]"


def _closed(source: str, start: int) -> int | None:
    """Where the list that begins there ends on the same line; None when it does not."""
    depth = 0
    for k in range(start, len(source)):
        if source[k] == "[":
            depth += 1
        elif source[k] == "]":
            depth -= 1
            if depth == 0:
                return k + 1
        elif depth == 0:
            return None
    return None
