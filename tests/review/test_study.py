"""A study: how many trials it asks for, when it stops, and what it never says, with values that are made up."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.noise import Noise, Stream
from sim.review.branch import Branch, Course
from sim.review.candidate import Candidate
from sim.review.decision import Decision
from sim.review.first_look import first_look
from sim.review.study import Study
from sim.review.verdict import NAMES
from sim.review.work import CLAIRVOYANT, Effort, Work
from sim.world.order import Order

NOTHING = Course(np.zeros((0, 1, 9), np.float32), np.zeros((0, 4), np.float32), ())
HARSH = ("imprecise", "poor", "serious")


def study_of(lawful: list[bool], *, most: int = 64) -> Study:
    """A decision with so many alternatives: what was done, waiting, and others."""
    sources = ["chosen", "hold", *["doctrine"] * len(lawful)]
    candidates = tuple(
        Candidate(None if k == 1 else Order(response=f"act_{k}"), sources[k] if good else "unlawful", lawful=good)
        for k, good in enumerate(lawful)
    )
    decision = Decision(number=1, tick=100, order=candidates[0].order, call="", following=(), until_tick=700)
    return Study(decision, candidates, Effort(most=most), 12100, reproduces=True)


def carry_out(study: Study, means: list[float], noise: float, case: int = 1) -> Study:
    """Values round these means: luck that all alternatives share, and as much again that they do not."""
    dice = Noise(case)
    while not study.settled:
        for work in list(study.batch()):
            study.take(work, Branch(value(work, means, noise, dice), (), NOTHING))
    return study


def value(work: Work, means: list[float], noise: float, dice: Noise) -> float:
    shared = dice.normal(Stream.EXPERIMENT, work.trial, 0)
    own = dice.normal(Stream.EXPERIMENT, work.trial, 1 + work.alternative)
    return min(100.0, max(0.0, means[work.alternative] + noise * (shared + own)))


def batch_taken(study: Study, worth: Callable[[Work], float]) -> list[Work]:
    """One batch, carried out."""
    works = list(study.batch())
    for work in works:
        study.take(work, Branch(worth(work), (), NOTHING))
    return works


def test_the_first_look_is_at_what_was_done_the_first_wish_and_waiting_once() -> None:
    first = list(study_of([True] * 8).batch())
    assert [0, 2, 1] == [work.alternative for work in first]
    assert {1} == {work.trial for work in first}
    assert {"own"} == {work.policy for work in first}
    assert {100 + 6000} == {work.early_tick for work in first}


def test_what_the_first_look_tried_is_not_tried_again() -> None:
    study = study_of([True] * 8)
    tried = [work.key for _ in range(3) for work in batch_taken(study, lambda work: 50.0)]
    assert len(tried) == len(set(tried))
    assert 2 == study.trials


def test_what_was_tried_less_often_than_what_was_done_is_not_recommended() -> None:
    study = study_of([True] * 4)
    worth = [50.0, 40.0, 60.0, 90.0]
    for _ in range(2):
        batch_taken(study, lambda work: worth[work.alternative])
    assert 2 == study.best
    works = list(study.batch())
    for work in works[:-1]:
        study.take(work, Branch(worth[work.alternative], (), NOTHING))
    assert {3} == {work.alternative for work in works}
    assert 2 == study.best
    study.take(works[-1], Branch(90.0, (), NOTHING))
    assert 3 == study.best


def test_the_first_look_says_what_one_trial_shows_and_how_far_off_that_may_be() -> None:
    study = study_of([True] * 8)
    list(study.batch())
    study.early.update({0: 50.0, 2: 57.0})
    look = study.first_look("never_measured")
    assert look is not None
    assert (10.0, 2, 1, False) == (look.minutes, look.best, look.others, look.off_here)
    assert 7.0 == look.regret.mean
    assert (7.0 - look.off, 7.0 + look.off) == (look.regret.low, look.regret.high)
    assert "cannot tell" == study.verdict


def test_a_first_look_says_whether_it_was_measured_here_or_elsewhere() -> None:
    here, half, nowhere = (
        first_look({0: 50.0, 1: 51.0}, 10.0, name) for name in ("taxi_ring_square", "first_steps", "")
    )
    assert here is not None
    assert half is not None
    assert nowhere is not None
    assert [(True, True), (False, True), (False, False)] == [(x.off_here, x.tau_here) for x in (here, half, nowhere)]
    assert half.off == nowhere.off
    assert half.tau > nowhere.tau


def test_an_unlawful_act_is_no_measure_in_the_first_look() -> None:
    study = study_of([True, True, False])
    list(study.batch())
    study.early.update({0: 50.0, 1: 50.0, 2: 90.0})
    look = study.first_look("")
    assert look is not None
    assert "sound" == look.verdict


def test_the_first_look_is_over_once_the_trials_say_more() -> None:
    study = study_of([True] * 3)
    looks = []
    for _ in range(4):
        batch_taken(study, lambda work: 50.0)
        looks.append(study.first_look("") is not None)
    assert [True, True, False, False] == looks


def test_nothing_is_said_of_a_choice_before_everything_was_tried_but_the_worst() -> None:
    mild, grave = study_of([True] * 6), study_of([True] * 6)
    for study, gap in ((mild, 1.0), (grave, 30.0)):
        for _ in range(2):
            batch_taken(study, lambda work, g=gap: 50.0 + g * (work.alternative == 2))  # type: ignore[misc]
    assert "cannot tell" == mild.verdict
    assert "serious" == grave.verdict


def test_two_trials_that_agree_are_no_certainty() -> None:
    study = study_of([True] * 3)
    for _ in range(2):
        batch_taken(study, lambda work: 50.0 - 3.0 * (work.alternative == 0))
    assert 2 == study.trials
    assert "cannot tell" == study.verdict
    batch_taken(study, lambda work: 50.0 - 3.0 * (work.alternative == 0))
    assert 4 == study.trials
    assert "sound" == study.verdict


def test_a_clear_case_stops_long_before_the_most_trials() -> None:
    study = carry_out(study_of([True] * 8), [40.0, 60.0, 70.0, 41.0, 42.0, 43.0, 44.0, 45.0], noise=1.0)
    assert "serious" == study.verdict
    assert study.trials <= 12
    assert {1, 3, 4, 5, 6, 7} == set(study.stopped)


def test_two_trials_of_everything_drop_what_is_worse_by_far_and_hardly_ever_the_best() -> None:
    means = [50.0, 60.0, 59.0, 58.0, 52.0, 51.0, 50.0, 45.0]
    dropped = []
    for case in range(1, 41):
        dice, study = Noise(case), study_of([True] * 8, most=4)
        for _ in range(3):
            batch_taken(study, lambda work, d=dice: value(work, means, 2.0, d))  # type: ignore[misc]
        assert 2 == study.trials
        dropped.append(set(study.stopped))
    assert sum(1 in each for each in dropped) <= 1
    assert sum(7 in each for each in dropped) >= 20


def test_alternatives_that_are_all_the_same_are_tried_no_longer_than_it_takes_to_see_it() -> None:
    study = carry_out(study_of([True] * 8), [50.0] * 8, noise=0.2)
    assert "forced" == study.verdict
    assert 4 == study.trials


def test_what_nobody_could_know_comes_last_and_once_for_each_alternative() -> None:
    study = study_of([True] * 3, most=4)
    order: list[int] = []
    while not study.settled:
        for work in list(study.batch()):
            order.append(work.trial)
            study.take(work, Branch(50.0, (), NOTHING))
    assert [CLAIRVOYANT] * 3 == order[-3:]
    assert 3 == order.count(CLAIRVOYANT)


MEANS = st.lists(st.floats(0, 100, allow_nan=False), min_size=3, max_size=7)


@given(MEANS, st.floats(0.1, 20.0), st.integers(1, 1000), st.data())
def test_an_unlawful_act_is_never_recommended_whatever_it_gains(
    means: list[float], noise: float, case: int, data: st.DataObject
) -> None:
    lawful = [data.draw(st.booleans()), True, *(data.draw(st.booleans()) for _ in means[2:])]
    study = carry_out(study_of(lawful, most=8), means, noise, case)
    assert lawful[study.best]
    if not lawful[0]:
        assert "unlawful" == study.verdict


@pytest.mark.parametrize("means", [[50.0, 51.0, 57.0], [50.0, 62.0, 55.0], [50.0, 50.0, 70.0], [60.0, 50.0, 55.0]])
def test_three_times_the_noise_says_less_and_nothing_harsher(means: list[float]) -> None:
    quiet = [carry_out(study_of([True] * 3, most=16), means, 2.0, case).verdict for case in range(1, 41)]
    loud = [carry_out(study_of([True] * 3, most=16), means, 6.0, case).verdict for case in range(1, 41)]
    assert sum(each in NAMES for each in loud) <= sum(each in NAMES for each in quiet)
    assert sum(each == "serious" for each in loud) <= sum(each == "serious" for each in quiet)
