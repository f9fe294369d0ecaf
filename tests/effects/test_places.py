"""Features of a place: gates, steps, heat, light, a hall with desks, people on a lane, third parties who do wrong."""

from typing import Any

import numpy as np
import pytest

from sim.crowd.people import Act, Status
from sim.exercise.exercise import Exercise
from sim.exercise.save import load, save
from sim.world.giving_up import give_up
from sim.world.world import World
from tests.effects.stage import MINUTE, carried_out, happens, minutes, staged, until
from tests.small import small_data

SITE: dict[str, Any] = small_data()["site"]
GATE = {"id": "gate", "name": {"en": "Gate", "zh": "门"}, "ends": [0.3, 25, 94.7, 25]}
"""Bars the square from the southern exit."""
HALL = {"id": "hall", "name": {"en": "Hall", "zh": "大厅"}, "area": {"rect": [72, 60, 92, 78]}, "seats": 12}
WALLS = [
    {"name": "hall, south wall", "area": {"rect": [72, 59, 80, 60]}},
    {"name": "hall, south wall, east of the door", "area": {"rect": [84, 59, 92, 60]}},
    {"name": "hall, west wall", "area": {"rect": [71, 59, 72, 79]}},
]


def site(**more: Any) -> dict[str, Any]:
    """The small site with these things besides."""
    return {**SITE, **{name: [*SITE.get(name, []), *things] for name, things in more.items()}}


def group(name: str, people: int, **changes: Any) -> dict[str, Any]:
    """A group that stands on the square."""
    return small_data()["groups"][0] | {"id": name, "people": people, **changes}


def gone_south(run: Exercise) -> int:
    """How many of those told to go south are off the ground."""
    return int(np.count_nonzero(run.world.crowd.people.status == int(Status.LEFT)))


def leave(world: World) -> None:
    """Everybody wants to go home."""
    world.crowd.people.act[:] = int(Act.LEAVE)


@pytest.fixture(scope="module")
def gated() -> Exercise:
    """A closed gate between the people and their only way out."""
    people = group("people", 60, exits=["south"])
    return staged(site=site(gates=[GATE]), groups=[people])


def test_nobody_walks_through_a_closed_gate(gated: Exercise) -> None:
    run = gated.fork()
    leave(run.world)
    minutes(run, 4)
    assert 0 == gone_south(run)


def test_once_the_gate_is_opened_people_get_out_and_it_stays_open_in_a_save(gated: Exercise) -> None:
    run = gated.fork()
    leave(run.world)
    carried_out(run, "relieve_crowding", "square", "TRF-1")
    assert "opened:gate" in run.world.flags
    back = load(gated, save(run))
    assert run.world.digest() == back.world.digest()
    for each in (run, back):
        minutes(each, 5)
        assert gone_south(each) > 30
    assert run.world.digest() == back.world.digest()


def test_a_gate_out_of_reach_stays_closed(gated: Exercise) -> None:
    run = gated.fork()
    carried_out(run, "relieve_crowding", "behind", "TRF-1")
    assert not run.world.gates[0].open


STEPS = {"do": "fall", "chance": {"assumed": 1.0}, "serious_share": {"assumed": 0.0}, "at_most": 2}


@pytest.mark.parametrize(("place", "hurt"), [("square", 2), ("behind", 0)])
def test_people_fall_where_they_stand_and_nobody_falls_where_nobody_stands(place: str, hurt: int) -> None:
    crowded = group("people", 60, spawn=["square"], post=["square"])
    run = staged(groups=[crowded], injects=[happens(STEPS, place=place, minute=0.6)])
    run.world.crowd.people.density[:] = 4.0
    until(run, lambda: run.world.minute > 0.7)
    assert hurt == sum(1 for case in run.world.casualties if case.cause == "crush")


def test_in_the_heat_the_tired_faint_and_the_fresh_do_not() -> None:
    hot = staged(injects=[happens({"do": "weather", "heat": True}, minute=0)])
    tired = hot.fork()
    tired.world.crowd.people.fatigue[:] = 1.0
    for run in (hot, tired):
        minutes(run, 20)
    assert 0 == len(hot.world.casualties)
    assert len(tired.world.casualties) > 0
    assert all(case.cause == "illness" for case in tired.world.casualties)


def test_the_dark_tires_people_until_somebody_puts_up_lights() -> None:
    run = staged(injects=[happens({"do": "weather", "dark": True}, minute=0)])
    assert run.world.dark
    assert run.world.crowd.strain > 1.0
    carried_out(run, "put_up_lights", "square")
    assert not run.world.dark
    assert 1.0 == run.world.crowd.strain


@pytest.fixture(scope="module")
def hall() -> Exercise:
    """Twenty minutes after a hall with twelve seats was opened to sixty people."""
    run = staged(site=site(places=[HALL], solids=WALLS), special=["reception_hall"])
    carried_out(run, "reception_hall", "square")
    minutes(run, 20)
    return run


def test_people_walk_into_the_hall_through_its_door_and_get_receipts(hall: Exercise) -> None:
    world = hall.world
    assert world.counts.receipts >= 3
    inside = [i for i in range(60) if world.place("hall").holds(world.crowd.people.x[i], world.crowd.people.y[i])]
    assert 0 < len(inside) <= 12


def test_who_was_heard_hopes_more_than_without_the_hall(hall: Exercise) -> None:
    world = hall.world
    held = staged(site=site(places=[HALL], solids=WALLS), special=["reception_hall"])
    held.run_until(hall.tick_now)
    activity = world.live("reception_hall")[0]
    heard = [int(name[6:]) for name in activity.memo if name.startswith("heard:")]
    gain = world.crowd.people.hope - held.world.crowd.people.hope
    others = [i for i in range(60) if i not in heard]
    assert float(np.mean(gain[heard])) > float(np.mean(gain[others])) + 0.05


