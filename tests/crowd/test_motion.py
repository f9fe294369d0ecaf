"""People walk as people are known to: at their own speed alone, slower in company, through doors in turn."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import NotFinite
from sim.core.geometry import Rect
from sim.core.noise import Noise
from sim.crowd.body import Bodies, BodyKind
from sim.crowd.ground import Destination, Ground, Site, compile_ground
from sim.crowd.motion import advance_motion, obstacles_of
from sim.crowd.parameters import Feeling, Parameters
from sim.crowd.people import Act, People, Status
from sim.crowd.pressure import advance_pressure
from sim.crowd.walking import Walking
from tests.crowd.stage import (
    NOBODY,
    NOISE,
    SECOND,
    crowd_at,
    differing,
    ground_of,
    lattice,
    line_of_officers,
    people_at,
)

WALKING = Walking()
LEAVE, FLEE = int(Act.LEAVE), int(Act.FLEE)
CORRIDOR = ground_of(44.0, 2.0, exits=((42.0, 0.0, 44.0, 2.0),), cell_m=0.25)
AVENUE = ground_of(80.0, 6.0, exits=((78.5, 0.0, 80.0, 6.0),), cell_m=0.25)
PLAZA = ground_of(40.0, 40.0, ((15.0, 15.0, 22.0, 20.0),), ((38.0, 18.0, 40.0, 22.0),))


def step(people: People, ground: Ground, ticks: int, *, start: int = 0, bodies: Bodies = NOBODY) -> None:
    """Let people walk; nobody thinks."""
    for tick in range(start, start + ticks):
        advance_motion(people, ground, bodies, NOISE.key, tick, WALKING)


def closest_m(people: People) -> float:
    """The least distance between two people present."""
    rows = np.flatnonzero(people.present)
    dx, dy = people.x[rows][:, None] - people.x[rows], people.y[rows][:, None] - people.y[rows]
    apart = np.hypot(dx, dy)
    np.fill_diagonal(apart, np.inf)
    return float(apart.min())


def wall_m(people: People, ground: Ground) -> float:
    """The least distance of somebody present to a wall."""
    return min(ground.distance_at(people.x[i], people.y[i]) for i in np.flatnonzero(people.present))


# ---------------------------------------------------------------------------------------------- alone


@pytest.mark.parametrize("speed", [0.6, 1.0, 1.33, 1.9])
def test_somebody_alone_keeps_their_own_speed(speed: float) -> None:
    people = people_at([(1.0, 1.0)], free_speed=speed, goal=0, act=LEAVE)
    step(people, CORRIDOR, 20)
    start = float(people.x[0])
    step(people, CORRIDOR, 150, start=20)
    assert 15.0 * speed == pytest.approx(people.x[0] - start, rel=1e-6)
    assert speed == pytest.approx(people.v[0])


def test_forty_metres_of_corridor_at_walking_speed_take_26_to_34_seconds() -> None:
    """RiMEA test 1."""
    people = people_at([(1.0, 1.0)], free_speed=1.33, goal=0, act=LEAVE)
    ticks = 0
    while people.x[0] < 41.0:
        step(people, CORRIDOR, 1, start=ticks)
        ticks += 1
        assert ticks < 400
    assert 26.0 <= ticks / SECOND <= 34.0


def test_motivation_hurries() -> None:
    speeds = []
    for drive in (0.0, 1.0):
        people = people_at([(1.0, 1.0)], free_speed=1.2, drive=drive, goal=0, act=LEAVE)
        step(people, CORRIDOR, 50)
        speeds.append(float(people.v[0]))
    assert [1.2, 1.2 * (1.0 + WALKING.drive_speed)] == pytest.approx(speeds)


def test_slow_ground_slows() -> None:
    gravel = (Rect(10.0, 0.0, 30.0, 2.0), 0.5)
    ground = compile_ground(Site(44.0, 2.0, 0.25, (), (Destination("end", (Rect(42.0, 0.0, 44.0, 2.0),)),), (gravel,)))
    people = people_at([(1.0, 1.0)], free_speed=1.2, goal=0, act=LEAVE)
    speeds = []
    for tick in range(460):
        step(people, ground, 1, start=tick)
        if abs(people.x[0] - 20.0) < 0.1 or abs(people.x[0] - 35.0) < 0.1:
            speeds.append(float(people.v[0]))
    assert [0.6, 1.2] == pytest.approx([speeds[0], speeds[-1]])


def test_who_stands_at_their_spot_with_nobody_about_does_not_change_at_all() -> None:
    people = people_at([(5.0, 5.0), (30.0, 30.0)])
    before = people.fork()
    step(people, PLAZA, 50)
    assert [] == differing(before, people)


def test_who_stands_does_not_notice_who_walks_far_away() -> None:
    people = people_at([(5.0, 5.0), (30.0, 30.0)])
    people.spot_x[1] = 20.0
    before = people.fork()
    step(people, PLAZA, 60)
    assert [1] == differing(before, people)


@pytest.mark.parametrize("act", [Act.INJURED, Act.HELD])
def test_the_injured_and_the_held_stay_where_they_are_put(act: Act) -> None:
    people = people_at([(5.0, 5.0), (5.6, 5.0)])
    people.act[0] = int(act)
    people.spot_x[:] = 30.0
    step(people, PLAZA, 50)
    assert (5.0, 5.0) == (people.x[0], people.y[0])
    assert people.x[1] > 10.0


def test_people_walk_round_a_building_to_their_spot() -> None:
    people = people_at([(12.0, 17.5)], goal=0)
    people.spot_x[0], people.spot_y[0] = 39.0, 20.0
    for tick in range(40 * SECOND):
        step(people, PLAZA, 1, start=tick)
        assert wall_m(people, PLAZA) > 0.05
    assert math.hypot(people.x[0] - 39.0, people.y[0] - 20.0) <= WALKING.spot_m


def test_a_position_that_stops_being_a_number_is_an_error_that_names_the_person() -> None:
    people = people_at([(5.0, 5.0), (9.0, 9.0)])
    people.spot_x[:] = 30.0
    people.x[1] = math.nan
    with pytest.raises(NotFinite) as fault:
        step(people, PLAZA, 1)
    assert "1" in str(fault.value)


# ---------------------------------------------------------------------------------------------- together


def weidmann(density: float) -> float:
    """Mean speed on the level, m/s (Weidmann 1993)."""
    return 1.34 * (1.0 - math.exp(-1.913 * (1.0 / density - 1.0 / 5.4)))


def test_speed_falls_with_density_about_as_weidmann_measured() -> None:
    speeds, densities = [], []
    for wanted in (0.6, 1.0, 1.5, 2.0, 3.0, 4.0):
        apart = 1.0 / math.sqrt(wanted)
        columns, rows = int(26.0 / apart), max(1, round(5.4 / apart))
        densities.append(rows / 6.0 / apart)
        places = [
            (1.0 + (c + 0.5 * (r % 2)) * apart, 0.3 + (r + 0.5) * 5.4 / rows)
            for r in range(rows)
            for c in range(columns)
        ]
        people = people_at(places, goal=0, act=LEAVE)
        # Those at the back are still inside the column when the front has come apart.
        back = (people.x > 3.0) & (people.x < 14.0)
        step(people, AVENUE, 50)
        start = people.x.copy()
        step(people, AVENUE, 100, start=50)
        speeds.append(float((people.x - start)[back].mean()) / 10.0)
    assert (np.diff(speeds) < 0.0).all()
    for density, speed in zip(densities, speeds, strict=True):
        assert weidmann(density) == pytest.approx(speed, abs=0.15)


def leave_room(door_m: float, act: Act) -> tuple[list[float], float, float]:
    """A hundred and twenty people leave a room by one door: seconds of each passage, closest pair, nearest wall."""
    ground = ground_of(
        20.0,
        12.0,
        ((12.0, 0.0, 12.5, 6.0 - door_m / 2), (12.0, 6.0 + door_m / 2, 12.5, 12.0)),
        ((18.5, 0.0, 20.0, 12.0),),
        0.25,
    )
    params = Parameters(feeling=Feeling(fear_fade_s=math.inf))
    fear = 0.95 if act == Act.FLEE else 0.0
    crowd = crowd_at(ground, lattice(1.0, 1.0, 12, 10, 0.9), params, act=int(act), fear=fear)
    out = np.zeros(120, dtype=bool)
    passages: list[float] = []
    closest = nearest = math.inf
    for tick in range(150 * SECOND):
        crowd.advance(ground, NOBODY, (), NOISE, tick)
        people = crowd.people
        now = (people.x > 12.5) | ~people.present
        passages += [tick / SECOND] * int((now & ~out).sum())
        out |= now
        if tick % 25 == 0:
            closest = min(closest, closest_m(people))
            nearest = min(nearest, wall_m(people, ground))
        if out.all():
            break
    return passages, closest, nearest


@pytest.mark.parametrize(("door_m", "least", "most"), [(1.0, 1.0, 2.2), (1.6, 1.6, 3.0)])
def test_a_door_lets_through_as_many_as_measured_and_never_jams_for_good(
    door_m: float, least: float, most: float
) -> None:
    passages, closest, nearest = leave_room(door_m, Act.LEAVE)
    assert 120 == len(passages)
    assert least <= 72.0 / (passages[96] - passages[24]) <= most
    assert closest > 0.2, "two shoulders turned sideways need 0.3 m"
    assert nearest > 0.05


def test_people_in_a_hurry_leave_sooner_by_a_wide_door() -> None:
    assert leave_room(2.4, Act.FLEE)[0][-1] < 0.85 * leave_room(2.4, Act.LEAVE)[0][-1]


def test_two_who_are_jammed_side_by_side_slide_past_each_other() -> None:
    """Both dodge the same way, each barely ahead of the other: once they stood like this for good."""
    ground = ground_of(20.5, 10.0, exits=((19.5, 4.0, 20.5, 5.0), (0.0, 4.5, 1.0, 5.5)), cell_m=0.25)
    people = people_at([(15.714, 7.1426), (16.005, 7.0689)], act=LEAVE, goal=[0, 1], stuck_s=3.0, soft_radius=0.15)
    people.ex[:], people.ey[:] = (-0.0375, -0.2949), (-0.9993, -0.9555)
    step(people, ground, 15 * SECOND)
    assert people.x[0] > 18.0
    assert people.x[1] < 5.0


def test_the_calm_stand_rather_than_creep_up_to_the_one_in_front_as_the_driven_do() -> None:
    speeds = []
    for drive in (0.0, 1.0):
        people = people_at([(20.0, 1.0), (19.575, 1.0)], drive=drive, goal=0, act=LEAVE)
        people.act[0] = int(Act.HELD)
        step(people, CORRIDOR, 1)
        speeds.append(float(people.v[1]))
    assert 0.0 == speeds[0]
    assert 0.0 < speeds[1] < 0.1


def test_nobody_is_lost_round_a_corner() -> None:
    """RiMEA test 6: twenty people round a left corner, none through a wall."""
    ground = ground_of(24.0, 24.0, ((0.0, 4.0, 20.0, 24.0),), ((20.0, 22.0, 24.0, 24.0),), 0.25)
    crowd = crowd_at(ground, lattice(1.0, 0.7, 7, 3, 1.2)[:20], act=LEAVE)
    for tick in range(60 * SECOND):
        crowd.advance(ground, NOBODY, (), NOISE, tick)
        if crowd.people.present.any():
            assert wall_m(crowd.people, ground) > 0.05
    assert (crowd.people.status == int(Status.LEFT)).all()
    assert (crowd.people.y > 20.0).all()


def test_people_who_meet_head_on_pass_each_other() -> None:
    ground = ground_of(44.0, 4.0, exits=((42.0, 0.0, 44.0, 4.0), (0.0, 0.0, 2.0, 4.0)), cell_m=0.25)
    places = [*lattice(4.0, 0.8, 4, 3, 1.2), *lattice(36.0, 0.8, 4, 3, 1.2)]
    people = people_at(places, act=LEAVE, goal=[0] * 12 + [1] * 12)
    closest = math.inf
    for tick in range(45 * SECOND):
        step(people, ground, 1, start=tick)
        closest = min(closest, closest_m(people)) if 15 * SECOND < tick < 25 * SECOND else closest
    assert (people.x[:12] > 36.0).all()
    assert (people.x[12:] < 8.0).all()
    assert closest > 0.2


def test_who_stands_in_the_way_steps_aside() -> None:
    people = people_at([(20.0, 1.0), *lattice(2.0, 0.5, 3, 3, 0.5)], act=LEAVE, goal=0)
    people.act[0], people.goal[0] = int(Act.WATCH), -1
    step(people, CORRIDOR, 30 * SECOND)
    assert (people.x[1:] > 25.0).all()
    moved_m = math.hypot(people.x[0] - 20.0, people.y[0] - 1.0)
    assert 0.05 < moved_m < 3.0


@settings(max_examples=25)
@given(
    places=st.lists(
        st.tuples(st.floats(2.0, 38.0), st.floats(2.0, 38.0)).filter(
            lambda place: not (14.5 < place[0] < 22.5 and 14.5 < place[1] < 20.5)
        ),
        min_size=2,
        max_size=30,
    ),
    acts=st.lists(st.sampled_from([Act.WATCH, Act.LEAVE, Act.FLEE]), min_size=30, max_size=30),
    seed=st.integers(0, 2**32),
)
def test_wherever_people_start_they_stay_outside_walls_and_go_no_faster_than_they_can(
    places: list[tuple[float, float]], acts: list[Act], seed: int
) -> None:
    people = people_at(places)
    people.act[:] = [int(act) for act in acts[: len(places)]]
    people.goal[people.act >= LEAVE] = 0
    before, key = people.fork(), Noise(seed).key
    for tick in range(40):
        advance_motion(people, PLAZA, NOBODY, key, tick, WALKING)
        assert wall_m(people, PLAZA) > 0.0
    fastest = before.free_speed.max() * 1.01
    assert (np.hypot(people.x - before.x, people.y - before.y) <= 4.0 * fastest + 0.5).all()
    assert (people.v <= fastest).all()
    np.testing.assert_allclose(1.0, np.hypot(people.ex, people.ey), rtol=1e-9)


def test_the_order_of_rows_does_not_matter() -> None:
    places = [(4.0 + 0.9 * c + 0.13 * r, 1.0 + 0.97 * r + 0.07 * c) for c in range(6) for r in range(5)]
    speeds = [0.9 + 0.03 * k for k in range(30)]
    people = people_at(places, act=LEAVE, goal=0, free_speed=speeds)
    turned = people_at(places[::-1], act=LEAVE, goal=0, free_speed=speeds[::-1])
    step(people, AVENUE, 100)
    step(turned, AVENUE, 100)
    # Sums of pushes round differently the other way round.
    np.testing.assert_allclose(people.x, turned.x[::-1], atol=1e-6)
    np.testing.assert_allclose(people.y, turned.y[::-1], atol=1e-6)


def test_however_many_walk_far_away_nobody_steps_otherwise() -> None:
    few, far = lattice(4.0, 4.0, 6, 5, 1.1), lattice(40.0, 40.0, 75, 60, 1.1)
    field = ground_of(150.0, 150.0, ((12.0, 2.0, 13.0, 30.0),), ((148.0, 70.0, 150.0, 80.0),), cell_m=1.0)
    alone = people_at(few, act=LEAVE, goal=0)
    among = people_at([*few, *far], act=LEAVE, goal=0)
    step(alone, field, 50)
    step(among, field, 50)
    for name in ("x", "y", "ex", "ey", "v", "soft_radius", "stuck_s"):
        assert getattr(alone, name).tobytes() == getattr(among, name)[: len(alone)].tobytes()


def leave_behind(value: float) -> None:
    """Fills memory with a number and lets go of it, so that what is asked for next is likely to hold it."""
    held = [np.full(size, value) for size in (100, 1_000, 8_000, *range(12_000, 33_000, 1_000)) for _ in range(6)]
    del held


@pytest.mark.parametrize("law", [WALKING, Walking.collision_free()])
def test_what_memory_held_before_changes_nothing(law: Walking) -> None:
    made = []
    for value in (0.0, math.nan, 1e300):
        people = people_at(lattice(12.0, 12.0, 8, 8, 1.7), act=LEAVE, goal=0)
        for tick in range(20):
            leave_behind(value)
            advance_motion(people, PLAZA, NOBODY, NOISE.key, tick, law)
        made.append(people)
    assert [] == differing(made[0], made[1]) == differing(made[0], made[2])


def test_several_ticks_in_one_call_are_the_same_as_one_by_one() -> None:
    places = lattice(4.0, 0.7, 6, 5, 1.1)
    one, many = people_at(places, act=LEAVE, goal=0), people_at(places, act=LEAVE, goal=0)
    officer = line_of_officers(12.0, (2.0, 3.2, 4.4), closed=True)
    step(one, AVENUE, 30, bodies=officer)
    known = obstacles_of(officer, WALKING)
    advance_motion(many, AVENUE, officer, NOISE.key, 0, WALKING, known, ticks=30)
    assert [] == differing(one, many)


def test_steps_of_two_ticks_lead_about_as_far_and_nowhere_in_between() -> None:
    places = lattice(4.0, 0.7, 6, 5, 1.1)
    short, long = people_at(places, act=LEAVE, goal=0), people_at(places, act=LEAVE, goal=0)
    step(short, AVENUE, 200)
    for tick in range(200):
        before = long.fork()
        advance_motion(long, AVENUE, NOBODY, NOISE.key, tick, WALKING, stride=2)
        assert (tick % 2 == 1) == (differing(before, long) == [])
    assert short.x.mean() == pytest.approx(long.x.mean(), rel=0.03)
    assert closest_m(long) > 0.2


def test_overlapping_people_come_apart() -> None:
    people = people_at([(10.0, 10.0), (10.0, 10.0), (10.1, 10.0)])
    people.spot_x[:] = 12.0
    step(people, PLAZA, 5 * SECOND)
    assert closest_m(people) > 0.25


# ---------------------------------------------------------------------------------------------- pushing past


def test_bodies_in_the_way_are_walked_round() -> None:
    people = people_at([(5.0, 3.0)], goal=0, act=LEAVE)
    officer = line_of_officers(12.0, (3.0,), closed=False)
    closest = math.inf
    for tick in range(15 * SECOND):
        step(people, AVENUE, 1, start=tick, bodies=officer)
        closest = min(closest, math.hypot(people.x[0] - 12.0, people.y[0] - 3.0))
    assert people.x[0] > 20.0
    assert closest > 0.25 + WALKING.thin_radius - 0.05


def test_a_tight_crowd_does_not_slip_round_a_wall_that_meets_the_edge_of_the_site():
    ground = ground_of(30.0, 8.0, ((27.0, 0.0, 28.0, 8.0),), cell_m=0.25)
    people = people_at([(1.0 + 0.5 * c, 0.5 + 0.5 * r) for c in range(20) for r in range(15)])
    people.act[:], people.spot_x[:] = int(Act.OBSTRUCT), 29.0
    for tick in range(40 * SECOND):
        if tick % SECOND == 0:
            advance_pressure(people, ground, NOISE.key, tick, WALKING)
        advance_motion(people, ground, NOBODY, NOISE.key, tick, WALKING)
    assert people.x.max() < 27.0
    assert people.y.min() > 0.0
    assert people.y.max() < 8.0


def test_somebody_held_is_not_changed_by_who_walks_far_away():
    ground = ground_of(60.0, 40.0)
    kept = []
    for far_spot in (50.0, 30.0):
        people = people_at([(20.0, 20.0), (50.0, 5.0)])
        people.act[0], people.disturbed[0], people.spot_x[1] = int(Act.HELD), 1, far_spot
        advance_motion(people, ground, NOBODY, NOISE.key, 1, WALKING)
        kept.append(int(people.disturbed[0]))
    assert kept[0] == kept[1]


@pytest.mark.parametrize("y", [14.0, 14.5, 15.0, 15.4])
def test_somebody_walking_straight_at_a_parked_van_gets_round_it(y):
    ground = ground_of(40.0, 30.0, exits=((38.5, 0.0, 40.0, 30.0),))
    van = Bodies.blank(3)
    van.x[:], van.y[:], van.radius[:], van.kind[:] = 20.0, (14.0, 15.0, 16.0), 0.9, int(BodyKind.VEHICLE)
    people = people_at([(10.0, y)], act=int(Act.LEAVE), goal=0)
    for tick in range(60 * SECOND):
        advance_motion(people, ground, van, NOISE.key, tick, WALKING)
    assert people.x[0] > 30.0
