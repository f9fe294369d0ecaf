"""Stopping: what is surely worse or surely as good is tried no further, and nothing is made certain that is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.noise import Noise
from sim.review.branch import Branch
from sim.review.stopping import ALIKE, WORSE, stops
from sim.review.study import NO_BETTER, Study
from sim.review.verdict import NAMES
from sim.review.work import Work
from tests.review.test_study import NOTHING, batch_taken, carry_out, study_of, value

ALL_THE_SAME = [50.0] * 8
TWO_GOOD = [50.0, 62.0, 62.0, 52.0, 51.0, 50.0, 45.0, 44.0]
NEAR_AN_EDGE = [50.0, 64.0, 64.5, 64.2, 63.8, 50.0, 40.0, 64.0]
SERIOUS = [40.0, 60.0, 60.0, 60.0, 59.5, 59.5, 45.0, 44.0]


def of(why: str, values: dict[int, list[float]]) -> list[int]:
    return sorted(k for k, each in stops(values).items() if each.why == why)


def test_two_trials_of_many_alternatives_say_which_are_worse_by_far() -> None:
    values = {0: [60.0, 61.0], 1: [59.5, 61.5], 2: [50.0, 51.5], 3: [58.0, 59.5], 4: [49.0, 49.0]}
    assert [2, 4] == of(WORSE, values)


def test_one_that_spreads_more_than_the_others_is_judged_by_its_own_spread() -> None:
    values = {0: [60.0, 61.0], 1: [60.0, 61.0], 2: [60.0, 61.0], 3: [60.0, 61.0], 4: [40.0, 64.0]}
    assert [] == of(WORSE, values)


def test_two_trials_of_many_alternatives_say_which_are_as_good_as_the_best() -> None:
    values = {0: [60.0, 61.0], 1: [60.1, 60.9], 2: [50.0, 51.5], 3: [59.5, 60.6], 4: [60.0, 61.0], 5: [57.0, 58.0]}
    assert [1, 3, 4] == of(ALIKE, values)


def test_one_that_only_happens_to_be_the_same_once_is_not_as_good() -> None:
    values = {0: [60.0, 61.0], 1: [60.0, 61.0], 2: [60.0, 61.0], 3: [60.0, 61.0], 4: [57.0, 64.0]}
    assert 4 not in stops(values)


def test_from_too_few_nothing_is_said() -> None:
    assert {} == stops({0: [60.0, 60.0], 1: [10.0, 10.0], 2: [60.0, 60.0]})
    assert {} == stops({k: [60.0 - 50.0 * k] for k in range(6)})


@given(st.integers(2, 8).flatmap(lambda trials: st.lists(
    st.lists(st.floats(0, 100), min_size=trials, max_size=trials), min_size=1, max_size=9)))  # fmt: skip
def test_the_best_always_goes_on_and_whoever_stops_is_no_more_ahead_than_is_told(columns: list[list[float]]) -> None:
    values = dict(enumerate(columns))
    found = stops(values)
    assert len(found) < len(values)
    for k, each in found.items():
        assert each.than not in found
        assert sum(values[k]) <= sum(values[each.than]) + 1e-6
        assert 0.0 <= each.ahead <= 1.5


def test_what_is_as_good_as_the_best_is_tried_no_further_and_one_is_kept_to_compare() -> None:
    study = study_of([True] * 8)
    for _ in range(3):
        batch_taken(study, lambda work: 50.0)
    assert 2 == study.trials
    assert 6 == len(study.stopped)
    assert {"alike"} == {study.why_stopped(k) for k in study.stopped}
    batch_taken(study, lambda work: 50.0)
    assert ("forced", 4) == (study.verdict, study.trials)
    assert study.decided


def test_the_review_stops_where_the_row_that_times_it_stops() -> None:
    """With one way of going on both go by the same columns."""
    study, dice = study_of([True] * 8), Noise(3)
    for _ in range(3):
        batch_taken(study, lambda work: value(work, TWO_GOOD, 0.3, dice))
    columns = {k: [study.values[k, "own"][t] for t in (1, 2)] for k in range(8)}
    by_row = set(stops(columns)) - {0}
    assert by_row == set(study.stopped)
    assert {3, 4, 5, 6, 7} <= by_row


def test_what_is_worse_in_one_way_and_as_good_in_the_other_is_no_better() -> None:
    def worth(work: Work) -> float:
        return 50.0 - 20.0 * (work.alternative == 2 and work.policy == "doctrine")

    study = study_of([True] * 8)
    for _ in range(3):
        batch_taken(study, worth)
    assert NO_BETTER == study.why_stopped(2)


def test_two_trials_that_ended_an_alternative_leave_an_interval_that_agrees() -> None:
    study, dice = study_of([True] * 8), Noise(4)
    for _ in range(3):
        batch_taken(study, lambda work: value(work, [60.0, 40.0, *[59.0] * 6], 0.5, dice))
    assert "worse" == study.why_stopped(1)
    for policy in study.effort.policies:
        found = study.against_chosen(1, policy)
        assert found.high < 0.0
        assert 2 == found.trials


def test_a_regret_reaches_as_far_up_as_what_was_stopped_may_be_better() -> None:
    widened = 0
    for case in range(1, 21):
        study = carry_out(study_of([True] * 8), TWO_GOOD, 0.5, case)
        for policy in study.effort.policies:
            told, tried = study.regret(policy), study._regret_of_those_tried(policy)
            assert (told.mean, told.low) == (tried.mean, tried.low)
            assert tried.high <= told.high <= tried.high + 2 * study.effort.narrow
            widened += told.high > tried.high
    assert widened


def test_a_choice_far_above_everything_else_is_great_and_not_left_undecided() -> None:
    found = [
        carry_out(study_of([True] * 8), [90.0, 40.0, 45.0, 50.0, 60.0, 30.0, 20.0, 70.0], 1.0, k) for k in range(9)
    ]
    assert {"great"} == {study.verdict for study in found}
    assert {8} == {study.trials for study in found}


def by_all(means: list[float], noise: float, case: int) -> Study:
    """The same decision with nothing stopped, each alternative tried sixteen times."""
    study, dice = study_of([True] * len(means), most=16), Noise(case)
    for k in range(len(means)):
        for trial in range(1, 17):
            for policy in study.effort.policies:
                work = study._work(k, trial, policy)
                study.values.setdefault((k, policy), {})[trial] = value(work, means, noise, dice)
    study.asked = study.trials = 16
    return study


@pytest.mark.parametrize("means", [TWO_GOOD, SERIOUS, ALL_THE_SAME])
def test_stopping_early_is_hardly_ever_harsher_than_trying_everything(means: list[float]) -> None:
    harsher = 0
    for case in range(1, 31):
        early, full = carry_out(study_of([True] * 8, most=16), means, 1.0, case), by_all(means, 1.0, case)
        if early.verdict in NAMES and full.verdict in NAMES:
            harsher += NAMES.index(early.verdict) > NAMES.index(full.verdict)
    assert harsher <= 1


@pytest.mark.parametrize("means", [TWO_GOOD, SERIOUS, ALL_THE_SAME, NEAR_AN_EDGE])
@pytest.mark.parametrize("noise", [0.3, 1.5])
def test_three_times_the_noise_says_less_and_nothing_harsher_of_many_alike(means: list[float], noise: float) -> None:
    quiet = [carry_out(study_of([True] * 8, most=16), means, noise, case).verdict for case in range(1, 21)]
    loud = [carry_out(study_of([True] * 8, most=16), means, 3 * noise, case).verdict for case in range(1, 21)]
    said = {*NAMES, "forced", "great"}
    assert sum(each in said for each in loud) <= sum(each in said for each in quiet)
    assert sum(each == "serious" for each in loud) <= sum(each == "serious" for each in quiet)


def test_where_the_verdict_hangs_on_what_was_stopped_as_good_it_is_tried_on() -> None:
    """Nine points and nearly the tenth: what goes no further might be what makes it ten."""
    means = [50.0, *[58.8] * 7]
    found = [carry_out(study_of([True] * 8, most=16), means, 0.4, case) for case in range(1, 11)]
    assert any(not study.stops_alike for study in found)
    assert 8 <= sum(study.verdict == "imprecise" for study in found)
    assert not any(study._hidden_by_stopping for study in found)
    for study in found:
        assert study.stops_alike or "alike" not in {study.why_stopped(k) for k in range(8)}


def test_a_stopped_alternative_is_not_asked_for_again_while_nothing_hangs_on_it() -> None:
    study, dice = study_of([True] * 8, most=16), Noise(2)
    gone: set[int] = set()
    while not study.decided:
        works = list(study.batch())
        assert not gone & {work.alternative for work in works}
        for work in works:
            study.take(work, Branch(value(work, TWO_GOOD, 1.0, dice), (), NOTHING))
        gone = set(study.stopped)
    assert gone
