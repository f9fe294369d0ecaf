"""Supply: water and seats rest those who see them and are taken as fair; out of sight they do nothing."""

import numpy as np
import pytest

from sim.exercise.exercise import Exercise
from tests.effects.stage import carried_out, minutes, plain

WHILE = 16


@pytest.fixture(scope="module")
def held() -> Exercise:
    """Nobody brings anything."""
    run = plain()
    run.run_until(16000)
    return run


def supplied(place: str) -> Exercise:
    """Water at this place for sixteen minutes."""
    run = plain()
    carried_out(run, "water_and_toilets", place)
    minutes(run, WHILE)
    run.run_until(16000)
    return run


def test_water_where_people_stand_rests_them_and_earns_trust(held: Exercise) -> None:
    theirs, ours = held.world.crowd.people, supplied("square").world.crowd.people
    assert np.mean(ours.fatigue) < 0.9 * np.mean(theirs.fatigue)
    assert np.mean(ours.legitimacy) > np.mean(theirs.legitimacy)
    assert not np.any(ours.fatigue > theirs.fatigue)


def test_water_behind_a_wall_rests_nobody(held: Exercise) -> None:
    run = supplied("behind")
    assert 1 == len(run.journal.consequences("welfare"))
    assert np.array_equal(held.world.crowd.people.fatigue, run.world.crowd.people.fatigue)
