"""Pressure rises where people stand too close and push, and hurts only there, and the more the longer."""

import math

import numpy as np
import pytest

from sim.crowd.motion import advance_motion
from sim.crowd.people import Act, People, Status
from sim.crowd.pressure import advance_pressure
from sim.crowd.walking import Walking
from tests.crowd.stage import NOBODY, NOISE, SECOND, ground_of, people_at

WALKING = Walking()
HALL = ground_of(40.0, 40.0, cell_m=1.0)
DEAD_END = ground_of(
    20.0,
    12.0,
    ((1.0, 2.0, 2.0, 10.0), (1.0, 2.0, 18.0, 3.0), (1.0, 9.0, 18.0, 10.0), (17.0, 2.0, 18.0, 10.0)),
    cell_m=0.25,
)
"""A room without a door, 15 m by 6 m."""


def packed(density: float, side_m: float = 14.0, **columns: object) -> People:
    """People on a hexagonal lattice of this density in the middle of the hall."""
    apart = math.sqrt(2.0 / math.sqrt(3.0) / density)
    places = [
        (13.0 + (c + 0.5 * (r % 2)) * apart, 13.0 + r * apart * math.sqrt(3.0) / 2.0)
        for r in range(int(side_m / apart / math.sqrt(3.0) * 2.0))
        for c in range(int(side_m / apart))
    ]
    return people_at(places, **columns)


def inner(people: People) -> np.ndarray:
    """Those whose whole surroundings are filled."""
    x, y = people.x, people.y
    return (x > x.min() + 3.0) & (x < x.max() - 3.0) & (y > y.min() + 3.0) & (y < y.max() - 3.0)


def squeeze(people: People, seconds: int, start: int = 0) -> list[tuple[int, int]]:
    """Who is hurt in so many seconds on the spot."""
    hurt: list[tuple[int, int]] = []
    for second in range(start, start + seconds):
        hurt += advance_pressure(people, HALL, NOISE.key, second * SECOND, WALKING)
    return hurt


@pytest.mark.parametrize("density", [0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0])
def test_density_is_what_it_is_within_five_percent(density: float) -> None:
    people = packed(density)
    squeeze(people, 1)
    assert density == pytest.approx(people.density[inner(people)].mean(), rel=0.05)


def test_who_is_not_there_neither_counts_nor_has_a_density() -> None:
    people = packed(4.0)
    people.status[::2] = int(Status.LEFT)
    people.density[:], people.load[:] = 9.0, 9.0
    squeeze(people, 1)
    assert not people.density[::2].any()
    assert not people.load[::2].any()
    here = inner(people) & people.present
    assert 2.0 == pytest.approx(people.density[here].mean(), rel=0.1)


def test_one_person_alone_has_the_density_of_one() -> None:
    people = people_at([(20.0, 20.0)])
    squeeze(people, 1)
    assert 1.0 / (2.0 * math.pi * WALKING.density_sigma**2) == pytest.approx(people.density[0])


@pytest.mark.parametrize("density", [1.0, 2.0, 3.0])
def test_with_room_to_move_nobody_is_pressed_or_hurt_however_they_push(density: float) -> None:
    people = packed(density, drive=1.0, vulnerability=3.0)
    assert [] == squeeze(people, 120)
    assert not people.load.any()
    assert not people.dose.any()


def test_pressure_rises_with_density_where_people_push() -> None:
    loads = []
    for density in (3.0, 4.5, 5.5, 7.0):
        people = packed(density, drive=1.0)
        squeeze(people, 3)
        loads.append(float(people.load[inner(people)].mean()))
    assert 0.0 == loads[0]
    assert loads[1] < loads[2] < loads[3]
    assert loads[3] > WALKING.danger_load


def test_without_a_push_there_is_no_pressure_even_when_it_is_tight() -> None:
    people = packed(7.0)
    squeeze(people, 10)
    assert not people.load.any()


def test_pushing_presses_on_those_ahead_and_not_on_those_behind() -> None:
    people = packed(6.0)
    people.drive[people.x < 16.0] = 1.0
    squeeze(people, 1)
    ahead = (people.x > 16.3) & (people.x < 17.5)
    assert people.load[ahead].min() > 0.0
    # Bodies near each other share a load, so that the last row feels something of what presses on those before it.
    assert people.load[people.x < 13.1].max() < 0.25 * people.load[ahead].max()


