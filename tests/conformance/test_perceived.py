"""Every response that people are meant to perceive moves them the way its evidence says, and moves nobody before that.

Found by listing. Each is carried out once on a small square, beside the same square without it, under the same noise.
"""

from collections.abc import Iterable
from functools import cache

import pytest

from sim.effects import EFFECTS
from sim.exercise.exercise import Exercise
from sim.review.estimate import estimate
from sim.storage.library import load_playbook, responses, scenarios
from sim.world.activity import Activity, Stage
from sim.world.order import HOLD
from tests.conformance.ground import MINUTE, give, moved, prepared, same_people
from tests.conformance.test_unseen import UNSEEN

CATALOGUE = responses()[0]
NO_WORK = {HOLD, "refuse_order"}
AT_HOME = {name for name, response in CATALOGUE.items() if response.phases == ("P6",)}
AHEAD = {"call_contact", "small_concession"}
"""What is done before anybody comes."""
BEHIND = {"written_commitment", "record_offence", "mutual_aid", "relief_handover"}
"""What changes the record, or who is there and how fresh: people learn of it only by what comes of it."""
PERCEIVED = sorted(name for name, response in CATALOGUE.items() if response.expects)
SIGHT_M = 30.0
"""Nobody makes out what a unit is about to do from further off."""
ROUNDS = (5, 10, 20)
"""On so many seeds those that are tried at leisure are tried, the sample on the first alone. Where five leave the
interval across the least that counts, one goes on to ten, and to twenty: one crowd in which an act does several times
what it does in the others widens the interval of five beyond every bound."""
LEAST = {"present": 0.5, "rumour": 0.5}
"""Least change that counts, where it is not a share: half a person."""
SHARE = 1e-4
"""Least change of a feeling that counts, in the mean over everybody and the time looked at: where an act concerns one
person in sixty, half a hundredth of theirs. That it is no luck is for the seeds to show."""
SAMPLE = (
    "first_contact",
    "containment",
    "water_and_toilets",
    "dispersal_order",
    "holding_statement",
    "walking_line",
    "reprisal",
    "call_contact",
)
"""Tried at every check; the whole list is slow."""


def stage_of(name: str) -> str:
    """Where a response is tried."""
    return "after" if name in AT_HOME else "before" if name in AHEAD else "square"


def perceptible(run: Exercise, activity: Activity) -> bool:
    """True once it has begun or one of its units has come near anybody."""
    people = run.world.crowd.people
    if activity.stage >= Stage.RUN:
        return True
    for unit in run.world.units:
        if unit.id in activity.units and people.present.any():
            near = (people.x - unit.x) ** 2 + (people.y - unit.y) ** 2 <= SIGHT_M**2
            if (near & people.present).any():
                return True
    return False


@cache
def tried(name: str, seed: int) -> tuple[dict[str, float], bool]:
    """How far each thing it should move has moved, in the mean over its time; and whether anybody moved early."""
    without = prepared(name, stage_of(name), seed).fork()
    run = without.fork()
    activity = give(run, name)
    step, lasts = (36_000, 48 * 36_000) if stage_of(name) == "after" else (100, 12 * MINUTE)
    if stage_of(name) == "before":
        lasts = 100 * MINUTE
    early, began, sums, looks = False, 0, dict.fromkeys((e.of for e in CATALOGUE[name].expects), 0.0), 0
    while not began or run.tick_now < began + lasts:
        run.run_until(run.tick_now + step)
        without.run_until(run.tick_now)
        if not began and not perceptible(run, activity):
            early = early or not same_people(run, without)
            continue
        began = began or run.tick_now
        looks += 1
        for of in sums:
            sums[of] += moved(of, run, without)
    return {of: total / looks for of, total in sums.items()}, early


def conforms(name: str, seeds: Iterable[int]) -> list[tuple[str, list[float]]]:
    """Return what does not change as it should on these seeds, with its changes, seed by seed.

    On several seeds the whole 95 % interval of the mean lies beyond the least that counts, on one the change itself.
    """
    runs = [tried(name, seed) for seed in seeds]
    assert not any(early for _, early in runs), "somebody changed before anybody could perceive it"
    wrong = []
    for expected in CATALOGUE[name].expects:
        sign = 1.0 if expected.goes == "up" else -1.0
        changes = [sign * found[expected.of] for found, _ in runs]
        low = estimate(changes).low if len(changes) > 1 else changes[0]
        if low <= LEAST.get(expected.of, SHARE):
            wrong.append((f"{expected.of} {expected.goes}", changes))
    return wrong


@pytest.mark.parametrize("name", SAMPLE)
def test_it_moves_people_the_way_its_evidence_says_and_nobody_before_they_can_perceive_it(name: str) -> None:
    assert [] == conforms(name, (1,))


@pytest.mark.slow
@pytest.mark.parametrize("name", PERCEIVED)
def test_each_does_so_whatever_the_seed(name: str) -> None:
    for most in ROUNDS:
        wrong = conforms(name, range(1, most + 1))
        if not wrong:
            break
    assert [] == wrong


def test_every_response_is_either_perceived_or_works_unseen() -> None:
    kept = {name for name in AT_HOME if not CATALOGUE[name].expects}
    unseen = set(UNSEEN) | NO_WORK | BEHIND | kept
    assert [] == sorted(set(CATALOGUE) - set(PERCEIVED) - unseen)
    assert [] == sorted(set(PERCEIVED) & set(UNSEEN) - {"call_contact", "small_concession"})


def test_every_response_is_open_to_somebody_in_a_scenario_that_ships() -> None:
    on_offer = {response.id for name in scenarios() for response in load_playbook(name).offered}
    assert [] == sorted(set(CATALOGUE) - on_offer)


def test_every_effect_is_used_by_a_response_or_a_scenario_that_ships() -> None:
    used = {effect.do for response in CATALOGUE.values() for effect in response.effects}
    for name in scenarios():
        for inject in load_playbook(name).scenario.injects:
            used |= {effect.do for effect in (*inject.effects, *inject.if_handled, *inject.if_not)}
    assert [] == sorted(set(EFFECTS) - used)


def test_who_found_something_is_named_or_it_counts_as_a_judgement_of_the_authors() -> None:
    sourced = [e.sourced for name in PERCEIVED for e in CATALOGUE[name].expects if e.sourced]
    assert sourced
    assert all(len(source) > 10 for source in sourced)
