"""Bodies on the ground: a closed line holds, an open one lets through, and what moves pushes people ahead of it."""

import math

import numpy as np
import pytest

from sim.crowd.body import Bodies, BodyKind
from sim.crowd.motion import advance_motion
from sim.crowd.people import Act, People
from sim.crowd.walking import Walking
from tests.crowd.stage import NOISE, SECOND, ground_of, lattice, line_of_officers, people_at

WALKING = Walking()
STREET = ground_of(40.0, 6.0, exits=((38.5, 0.0, 40.0, 6.0),), cell_m=0.25)
SQUARE = ground_of(40.0, 30.0, exits=((38.5, 0.0, 40.0, 30.0),), cell_m=0.5)
ACROSS = (0.1, 1.26, 2.42, 3.58, 4.74, 5.9)
"""Six officers from wall to wall of the street, 1.16 m apart."""


def pressing(n_columns: int = 8, drive: float = 0.0, x0: float = 12.0) -> People:
    """People in the street west of its middle who want to get to its eastern end."""
    return people_at(lattice(x0, 0.6, n_columns, 9, 0.6), act=int(Act.FLEE), goal=0, drive=drive)


@pytest.mark.parametrize("drive", [0.0, 1.0])
def test_a_closed_line_is_not_passed(drive: float) -> None:
    people, line = pressing(drive=drive), line_of_officers(20.0, ACROSS, closed=True)
    for tick in range(45 * SECOND):
        advance_motion(people, STREET, line, NOISE.key, tick, WALKING)
        assert people.x.max() < 20.0
    assert people.x.max() > 19.0, "they came up to it"


def test_the_same_line_opened_is_passed() -> None:
    people, line = pressing(3), line_of_officers(20.0, ACROSS, closed=False)
    for tick in range(60 * SECOND):
        advance_motion(people, STREET, line, NOISE.key, tick, WALKING)
    assert (people.x > 20.5).mean() > 0.6


def test_a_gap_too_wide_for_arms_is_not_closed() -> None:
    wide = line_of_officers(20.0, (0.1, 1.7, 4.3, 5.9), closed=True)
    people = pressing(3)
    assert 4.3 - 1.7 > WALKING.closed_gap_m
    for tick in range(60 * SECOND):
        advance_motion(people, STREET, wide, NOISE.key, tick, WALKING)
    through = people.x > 20.5
    assert through.any()


def test_the_gap_between_two_units_is_not_closed() -> None:
    line = line_of_officers(20.0, ACROSS, closed=True)
    line.unit[3:] = 1
    people = pressing(3)
    for tick in range(60 * SECOND):
        advance_motion(people, STREET, line, NOISE.key, tick, WALKING)
    assert (people.x > 20.5).any()


def test_who_is_not_behind_a_line_walks_past_its_end() -> None:
    people = people_at([(10.0, 11.0), (10.0, 19.0)], act=int(Act.LEAVE), goal=0)
    line = line_of_officers(16.0, np.arange(12.0, 18.1, 1.2), closed=True)
    for tick in range(30 * SECOND):
        advance_motion(people, SQUARE, line, NOISE.key, tick, WALKING)
    assert (people.x > 30.0).all()


@pytest.mark.parametrize("drive", [0.0, 1.0])
def test_an_advancing_line_drives_people_before_it(drive: float) -> None:
    people, line = pressing(5, drive, x0=16.0), line_of_officers(22.0, ACROSS, closed=True)
    line.vx[:] = -0.8
    for tick in range(10 * SECOND):
        line.x -= 0.08
        advance_motion(people, STREET, line, NOISE.key, tick, WALKING)
        assert people.x.max() < line.x[0]
    assert people.x.max() < 14.0 < 16.0


def test_who_stands_idle_is_moved_by_an_advancing_line_and_by_nothing_else() -> None:
    places = [(15.0, 3.0), (5.0, 3.0)]
    people, line = people_at(places), line_of_officers(18.0, ACROSS, closed=True)
    line.vx[:] = -1.0
    for tick in range(5 * SECOND):
        line.x -= 0.1
        advance_motion(people, STREET, line, NOISE.key, tick, WALKING)
    assert people.x[0] < 13.0
    assert (5.0, 3.0) == (people.x[1], people.y[1])


def test_people_walk_past_a_vehicle_and_never_through_it() -> None:
    van = Bodies.blank(3)
    van.x[:], van.y[:], van.radius[:] = 20.0, (14.0, 15.0, 16.0), 0.9
    van.kind[:] = int(BodyKind.VEHICLE)
    people = people_at(lattice(10.0, 12.2, 3, 10, 0.6), act=int(Act.LEAVE), goal=0)
    nearest = math.inf
    for tick in range(40 * SECOND):
        advance_motion(people, SQUARE, van, NOISE.key, tick, WALKING)
        gaps = np.hypot(people.x[:, None] - van.x, people.y[:, None] - van.y) - van.radius
        nearest = min(nearest, float(gaps.min()))
    assert nearest > 0.0
    assert (people.x > 30.0).mean() > 0.7
