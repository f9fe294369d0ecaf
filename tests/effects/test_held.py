"""People held in a ring: why is looked at again every ten minutes, those who need care are let out first, then all."""

from functools import cache

import numpy as np

from sim.crowd.people import Role, Status
from sim.exercise.exercise import Exercise
from sim.exercise.save import load, save
from sim.world.message import Message
from sim.world.order import Order
from tests.effects.stage import carried_out, minutes, plain, staged
from tests.small import small_data

RING = ("POU-9",)


@cache
def _held() -> Exercise:
    data = small_data()
    pen = {"id": "pen", "name": "pen", "area": {"rect": [53, 38, 57, 42]}}
    site = data["site"] | {"places": [*data["site"]["places"], pen]}
    group = data["groups"][0] | {"people": 30, "spawn": ["pen"], "post": ["pen"]}
    unit = {"id": "POU-9", "code": "POU", "strength": 32, "arrives_min": 0, "at": "corner"}
    run = staged(site=site, groups=[group], units=[*data["units"], unit])
    run.world.crowd.people.role[:5] = int(Role.VULNERABLE)
    carried_out(run, "containment", "pen", *RING)
    return run


def held() -> Exercise:
    """A ring nobody gets out of has just been closed round thirty people; five of them need care."""
    return _held().fork()


def asked(run: Exercise) -> list[Message]:
    """Calls of the ring's units that want an answer."""
    return [m for m in run.world.messages if m.sender == RING[0] and m.needs_answer and m.tick <= run.tick_now]


def missed(run: Exercise) -> int:
    """Reviews that nobody made."""
    return len(run.journal.consequences("review_missed"))


def out(run: Exercise) -> list[int]:
    """Who has left, by row."""
    return np.flatnonzero(run.world.crowd.people.status == int(Status.LEFT)).tolist()


def test_the_commander_is_asked_two_minutes_before_a_review_is_due() -> None:
    run = held()
    minutes(run, 7.9)
    assert [] == asked(run)
    minutes(run, 0.3)
    assert 1 == len(asked(run))
    assert 0 == missed(run)


def test_a_review_nobody_makes_is_on_record_and_costs_trust_and_the_next_one_falls_due() -> None:
    run = held()
    minutes(run, 9.9)
    before = float(np.mean(run.world.crowd.people.legitimacy))
    minutes(run, 0.4)
    assert 1 == missed(run)
    assert float(np.mean(run.world.crowd.people.legitimacy)) < before - 0.005
    minutes(run, 10)
    assert 2 == missed(run)


def test_a_review_in_time_tells_those_inside_and_lets_out_who_needs_care_and_nobody_else() -> None:
    run = held()
    minutes(run, 8)
    carried_out(run, "review_containment", "pen")
    minutes(run, 2)
    assert [0, 1, 2, 3, 4] == out(run)
    assert 0 == missed(run)
    assert 1 == len(run.journal.consequences("containment_reviewed"))
    assert all(run.world.unit(name).closed for name in RING)
    minutes(run, 7)
    assert 0 == missed(run), "ten minutes begin anew"
    minutes(run, 2)
    assert 1 == missed(run)


def test_a_release_lets_out_who_needs_care_first_and_then_opens() -> None:
    run = held()
    carried_out(run, "release_containment", "pen", "PAT-1")
    minutes(run, 0.3)
    assert 0 < len(out(run)) < 5
    assert all(run.world.unit(name).closed for name in RING)
    minutes(run, 0.7)
    assert {0, 1, 2, 3, 4} <= set(out(run))
    assert not any(run.world.unit(name).closed for name in RING)


def test_why_people_are_held_no_longer_holds_once_nobody_uses_violence() -> None:
    run = held()
    note = {"aim": "stop_violence", "lesser": "no_time", "harm": "minor", "gain": "real", "power": "public_order"}
    order = carried_out(run, "review_containment", "pen", **note).order
    rules = {failure.rule for failure in run.preview(order).failures}
    assert {"un.containment", "un.authority"} <= rules


def test_a_ring_that_plans_no_release_is_against_the_floor_for_that_alone() -> None:
    why = {}
    for release in ("staged", "unplanned"):
        order = Order(response="containment", target="square", parameters={"release": release}, reason="they attack")
        why[release] = {failure.rule for failure in plain().preview(order).failures}
    assert {"un.containment_release"} == why["unplanned"] - why["staged"]


def test_a_held_crowd_can_be_forked_saved_and_played_on_to_the_same_state() -> None:
    run = held()
    minutes(run, 8)
    carried_out(run, "review_containment", "pen")
    other, again = run.fork(), load(held(), save(run))
    for each in (run, other, again):
        minutes(each, 1)
    assert run.digest() == other.digest() == again.digest()
