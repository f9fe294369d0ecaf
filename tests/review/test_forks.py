"""Forks: the same act from the moment before a decision writes the original journal again, for every decision."""

import pytest

from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, play
from sim.review import Effort, Reviewing
from sim.storage.library import load_playbook
from tests.small import small_exercise

ACTIVE = ("doctrine", "facilitate", "force")
TWO = Effort(alternatives=2)
"""The alternatives do not matter here."""
SHORT = ("bridge_sit_in", "factory_wages", "fans_derby", "hospital_vigil")
SHIPPED = [
    *(("first_steps", player, seed, 16) for player in (*ACTIVE, "random") for seed in range(1, 8)),
    *((name, player, 1, 30) for name in SHORT for player in ("doctrine", "random", "force", "facilitate")),
    *((name, "doctrine", 2, 30) for name in SHORT),
    ("taxi_ring_square", "doctrine", 1, 60),
    ("taxi_ring_square", "force", 1, 60),
]
"""(scenario, player, seed, minutes): fifty journals."""


def not_reproduced(run: Exercise) -> list[int]:
    """Numbers of the decisions of a run that going on did not write again; there are some decisions."""
    if run.outcome is None:
        run.stop()
    reviewing = Reviewing(run.playbook, run.seed, list(run.journal), TWO)
    found = []
    while (study := reviewing.open_next()) is not None:
        reviewing.states.pop(study.decision.number)
        if not study.reproduces:
            found.append(study.decision.number)
    assert reviewing.decisions
    return found


def small_run(seed: int, minutes: int) -> Exercise:
    """The small incident by one of three players."""
    run = small_exercise(seed)
    play(run, PLAYERS[ACTIVE[seed % len(ACTIVE)]](), until=minutes * 600)
    return run


def test_the_same_act_writes_the_same_journal() -> None:
    assert [] == not_reproduced(small_run(seed=3, minutes=2))


def test_fifty_journals_of_shipped_scenarios_are_gone_through() -> None:
    assert 50 == len(set(SHIPPED))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 51))
def test_the_same_act_writes_the_same_journal_in_fifty_runs(seed: int) -> None:
    assert [] == not_reproduced(small_run(seed, minutes=4))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "player", "seed", "minutes"), SHIPPED)
def test_the_same_act_writes_the_same_journal_in_shipped_scenarios(
    name: str, player: str, seed: int, minutes: int
) -> None:
    run = Exercise(load_playbook(name), seed)
    play(run, PLAYERS[player](), until=minutes * 600)
    assert [] == not_reproduced(run)
