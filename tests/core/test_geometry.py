"""Shapes on the plane obey the laws of plane geometry."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.core.errors import BadInput
from sim.core.geometry import Point, Polygon, Rect, Segment, point_segment_distance

METRES = st.integers(-8000, 8000).map(lambda eighths: eighths / 8)
POINTS = st.builds(Point, METRES, METRES)
SEGMENTS = st.builds(Segment, POINTS, POINTS)
RECTS = st.builds(lambda a, b: Rect(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y)), POINTS, POINTS)
SHARES = st.floats(0, 1)

SQUARE = Polygon((Point(0, 0), Point(4, 0), Point(4, 4), Point(0, 4)))
ELL = Polygon((Point(0, 0), Point(6, 0), Point(6, 2), Point(2, 2), Point(2, 6), Point(0, 6)))


def star(centre: Point, radii: list[float]) -> Polygon:
    """Return a polygon without crossings around `centre`, one corner for each radius."""
    turns = [2 * math.pi * index / len(radii) for index in range(len(radii))]
    return Polygon(
        tuple(Point(centre.x + r * math.cos(t), centre.y + r * math.sin(t)) for r, t in zip(radii, turns, strict=True))
    )


STARS = st.builds(star, POINTS, st.lists(st.floats(1, 100), min_size=5, max_size=9))


def along(segment: Segment, share: float) -> Point:
    a, b = segment.a, segment.b
    return Point(a.x + share * (b.x - a.x), a.y + share * (b.y - a.y))


@given(POINTS, POINTS, POINTS)
def test_no_way_round_is_shorter_than_the_straight_one(a: Point, b: Point, c: Point) -> None:
    assert a.distance(b) == b.distance(a)
    assert a.distance(c) <= a.distance(b) + b.distance(c) + 1e-9


def test_a_three_four_five_triangle() -> None:
    assert 5.0 == Point(1, 1).distance(Point(4, 5))
    assert 5.0 == Segment(Point(1, 1), Point(4, 5)).length


@given(SEGMENTS, POINTS, SHARES)
def test_no_place_on_a_segment_is_nearer_than_the_nearest(segment: Segment, point: Point, share: float) -> None:
    nearest = segment.nearest(point)
    assert segment.distance(nearest) <= 1e-9
    assert segment.distance(point) == pytest.approx(point.distance(nearest), abs=1e-9)
    assert segment.distance(point) <= point.distance(along(segment, share)) + 1e-9


@given(SEGMENTS, POINTS)
def test_the_kernel_and_the_segment_measure_the_same(segment: Segment, point: Point) -> None:
    a, b = segment.a, segment.b
    assert segment.distance(point) == point_segment_distance(point.x, point.y, a.x, a.y, b.x, b.y)
    assert segment.distance(point) == pytest.approx(Segment(b, a).distance(point), abs=1e-9)


@pytest.mark.parametrize(("metres", "x", "y"), [(2.0, 5.0, 2.0), (5.0, -3.0, 4.0), (0.0, 7.0, 0.0), (5.0, 13.0, -4.0)])
def test_a_distance_is_to_the_side_or_to_an_end(metres: float, x: float, y: float) -> None:
    assert metres == Segment(Point(0, 0), Point(10, 0)).distance(Point(x, y))


@given(POINTS, POINTS)
def test_a_segment_of_no_length_is_a_point(a: Point, point: Point) -> None:
    dot = Segment(a, a)
    assert 0.0 == dot.length
    assert a == dot.nearest(point)
    assert a.distance(point) == dot.distance(point)


@pytest.mark.parametrize(
    ("meet", "a", "b"),
    [
        (True, ((0, 0), (4, 4)), ((0, 4), (4, 0))),
        (True, ((0, 0), (4, 0)), ((2, 0), (2, 5))),
        (True, ((0, 0), (4, 0)), ((4, 0), (9, 7))),
        (True, ((0, 0), (4, 0)), ((3, 0), (8, 0))),
        (True, ((0, 0), (8, 0)), ((3, 0), (4, 0))),
        (False, ((0, 0), (4, 0)), ((5, 0), (8, 0))),
        (False, ((0, 0), (4, 0)), ((0, 1), (4, 1))),
        (False, ((0, 0), (4, 4)), ((3, 0), (9, 5))),
        (False, ((0, 0), (4, 0)), ((2, 1), (2, 5))),
        (True, ((1, 1), (1, 1)), ((0, 0), (2, 2))),
        (False, ((1, 2), (1, 2)), ((0, 0), (2, 2))),
    ],
)
def test_segments_meet_when_they_share_a_place(meet: bool, a: tuple, b: tuple) -> None:
    first, second = (Segment(Point(*p), Point(*q)) for p, q in (a, b))
    assert meet == first.intersects(second)
    assert meet == second.intersects(first)
    assert meet == Segment(first.b, first.a).intersects(second)


@given(SEGMENTS, SEGMENTS)
def test_segments_that_meet_are_no_distance_apart(a: Segment, b: Segment) -> None:
    gap = min(a.distance(b.a), a.distance(b.b), b.distance(a.a), b.distance(a.b))
    if gap == 0.0:
        assert a.intersects(b) or gap <= 1e-9
    if not a.intersects(b) and a.length and b.length:
        sides = [along(a, share / 50) for share in range(51)]
        assert min(b.distance(place) for place in sides) > 0.0


@given(RECTS, POINTS)
def test_a_rectangle_holds_what_is_no_distance_away(rect: Rect, point: Point) -> None:
    assert rect.contains(point) == (0.0 == rect.distance(point))
    assert rect.contains(rect.centre)


@given(RECTS, POINTS)
def test_a_rectangle_and_its_four_corners_agree(rect: Rect, point: Point) -> None:
    corners = Polygon(
        (Point(rect.x0, rect.y0), Point(rect.x1, rect.y0), Point(rect.x1, rect.y1), Point(rect.x0, rect.y1))
    )
    assert rect.area == corners.area
    assert rect == corners.bounds
    assert rect.contains(point) == corners.contains(point)
    if not rect.contains(point):
        assert rect.distance(point) == pytest.approx(min(edge.distance(point) for edge in corners.edges))


def test_a_rectangle_measures_to_its_side_and_to_its_corner() -> None:
    rect = Rect(0, 0, 10, 4)
    assert (40.0, Point(5, 2)) == (rect.area, rect.centre)
    assert [3.0, 5.0, 0.0] == [
        rect.distance(Point(5, 7)),
        rect.distance(Point(13, 8)),
        rect.distance(Point(5, 4)),
    ]


@pytest.mark.parametrize("sides", [(1, 0, 0, 1), (0, 1, 1, 0), (math.nan, 0, 1, 1)])
def test_a_rectangle_inside_out_is_refused(sides: tuple) -> None:
    with pytest.raises(BadInput):
        Rect(*sides)


def test_a_polygon_of_two_corners_is_refused() -> None:
    with pytest.raises(BadInput, match="at least 3 corners, not 2"):
        Polygon((Point(0, 0), Point(1, 1)))


def test_an_ell_has_the_area_and_centre_of_its_two_halves() -> None:
    assert 20.0 == ELL.area
    assert (2.2, 2.2) == pytest.approx((ELL.centroid.x, ELL.centroid.y))
    assert Rect(0, 0, 6, 6) == ELL.bounds


@pytest.mark.parametrize(
    ("inside", "x", "y"),
    [
        (True, 1, 1), (True, 5, 1), (True, 1, 5), (False, 4, 4), (False, 7, 1), (False, -1, 0),
        (False, -1, 2), (False, 8, 2), (True, 0, 0), (True, 6, 2), (True, 2, 4), (True, 2, 2),
        (True, 4, 2), (False, 2.001, 2.001),
    ],
)  # fmt: skip
def test_an_ell_holds_its_inside_its_edge_and_not_its_notch(inside: bool, x: float, y: float) -> None:
    assert inside == ELL.contains(Point(x, y))


def test_where_edges_cross_the_even_odd_rule_holds() -> None:
    bow = Polygon((Point(0, 0), Point(4, 4), Point(4, 0), Point(0, 4)))
    assert [True, True, False, False] == [
        bow.contains(Point(*place)) for place in ((0.5, 2), (3.5, 2), (2, 3.5), (2, 0.5))
    ]


@given(STARS, st.integers(0, 8))
def test_a_polygon_is_the_same_from_any_corner_and_either_way_round(polygon: Polygon, start: int) -> None:
    start %= len(polygon.points)
    turned = Polygon(polygon.points[start:] + polygon.points[:start])
    for twin in (turned, Polygon(polygon.points[::-1])):
        assert polygon.area == pytest.approx(twin.area)
        assert polygon.centroid.distance(twin.centroid) <= 1e-6
        assert polygon.bounds == twin.bounds


@given(STARS, METRES, METRES)
def test_moving_a_polygon_moves_its_centre_and_keeps_its_area(polygon: Polygon, dx: float, dy: float) -> None:
    moved = Polygon(tuple(Point(p.x + dx, p.y + dy) for p in polygon.points))
    assert polygon.area == pytest.approx(moved.area)
    expected = Point(polygon.centroid.x + dx, polygon.centroid.y + dy)
    assert expected.distance(moved.centroid) <= 1e-6


@given(STARS, POINTS)
def test_a_place_is_inside_when_the_corners_turn_once_around_it(polygon: Polygon, point: Point) -> None:
    assume(min(edge.distance(point) for edge in polygon.edges) > 1e-6)
    turn = 0.0
    for edge in polygon.edges:
        a = math.atan2(edge.a.y - point.y, edge.a.x - point.x)
        b = math.atan2(edge.b.y - point.y, edge.b.x - point.x)
        turn += math.remainder(b - a, math.tau)
    assert (abs(turn) > math.pi) == polygon.contains(point)


@given(st.lists(POINTS, min_size=3, max_size=8))
def test_every_corner_of_a_polygon_is_in_it_and_in_its_bounds(points: list[Point]) -> None:
    polygon = Polygon(tuple(points))
    assert all(polygon.contains(point) and polygon.bounds.contains(point) for point in points)


def test_a_polygon_without_area_has_its_centre_among_its_corners() -> None:
    assert Point(2, 2) == Polygon((Point(0, 0), Point(2, 2), Point(4, 4))).centroid
    assert 0.0 == Polygon((Point(0, 0), Point(2, 2), Point(4, 4))).area


def test_shapes_are_values() -> None:
    assert 1 == len({SQUARE, Polygon((Point(0, 0), Point(4, 0), Point(4, 4), Point(0, 4)))})
    with pytest.raises(AttributeError):
        SQUARE.points[0].x = 3  # type: ignore[misc]
