"""Floor: which parts of a site hang together for people on foot, found row by row, without laying it out in cells.

Each row of the site, a metre or so apart, is cut into stretches between solids; stretches of neighbouring rows that
overlap by a body's width hang together. This takes milliseconds where compiling the ground takes seconds, and errs
only where a passage is about as narrow as a body.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sim.core.geometry import Rect
from sim.world.setting import Region

BODY_M = 0.5
"""Narrower than this nobody gets through (assumed)."""
MOST_ROWS = 600

Span = tuple[float, float]


@dataclass(frozen=True)
class Floor:
    """Stretches one can stand on, row by row, each with the number of the part it belongs to."""

    rows: tuple[tuple[float, tuple[tuple[float, float, int], ...]], ...]
    """y of the row; west end, east end and part of each stretch."""
    step_m: float

    def parts_of(self, region: Region) -> set[int]:
        """The parts of the floor on which a region lies; none when nobody can stand in it."""
        found = set()
        for y, stretches in self._near(region):
            for west, east in crossings(region, y):
                found |= {part for x0, x1, part in stretches if min(x1, east) - max(x0, west) > 0}
        return found

    def free_m2(self, region: Region) -> float:
        """How much of a region one can stand on."""
        total = 0.0
        for y, stretches in self._near(region):
            for west, east in crossings(region, y):
                total += sum(max(0.0, min(x1, east) - max(x0, west)) for x0, x1, _ in stretches)
        return total * self.step_m

    def _near(self, region: Region) -> Iterable[tuple[float, tuple[tuple[float, float, int], ...]]]:
        box = region if isinstance(region, Rect) else region.bounds
        inside = [row for row in self.rows if box.y0 <= row[0] <= box.y1]
        if inside:
            return inside
        middle = (box.y0 + box.y1) / 2
        return [min(self.rows, key=lambda row: abs(row[0] - middle))]


def make_floor(width_m: float, height_m: float, solids: Iterable[Region], walls: Iterable[Region] = ()) -> Floor:
    """The floor of a site; `walls` bar the way as solids do."""
    count = max(1, min(MOST_ROWS, int(height_m)))
    step = height_m / count
    barriers = [(each if isinstance(each, Rect) else each.bounds, each) for each in (*solids, *walls)]
    rows: list[tuple[float, list[Span]]] = []
    for k in range(count):
        y = (k + 0.5) * step
        blocked = sorted(
            span
            for box, each in barriers
            if box.y0 - step / 2 < y < box.y1 + step / 2
            for span in crossings(each, min(max(y, box.y0 + 1e-6), box.y1 - 1e-6))
        )
        rows.append((y, _gaps(width_m, blocked)))
    return Floor(_joined(rows), step)


def _gaps(width_m: float, blocked: list[Span]) -> list[Span]:
    free, x = [], 0.0
    for west, east in blocked:
        if west - x >= BODY_M:
            free.append((x, west))
        x = max(x, east)
    if width_m - x >= BODY_M:
        free.append((x, width_m))
    return free


def _joined(rows: list[tuple[float, list[Span]]]) -> tuple[tuple[float, tuple[tuple[float, float, int], ...]], ...]:
    """The rows with the part of each stretch: those that touch a stretch of the row before belong together."""
    parent: list[int] = []

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    numbered: list[list[tuple[float, float, int]]] = []
    for _, spans in rows:
        row = []
        for west, east in spans:
            number = len(parent)
            parent.append(number)
            row.append((west, east, number))
            for x0, x1, other in numbered[-1] if numbered else ():
                if min(x1, east) - max(x0, west) >= BODY_M:
                    parent[root(other)] = root(number)
        numbered.append(row)
    return tuple(
        (y, tuple((west, east, root(number)) for west, east, number in row))
        for (y, _), row in zip(rows, numbered, strict=True)
    )


def crossings(region: Region, y: float) -> list[Span]:
    """Where a horizontal line runs inside a region, west to east; the line has to meet a rectangle."""
    if isinstance(region, Rect):
        return [(region.x0, region.x1)]
    edges = [(edge.a, edge.b) for edge in region.edges]
    cuts = sorted(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x) for a, b in edges if (a.y > y) != (b.y > y))
    return list(zip(cuts[::2], cuts[1::2], strict=False))
