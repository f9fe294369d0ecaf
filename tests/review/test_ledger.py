"""The ledger over many journals: skill, luck and an instructor's hand are all there is between beginning and end."""

import pytest

from sim.core.noise import Noise, Stream
from sim.exercise.control import Control
from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, play
from sim.review import Effort, review
from tests.small import small_exercise

PLAYER = ("doctrine", "random", "facilitate", "force")
MINUTES = 2
LITTLE = Effort(batch=2, most=2, horizon_min=0.2, alternatives=2, stride=5)


def played(seed: int) -> Exercise:
    """A small run by one of four players; in every third an instructor moved what people feel, twice."""
    run = small_exercise(seed)
    dice = Noise(seed)
    player = PLAYERS[PLAYER[seed % len(PLAYER)]]()
    for at in sorted(int(dice.uniform(Stream.EXPERIMENT, k, 0) * MINUTES * 600) for k in range(2)):
        play(run, player, until=at)
        if seed % 3 == 0 and run.outcome is None:
            by = dice.uniform(Stream.EXPERIMENT, at, 1) - 0.5
            run.control(Control(what="nudge", group="people", quantity="anger", by=by))
    play(run, player, until=MINUTES * 600)
    if run.outcome is None:
        run.stop()
    return run


def rest_of(seed: int) -> float:
    """What the sums leave over."""
    run = played(seed)
    book = review(run.playbook, run.seed, list(run.journal), effort=LITTLE).ledger
    if book is None:
        return 0.0
    assert 0.0 == book.intervention or seed % 3 == 0
    return abs(book.skill + book.luck + book.intervention - (book.final - book.initial))


@pytest.mark.slow
@pytest.mark.parametrize("block", range(10))
def test_the_sums_of_two_hundred_journals_leave_nothing_over(block: int) -> None:
    assert max(rest_of(seed) for seed in range(20 * block + 1, 20 * block + 21)) < 1e-9
