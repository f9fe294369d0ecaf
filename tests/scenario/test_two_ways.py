"""Every shipped incident can be won in two ways a practitioner would tell apart; the lesson is no incident."""

import pytest

from sim.review.balance import winning_lines
from sim.review.rehearsal import Rehearsal, rehearse
from sim.storage.library import load_playbook, scenarios
from sim.storage.orders import read_orders
from sim.storage.yardstick import lines_of

LESSONS = {"first_steps"}
WAYS = {
    "bridge_sit_in": {"author": 1, "doctrine": 1},
    "factory_wages": {"author": 1, "doctrine": 1},
    "fans_derby": {"author": 1, "doctrine": 1},
    "festival_crush": {"author": 1, "doctrine": 1},
    "health_valley_petition": {"author": 1, "desks": 1},
    "hospital_vigil": {"author": 1, "doctrine": 1},
    "taxi_ring_square": {"author": 1, "table": 1},
}
"""Two ways, each a line stored for the scenario or the doctrine player, and a seed on which it meets every aim."""


def test_every_incident_names_two_ways() -> None:
    assert set(scenarios()) - LESSONS == set(WAYS)
    for name, ways in WAYS.items():
        assert set(ways) - {"doctrine"} <= set(lines_of(name))


@pytest.mark.parametrize(("name", "own"), [("taxi_ring_square", "table"), ("health_valley_petition", "desks")])
def test_the_second_way_has_acts_of_its_own_and_does_without_many_of_the_first(name: str, own: str) -> None:
    playbook = load_playbook(name)
    first, second = (
        {each.order.response for each in read_orders(lines_of(name)[way], playbook)} for way in ("author", own)
    )
    assert len(second - first) >= 4
    assert len(first - second) >= 5


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(WAYS))
def test_both_ways_win_and_are_distinct(name: str) -> None:
    playbook = load_playbook(name)
    runs = []
    for way, seed in WAYS[name].items():
        path = lines_of(name).get(way)
        orders = () if path is None else tuple((each.tick, each.order) for each in read_orders(path, playbook))
        runs.append(rehearse(Rehearsal(playbook, way, seed, orders=orders)))
    for run in runs:
        assert run.is_win, (run.player, [aim.id for aim in playbook.scenario.aims if aim.id not in run.won])
    assert set(WAYS[name]) == {line.player for line in winning_lines(runs)}
