"""The map: the site and what has been reported on it, as characters.

People are drawn as they were last seen, by shape and colour for what they were doing, and fade with the age of the
report. Nothing is drawn that was not reported.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len
from rich.text import Text

from sim.console.lines import Lines
from sim.core.geometry import Point, Rect
from sim.scenario.site import PlaceData
from sim.seat.words import Words
from sim.world.observation import Observation
from sim.world.report import Look

GLYPHS = {
    Look.STANDING: (".", ":", "⁞"),
    Look.TAKING_PART: ("o", "8", "@"),
    Look.HOSTILE: ("x", "X", "%"),
    Look.VIOLENT: ("!", "!", "!"),
    Look.LEAVING: ("~", "~", "≈"),
    Look.HURT: ("+", "+", "+"),
}
"""For one person, a few (from 3) and many (from 10) in one cell."""
PLAIN_GLYPHS = {**GLYPHS, Look.STANDING: (".", ":", ";"), Look.LEAVING: ("~", "~", "~")}
"""For terminals without Unicode."""
LOOK_STYLES = {
    Look.STANDING: "",
    Look.TAKING_PART: "yellow",
    Look.HOSTILE: "bold magenta",
    Look.VIOLENT: "bold red reverse",
    Look.LEAVING: "cyan",
    Look.HURT: "bold red",
}
A_FEW, MANY = 3, 10
OLD_S = 90.0
"""Reports older than this are drawn dim."""
UNIT_STYLE = "bold white on blue"
CASUALTY_STYLE = "bold white on red"
SCALES_M = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.5, 10.0, 15.0, 20.0, 30.0, 50.0)
"""Metres a column can stand for; a row stands for twice as many, because cells are twice as high as wide."""


class Canvas:
    """A grid of characters with styles; a Chinese character takes two cells and is never half drawn."""

    def __init__(self, columns: int, rows: int) -> None:
        """Blank."""
        self.columns, self.rows = columns, rows
        self._text = [[" "] * columns for _ in range(rows)]
        self._style = [[""] * columns for _ in range(rows)]

    def inside(self, column: int, row: int) -> bool:
        """True when there is such a cell."""
        return 0 <= column < self.columns and 0 <= row < self.rows

    def put(self, column: int, row: int, text: str, style: str) -> None:
        """Writes from this cell on what fits into the row."""
        for character in text:
            size = cell_len(character)
            if not self.inside(column, row) or column + size > self.columns:
                return
            self._clear(column, row)
            self._text[row][column], self._style[row][column] = character, style
            if size == 2:
                self._clear(column + 1, row)
                self._text[row][column + 1], self._style[row][column + 1] = "", style
            column += size

    def _clear(self, column: int, row: int) -> None:
        if self._text[row][column] == "" and column > 0:
            self._text[row][column - 1] = " "
        if column + 1 < self.columns and self._text[row][column + 1] == "":
            self._text[row][column + 1] = " "

    def free(self, column: int, row: int, cells: int, ground: str = " ") -> bool:
        """True when so many cells from this one on are inside and hold nothing but ground."""
        return (
            self.inside(column, row)
            and column + cells <= self.columns
            and all(c in ground and c for c in self._text[row][column : column + cells])
        )

    def clear_of(self, style: str, column: int, row: int, cells: int) -> bool:
        """True when so many cells from this one on are inside and none has this style."""
        return (
            self.inside(column, row)
            and column + cells <= self.columns
            and style not in self._style[row][column : column + cells]
        )

    def lines(self) -> Lines:
        """The grid as texts."""
        found = []
        for characters, styles in zip(self._text, self._style, strict=True):
            line = Text(end="", no_wrap=True)
            start = 0
            for k in range(1, self.columns + 1):
                if k == self.columns or styles[k] != styles[start]:
                    line.append("".join(characters[start:k]), styles[start])
                    start = k
            found.append(line)
        return found


@dataclass(slots=True)
class MapView:
    """Which part of the site is looked at; it follows the crowd, but not every step of it."""

    whole: bool = False
    zoom: int = 0
    """Steps of the scale away from the one that fits, more is closer."""
    pan_x: float = 0.0
    """Metres the middle was moved."""
    pan_y: float = 0.0
    scale: float = field(default=0.0)
    """Metres a column stands for at the last drawing."""
    _middle: tuple[float, float] | None = None
    _spread: tuple[float, float] = (60.0, 60.0)

    def switch(self) -> None:
        """Crowd or whole site, as it fits."""
        self.whole = not self.whole
        self.fit()

    def fit(self) -> None:
        """Back to the view that fits."""
        self.zoom, self.pan_x, self.pan_y = 0, 0.0, 0.0

    def closer(self, steps: int) -> None:
        """Zooms in, or out when negative."""
        self.zoom = max(-len(SCALES_M), min(len(SCALES_M), self.zoom + steps))

    def pan(self, columns: int, rows: int) -> None:
        """Moves the view by a part of its size."""
        self.pan_x += columns * 8 * max(self.scale, 0.5)
        self.pan_y += rows * 8 * max(self.scale, 0.5)

    def window(self, seen: Observation, words: Words, columns: int, rows: int) -> "Window":
        """The part of the site to draw on so many cells."""
        site = words.scenario.site
        self._follow(seen, words)
        if self.whole or self._middle is None:
            middle, spread = (site.width_m / 2, site.height_m / 2), (site.width_m, site.height_m)
        else:
            middle, spread = self._middle, self._spread
        wanted = max(spread[0] / columns, spread[1] / (2 * rows))
        fitting = next((k for k, s in enumerate(SCALES_M) if s >= wanted - 1e-9), len(SCALES_M) - 1)
        chosen = max(0, min(len(SCALES_M) - 1, fitting - self.zoom))
        self.scale = SCALES_M[chosen]
        x = max(0.0, min(site.width_m, middle[0] + self.pan_x))
        y = max(0.0, min(site.height_m, middle[1] + self.pan_y))
        return Window(x - self.scale * columns / 2, y + self.scale * rows, self.scale, columns, rows)

    def _follow(self, seen: Observation, words: Words) -> None:
        xs, ys = seen.x, seen.y
        if len(xs) < 5:
            if self._middle is None:
                self._middle, self._spread = _gathering(words)
            return
        order_x, order_y = sorted(float(v) for v in xs), sorted(float(v) for v in ys)
        low, high = len(xs) // 20, len(xs) - 1 - len(xs) // 20
        middle = ((order_x[low] + order_x[high]) / 2, (order_y[low] + order_y[high]) / 2)
        spread = (
            max(60.0, (order_x[high] - order_x[low]) * 1.25),
            max(40.0, (order_y[high] - order_y[low]) * 1.25),
        )
        if self._middle is None or self._moved(middle, spread):
            self._middle, self._spread = middle, spread

    def _moved(self, middle: tuple[float, float], spread: tuple[float, float]) -> bool:
        assert self._middle is not None
        far = any(abs(a - b) > 0.15 * s for a, b, s in zip(middle, self._middle, self._spread, strict=True))
        return far or any(not 0.75 <= a / b <= 1.2 for a, b in zip(spread, self._spread, strict=True))


def _gathering(words: Words) -> tuple[tuple[float, float], tuple[float, float]]:
    """Before any report: the command post's idea of the scene, which is the middle of the largest place on the map."""
    places = words.scenario.site.places
    if not places:
        site = words.scenario.site
        return (site.width_m / 2, site.height_m / 2), (site.width_m, site.height_m)
    largest = max(places, key=lambda p: _size(p)[0] * _size(p)[1])
    centre, (width, height) = _centre(largest), _size(largest)
    return (centre.x, centre.y), (width * 1.3, height * 1.3)


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of the site laid on a grid of cells; north is up."""

    west: float
    north: float
    scale: float
    columns: int
    rows: int

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """The cell of a point, which may lie outside the grid."""
        return math.floor((x - self.west) / self.scale), math.floor((self.north - y) / (2 * self.scale))


def _centre(place: PlaceData) -> Point:
    region = place.area.region
    return region.centre if isinstance(region, Rect) else region.centroid


def _size(place: PlaceData) -> tuple[float, float]:
    xs, ys = [x for x, _ in place.area.corners], [y for _, y in place.area.corners]
    return max(xs) - min(xs), max(ys) - min(ys)


def draw_map(seen: Observation, view: MapView, words: Words, columns: int, rows: int, *, plain: bool = False) -> Lines:
    """The map on exactly so many cells."""
    canvas = Canvas(columns, rows)
    window = view.window(seen, words, columns, rows)
    _ground(canvas, window, words, plain=plain)
    _lanes(canvas, window, words, seen)
    _gates(canvas, window, words, seen)
    _people(canvas, window, seen, PLAIN_GLYPHS if plain else GLYPHS)
    for casualty in seen.casualties:
        if casualty.waiting:
            canvas.put(*window.cell(casualty.x, casualty.y), "+", CASUALTY_STYLE)
    _units(canvas, window, seen)
    _labels(canvas, window, words)
    return canvas.lines()


SOLID, PLAIN_SOLID, LANE, BLOCKED, GATE = "░", "#", "-", "=", "H"


def _ground(canvas: Canvas, window: Window, words: Words, *, plain: bool) -> None:
    """Cells whose middle lies in a solid."""
    for solid in words.scenario.site.solids:
        region = solid.area.region
        xs, ys = [x for x, _ in solid.area.corners], [y for _, y in solid.area.corners]
        first, top = window.cell(min(xs), max(ys))
        last, bottom = window.cell(max(xs), min(ys))
        for row in range(max(0, top), min(canvas.rows, bottom + 1)):
            y = window.north - (row + 0.5) * 2 * window.scale
            for column in range(max(0, first), min(canvas.columns, last + 1)):
                x = window.west + (column + 0.5) * window.scale
                if region.contains(Point(x, y)):
                    canvas.put(column, row, PLAIN_SOLID if plain else SOLID, "dim")


def _lanes(canvas: Canvas, window: Window, words: Words, seen: Observation) -> None:
    ordered = sorted(words.scenario.site.lanes, key=lambda lane: lane.id in seen.lanes_blocked)
    for lane in ordered:
        blocked = lane.id in seen.lanes_blocked
        first, row = window.cell(lane.x0_m, lane.y_m)
        last, _ = window.cell(lane.x1_m, lane.y_m)
        for column in range(max(0, first), min(canvas.columns, last + 1)):
            canvas.put(column, row, BLOCKED if blocked else LANE, "red" if blocked else "dim")


def _gates(canvas: Canvas, window: Window, words: Words, seen: Observation) -> None:
    """Rows of barriers that stand closed; an open gate is a gap."""
    for gate in words.scenario.site.gates:
        if gate.id in seen.gates_open:
            continue
        x0, y0, x1, y1 = gate.ends
        steps = max(1, math.ceil(max(abs(x1 - x0), abs(y1 - y0)) / window.scale))
        for k in range(steps + 1):
            spot = window.cell(x0 + (x1 - x0) * k / steps, y0 + (y1 - y0) * k / steps)
            canvas.put(*spot, GATE, "bold yellow")


def _people(canvas: Canvas, window: Window, seen: Observation, glyphs: dict[Look, tuple[str, str, str]]) -> None:
    cells: dict[tuple[int, int], list[int]] = {}
    youngest: dict[tuple[int, int], float] = {}
    for x, y, look, age in zip(seen.x, seen.y, seen.look, seen.age_s, strict=True):
        cell = window.cell(float(x), float(y))
        if canvas.inside(*cell):
            cells.setdefault(cell, [0] * len(Look))[int(look)] += 1
            youngest[cell] = min(youngest.get(cell, math.inf), float(age))
    for cell, counts in cells.items():
        look = _telling(counts)
        total = sum(counts)
        size = 2 if total >= MANY else 1 if total >= A_FEW else 0
        style = LOOK_STYLES[look]
        if youngest[cell] > OLD_S:
            style = f"{style} dim".replace("bold ", "").strip()
        canvas.put(*cell, glyphs[look][size], style)


def _telling(counts: Sequence[int]) -> Look:
    """What a cell shows: violence or somebody hurt always, hostility from a tenth on, else what most are doing."""
    if counts[Look.VIOLENT]:
        return Look.VIOLENT
    if counts[Look.HURT]:
        return Look.HURT
    if counts[Look.HOSTILE] and 10 * counts[Look.HOSTILE] >= sum(counts):
        return Look.HOSTILE
    return max((Look.TAKING_PART, Look.STANDING, Look.LEAVING), key=lambda look: counts[look])


def _units(canvas: Canvas, window: Window, seen: Observation) -> None:
    stacks: list[tuple[int, int, str, int]] = []
    for unit in seen.units:
        column, row = window.cell(unit.x, unit.y)
        if unit.eta_s > 0.0 or not canvas.inside(column, row):
            continue
        for k, (other, same, code, many) in enumerate(stacks):
            if code == unit.code and same == row and abs(other - column) <= 4:
                stacks[k] = (other, same, code, many + 1)
                break
        else:
            stacks.append((column, row, unit.code, 1))
    for column, row, code, many in stacks:
        text = f"{code}{many}" if many > 1 else code
        start = max(0, min(canvas.columns - len(text), column - 1))
        tries = ((start, row), (start, row + 1), (start, row - 1), (start + 4, row), (start - 4, row), (start, row + 2))
        for at, tried in tries:
            if canvas.clear_of(UNIT_STYLE, at, tried, len(text)):
                canvas.put(at, tried, text, UNIT_STYLE)
                break


def _labels(canvas: Canvas, window: Window, words: Words) -> None:
    places = words.scenario.site.places
    for place in sorted(places, key=lambda p: (p.exit_width_m <= 0.0, -_size(p)[0] * _size(p)[1], p.id)):
        centre = _centre(place)
        column, row = window.cell(centre.x, centre.y)
        if not canvas.inside(column, row):
            continue
        name = words.place(place.id)
        text = f">{name}" if place.exit_width_m > 0.0 else name
        size = cell_len(text)
        start = max(0, min(canvas.columns - size, column - size // 2))
        ground = f" {SOLID}{PLAIN_SOLID}{LANE}"
        for tried in (row, row - 1, row + 1):
            if canvas.free(start, tried, size, ground):
                style = "bold cyan" if place.exit_width_m > 0.0 else "italic"
                canvas.put(start, tried, text, style)
                break
