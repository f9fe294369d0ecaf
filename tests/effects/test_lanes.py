"""Lanes: blocked by vehicles, freed by asking their drivers or by towing, and what an ambulance makes of it."""

import numpy as np
import pytest

from sim.crowd.people import NEVER
from sim.exercise.exercise import Exercise
from sim.exercise.whereabouts import lanes_in_question
from sim.world.metric import METRICS
from tests.effects.stage import carried_out, happens, minutes, plain, staged
from tests.small import small_data

BLOCKED = happens({"do": "block", "group": "people", "lanes": ["lane"], "vehicles": 4, "x_m": 40})
AMBULANCE = happens({"do": "ambulance", "id": "A1", "from_x_m": 5, "to_x_m": 90}, minute=0.5)
RARELY = {"id": "people", "name": "people", "people": 60, "roles": {"sympathiser": 1.0}}


@pytest.fixture(scope="module")
def blocked() -> Exercise:
    """Four vehicles across the only emergency lane and an ambulance that has to get through."""
    group = {
        **RARELY,
        "legitimacy": {"assumed": 0.8},
        "hope": {"assumed": 0.6},
        "anger": {"assumed": 0.0},
        "arrives": {"from_min": 0, "to_min": 0},
        "spawn": ["square"],
        "post": ["square"],
        "exits": ["west", "south"],
    }
    run = staged(injects=[BLOCKED, AMBULANCE], groups=[group])
    assert 4 == run.world.road.standing("lane")
    return run


def arrived(run: Exercise) -> bool:
    """The ambulance has got through."""
    return run.world.road.ambulances[0].arrived_tick >= 0


def test_on_a_blocked_lane_the_ambulance_waits_and_says_so(blocked: Exercise) -> None:
    run = blocked.fork()
    minutes(run, 10)
    assert not arrived(run)
    assert METRICS["ambulance_delay_min"](run.world) > 8.0
    assert any("cannot get through" in m.text.english() for m in run.observe().messages)
    assert run.observe().emergency_waiting


def test_on_a_free_lane_the_ambulance_is_not_late() -> None:
    run = staged(injects=[AMBULANCE])
    minutes(run, 2)
    assert arrived(run)
    assert METRICS["ambulance_delay_min"](run.world) < 0.1


def test_drivers_who_are_asked_free_the_lane_for_the_ambulance(blocked: Exercise) -> None:
    run = blocked.fork()
    carried_out(run, "emergency_corridor", "lane", "LIA-1", "TRF-1")
    minutes(run, 11)
    assert 0 == run.world.road.standing("lane")
    assert 1 == METRICS["lanes_free"](run.world)
    assert 1 == len(run.journal.consequences("lane_open"))
    assert arrived(run)


def test_nobody_is_dragged_away_who_agreed(blocked: Exercise) -> None:
    run = blocked.fork()
    carried_out(run, "emergency_corridor", "lane", "LIA-1", "TRF-1")
    minutes(run, 11)
    assert [] == run.journal.consequences("towed")
    assert np.all(run.world.crowd.people.last_seen_force == NEVER)


def test_towing_takes_the_vehicles_one_by_one_and_costs_the_trust_of_those_who_see_it(blocked: Exercise) -> None:
    held, acted = blocked.fork(), blocked.fork()
    carried_out(acted, "tow_vehicle", "lane", "TRF-1", power="Road Traffic Act")
    minutes(acted, 3)
    held.run_until(acted.tick_now)
    assert 3 == acted.world.road.standing("lane")
    theirs, ours = held.world.crowd.people, acted.world.crowd.people
    saw = ours.last_seen_force > NEVER
    assert np.any(saw)
    assert np.all(ours.legitimacy[saw] < theirs.legitimacy[saw])
    minutes(acted, 10)
    assert 0 == acted.world.road.standing("lane")
    assert 4 == len(acted.journal.consequences("towed"))


def test_a_lane_with_nothing_on_it_needs_no_towing() -> None:
    run = plain()
    carried_out(run, "tow_vehicle", "lane", "TRF-1", power="Road Traffic Act")
    minutes(run, 5)
    assert [] == run.journal.consequences("towed")


@pytest.fixture(scope="module")
def sat_upon() -> Exercise:
    """Eight people sit in a row across the only emergency lane, and an ambulance has to get through."""
    group = {
        **RARELY,
        "people": 8,
        "legitimacy": {"assumed": 0.8},
        "hope": {"assumed": 0.6},
        "anger": {"assumed": 0.0},
        "arrives": {"from_min": 0, "to_min": 0},
        "spawn": ["row"],
        "post": ["row"],
        "exits": ["west", "south"],
    }
    places = [*small_data()["site"]["places"], {"id": "row", "name": "row", "area": {"rect": [50, 13.5, 58, 16.5]}}]
    return staged(injects=[AMBULANCE], groups=[group], site=small_data()["site"] | {"places": places})


def test_an_ambulance_waits_for_people_who_sit_on_its_lane(sat_upon: Exercise) -> None:
    run = sat_upon.fork()
    minutes(run, 5)
    assert not arrived(run)
    assert 0 == METRICS["lanes_free"](run.world)
    assert run.observe().emergency_waiting
    assert 3.0 < run.world.counts.disrupted_ticks / 600.0


def test_people_who_are_asked_make_room_and_the_lane_is_said_to_be_free_once(sat_upon: Exercise) -> None:
    run = sat_upon.fork()
    carried_out(run, "emergency_corridor", "lane", "LIA-1", "TRF-1")
    minutes(run, 8)
    assert arrived(run)
    assert 1 == METRICS["lanes_free"](run.world)
    assert 1 == len(run.journal.consequences("lane_open"))


def test_a_corridor_is_asked_for_where_an_ambulance_waits_not_where_cars_stand() -> None:
    lanes = [
        {"id": "other", "name": "other", "x0_m": 5, "x1_m": 90, "y_m": 11},
        *small_data()["site"]["lanes"],
    ]
    places = [*small_data()["site"]["places"], {"id": "row", "name": "row", "area": {"rect": [50, 13.5, 58, 16.5]}}]
    group = small_data()["groups"][0] | {"spawn": ["row"], "post": ["row"], "people": 8}
    cars = happens({"do": "block", "group": "people", "lanes": ["other"], "vehicles": 3, "x_m": 60})
    run = staged(
        injects=[cars, AMBULANCE], groups=[group], site=small_data()["site"] | {"lanes": lanes, "places": places}
    )
    minutes(run, 2)
    assert "lane" == lanes_in_question(run.world)[0]
