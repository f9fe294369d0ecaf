"""The petition and the festival tell good work from none and from force, by the automatic players (seed 1)."""

import pytest

from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, play
from sim.scoring import facts_of, score
from sim.storage.library import load_playbook


def played(name: str, player: str) -> Exercise:
    """A whole run by an automatic player."""
    run = Exercise(load_playbook(name), 1, sealed=False)
    play(run, PLAYERS[player]())
    return run


def total(run: Exercise) -> float:
    """What it is scored."""
    return float(score(run.journal, run.playbook.rubric, facts_of(run.playbook)).as_dict()["total"])  # type: ignore[arg-type]


@pytest.mark.slow
def test_talk_water_and_desks_end_the_petition_well_and_waiting_ends_it_badly() -> None:
    good, none = played("health_valley_petition", "doctrine"), played("health_valley_petition", "passive")
    assert good.outcome is not None
    assert none.outcome is not None
    assert {"hall_used", "meeting_held", "dated_commitment", "trust_kept"} <= set(good.outcome.won)
    assert not good.outcome.lost
    assert {"child_hurt", "names_taken", "guards_aided", "quiet_is_not_solved"} <= set(none.outcome.lost)
    assert total(good) > total(none) + 30


@pytest.mark.slow
def test_force_is_the_worst_that_can_be_done_to_old_people_on_a_square() -> None:
    force, none = played("health_valley_petition", "force"), played("health_valley_petition", "passive")
    assert force.outcome is not None
    assert "cleared_by_force" in force.outcome.lost
    assert total(force) < total(none) + 10


@pytest.mark.slow
def test_room_made_in_time_keeps_the_lane_from_becoming_a_crush() -> None:
    good, none = played("festival_crush", "doctrine"), played("festival_crush", "passive", 24)
    assert good.outcome is not None
    assert none.outcome is not None
    assert "crush" in none.outcome.lost
    assert "crush" not in good.outcome.lost
    assert good.world.counts.peak_density < none.world.counts.peak_density
