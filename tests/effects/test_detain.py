"""Arrests: of those who can be pointed out the last to offend is taken; where nobody can, it is unlawful and wrong."""

import numpy as np
import pytest

from sim.crowd.people import Act, Status
from sim.exercise.exercise import Exercise
from sim.world.metric import METRICS
from sim.world.order import Order
from sim.world.suspect import Suspect
from tests.effects.stage import carried_out, minutes, plain, staged
from tests.small import small_data

ARREST = Order(
    response="arrest_offender",
    target="square",
    parameters={"power": "Penal Code"},
    reason="threw a stone at an officer",
)


def offends(run: Exercise, person: int, seconds_ago: float = 0.0, *, seen: bool = True) -> None:
    """This person throws something, and one of ours sees who it is, or nobody of ours does."""
    tick = run.tick_now - round(seconds_ago * 10)
    run.world.crowd.people.last_offence[person] = tick
    if seen:
        run.world.suspects[person] = Suspect(tick, on_record=False)


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


@pytest.mark.parametrize("offender", [False, True])
def test_with_nobody_to_point_out_it_is_unlawful_and_whoever_insists_has_the_wrong_person_taken(offender: bool) -> None:
    run = plain()
    if offender:
        offends(run, 7, seen=False)
    assert "un.arrest_targeted" in [f.rule for f in run.preview(ARREST).failures]
    activity = carried_out(run, "arrest_offender", "square", "EVI-1", power="Penal Code")
    minutes(run, 4)
    assert activity.marked
    assert [False] == [e.data["evidence"] for e in run.journal.consequences("arrest")]
    assert 1 == METRICS["arrests_without_evidence"](run.world)


def test_where_one_of_ours_saw_who_did_it_the_targeting_is_lawful() -> None:
    run = plain()
    offends(run, 7)
    assert "un.arrest_targeted" not in [f.rule for f in run.preview(ARREST).failures]


def test_what_nobody_of_ours_saw_is_lawful_to_act_on_once_evidence_shows_who_did_it() -> None:
    run = plain()
    offends(run, 7, seconds_ago=300, seen=False)
    failure = next(f for f in run.preview(ARREST).failures if f.rule == "un.arrest_targeted")
    assert "record_offence" in failure.steps
    carried_out(run, "record_offence", "square", "PAT-1")
    assert "un.arrest_targeted" not in [f.rule for f in run.preview(ARREST).failures]
    carried_out(run, "arrest_offender", "square", "EVI-1", power="Penal Code")
    minutes(run, 4)
    assert [7] == detained(run)
    assert (1, 0) == (METRICS["arrests"](run.world), METRICS["arrests_without_evidence"](run.world))


def test_when_whoever_was_pointed_out_has_gone_nobody_is_taken_and_the_team_says_so() -> None:
    run = plain()
    offends(run, 7)
    carried_out(run, "arrest_offender", "square", "EVI-1", power="Penal Code")
    run.world.remove(7, Status.LEFT)
    minutes(run, 5)
    assert [] == detained(run)
    assert "nobody was taken" in run.world.messages[-1].text.english()  # type: ignore[union-attr]


def test_the_team_goes_after_somebody_who_has_walked_on_a_little() -> None:
    run = plain()
    people = run.world.crowd.people
    activity = carried_out(run, "arrest_offender", "square", "EVI-1", power="Penal Code")
    people.x[7], people.y[7] = activity.x + 45.0, activity.y
    offends(run, 7)
    run.run_until(run.tick_now + 20)
    assert [] == [i for i in range(60) if people.act[i] == int(Act.HELD)]
    minutes(run, 4)
    assert [7] == detained(run)


def test_nobody_in_reach_means_nobody_is_taken() -> None:
    run = plain()
    offends(run, 7)
    run.world.crowd.people.x[7] = 90.0
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