def test_the_one_in_a_doorway_is_pressed_from_behind_though_it_is_not_dense_there() -> None:
    people = people_at([*((20.0 + 0.4 * c, 20.0 + 0.4 * r) for r in range(7) for c in range(7)), (22.85, 21.2)])
    people.drive[:] = 1.0
    squeeze(people, 1)
    assert people.density[-1] < WALKING.press_from
    assert people.load[-1] > 0.0


def test_relief_is_at_once_when_the_crowd_thins() -> None:
    people = packed(7.0, drive=1.0)
    squeeze(people, 5)
    assert people.load.max() > 0.0
    people.x[:], people.y[:] = people.x * 2.0 - 20.0, people.y * 2.0 - 20.0
    squeeze(people, 1, start=5)
    assert not people.load.any()


# ---------------------------------------------------------------------------------------------- harm


def test_a_moment_of_crushing_rarely_hurts_and_minutes_of_it_do() -> None:
    people = packed(7.0, side_m=8.0)
    n = len(people)
    at_once = squeeze(people, 1)
    assert len(at_once) < 0.02 * n
    later = squeeze(people, 240, start=1)
    assert len(later) > 0.05 * n
    assert {row for row, _ in later} <= set(range(n))
    assert {severity for _, severity in later} <= {1, 2, 3}


def test_the_dose_grows_second_by_second_and_tenfold_for_each_person_more_per_square_metre() -> None:
    doses = []
    for density in (5.0, 6.0, 7.0):
        people = packed(density)
        squeeze(people, 1)
        once = people.dose.copy()
        squeeze(people, 9, start=1)
        np.testing.assert_allclose(people.dose, 10.0 * once, rtol=1e-6)
        doses.append(float(once[inner(people)].mean()))
    assert 10.0 == pytest.approx(doses[1] / doses[0], rel=0.4)
    assert 10.0 == pytest.approx(doses[2] / doses[1], rel=0.4)
    assert WALKING.crush_rate == pytest.approx(doses[1], rel=0.4), "the rate is that of 6 persons/m2"


def test_as_many_are_hurt_as_their_doses_say() -> None:
    people = packed(7.0, side_m=10.0)
    hurt = squeeze(people, 60)
    expected = float(people.dose.sum())
    assert expected > 15.0
    assert abs(len(hurt) - expected) < 4.0 * math.sqrt(expected)


def test_the_vulnerable_take_three_times_the_dose() -> None:
    people = packed(6.0)
    frail = packed(6.0, vulnerability=3.0)
    squeeze(people, 5)
    squeeze(frail, 5)
    np.testing.assert_allclose(frail.dose, 3.0 * people.dose, rtol=1e-6)


def test_nobody_is_hurt_twice_at_the_same_severity() -> None:
    assert squeeze(packed(7.0, side_m=8.0), 60)
    assert [] == squeeze(packed(7.0, side_m=8.0, injury=3), 60)


def test_running_in_a_dense_crowd_makes_people_fall_and_walking_does_not() -> None:
    falls = {}
    for v, density in ((1.3, 3.5), (2.5, 3.5), (2.5, 1.0)):
        people = packed(density, v=v)
        falls[v, density] = len(squeeze(people, 120))
    assert falls[2.5, 3.5] > 20
    assert 0 == falls[1.3, 3.5] == falls[2.5, 1.0]


@pytest.mark.parametrize("drive", [0.0, 1.0])
def test_people_who_push_into_a_dead_end_press_on_each_other_and_stay_inside_it(drive: float) -> None:
    people = people_at([(3.0 + 0.5 * c, 3.5 + 0.5 * r) for c in range(16) for r in range(10)], drive=drive)
    people.act[:] = int(Act.OBSTRUCT)
    # All of them want to get to places behind the wall.
    people.spot_x[:] = 26.0
    for tick in range(30 * SECOND):
        if tick % SECOND == 0:
            advance_pressure(people, DEAD_END, NOISE.key, tick, WALKING)
        advance_motion(people, DEAD_END, NOBODY, NOISE.key, tick, WALKING)
    assert people.x.max() < 17.0
    assert people.x.min() > 2.0
    assert ((people.y > 3.0) & (people.y < 9.0)).all()
    assert people.density.max() > WALKING.press_from
    assert (people.load.max() > WALKING.danger_load) == (drive > 0.0)
