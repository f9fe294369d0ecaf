"""Relief: who is due and only passing through is sent another way; who is there or came to stay is not."""

import numpy as np
import pytest

from sim.crowd.people import Status
from sim.exercise.exercise import Exercise
from tests.effects.stage import carried_out, minutes, staged
from tests.small import small_data

TRAVELLERS = {
    "id": "travellers",
    "name": "travellers",
    "people": 30,
    "participant": False,
    "roles": {"bystander": 1.0},
    "arrives": {"from_min": 4, "to_min": 9},
    "spawn": ["south"],
    "errand": "west",
}
LATE = {
    "id": "late",
    "name": "late",
    "people": 10,
    "roles": {"sympathiser": 1.0},
    "arrives": {"from_min": 4, "to_min": 9},
    "spawn": ["south"],
    "post": ["square"],
}


@pytest.fixture(scope="module")
def runs() -> tuple[Exercise, Exercise]:
    """Ten minutes held, and with the square relieved from the first minute on."""
    held = staged(groups=[*small_data()["groups"], TRAVELLERS, LATE])
    acted = held.fork()
    carried_out(acted, "relieve_crowding", "square", "TRF-1")
    minutes(acted, 10)
    held.run_until(acted.tick_now)
    return held, acted


def came(run: Exercise, group: int) -> int:
    """How many of a group have been on the ground."""
    people = run.world.crowd.people
    return int(np.count_nonzero((people.group == group) & (people.status != int(Status.ABSENT))))


def test_travellers_are_sent_another_way(runs: tuple[Exercise, Exercise]) -> None:
    held, acted = runs
    assert 30 == came(held, 1)
    assert 0 == came(acted, 1)


def test_those_who_come_to_stay_still_come(runs: tuple[Exercise, Exercise]) -> None:
    assert 10 == came(runs[1], 2)


def test_those_who_were_there_are_shown_the_way_and_are_not_sent_off(runs: tuple[Exercise, Exercise]) -> None:
    held, acted = runs
    here = slice(0, 60)
    assert np.all(acted.world.crowd.people.status[here] == held.world.crowd.people.status[here])
    assert np.mean(acted.world.crowd.people.exit_belief[here]) > np.mean(held.world.crowd.people.exit_belief[here])
