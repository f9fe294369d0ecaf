"""Experiments on walking honour their switches, come out the same every time, and refuse what cannot be."""

import numpy as np
import pytest
from pydantic import ValidationError

from sim.core.errors import BadInput
from sim.core.noise import Noise
from sim.core.tick import TICKS_PER_SECOND
from sim.science.experiment.corner import Corner
from sim.science.experiment.corridor import Corridor, Ring
from sim.science.experiment.course import Course
from sim.science.experiment.dead_end import DeadEnd
from sim.science.experiment.door import Door, Doorway
from sim.science.experiment.lattice import Lattice
from sim.science.experiment.panic import Panic
from sim.science.experiment.rooms import Rooms
from sim.science.row import ROWS, Found
from sim.science.row.fundamental_diagram import weidmann

NOISE = Noise(7)
SHORT = Corridor(length_m=16.0, width_m=3.0, warm_up_s=5, measured_s=10)
HALL = Door(people=40, length_m=8.0, width_m=8.0, doors=(Doorway(at_m=4.0, width_m=1.2),))


# ---------------------------------------------------------------------------------------------- corridor


def test_the_seam_of_a_corridor_without_ends_changes_nobodys_way() -> None:
    here = Ring.of(SHORT, NOISE)
    there = Ring.of(SHORT, NOISE)
    n, people = there.real, there.walkers.people
    people.x[:n] = 8.0 + (people.x[:n] - 8.0 + 5.0) % SHORT.length_m
    for second in range(3):
        here.second(second * TICKS_PER_SECOND)
        there.second(second * TICKS_PER_SECOND)
    shifted = 8.0 + (here.walkers.people.x[:n] - 8.0 + 5.0) % SHORT.length_m
    np.testing.assert_allclose(shifted, people.x[:n], atol=1e-4)
    np.testing.assert_allclose(here.walkers.people.y[:n], people.y[:n], atol=1e-4)


def test_the_denser_a_corridor_the_slower_people_walk() -> None:
    speeds = [SHORT.model_copy(update={"density_per_m2": d}).trial(NOISE)["speed_m_s"] for d in (0.5, 1.5, 3.0)]
    assert speeds == sorted(speeds, reverse=True)
    assert weidmann(3.0) == pytest.approx(speeds[2], rel=0.25)


def test_numbers_about_people_reach_the_corridor() -> None:
    usual = SHORT.model_copy(update={"density_per_m2": 2.0})
    slow = usual.model_copy(update={"numbers": {"drawing.gap_s": 1.06}})
    assert slow.trial(NOISE)["speed_m_s"] < 0.8 * usual.trial(NOISE)["speed_m_s"]  # type: ignore[operator]


@pytest.mark.parametrize("against", [0.0, 0.25, 0.5, 1.0])
def test_as_many_walk_the_other_way_as_the_share_says(against: float) -> None:
    ring = Ring.of(SHORT.model_copy(update={"against": against}), NOISE)
    assert against == pytest.approx(float((ring.ways < 0.0).mean()), abs=0.02)


def test_everybody_going_one_way_is_perfect_order() -> None:
    assert 1.0 == SHORT.model_copy(update={"measured_s": 1}).trial(NOISE)["order_end"]


# ---------------------------------------------------------------------------------------------- doors


def test_the_same_noise_measures_the_same_to_the_last_bit() -> None:
    assert HALL.trial(NOISE) == HALL.trial(NOISE)
    assert HALL.trial(NOISE) != HALL.trial(Noise(8))


def test_a_wider_door_lets_more_through() -> None:
    wide = HALL.model_copy(update={"doors": (Doorway(at_m=4.0, width_m=3.0),)})
    assert HALL.trial(NOISE)["flow_per_s"] < wide.trial(NOISE)["flow_per_s"]  # type: ignore[operator]


def test_an_open_door_nobody_knows_is_not_used() -> None:
    doors = (Doorway(at_m=4.0), Doorway(side="north", at_m=4.0), Doorway(side="west", at_m=4.0))
    three = HALL.model_copy(update={"doors": doors})
    told = three.model_copy(update={"known": ((0,), (2,)), "shares": (3.0, 1.0)})
    assert 0.0 not in three.trial(NOISE)["used"]  # type: ignore[operator]
    measured = told.trial(NOISE)
    assert [30.0, 0.0, 10.0] == measured["used"]
    assert 1.0 == measured["obeyed"]


def test_a_run_ends_when_the_share_asked_for_is_out() -> None:
    half = HALL.model_copy(update={"until": 0.5}).trial(NOISE)
    assert 20 <= half["out"] < 40  # type: ignore[operator]
    assert half["time_s"] < HALL.trial(NOISE)["time_s"]  # type: ignore[operator]