def test_a_hall_full_of_people_is_the_same_after_saving_and_resuming(hall: Exercise) -> None:
    fresh = staged(site=site(places=[HALL], solids=WALLS), special=["reception_hall"])
    one, other = hall.fork(), load(fresh, save(hall))
    for run in (one, other):
        minutes(run, 2)
    assert one.world.digest() == other.world.digest()


def test_without_a_room_nobody_is_called_in() -> None:
    run = staged(special=["reception_hall"])
    carried_out(run, "reception_hall", "square")
    minutes(run, 3)
    assert 0 == run.world.counts.receipts
    assert "reception_open" not in run.world.flags


GUARDS = group("guards", 6, participant=False, roles={"worker": 1.0}, spawn=["square"], post=["square"], exits=["west"])
PUSH = {
    "do": "assault",
    "group": "guards",
    "against": "participants",
    "injury_chance": {"assumed": 0},
    "within_m": 100,
}


def test_guards_who_hit_people_are_sent_off_and_those_who_came_to_protest_are_not() -> None:
    run = staged(groups=[*small_data()["groups"], GUARDS], injects=[happens(PUSH, place="square", minute=0.4)])
    carried_out(run, "stop_misconduct", "square", "CMD-1")
    minutes(run, 3)
    people = run.world.crowd.people
    assert 0 == np.count_nonzero(people.present & (people.group == 1))
    assert 50 < np.count_nonzero(people.present & (people.group == 0))


def test_guards_who_did_nothing_are_left_alone() -> None:
    run = staged(groups=[*small_data()["groups"], GUARDS])
    carried_out(run, "stop_misconduct", "square", "CMD-1")
    minutes(run, 3)
    people = run.world.crowd.people
    assert 6 == np.count_nonzero(people.present & (people.group == 1))


def test_people_who_sit_on_a_lane_make_room_when_they_are_asked_and_trust_who_asks() -> None:
    lane = {"id": "road", "name": "road", "area": {"rect": [40, 13.5, 60, 16.5]}}
    sitting = group("sitting", 12, spawn=["road"], post=["road"])
    run = staged(site=site(places=[lane]), groups=[sitting])
    people = run.world.crowd.people
    people.legitimacy[:], people.hope[:] = 0.95, 0.9
    on = lambda: int(np.count_nonzero(people.present & (np.abs(people.y - 15.0) < 1.75)))  # noqa: E731
    before = on()
    carried_out(run, "open_lane", "lane", "TRF-1")
    minutes(run, 15)
    assert before >= 9
    assert on() <= 3


DOWN = group("down", 40, participant=False, post=[], errand="west", spawn=["square"], exits=["south", "west"])
UP = group("up", 40, participant=False, post=[], errand="south", spawn=["west"], exits=["south", "west"])


def test_in_a_one_way_street_those_who_hear_it_turn_round_and_the_others_go_on() -> None:
    slow = {"speed_mps": {"assumed": 0.05}}
    run = staged(groups=[small_data()["groups"][0], DOWN | slow, UP | slow])
    carried_out(run, "relieve_crowding", "square", "TRF-1", keeps_going="down")
    minutes(run, 8)
    people = run.world.crowd.people
    assert 0 == np.count_nonzero((people.group == 1) & (people.act == int(Act.LEAVE)))
    assert 5 < np.count_nonzero((people.group == 2) & (people.act == int(Act.LEAVE)))


def test_who_is_stuck_in_a_jam_on_an_errand_gives_up_in_the_end_and_who_gets_on_does_not() -> None:
    run = staged(groups=[small_data()["groups"][0], DOWN, UP])
    people = run.world.crowd.people
    people.status[60:] = int(Status.PRESENT)
    people.density[:], people.stuck_s[60:100], people.stuck_s[100:] = 4.0, 60.0, 0.0
    for look in range(60):
        run.world.tick = 100 * look
        give_up(run.world)
    assert 20 < np.count_nonzero(people.act[60:100] == int(Act.LEAVE)) < 40
    assert 0 == np.count_nonzero(people.act[:60] == int(Act.LEAVE))
    assert 0 == np.count_nonzero(people.act[100:] == int(Act.LEAVE))


def test_a_travel_notice_keeps_some_away_who_read_it_and_nobody_who_came_for_the_incident() -> None:
    late = {"arrives": {"from_min": 30, "to_min": 40}, "online": {"assumed": 1.0}}
    curious = group("curious", 100, participant=False, roles={"bystander": 1.0}, **late)
    run = staged(groups=[small_data()["groups"][0], curious, group("late", 50, **late)])
    carried_out(run, "travel_notice")
    run.run_until(run.world.setting.tick(42))
    came = run.world.crowd.people.status != int(Status.ABSENT)
    groups = run.world.crowd.people.group
    assert 60 <= np.count_nonzero(came & (groups == 1)) <= 95
    assert 50 == np.count_nonzero(came & (groups == 2))


def test_an_offence_without_violence_is_evidence_and_hurts_nobody() -> None:
    cheat = group("cheat", 1, participant=False, roles={"worker": 1.0})
    effect = {"do": "offence", "group": "cheat"}
    run = staged(groups=[small_data()["groups"][0], cheat], injects=[happens(effect, minute=0.2)])
    people = run.world.crowd.people
    offended = np.flatnonzero(run.tick_now - people.last_offence < MINUTE)
    assert [60] == offended.tolist()
    assert 0 == len(run.world.casualties)
