"""Whoever does nothing but what the score likes best uses no force on peaceful people."""

from dataclasses import replace

import pytest

from sim.exercise.exercise import Exercise
from sim.exercise.player.greedy import play_greedily
from sim.scoring import facts_of, score
from sim.storage.library import load_playbook
from tests.small import small_data, small_playbook

NO_FORCE = {"none", "presence"}
OFFERED = (
    *("hold", "first_contact", "listening_round", "soft_patrol", "water_and_toilets", "holding_statement"),
    *("visible_unit", "containment", "arrest_offender", "isolate_cluster", "dispersal_order"),
)
"""The first steps of each kind, and every kind of force that is open without others before it."""


def worth(run: Exercise) -> float:
    """The total with its caps, as the score card shows it."""
    return score(run.journal, run.playbook.rubric, facts_of(run.playbook)).total or 0.0


def peaceful() -> Exercise:
    """Sixty people who want to be heard."""
    people = small_data()["groups"][0] | {"roles": {"sympathiser": 0.95, "organiser": 0.05}}
    calm = {"minutes": [0, 30], "groups": [people], "responses": list(OFFERED)}
    return Exercise(small_playbook(**calm), 3, sealed=False)


def whole(name: str, minute: float) -> Exercise:
    """A whole incident at a minute at which people have gathered and nobody has been hurt, nothing done before."""
    playbook = load_playbook(name)
    scenario = playbook.scenario.model_copy(update={"responses": OFFERED})
    run = Exercise(replace(playbook, scenario=scenario), 1, sealed=False)
    run.run_until(run.world.setting.tick(minute))
    return run


def forces(run: Exercise) -> list[str]:
    """How coercive each order was, as it was given."""
    return [entry.data["response"]["force"] for entry in run.journal.of("order")]  # type: ignore[index, call-overload]


@pytest.mark.slow
def test_a_player_that_only_maximises_the_score_uses_no_force_on_peaceful_people() -> None:
    run = peaceful()
    play_greedily(run, worth, until=15 * 600)
    assert forces(run)
    assert set(forces(run)) <= NO_FORCE
    assert "marked_orders" not in {gate.id for gate in score(run.journal, run.playbook.rubric).gates}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "minute"), [("taxi_ring_square", 2.0), ("health_valley_petition", 6.0)])
def test_nor_does_it_in_a_whole_incident_while_people_stand_there_in_peace(name: str, minute: float) -> None:
    run = whole(name, minute)
    play_greedily(run, worth, until=run.tick_now + 9 * 600)
    assert forces(run)
    assert set(forces(run)) <= NO_FORCE
