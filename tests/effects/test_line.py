"""Lines: a closed ring holds whoever is inside and counts how long; an open line lets people through."""

import numpy as np

from sim.crowd.people import Status
from sim.exercise.exercise import Exercise
from sim.world.metric import METRICS
from tests.effects.stage import carried_out, minutes, plain, staged
from tests.small import small_data


def gone(run: Exercise) -> int:
    """People who have left the site."""
    return int(np.count_nonzero(run.world.crowd.people.status != int(Status.PRESENT)))


def ring(run: Exercise) -> None:
    """Three units close a ring round the square."""
    carried_out(run, "containment", "square", "POU-1", "POU-2", "POU-3")


def all_go(run: Exercise) -> None:
    """Everybody inside is told to leave, loudly and for long."""
    carried_out(run, "dispersal_order", "square", minutes=20)
    minutes(run, 10)


def test_nobody_gets_out_of_a_closed_ring_of_officers_who_stand_close() -> None:
    data = small_data()
    pen = {"id": "pen", "name": "pen", "area": {"rect": [53, 38, 57, 42]}}
    site = data["site"] | {"places": [*data["site"]["places"], pen]}
    group = data["groups"][0] | {"people": 30, "spawn": ["pen"], "post": ["pen"]}
    units = [*data["units"], {"id": "POU-9", "code": "POU", "strength": 32, "arrives_min": 0, "at": "corner"}]
    free = staged(site=site, groups=[group], units=units)
    closed = free.fork()
    carried_out(closed, "containment", "pen", "POU-9")
    for run in (free, closed):
        carried_out(run, "dispersal_order", "pen", minutes=20)
        minutes(run, 10)
    assert gone(free) >= 3
    assert 0 == gone(closed)


def test_a_closed_ring_counts_how_long_people_are_held() -> None:
    run = plain()
    ring(run)
    minutes(run, 3)
    assert 3.0 == METRICS["contained_min"](run.world)
    assert 60 == run.journal.consequences("line")[-1].data["inside"]


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
