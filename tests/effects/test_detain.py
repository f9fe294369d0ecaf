"""Arrests: whoever offended last within reach is taken; without an offender in reach it is unlawful and wrong."""

import numpy as np
import pytest

from sim.crowd.people import Act, Status
from sim.exercise.exercise import Exercise
from sim.world.metric import METRICS
from sim.world.order import Order
from tests.effects.stage import carried_out, minutes, plain, staged
from tests.small import small_data

ARREST = Order(
    response="arrest_offender",
    target="square",
    parameters={"power": "Penal Code"},
    reason="threw a stone at an officer",
)


def offends(run: Exercise, person: int, seconds_ago: float = 0.0) -> None:
    """This person throws something."""
    people = run.world.crowd.people
    people.last_offence[person] = run.tick_now - round(seconds_ago * 10)


def detained(run: Exercise) -> list[int]:
    """Rows of those who were taken."""
    return [int(i) for i in np.flatnonzero(run.world.crowd.people.status == int(Status.DETAINED))]


def test_whoever_offended_last_is_taken_and_nobody_else() -> None:
    run = plain()
    offends(run, 20, seconds_ago=200)
    offends(run, 7, seconds_ago=100)
    carried_out(run, "arrest_offender", "square", "EVI-1", power="Penal Code")
    minutes(run, 4)
    assert [7] == detained(run)
    assert [True] == [e.data["evidence"] for e in run.journal.consequences("arrest")]
    assert (1, 0) == (METRICS["arrests"](run.world), METRICS["arrests_without_evidence"](run.world))


def test_a_hired_guard_who_hit_somebody_is_taken_and_no_participant() -> None:
    guards = small_data()["groups"][0] | {"id": "guards", "participant": False, "roles": {"worker": 1.0}, "people": 4}
    run = staged(groups=[*small_data()["groups"], guards])
    offends(run, 62)
    assert "un.arrest_targeted" not in [f.rule for f in run.preview(ARREST).failures]
    carried_out(run, "arrest_offender", "square", "EVI-1", power="Penal Code")
    minutes(run, 4)
    assert [62] == detained(run)
    assert (1, 0) == (METRICS["arrests"](run.world), METRICS["arrests_without_evidence"](run.world))


def test_without_an_offender_it_is_unlawful_and_the_wrong_person_is_taken() -> None:
    run = plain()
    assert "un.arrest_targeted" in [f.rule for f in run.preview(ARREST).failures]
    activity = carried_out(run, "arrest_offender", "square", "EVI-1", power="Penal Code")
    minutes(run, 4)
    assert activity.marked
    assert [False] == [e.data["evidence"] for e in run.journal.consequences("arrest")]
    assert 1 == METRICS["arrests_without_evidence"](run.world)


def test_with_an_offender_the_targeting_is_lawful() -> None:
    run = plain()
    offends(run, 7)
    assert "un.arrest_targeted" not in [f.rule for f in run.preview(ARREST).failures]


def test_nobody_in_reach_means_nobody_is_taken() -> None:
    run = plain()
    offends(run, 7)
    carried_out(run, "arrest_offender", "corner", "EVI-1", power="Penal Code")
    minutes(run, 5)
    assert [] == detained(run)
    assert 0 == METRICS["arrests"](run.world)


def test_the_person_is_held_before_being_brought_out() -> None:
    run = plain()
    offends(run, 7)
    carried_out(run, "arrest_offender", "square", "EVI-1", power="Penal Code")
    run.run_until(run.tick_now + 30)
    assert int(Act.HELD) == run.world.crowd.people.act[7]
    assert [] == detained(run)


def test_a_team_called_away_lets_go() -> None:
    run = plain()
    offends(run, 7)
    activity = carried_out(run, "arrest_offender", "square", "EVI-1", power="Penal Code")
    run.run_until(run.tick_now + 30)
    carried_out(run, "record_offence", "square", "EVI-1")
    minutes(run, 4)
    assert not activity.live
    assert [] == detained(run)
    assert run.world.crowd.people.act[7] != int(Act.HELD)


@pytest.mark.parametrize("chosen", [True, False])
def test_taking_a_representative_is_counted(chosen: bool) -> None:
    run = plain()
    run.world.talks.representatives = (7,) if chosen else (8,)
    offends(run, 7)
    carried_out(run, "arrest_offender", "square", "EVI-1", power="Penal Code")
    minutes(run, 4)
    assert int(chosen) == run.world.counts.arrests_of_representatives
