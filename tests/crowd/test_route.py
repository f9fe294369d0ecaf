"""Routes lead units round what is solid, from where they are to where they are sent."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.crowd.ground import Ground
from sim.crowd.route import route
from tests.crowd.stage import ground_of

OPEN = ground_of(60.0, 40.0, cell_m=1.0)
BLOCK = ground_of(60.0, 40.0, ((20.0, 4.0, 32.0, 36.0),), cell_m=1.0)
"""One building in the middle, 4 m of room north and south of it."""
TOWN = ground_of(
    120.0,
    80.0,
    ((20.0, 20.0, 40.0, 60.0), (60.0, 0.0, 80.0, 50.0), (60.0, 60.0, 110.0, 70.0)),
    cell_m=1.0,
)


def legs(
    start: tuple[float, float], way: list[tuple[float, float]]
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    return list(pairwise([start, *way]))


def length(start: tuple[float, float], way: list[tuple[float, float]]) -> float:
    return sum(math.dist(a, b) for a, b in legs(start, way))


def clear(ground: Ground, start: tuple[float, float], way: list[tuple[float, float]]) -> bool:
    return all(ground.clear(*a, *b) for a, b in legs(start, way))


def test_with_nothing_between_the_way_is_straight() -> None:
    assert [(50.0, 30.0)] == route(OPEN, 5.0, 5.0, 50.0, 30.0)
    assert [(15.0, 30.0)] == route(BLOCK, 5.0, 5.0, 15.0, 30.0)


def test_a_building_is_gone_round_by_the_shorter_side() -> None:
    start = (10.0, 10.0)
    way = route(BLOCK, *start, 45.0, 8.0)
    assert (45.0, 8.0) == way[-1]
    assert clear(BLOCK, start, way)
    assert max(y for _, y in way) < 12.0, "south of it"
    assert length(start, way) < 45.0


def test_a_goal_inside_a_building_leads_to_the_nearest_place_one_can_stand() -> None:
    way = route(BLOCK, 10.0, 10.0, 21.0, 20.0)
    x, y = way[-1]
    assert math.dist((x, y), (21.0, 20.0)) < 4.0
    assert BLOCK.distance_at(x, y) >= 0.4


def test_a_goal_off_the_site_leads_to_its_edge() -> None:
    ((x, y),) = route(OPEN, 5.0, 5.0, 100.0, 20.0)
    assert 58.0 < x < 60.0
    assert 20.0 == y


def test_who_is_there_already_has_no_way_to_go() -> None:
    assert [(12.0, 9.0)] == route(OPEN, 12.0, 9.0, 12.0, 9.0)


free = st.tuples(st.floats(3.0, 117.0), st.floats(3.0, 77.0)).filter(lambda p: TOWN.distance_at(*p) > 2.5)


@settings(max_examples=80)
@given(start=free, goal=free)
def test_every_way_ends_at_its_goal_and_meets_nothing_solid(
    start: tuple[float, float], goal: tuple[float, float]
) -> None:
    way = route(TOWN, *start, *goal)
    assert goal == way[-1]
    assert clear(TOWN, start, way)
    assert length(start, way) >= math.dist(start, goal) - 1e-9
    assert way == route(TOWN, *start, *goal)


@settings(max_examples=40)
@given(start=free, goal=free)
def test_there_and_back_are_about_as_far(start: tuple[float, float], goal: tuple[float, float]) -> None:
    there, back = length(start, route(TOWN, *start, *goal)), length(goal, route(TOWN, *goal, *start))
    assert abs(there - back) <= 0.15 * max(there, back) + 8.0


@pytest.mark.parametrize("wall", [(7.6, 0.0, 8.4, 30.0), (19.0, 0.0, 21.0, 36.0), (95.0, 5.0, 97.0, 75.0)])
def test_a_route_does_not_lead_through_a_thin_wall(wall):
    ground = ground_of(120.0, 80.0, (wall,), cell_m=0.5)
    start, goal = (wall[0] - 5.0, 15.0), (wall[2] + 5.0, 15.0)
    way = route(ground, *start, *goal)
    assert goal == way[-1]
    for a, b in pairwise([start, *way]):
        assert ground.clear(*a, *b)


def test_a_route_to_where_no_way_leads_ends_at_the_nearest_place_one_can_get_to():
    yard = ((10, 10, 30, 11), (10, 29, 30, 30), (10, 10, 11, 30), (29, 10, 30, 30))
    ground = ground_of(40.0, 40.0, yard)
    start = (2.0, 20.0)
    way = route(ground, *start, 20.0, 20.0)
    for a, b in pairwise([start, *way]):
        assert ground.clear(*a, *b)
    assert math.dist(way[-1], (20.0, 20.0)) < 16.0
