"""The first lesson: short, in two languages, won by good work, not by waiting, and told one step at a time."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from pydantic import BaseModel

from sim.effects import Number
from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, play
from sim.scenario.words import Words
from sim.storage.library import check_file, load_playbook, scenario_folder
from sim.world.order import Order

PLAYBOOK = load_playbook("first_steps")
SCENARIO = PLAYBOOK.scenario
AIMS = {ending.id for ending in SCENARIO.win}
LESSONS = [inject.id for inject in SCENARIO.injects if inject.needs_answer]
ANSWERS = (
    ("look_round", Order(response="record_and_identify")),
    ("speak_first", Order(response="first_contact")),
    ("a_rumour", Order(response="verify_signal", target="swimming_hall")),
    ("say_what_is_so", Order(response="rumour_correction", target="swimming_hall", parameters={"position": "refute"})),
    ("doors_open_outwards", Order(response="relieve_crowding", target="hall_doors")),
    ("ask_do_not_order", Order(response="appeal_to_leave")),
    ("make_an_end", Order(response="stand_down")),
)
"""What the training officer asks for, in order."""
SEEDS = (1, 2, 3, 4, 5)


def played(name: str, seed: int) -> Exercise:
    """A run by an automatic player, to its end."""
    run = Exercise(PLAYBOOK, seed, sealed=False)
    play(run, PLAYERS[name]())
    return run


def words(value: Any) -> Iterator[Words]:
    """Every text in a model."""
    if isinstance(value, Words):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from words(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from words(item)


def lessons(run: Exercise) -> list[str]:
    """The calls that reached the seat, in the order they came."""
    told = sorted(run.observe().messages, key=lambda message: (message.tick, message.serial))
    return [message.sender for message in told if message.needs_answer and message.sender in LESSONS]


def answered(answers: Sequence[tuple[str, Order]]) -> Exercise:
    """A run to its end in which every step is taken half a minute after it was asked for."""
    run = Exercise(PLAYBOOK, 1, sealed=False)
    minutes = {inject.id: inject.minute for inject in SCENARIO.injects}
    for name, order in answers:
        run.run_until(run.world.setting.tick(minutes[name] + 0.5))
        assert run.order(order).accepted, name
    run.run_until(run.world.setting.tick(SCENARIO.minutes[1]))
    return run


@pytest.fixture(scope="module")
def pupil() -> Exercise:
    """Whoever does what the training officer asks for."""
    return answered(ANSWERS)


def test_the_first_lesson_checks_without_faults() -> None:
    assert () == check_file(scenario_folder() / "first_steps.yaml")


def test_it_lasts_at_most_a_quarter_of_an_hour_and_offers_a_short_list() -> None:
    first, last = SCENARIO.minutes
    assert last - first <= 15
    assert 10 <= len(SCENARIO.responses) <= 15


def test_every_text_is_there_in_english_and_in_chinese() -> None:
    found = list(words(SCENARIO))
    assert len(found) > 40
    for each in found:
        assert each.en.strip()
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in each.en)
        assert any("\u4e00" <= letter <= "\u9fff" for letter in each.zh), each.en


@pytest.mark.parametrize("seed", SEEDS)
def test_a_doctrine_run_meets_every_aim_and_loses_nothing(seed: int) -> None:
    outcome = played("doctrine", seed).outcome
    assert outcome is not None
    assert AIMS == set(outcome.won)
    assert () == outcome.lost


@pytest.mark.parametrize("seed", SEEDS)
def test_waiting_misses_the_contact_the_rumour_and_the_way_out(seed: int) -> None:
    run = played("passive", seed)
    assert run.outcome is not None
    assert {"contact_made", "rumour_answered", "way_out_kept"} <= AIMS - set(run.outcome.won)
    assert lessons(run) == LESSONS


def test_who_does_what_the_training_officer_says_is_told_one_step_at_a_time_and_meets_every_aim(
    pupil: Exercise,
) -> None:
    assert pupil.outcome is not None
    assert lessons(pupil) == LESSONS == [name for name, _ in ANSWERS]
    assert {"handled"} == {pupil.world.injects[name].status for name in LESSONS}
    assert AIMS == set(pupil.outcome.won)
    assert () == pupil.outcome.lost


def test_who_checks_a_rumour_and_then_says_the_opposite_of_what_was_found_has_not_answered_it() -> None:
    untrue = Order(response="rumour_correction", target="swimming_hall", parameters={"position": "confirm"})
    run = answered([(name, untrue if name == "say_what_is_so" else order) for name, order in ANSWERS])
    assert run.outcome is not None
    assert "rumour_answered" not in run.outcome.won
    assert "false_statement" in run.outcome.lost


def shown(response: str) -> tuple[Number, Number]:
    """What the card says it takes to set up and to run."""
    return PLAYBOOK.responses[response].setup_min, PLAYBOOK.responses[response].run_min


def test_no_place_shares_its_id_with_a_claim() -> None:
    assert not {place.id for place in SCENARIO.site.places} & {rumour.id for rumour in SCENARIO.rumours}


def test_what_the_training_officer_says_counts_as_seen_by_our_own_people() -> None:
    by_trainer = [i for i in SCENARIO.injects if i.text is not None and i.text.en.startswith("Training officer")]
    assert {"A"} == {inject.grade for inject in by_trainer}


def test_a_check_takes_one_minute_and_what_it_found_stands_in_the_messages(pupil: Exercise) -> None:
    ordered = next(order.tick for order in pupil.observe().orders if order.response == "verify_signal")
    assert "1 min" == f"{sum(n.value for n in shown('verify_signal')):g} min"
    found = [m for m in pupil.observe().messages if m.ref == "swimming_hall" and m.via == "information"]
    assert 1 == len(found)
    assert 600 <= found[0].tick - ordered <= 700


@pytest.mark.parametrize("harsh", ["dispersal_order", "containment"])
def test_the_harsh_responses_are_on_the_list_and_refused_by_law(harsh: str) -> None:
    run = Exercise(PLAYBOOK, 1, sealed=False)
    run.run_until(600)
    ruling = run.order(Order(response=harsh, reason="they shall go home"))
    assert not ruling.accepted
    assert not ruling.lawful_domestic
    assert len(ruling.failures) >= 3


def test_an_unlawful_order_sent_all_the_same_loses_the_run() -> None:
    run = Exercise(PLAYBOOK, 1, sealed=False)
    run.run_until(600)
    order = Order(response="dispersal_order", reason="they shall go home", go_ahead=True)
    assert run.order(order).marked
    run.run_until(run.world.setting.tick(SCENARIO.minutes[1]))
    assert run.outcome is not None
    assert "unlawful_order" in run.outcome.lost
