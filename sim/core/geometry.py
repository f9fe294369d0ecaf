"""Shapes on the plane of a scenario: metres, origin south-west, x to the east, y to the north."""

import math
from dataclasses import dataclass

from sim.core.errors import BadInput
from sim.core.kernel import kernel
from sim.core.phrase import Phrase


@kernel
def point_segment_distance(px: float, py: float, ax: float, ay: float, bx: float, by: float) -> float:
    """Return the distance in metres from (px, py) to the nearest point of the segment (ax, ay)-(bx, by)."""
    dx, dy = bx - ax, by - ay
    along = (px - ax) * dx + (py - ay) * dy
    square = dx * dx + dy * dy
    share = 0.0
    if square > 0.0:
        share = min(1.0, max(0.0, along / square))
    ex, ey = px - (ax + share * dx), py - (ay + share * dy)
    return math.sqrt(ex * ex + ey * ey)


@dataclass(frozen=True, slots=True)
class Point:
    """A place."""

    x: float
    """Metres east of the origin."""
    y: float
    """Metres north of the origin."""

    def distance(self, other: "Point") -> float:
        """Return the distance to `other` in metres."""
        dx, dy = other.x - self.x, other.y - self.y
        return math.sqrt(dx * dx + dy * dy)


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle with sides along the axes."""

    x0: float
    """West side."""
    y0: float
    """South side."""
    x1: float
    """East side."""
    y1: float
    """North side."""

    def __post_init__(self) -> None:
        """Raise BadInput unless the sides are in order."""
        if not (self.x0 <= self.x1 and self.y0 <= self.y1):
            raise BadInput.of("bad-rectangle", Phrase("a rectangle goes from its south-west to its north-east corner"))

    @property
    def centre(self) -> Point:
        """The middle."""
        return Point((self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2)

    @property
    def area(self) -> float:
        """Square metres."""
        return (self.x1 - self.x0) * (self.y1 - self.y0)

    def contains(self, point: Point) -> bool:
        """Return whether `point` is inside or on the edge."""
        return self.x0 <= point.x <= self.x1 and self.y0 <= point.y <= self.y1

    def distance(self, point: Point) -> float:
        """Return metres from `point` to the rectangle, 0 when inside."""
        dx = max(self.x0 - point.x, 0.0, point.x - self.x1)
        dy = max(self.y0 - point.y, 0.0, point.y - self.y1)
        return math.sqrt(dx * dx + dy * dy)


@dataclass(frozen=True, slots=True)
class Segment:
    """The straight line between two places; of length 0 when they are one."""

    a: Point
    """One end."""
    b: Point
    """The other end."""

    @property
    def length(self) -> float:
        """Metres."""
        return self.a.distance(self.b)

    def nearest(self, point: Point) -> Point:
        """Return the place on the segment nearest to `point`."""
        dx, dy = self.b.x - self.a.x, self.b.y - self.a.y
        square = dx * dx + dy * dy
        if square == 0.0:
            return self.a
        share = ((point.x - self.a.x) * dx + (point.y - self.a.y) * dy) / square
        share = min(1.0, max(0.0, share))
        return Point(self.a.x + share * dx, self.a.y + share * dy)

    def distance(self, point: Point) -> float:
        """Return metres from `point` to the nearest place on the segment."""
        return point_segment_distance(point.x, point.y, self.a.x, self.a.y, self.b.x, self.b.y)

    def intersects(self, other: "Segment") -> bool:
        """Return whether the two share a place; touching counts."""
        a_side, b_side = _side(other.a, other.b, self.a), _side(other.a, other.b, self.b)
        c_side, d_side = _side(self.a, self.b, other.a), _side(self.a, self.b, other.b)
        if a_side * b_side < 0 and c_side * d_side < 0:
            return True
        return (
            (a_side == 0 and _boxed(other, self.a))
            or (b_side == 0 and _boxed(other, self.b))
            or (c_side == 0 and _boxed(self, other.a))
            or (d_side == 0 and _boxed(self, other.b))
        )


def _side(a: Point, b: Point, p: Point) -> int:
    """Return 1 when p is left of the way from a to b, -1 when right, 0 when on the line."""
    left = (b.x - a.x) * (p.y - a.y)
    right = (b.y - a.y) * (p.x - a.x)
    return (left > right) - (left < right)


def _boxed(segment: Segment, p: Point) -> bool:
    """Return whether p, known to be on the line of `segment`, is between its ends."""
    a, b = segment.a, segment.b
    return min(a.x, b.x) <= p.x <= max(a.x, b.x) and min(a.y, b.y) <= p.y <= max(a.y, b.y)


@dataclass(frozen=True, slots=True)
class Polygon:
    """An area with straight edges; the last corner joins the first. Corners may go either way round."""

    points: tuple[Point, ...]
    """The corners, at least three."""

    def __post_init__(self) -> None:
        """Raise BadInput when there are fewer than three corners."""
        if len(self.points) < 3:
            raise BadInput.of("bad-polygon", Phrase("a polygon needs at least 3 corners, not {n}", n=len(self.points)))

    @property
    def edges(self) -> tuple[Segment, ...]:
        """The edges, in the order of the corners they start from."""
        following = (*self.points[1:], self.points[0])
        return tuple(Segment(a, b) for a, b in zip(self.points, following, strict=True))

    @property
    def area(self) -> float:
        """Square metres; the shoelace formula, so edges must not cross."""
        return abs(self._shoelace()[0]) / 2

    @property
    def centroid(self) -> Point:
        """The centre of the area; the mean of the corners when there is no area."""
        twice, mx, my = self._shoelace()
        origin = self.points[0]
        if twice == 0.0:
            n = len(self.points)
            return Point(sum(p.x for p in self.points) / n, sum(p.y for p in self.points) / n)
        return Point(origin.x + mx / (3 * twice), origin.y + my / (3 * twice))

    @property
    def bounds(self) -> Rect:
        """The smallest rectangle around it."""
        xs, ys = [p.x for p in self.points], [p.y for p in self.points]
        return Rect(min(xs), min(ys), max(xs), max(ys))

    def contains(self, point: Point) -> bool:
        """Return whether `point` is inside or on the edge; where edges cross, the even-odd rule holds."""
        inside = False
        for edge in self.edges:
            side = _side(edge.a, edge.b, point)
            if side == 0 and _boxed(edge, point):
                return True
            if (edge.a.y > point.y) != (edge.b.y > point.y):
                upward = edge.b.y > edge.a.y
                inside ^= side == (1 if upward else -1)
        return inside

    def _shoelace(self) -> tuple[float, float, float]:
        """Return twice the signed area and its moments, about the first corner so that no digits are lost."""
        origin = self.points[0]
        twice = mx = my = 0.0
        for edge in self.edges:
            ax, ay = edge.a.x - origin.x, edge.a.y - origin.y
            bx, by = edge.b.x - origin.x, edge.b.y - origin.y
            cross = ax * by - bx * ay
            twice += cross
            mx += (ax + bx) * cross
            my += (ay + by) * cross
        return twice, mx, my
