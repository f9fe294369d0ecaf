"""Whoever does nothing but what the score likes best uses no force on peaceful people."""

import pytest

from sim.exercise.exercise import Exercise
from sim.exercise.player.greedy import play_greedily
from sim.scoring import facts_of, score
from tests.small import small_data, small_playbook

NO_FORCE = {"none", "presence"}


def worth(run: Exercise) -> float:
    """The total with its caps, as the score card shows it."""
    return score(run.journal, run.playbook.rubric, facts_of(run.playbook)).total or 0.0


def peaceful(limit: tuple[str, ...]) -> Exercise:
    """Sixty people who want to be heard; what is on offer are the first steps of each kind and every kind of force."""
    people = small_data()["groups"][0] | {"roles": {"sympathiser": 0.95, "organiser": 0.05}}
    calm = {"minutes": [0, 30], "groups": [people], "responses": list(limit)}
    return Exercise(small_playbook(**calm), 3, sealed=False)


@pytest.mark.slow
def test_a_player_that_only_maximises_the_score_uses_no_force_on_peaceful_people() -> None:
    offered = (
        *("hold", "first_contact", "listening_round", "soft_patrol", "water_and_toilets", "holding_statement"),
        *("visible_unit", "containment", "arrest_offender", "isolate_cluster", "dispersal_order"),
    )
    run = peaceful(offered)
    play_greedily(run, worth, until=15 * 600)
    given = [entry.data["response"]["force"] for entry in run.journal.of("order")]  # type: ignore[index, call-overload]
    assert given
    assert set(given) <= NO_FORCE
    assert "marked_orders" not in {gate.id for gate in score(run.journal, run.playbook.rubric).gates}
