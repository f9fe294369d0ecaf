"""Head count: what several units saw of the same people is not added up."""

from dataclasses import replace

import numpy as np
import pytest

from sim.exercise.exercise import Exercise
from sim.world.head_count import Looks
from sim.world.report import Report
from tests.small import small_exercise


@pytest.fixture(scope="module")
def square() -> Exercise:
    """The small square with a wall from (95, 5) to (97, 75)."""
    return small_exercise()


def look(unit: str, tick: int, at: tuple[float, float], *places: tuple[float, float]) -> Report:
    """A look from `at` that made out somebody at each of these places."""
    x, y = np.array(places or np.empty((0, 2)), dtype=np.float32).T
    return Report(
        unit=unit, seen_tick=tick, due_tick=tick, x=x, y=y, look=np.zeros(len(x), np.uint8), estimate=len(x),
        state=0, crush=False, density=0.0, from_x=at[0], from_y=at[1],
    )  # fmt: skip


def crowd(x: float, y: float, number: int) -> list[tuple[float, float]]:
    return [(x + k % 10 * 0.5, y + k // 10 * 0.5) for k in range(number)]


def test_the_same_people_seen_by_units_far_apart_are_counted_once(square: Exercise) -> None:
    people = crowd(45, 40, 100)
    looks = (look("PAT-1", 200, (20, 40), *people), look("PAT-2", 210, (80, 40), *people))
    assert 100 == Looks(looks, square.world.ground).people()


def test_people_out_of_sight_of_the_newest_look_are_added(square: Exercise) -> None:
    here, there = crowd(15, 40, 30), crowd(72, 40, 50)
    looks = (look("PAT-1", 200, (10, 40), *here), look("PAT-2", 210, (80, 40), *there))
    assert 80 == Looks(looks, square.world.ground).people()


def test_people_behind_a_wall_from_a_newer_look_nearby_are_added(square: Exercise) -> None:
    here, behind = crowd(85, 40, 30), crowd(105, 40, 20)
    looks = (look("PAT-1", 210, (80, 40), *here), look("PAT-2", 200, (110, 40), *behind))
    assert 50 == Looks(looks, square.world.ground).people()


def test_people_who_have_left_a_place_that_was_looked_at_again_are_not_added(square: Exercise) -> None:
    looks = (look("PAT-1", 200, (20, 40), *crowd(45, 40, 100)), look("PAT-2", 2000, (50, 40)))
    assert 0 == Looks(looks, square.world.ground).people()


def test_a_unit_that_miscounts_is_believed_in_proportion(square: Exercise) -> None:
    here, there = crowd(15, 40, 30), crowd(45, 40, 30)
    older = replace(look("PAT-1", 200, (30, 40), *here, *there), estimate=72)
    newer = look("PAT-2", 210, (80, 40), *there)
    assert 30 + 36 == Looks((older, newer), square.world.ground).people()


def test_four_units_around_sixty_people_report_about_sixty(square: Exercise) -> None:
    run = square.fork()
    run.run_until(1800)
    for unit, (x, y) in zip(run.world.units, [(20, 40), (55, 75), (85, 40), (55, 10)], strict=False):
        unit.x, unit.y = float(x), float(y)
    run.run_until(2600)
    seen = run.observe()
    assert 4 <= len(seen.looks.reports)
    assert 40 <= seen.people <= 75
