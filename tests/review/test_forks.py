"""Forks: the same act from the moment before a decision writes the original journal again, for every decision."""

import pytest

from sim.exercise.player import PLAYERS, play
from sim.review import Reviewing
from tests.small import small_exercise

ACTIVE = ("doctrine", "facilitate", "force")


def not_reproduced(seed: int, minutes: int) -> list[int]:
    """Numbers of the decisions of a run that going on did not write again; there are some decisions."""
    run = small_exercise(seed)
    play(run, PLAYERS[ACTIVE[seed % len(ACTIVE)]](), until=minutes * 600)
    run.stop()
    reviewing = Reviewing(run.playbook, run.seed, list(run.journal))
    found = []
    while (study := reviewing.open_next()) is not None:
        if not study.reproduces:
            found.append(study.decision.number)
    assert reviewing.decisions
    return found


def test_the_same_act_writes_the_same_journal() -> None:
    assert [] == not_reproduced(seed=3, minutes=2)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 51))
def test_the_same_act_writes_the_same_journal_in_fifty_runs(seed: int) -> None:
    assert [] == not_reproduced(seed, minutes=4)
