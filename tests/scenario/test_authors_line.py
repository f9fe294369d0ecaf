"""The author's line of a whole incident meets every aim, and its stored reference is of today."""

import pytest

from sim.review.rehearsal import Rehearsal, rehearse
from sim.storage.library import load_playbook
from sim.storage.orders import read_orders
from sim.storage.yardstick import line_of, read_reference

LINES = {"health_valley_petition": 1, "taxi_ring_square": 1}
"""A seed on which the line meets every aim, by scenario."""


@pytest.mark.parametrize("name", sorted(LINES))
def test_the_stored_reference_was_measured_with_the_files_of_today(name: str) -> None:
    playbook = load_playbook(name)
    stored = read_reference(playbook)
    assert stored is not None
    assert playbook.digest == stored.playbook
    assert min(stored.expert) > max(stored.passive)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(LINES))
def test_the_authors_line_meets_every_aim_and_crosses_no_red_line(name: str) -> None:
    playbook = load_playbook(name)
    orders = tuple((each.tick, each.order) for each in read_orders(line_of(name), playbook))
    run = rehearse(Rehearsal(playbook, "line", LINES[name], orders=orders))
    assert run.is_win, [aim.id for aim in playbook.scenario.aims if aim.id not in run.won]
