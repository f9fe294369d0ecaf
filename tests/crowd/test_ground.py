"""The ground: how far walls are, which way leads out, and what can be seen from where."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import BadInput
from sim.core.geometry import Point, Polygon, Rect
from sim.crowd.ground import FAR, WALL_REACH_M, Destination, Ground, Site, compile_ground, thickness
from tests.crowd.stage import ground_of

HALL = ground_of(30.0, 20.0, ((10.0, 5.0, 14.0, 15.0),), ((28.0, 8.0, 30.0, 12.0),))
MAZE = ground_of(
    40.0,
    30.0,
    ((10.0, 0.0, 12.0, 22.0), (20.0, 8.0, 22.0, 30.0), (30.0, 0.0, 32.0, 22.0)),
    ((37.0, 2.0, 39.0, 4.0), (1.0, 1.0, 3.0, 3.0)),
)
inside = st.tuples(st.floats(0.0, 30.0), st.floats(0.0, 20.0))
in_maze = st.tuples(st.floats(0.3, 39.7), st.floats(0.3, 29.7))


def true_distance(x: float, y: float) -> float:
    """Metres to the block or the edge of the hall, negative inside the block."""
    edge = min(x, y, 30.0 - x, 20.0 - y)
    block = Rect(10.0, 5.0, 14.0, 15.0)
    outside = block.distance(Point(x, y))
    depth = min(x - 10.0, 14.0 - x, y - 5.0, 15.0 - y)
    return min(edge, outside if outside > 0.0 else -depth)


# ---------------------------------------------------------------------------------------------- distance


@given(place=inside)
def test_the_distance_to_walls_is_right_within_a_third_of_a_cell_and_capped(place: tuple[float, float]) -> None:
    expected = min(WALL_REACH_M, true_distance(*place))
    assert expected == pytest.approx(HALL.distance_at(*place), abs=0.3 * HALL.cell_m)


@given(place=inside)
def test_the_distance_is_positive_on_free_ground_and_negative_in_walls(place: tuple[float, float]) -> None:
    expected = true_distance(*place)
    if abs(expected) > 0.3 * HALL.cell_m:
        assert (expected > 0.0) == (HALL.distance_at(*place) > 0.0) == HALL.walkable(*place)


@given(along=st.floats(0.5, 19.5), off=st.floats(0.05, 3.0))
def test_beside_the_site_nobody_can_walk(along: float, off: float) -> None:
    for x, y in ((-off, along), (30.0 + off, along), (along, -off), (along, 20.0 + off)):
        assert not HALL.walkable(x, y)
        assert HALL.distance_at(x, y) < 0.0


def test_a_wall_thinner_than_a_cell_still_stops_people_and_sight() -> None:
    ground = ground_of(20.0, 10.0, ((10.0, 0.0, 10.1, 10.0),), cell_m=0.5)
    assert not ground.clear(5.0, 5.0, 15.0, 5.0)
    column = ground.solid[:, 19:21].max(axis=1)
    assert column.all(), "no gap between cells"
    assert not ground.walkable(10.05, 5.0)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (Rect(0.0, 0.0, 4.0, 1.5), 1.5),
        (Polygon((Point(0.0, 0.0), Point(4.0, 0.0), Point(4.0, 1.5), Point(0.0, 1.5))), 1.5),
        (Polygon((Point(0.0, 1.5), Point(4.0, 1.5), Point(4.0, 0.0), Point(0.0, 0.0))), 1.5),
    ],
)
def test_thickness_is_that_of_the_thin_side(shape: Rect | Polygon, expected: float) -> None:
    assert expected == pytest.approx(thickness(shape))


def test_a_polygon_is_as_solid_as_the_rectangle_of_its_corners() -> None:
    corners = (Point(10.0, 5.0), Point(14.0, 5.0), Point(14.0, 15.0), Point(10.0, 15.0))
    ground = compile_ground(Site(30.0, 20.0, 0.5, (Polygon(corners),), ()))
    np.testing.assert_array_equal(HALL.solid, ground.solid)
    np.testing.assert_allclose(HALL.distance, ground.distance, atol=1e-6)


# ---------------------------------------------------------------------------------------------- ways


def follow(ground: Ground, field: int, x: float, y: float, most_m: float = 200.0) -> float:
    """How far one walks along the field from a place until it ends there."""
    walked, step = 0.0, 0.1
    while ground.walk_at(field, x, y) > 1.0:
        dx, dy = ground.direction_at(field, x, y)
        assert 1.0 == pytest.approx(math.hypot(dx, dy)), (x, y)
        x, y, walked = x + step * dx, y + step * dy, walked + step
        assert ground.distance_at(x, y) > -0.05, (x, y)
        assert walked < most_m
    return walked


@settings(max_examples=25)
@given(place=in_maze, field=st.integers(0, 1))
def test_from_everywhere_the_way_leads_round_the_walls_to_the_exit(place: tuple[float, float], field: int) -> None:
    if MAZE.distance_at(*place) < 0.5:
        return
    promised = MAZE.walk_at(field, *place)
    assert promised < FAR
    walked = follow(MAZE, field, *place)
    assert walked <= 1.25 * promised + 1.0
    assert walked >= 0.7 * promised - 2.0


def test_the_potential_is_the_walking_distance_on_open_ground() -> None:
    ground = ground_of(60.0, 40.0, exits=((0.0, 0.0, 2.0, 40.0),))
    for x in (10.0, 25.0, 50.0):
        assert x - 2.0 == pytest.approx(ground.walk_at(0, x, 20.0), abs=0.5)
        assert (-1.0, 0.0) == pytest.approx(ground.direction_at(0, x, 20.0), abs=0.01)
    assert 0.0 == ground.walk_at(0, 1.0, 20.0)
    assert (0.0, 0.0) == ground.direction_at(0, 1.0, 20.0)


def test_where_there_is_no_way_the_potential_says_so_and_no_direction_is_given() -> None:
    walled_in = ((10.0, 10.0, 30.0, 12.0), (10.0, 28.0, 30.0, 30.0), (10.0, 10.0, 12.0, 30.0), (28.0, 10.0, 30.0, 30.0))
    ground = ground_of(40.0, 40.0, walled_in, ((0.0, 0.0, 2.0, 2.0),), 1.0)
    assert FAR == ground.walk_at(0, 20.0, 20.0)
    assert (0.0, 0.0) == ground.direction_at(0, 20.0, 20.0)
    assert ground.walk_at(0, 35.0, 35.0) < FAR


def test_slow_ground_makes_the_way_longer() -> None:
    exits = (Destination("out", (Rect(0.0, 0.0, 2.0, 10.0),)),)
    slow = (Rect(10.0, 0.0, 20.0, 10.0), 0.5)
    plain, muddy = (compile_ground(Site(40.0, 10.0, 0.5, (), exits, areas)) for areas in ((), (slow,)))
    assert 10.0 == pytest.approx(muddy.walk_at(0, 30.0, 5.0) - plain.walk_at(0, 30.0, 5.0), abs=0.5)


def test_arriving_in_any_region_of_a_destination_is_arriving() -> None:
    both = Destination("out", (Rect(0.0, 0.0, 2.0, 10.0), Rect(38.0, 0.0, 40.0, 10.0)))
    ground = compile_ground(Site(40.0, 10.0, 0.5, (), (both,)))
    assert ground.direction_at(0, 10.0, 5.0)[0] < 0.0 < ground.direction_at(0, 30.0, 5.0)[0]


def test_destinations_are_found_by_name() -> None:
    assert 0 == HALL.field("0")
    with pytest.raises(BadInput):
        HALL.field("nowhere")


def test_progress_is_told_after_each_destination() -> None:
    told: list[float] = []
    compile_ground(MAZE.site, told.append)
    assert [0.5, 1.0] == told


@pytest.mark.parametrize(
    "bad",
    [
        {"width_m": 0.0},
        {"cell_m": 0.0},
        {"width_m": 1.0, "cell_m": 1.0},
        {"width_m": 4000.0, "height_m": 4000.0},
        {"destinations": (Destination("a", (Rect(0.0, 0.0, 1.0, 1.0),)),) * 2},
        {"slow": ((Rect(0.0, 0.0, 1.0, 1.0), 0.0),)},
        {"slow": ((Rect(0.0, 0.0, 1.0, 1.0), 1.5),)},
    ],
)
def test_a_site_that_cannot_be_is_refused(bad: dict[str, object]) -> None:
    good: dict[str, object] = {"width_m": 10.0, "height_m": 10.0, "cell_m": 1.0, "solids": (), "destinations": ()}
    Site(**good)  # type: ignore[arg-type]
    with pytest.raises(BadInput):
        Site(**(good | bad))  # type: ignore[arg-type]


def test_a_destination_inside_a_wall_is_refused() -> None:
    wall, way = Rect(2.0, 2.0, 8.0, 8.0), Destination("in", (Rect(4.0, 4.0, 6.0, 6.0),))
    with pytest.raises(BadInput, match="in"):
        compile_ground(Site(10.0, 10.0, 1.0, (wall,), (way,)))


# ---------------------------------------------------------------------------------------------- sight


@settings(max_examples=150)
@given(a=in_maze, b=in_maze)
def test_who_sees_is_seen(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert MAZE.clear(*a, *b) == MAZE.clear(*b, *a)


@settings(max_examples=150)
@given(a=in_maze, b=in_maze)
def test_sight_is_clear_exactly_when_no_solid_lies_between(a: tuple[float, float], b: tuple[float, float]) -> None:
    """The walls of the maze lie on whole cells, so the cells are the walls."""
    depths = []
    for k in range(401):
        x, y = a[0] + (b[0] - a[0]) * k / 400, a[1] + (b[1] - a[1]) * k / 400
        depths.append(max(min(x - s.x0, s.x1 - x, y - s.y0, s.y1 - y) for s in MAZE.site.solids))  # type: ignore[union-attr]
    if max(depths) > 0.05:
        assert not MAZE.clear(*a, *b)
    elif max(depths) < -0.2:
        assert MAZE.clear(*a, *b)


def test_inside_a_wall_and_off_the_site_nothing_is_seen() -> None:
    assert not HALL.clear(12.0, 10.0, 5.0, 10.0)
    assert not HALL.clear(5.0, 10.0, 12.0, 10.0)
    assert not HALL.clear(5.0, 10.0, -3.0, 10.0)
    assert not HALL.clear(-3.0, 10.0, 5.0, 10.0)
    assert HALL.clear(5.0, 10.0, 5.0, 10.0)


def test_beyond_a_corner_of_the_site_nobody_can_walk():
    ground = ground_of(30.0, 20.0)
    for x, y in ((31.0, 21.0), (-1.0, -1.0), (30.1, 20.1), (-0.5, 20.5), (31.0, -2.0)):
        assert not ground.walkable(x, y)
