"""Tension: each sign comes from what units and people really do; one is weak, several in one place are strong."""

from dataclasses import replace

import numpy as np
import pytest

from sim.crowd.people import NEVER, Act, People, Status
from sim.world.tension import Edge, Tension
from sim.world.unit import Formation, Gear, Unit

LONG = 1200
TALKED = LONG * 10
"""Somebody talks all the while."""


def _unit(**changes: object) -> Unit:
    unit = Unit(id="POU-1", code="POU", strength=8, arrives_tick=0, x=50.0, y=50.0, speed_mps=1.5, activity=1)
    return replace(unit, **changes)  # type: ignore[arg-type]


def _people(n: int = 12, *, around: bool = False) -> People:
    people = People.blank(n)
    people.status[:] = int(Status.PRESENT)
    turns = np.arange(n) / n
    people.x[:] = 50.0 + 6.0 * np.where(around, np.cos(2 * np.pi * turns + 0.3), 0.5 * (turns - 0.5))
    people.y[:] = 50.0 + 6.0 * np.where(around, np.sin(2 * np.pi * turns + 0.3), 1.0)
    return people


def _settled(unit: Unit, people: People, edge: Edge | None = None, contact: int = TALKED, damage: int = NEVER) -> float:
    """X where the unit stands, after twenty minutes of this."""
    tension = Tension(100.0, 100.0, edge)
    for second in range(LONG):
        tension.advance(people, [unit], second * 10, contact, damage)
    return tension.at(unit.x, unit.y)


def test_a_unit_at_work_before_a_crowd_it_talks_with_raises_no_tension() -> None:
    assert 0.0 == _settled(_unit(), _people())


def test_officers_without_a_task_are_a_sign_only_when_people_are_all_around_them() -> None:
    idle = _unit(activity=0)
    assert 0.0 == _settled(idle, _people())
    assert _settled(idle, _people(around=True)) > 0.1
    assert 0.0 == _settled(_unit(), _people(around=True)), "they have a task"


def test_a_few_officers_without_a_task_are_swamped_by_a_hundred_people() -> None:
    assert _settled(_unit(activity=0, strength=2), _people(100)) > 0.1
    assert 0.0 == _settled(_unit(activity=0, strength=20), _people(100))


@pytest.mark.parametrize(
    "changes",
    [
        {"advancing": True},
        {"crossed_tick": LONG * 10},
        {"closed": True, "formation": Formation.RING, "radius_m": 5.0},
        {"gear": Gear.HELMET_ON},
    ],
)
def test_walking_against_people_holding_them_and_helmets_are_signs(changes: dict[str, object]) -> None:
    assert _settled(_unit(**changes), _people()) > 0.05


def test_a_closed_line_that_stands_where_it_stood_is_no_sign() -> None:
    assert 0.0 == _settled(_unit(closed=True, formation=Formation.LINE), _people())


def test_ground_that_was_crossed_long_ago_is_no_sign_any_more() -> None:
    assert _settled(_unit(crossed_tick=0), _people()) < _settled(_unit(crossed_tick=LONG * 10), _people())


@pytest.mark.parametrize("act", [Act.OBSTRUCT, Act.THROW])
def test_people_who_push_or_throw_together_are_signs_too(act: Act) -> None:
    people = _people()
    people.act[0] = int(act)
    assert 0.0 == _settled(_unit(), people)
    people.act[1] = int(act)
    assert _settled(_unit(), people) > 0.05


def test_silence_and_damage_are_signs() -> None:
    assert _settled(_unit(), _people(), contact=NEVER) > 0.01
    assert _settled(_unit(), _people(), damage=LONG * 10) > 0.01


def test_two_signs_do_more_than_both_alone_and_no_more_where_they_add_up() -> None:
    def lead(edge: Edge) -> float:
        forward, dressed = {"advancing": True}, {"gear": Gear.SHIELD}
        alone = [_settled(_unit(**one), _people(), edge) for one in (forward, dressed)]
        return _settled(_unit(**forward, **dressed), _people(), edge) - sum(alone)

    assert lead(Edge()) > 0.1
    assert lead(Edge(power=1.0)) < 0.0


def test_what_two_units_show_in_one_place_adds_up() -> None:
    people = _people()
    forward, dressed = _unit(advancing=True), _unit(id="POU-2", x=52.0, gear=Gear.SHIELD)
    tension = Tension(100.0, 100.0)
    for second in range(LONG):
        tension.advance(people, [forward, dressed], second * 10, TALKED, NEVER)
    assert tension.at(50.0, 50.0) == pytest.approx(_settled(_unit(advancing=True, gear=Gear.SHIELD), people))


def test_officers_grow_tense_with_the_place_and_calm_down_when_people_have_gone() -> None:
    unit, people = _unit(advancing=True), _people()
    _settled(unit, people)
    tense = unit.stress
    people.status[:] = int(Status.LEFT)
    _settled(unit, people)
    assert unit.stress < 0.1 < tense
