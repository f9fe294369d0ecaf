"""The facilitating player: gentle work in turn, none of which has to be refused."""

from collections import Counter

from sim.exercise.exercise import Exercise
from sim.exercise.player import Facilitate, play
from sim.storage.library import load_playbook


def test_who_facilitates_is_never_refused_and_goes_on_in_turn() -> None:
    run = Exercise(load_playbook("taxi_ring_square"), 1, sealed=False)
    play(run, Facilitate(), until=run.world.setting.tick(45.0))
    orders = run.journal.of("order")
    assert all(entry.data["ruling"]["accepted"] for entry in orders)
    given = Counter(entry.data["order"]["response"] for entry in orders)
    assert len(given) > 10
    assert max(given.values()) < len(orders) / 4
    assert all(run.playbook.responses[response].force == "none" for response in given)
