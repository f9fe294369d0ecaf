"""The other walking law: one step of it is one step of JuPedSim's collision-free speed model."""

import csv
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from sim.crowd.body import Bodies
from sim.crowd.ground import Ground
from sim.crowd.motion import advance_motion
from sim.crowd.people import Act, People
from sim.crowd.walking import Law, Walking
from tests.crowd.stage import NOBODY, NOISE, SECOND, ground_of, lattice, people_at

LAW = Walking.collision_free()
JUPEDSIM = Path(__file__).with_name("jupedsim_one_step.csv")
"""Made with JuPedSim 1.4.2 by `tests/benchmarks/one_step.py 0.02`."""


def scene(name: str, rows: Sequence[Mapping[str, str]] = ()) -> tuple[Ground, People, np.ndarray, np.ndarray]:
    """The ground, people about to walk, and where JuPedSim puts them after 0.1 s; of the file unless rows are given."""
    if not rows:
        with JUPEDSIM.open(encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if row["scene"] == name]
    numbers = [[float(row[c]) for c in row if c != "scene"] for row in rows]
    x, y, target_x, target_y, radius, gap, speed, next_x, next_y = np.array(numbers).T
    if name == "door":
        ground = ground_of(30.0, 20.0, ((18.0, 0.0, 19.0, 9.2), (18.0, 10.8, 19.0, 20.0)), cell_m=0.25)
    else:
        ground = ground_of(100.0, 100.0)
    people = people_at(list(zip(x, y, strict=True)), radius=radius, soft_radius=radius, gap_s=gap, free_speed=speed)
    people.spot_x[:], people.spot_y[:] = target_x, target_y
    return ground, people, next_x, next_y


def step_of(name: str, rows: Sequence[Mapping[str, str]]) -> tuple[People, np.ndarray, np.ndarray]:
    """These people one step on by our kernel, and where JuPedSim puts them; for the race against the live one."""
    ground, people, next_x, next_y = scene(name, rows)
    advance_motion(people, ground, NOBODY, NOISE.key, 0, LAW)
    return people, next_x, next_y


@pytest.mark.parametrize("name", ["open", "tight", "door"])
def test_one_step_is_one_step_of_jupedsim_for_everybody(name: str) -> None:
    ground, people, next_x, next_y = scene(name)
    advance_motion(people, ground, NOBODY, NOISE.key, 0, LAW)
    apart = np.hypot(people.x - next_x, people.y - next_y)
    assert len(apart) > 10
    assert apart.max() < 2e-5


def test_the_products_own_law_makes_another_step() -> None:
    ground, people, next_x, next_y = scene("tight")
    advance_motion(people, ground, NOBODY, NOISE.key, 0, Walking())
    assert np.hypot(people.x - next_x, people.y - next_y).max() > 1e-3


def test_neighbours_behind_a_wall_do_not_repel() -> None:
    ground = ground_of(20.0, 20.0, ((10.0, 5.0, 10.2, 15.0),), cell_m=0.1)
    apart = people_at([(9.7, 10.0), (10.5, 10.1)])
    apart.spot_y[:] = 18.0
    alone = people_at([(9.7, 10.0)])
    alone.spot_y[:] = 18.0
    for people in (apart, alone):
        advance_motion(people, ground, NOBODY, NOISE.key, 0, LAW)
    assert (alone.x[0], alone.y[0]) == (apart.x[0], apart.y[0])


@pytest.mark.parametrize(
    ("column", "value"), [("push", 2.0), ("push_range", 0.05), ("wall_push", 2.0), ("wall_range", 0.1)]
)
def test_strengths_and_ranges_of_repulsion_are_parameters(column: str, value: float) -> None:
    ground, people, next_x, next_y = scene("door")
    advance_motion(people, ground, NOBODY, NOISE.key, 0, Walking.collision_free(**{column: value}))
    assert np.hypot(people.x - next_x, people.y - next_y).max() > 2e-5


def test_a_crowd_walks_through_a_door_by_this_law_too() -> None:
    ground = ground_of(
        20.0, 12.0, ((12.0, 0.0, 12.5, 4.5), (12.0, 7.5, 12.5, 12.0)), ((18.5, 0.0, 20.0, 12.0),), cell_m=0.25
    )
    people = people_at(lattice(1.0, 1.0, 8, 8, 1.1), act=int(Act.LEAVE), goal=0)
    for tick in range(60 * SECOND):
        advance_motion(people, ground, NOBODY, NOISE.key, tick, LAW)
        assert min(ground.distance_at(x, y) for x, y in zip(people.x, people.y, strict=True)) > 0.0
    assert (people.x > 12.5).mean() > 0.9
    assert (people.soft_radius == people.radius).all()


def test_a_closed_line_holds_by_this_law_too() -> None:
    ground = ground_of(30.0, 6.0, exits=((28.5, 0.0, 30.0, 6.0),), cell_m=0.25)
    line = Bodies.blank(6)
    line.x[:], line.y[:], line.radius[:], line.closed[:] = 15.0, 0.5 + np.arange(6), 0.25, 1
    people = people_at(lattice(8.0, 1.0, 4, 4, 1.0), act=int(Act.LEAVE), goal=0)
    for tick in range(20 * SECOND):
        advance_motion(people, ground, line, NOISE.key, tick, LAW)
    assert people.x.max() < 15.0
    assert people.x.max() > 13.0
    assert math.isfinite(float(people.y.sum()))


def test_the_law_is_a_number_of_walking() -> None:
    assert Law.ANTICIPATION == Walking().law
    assert Law.COLLISION_FREE == LAW.law
