"""The petition and the festival tell good work from none and from force, by the automatic players (seed 1)."""

import pytest

from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, play
from sim.scoring import facts_of, score
from sim.storage.library import load_playbook
from sim.world.metric import METRICS


def played(name: str, player: str, until_min: float | None = None) -> Exercise:
    """A run by an automatic player, whole or up to a minute."""
    run = Exercise(load_playbook(name), 1, sealed=False)
    play(run, PLAYERS[player](), until=None if until_min is None else run.world.setting.tick(until_min))
    if run.outcome is None:
        run.stop()
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
    force = played("health_valley_petition", "force", 125)
    none = played("health_valley_petition", "passive", 125)
    assert force.outcome is not None
    assert {"grave_harm", "cleared_by_force"} <= set(force.outcome.lost)
    assert METRICS["serious_injuries"](force.world) > METRICS["serious_injuries"](none.world) + 5
    assert METRICS["mean_legitimacy"](force.world) < METRICS["mean_legitimacy"](none.world)


@pytest.mark.slow
def test_room_made_in_time_keeps_the_lane_from_becoming_a_crush() -> None:
    good, none = played("festival_crush", "doctrine"), played("festival_crush", "passive", 24)
    assert good.outcome is not None
    assert none.outcome is not None
    assert "crush" in none.outcome.lost
    assert "crush" not in good.outcome.lost
    assert good.world.counts.peak_density < none.world.counts.peak_density
