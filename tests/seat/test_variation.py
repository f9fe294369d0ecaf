"""Variations of one order can be told apart by what is said of them."""

from dataclasses import replace

from sim.core.speech import Speech
from sim.review.candidate import candidates_at
from sim.seat.variation import variation
from sim.seat.words import Words
from sim.world.order import Order
from tests.seat.test_questions import WAITED
from tests.small import small_exercise, small_playbook


def said(*orders: Order | None) -> list[str]:
    words = Words(small_playbook(), Speech())
    alternatives = [replace(WAITED, order=order) for order in orders]
    return [variation(words, alternatives, k) for k in range(len(orders))]


def patrol(**parameters: str) -> Order:
    return Order(response="soft_patrol", target="square", parameters=parameters)


def test_what_is_the_only_one_of_its_kind_needs_no_more_words() -> None:
    assert ["", "", ""] == said(None, patrol(), Order(response="first_contact"))


def test_another_tone_and_other_units_are_said() -> None:
    tones = said(patrol(tone="warm"), patrol(tone="firm"))
    assert tones[0] != tones[1]
    assert all("Tone" in each for each in tones)
    units = said(patrol(), replace(patrol(), units=("PAT-1", "PAT-2")))
    assert ["Units: whoever is nearest", "Units: PAT-1, PAT-2"] == units


def test_an_order_elsewhere_is_told_apart_by_its_target_and_needs_no_more_words() -> None:
    assert ["", ""] == said(patrol(), replace(patrol(), target="west"))


def test_no_two_alternatives_read_the_same() -> None:
    run = small_exercise(3)
    run.run_until(600)
    for chosen in (Order(response="first_contact", parameters={"tone": "warm"}), patrol(tone="warm"), None):
        found = [each.order for each in candidates_at(run, chosen)]
        alternatives = [replace(WAITED, order=order) for order in found]
        words = Words(run.playbook, Speech())
        read = [
            (each.response, each.target, variation(words, alternatives, k)) if each is not None else None
            for k, each in enumerate(found)
        ]
        assert len(read) == len(set(read)), read