@pytest.mark.parametrize(
    "wrong",
    [
        {"doors": ({"at_m": 0.2, "width_m": 1.0},)},
        {"doors": ({"at_m": 4.0},), "known": ((1,),)},
        {"doors": ({"at_m": 4.0},), "known": ((),)},
        {"doors": ({"at_m": 4.0},), "known": ((0,),), "shares": (1.0, 1.0)},
        {"doors": ({"at_m": 4.0},), "fill_m": 99.0},
        {"doors": ()},
        {"doors": ({"at_m": 4.0},), "windows": 2},
    ],
)
def test_a_room_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Door.model_validate({"length_m": 8.0, "width_m": 8.0, **wrong})


def test_more_people_than_fit_are_refused() -> None:
    with pytest.raises(BadInput):
        HALL.model_copy(update={"people": 5000}).trial(NOISE)


def test_the_narrower_of_two_doors_in_a_row_is_where_people_wait() -> None:
    even, narrowing = (
        Rooms(people=60, lengths_m=(6.0, 6.0), width_m=6.0, doors_m=doors).trial(NOISE)
        for doors in ((1.0, 1.0), (2.0, 0.8))
    )
    assert even["mean_2_per_m2"] < even["mean_1_per_m2"]  # type: ignore[operator]
    assert narrowing["mean_2_per_m2"] > narrowing["mean_1_per_m2"]  # type: ignore[operator]
    with pytest.raises(ValidationError):
        Rooms(lengths_m=(6.0,), doors_m=(1.0, 1.0))


# ---------------------------------------------------------------------------------------------- alone, and at walls


def test_forty_metres_take_as_long_as_the_speed_says() -> None:
    assert 40.0 / 1.33 == pytest.approx(Course(people=1).trial(NOISE)["least_s"], rel=1e-6)


def test_people_set_off_in_the_tick_they_are_told() -> None:
    measured = Course(people=4, least_start_s=1.0, most_start_s=9.0, length_m=3.0).trial(NOISE)
    assert (0.0, 0.0) == (measured["late_ticks"], measured["early_ticks"])


def test_only_people_whom_no_wall_bends_come_too_close_round_a_corner() -> None:
    control = ROWS["O1"].control(fast=True)["corner"].experiment
    assert 0.0 == Corner().trial(NOISE)["crossings"]
    assert 0.0 < sum(float(control.trial(Noise(seed))["crossings"]) for seed in (1, 2, 3))  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------------- pressure


def test_a_crowd_that_pushes_at_a_shut_gate_gets_denser_than_a_calm_one() -> None:
    calm = DeadEnd(people=120, width_m=4.0, length_m=30.0, seconds=60)
    driven = calm.model_copy(update={"drive": 1.0}).trial(NOISE)
    still = calm.trial(NOISE)
    assert driven["peak_per_m2"] > 1.15 * still["peak_per_m2"]  # type: ignore[operator]
    assert 0.0 == still["load_n_m"]
    assert driven["load_n_m"] > 1000.0  # type: ignore[operator]


@pytest.mark.parametrize("density", [0.5, 2.0, 7.0])
def test_density_on_a_lattice_is_read_within_a_twentieth(density: float) -> None:
    assert abs(Lattice(density_per_m2=density).trial(NOISE)["error"]) < 0.05  # type: ignore[arg-type]


def test_among_people_who_stand_anywhere_ones_own_share_is_read_on_top() -> None:
    error = Lattice(density_per_m2=1.0, places="anywhere", side_m=40.0).trial(NOISE)["error"]
    own = 1.0 / (2.0 * np.pi * 0.7 * 0.7)
    assert own == pytest.approx(error, abs=0.1)


# ---------------------------------------------------------------------------------------------- the reference


def test_in_the_reference_model_friction_is_what_makes_faster_slower() -> None:
    few = Panic(people=60, room_m=8.0, speed_m_s=5.0)
    smooth = few.model_copy(update={"friction_kg_m_s": 0.0})
    assert few.trial(NOISE)["time_s"] > 1.5 * smooth.trial(NOISE)["time_s"]  # type: ignore[operator]


def test_somebody_alone_in_the_reference_model_walks_at_the_speed_they_want() -> None:
    alone = Panic(people=1, room_m=10.0, until=1.0, speed_m_s=2.0).trial(NOISE)
    assert 3.0 < alone["time_s"] < 8.0  # type: ignore[operator]
    assert 1.0 == alone["out"]


# ---------------------------------------------------------------------------------------------- rows

QUICK = ("O1", "O2", "O3", "O7")


@pytest.mark.parametrize("name", [*QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in ("O4", "O5", "O6"))])
def test_a_row_holds_in_short_and_fails_without_its_mechanism(name: str) -> None:
    row = ROWS[name]

    def tried(control: bool) -> Found:
        cases = row.control(fast=True) if control else row.cases(fast=True)
        return Found({k: [case.experiment.trial(Noise(seed)) for seed in case.seeds] for k, case in cases.items()})

    found, control = tried(control=False), tried(control=True)
    assert [] == [check.what.english() for check in row.checks(found) if not check.holds]
    assert [] == [check.what.english() for check in row.failures(found, control) if not check.holds]
    assert all(len(curve.x) == len(curve.y) > 0 for curve in row.curves(found))
