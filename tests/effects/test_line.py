"""Lines: a closed ring holds whoever is inside and counts how long; an open line lets people through."""

import math

import numpy as np
import pytest

from sim.crowd.people import Status
from sim.exercise.exercise import Exercise
from sim.world.metric import METRICS
from sim.world.nearby import present_near
from sim.world.ring import GAP_M, widest
from tests.effects.stage import MORE_UNITS, carried_out, minutes, plain, staged
from tests.small import small_data

RING = ("POU-1", "POU-2", "POU-3")


def gone(run: Exercise) -> int:
    """People who have left the site."""
    return int(np.count_nonzero(run.world.crowd.people.status != int(Status.PRESENT)))


def penned(people: int, side_m: int) -> Exercise:
    """So many people in a small square; POU-9 has 32 officers, the other three units 14 each."""
    data = small_data()
    half = side_m / 2
    pen = {"id": "pen", "name": "pen", "area": {"rect": [55 - half, 40 - half, 55 + half, 40 + half]}}
    site = data["site"] | {"places": [*data["site"]["places"], pen]}
    group = data["groups"][0] | {"people": people, "spawn": ["pen"], "post": ["pen"]}
    nine = {"id": "POU-9", "code": "POU", "strength": 32, "arrives_min": 0, "at": "corner"}
    return staged(site=site, groups=[group], units=[*data["units"], *MORE_UNITS, nine])


def ring(run: Exercise) -> None:
    """Three units close a ring round the square."""
    carried_out(run, "containment", "square", *RING)


def held(run: Exercise) -> int:
    """People inside the ring."""
    unit = run.world.unit("POU-1")
    return len(present_near(run.world, unit.x, unit.y, unit.radius_m))


def all_go(run: Exercise) -> None:
    """Everybody inside is told to leave, loudly and for long."""
    carried_out(run, "dispersal_order", "square", minutes=20)
    minutes(run, 10)


def test_nobody_gets_out_of_a_closed_ring_of_officers_who_stand_close() -> None:
    free = penned(30, 4)
    closed = free.fork()
    carried_out(closed, "containment", "pen", "POU-9")
    for run in (free, closed):
        carried_out(run, "dispersal_order", "pen", minutes=20)
        minutes(run, 10)
    assert gone(free) >= 3
    assert 0 == gone(closed)


def test_three_units_close_one_ring_and_nobody_gets_out_of_it() -> None:
    free = penned(60, 8)
    closed = free.fork()
    carried_out(closed, "containment", "pen", *RING)
    assert 60 == held(closed)
    for run in (free, closed):
        carried_out(run, "dispersal_order", "pen", minutes=20)
        minutes(run, 10)
    assert gone(free) >= 3
    assert 0 == gone(closed)
    assert 60 == held(closed)


def test_no_two_officers_of_a_ring_stand_farther_apart_than_they_can_close() -> None:
    run = plain()
    ring(run)
    officers = [place for name in RING for place in run.world.unit(name).officers()]
    gaps = [math.dist(a, b) for a, b in zip(officers, [*officers[1:], officers[0]], strict=True)]
    assert max(gaps) <= GAP_M + 1e-9
    # The ends of two arcs meet: three units, three places where two stand shoulder to shoulder.
    assert 3 == sum(gap < 1e-6 for gap in gaps)


def test_a_large_and_a_small_unit_leave_equal_gaps() -> None:
    run = penned(60, 40)
    carried_out(run, "containment", "pen", "POU-9", "POU-1")
    units = [run.world.unit(name) for name in ("POU-1", "POU-9")]
    assert widest(units) == units[0].radius_m
    steps = [math.dist(*unit.officers()[:2]) for unit in units]
    assert steps[0] == pytest.approx(steps[1], abs=1e-9)
    assert GAP_M - 0.01 < steps[0] <= GAP_M


def test_a_ring_is_as_wide_as_the_people_in_it_need_and_no_wider_than_its_officers_can_close() -> None:
    many, few = plain(), penned(10, 3)
    ring(many)
    carried_out(few, "containment", "pen", *RING)
    most = widest([many.world.unit(name) for name in RING])
    assert most == many.world.unit("POU-1").radius_m > few.world.unit("POU-1").radius_m
    assert 10 == held(few)


def test_the_seat_is_told_how_many_are_inside_and_how_many_are_not() -> None:
    run = plain()
    ring(run)
    inside = run.journal.consequences("line")[-1].data["inside"]
    minutes(run, 0.2)
    said = next(m for m in run.world.messages if m.text.template.startswith("The ring stands round"))
    assert {"inside": inside, "outside": 60 - int(str(inside))} == dict(said.text.params)


def test_a_closed_ring_counts_how_long_people_are_held() -> None:
    run = plain()
    ring(run)
    minutes(run, 3)
    assert 3.0 == METRICS["contained_min"](run.world)
    assert held(run) == run.journal.consequences("line")[-1].data["inside"] > 0


def test_people_held_for_long_lose_trust() -> None:
    held, closed = plain(), plain()
    ring(closed)
    minutes(closed, 8)
    held.run_until(closed.tick_now)
    assert np.mean(closed.world.crowd.people.legitimacy) < np.mean(held.world.crowd.people.legitimacy)
    assert np.mean(closed.world.crowd.people.exit_belief) < np.mean(held.world.crowd.people.exit_belief)


def test_a_ring_round_nobody_holds_nobody() -> None:
    run = plain()
    carried_out(run, "containment", "corner", "POU-1", "POU-2", "POU-3")
    minutes(run, 3)
    assert 0.0 == METRICS["contained_min"](run.world)


def test_a_released_ring_counts_no_further_and_lets_people_go() -> None:
    run = plain()
    ring(run)
    minutes(run, 2)
    carried_out(run, "release_containment", "square", "PAT-1")
    minutes(run, 1)
    before = METRICS["contained_min"](run.world)
    assert not any(unit.closed for unit in run.world.units)
    all_go(run)
    assert before == METRICS["contained_min"](run.world)
    assert gone(run) > 0


def test_a_line_that_only_stands_there_wins_trust_at_first_and_hardly_any_later() -> None:
    alone, lined = plain(), plain()
    carried_out(lined, "filter_line", "square", "PAT-1", "PAT-2", power="traffic")
    won = []
    for _ in range(3):
        minutes(lined, 5)
        alone.run_until(lined.tick_now)
        means = [float(np.mean(run.world.crowd.people.legitimacy)) for run in (alone, lined)]
        won.append(means[1] - means[0])
    assert won[0] > 0.005
    assert won[2] - won[1] < 0.1 * won[0]


def test_an_open_filter_line_holds_nobody() -> None:
    run = plain()
    carried_out(run, "filter_line", "square", "PAT-1", "PAT-2", power="traffic")
    all_go(run)
    assert 0.0 == METRICS["contained_min"](run.world)
    assert gone(run) > 0
