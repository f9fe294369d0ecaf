"""Noise and truth: louder luck makes the review say less and nothing harsher; who the agitator is changes nothing."""

import numpy as np
import pytest

from sim.crowd.people import Role
from sim.exercise.exercise import Exercise
from sim.review import Effort, Study, carry_out
from sim.review.branch import Branch
from sim.review.candidate import candidates_at
from sim.review.decision import Decision
from sim.review.hidden import retyped
from sim.review.verdict import NAMES
from sim.review.work import Work
from sim.world.order import Order
from tests.review.known import at_the_decision, cases
from tests.small import small_exercise

LOUDER = 3.0
TRIALS = 16
CASES = ("nobody_has_spoken", "officer_abuses", "people_are_going_home", "person_lies_hurt", "two_groups_shove")


def study_of(run: Exercise, chosen: Order | None, minutes: float, alternatives: int, most: int) -> Study:
    """The decision to do this now, with the usual alternatives."""
    effort = Effort(most=most, horizon_min=minutes, alternatives=alternatives)
    tick = run.tick_now
    decision = Decision(number=1, tick=tick, order=chosen, call="", following=(), until_tick=tick + 3000)
    found = candidates_at(run, chosen, most=alternatives)
    return Study(decision, found, effort, tick + round(minutes * 600), reproduces=True)


def settle(study: Study, run: Exercise, change: dict[tuple[int, str], float] | None = None) -> Study:
    """Carries it out; with `change`, each value is moved away from the mean of its alternative and policy."""
    while not study.decided:
        for work in list(study.batch()):
            branch = _carried(run, work)
            if change is not None:
                mean = change[work.alternative, work.policy]
                value = min(100.0, max(0.0, mean + LOUDER * (branch.value - mean)))
                branch = Branch(value, branch.gates, branch.course)
            study.take(work, branch)
    return study


_done: dict[tuple[Exercise, str], Branch] = {}


def _carried(run: Exercise, work: Work) -> Branch:
    if (run, work.key) not in _done:
        _done[run, work.key] = carry_out(run, work, ())
    return _done[run, work.key]


def means(study: Study) -> dict[tuple[int, str], float]:
    return {(k, policy): float(np.mean(list(found.values()))) for (k, policy), found in study.values.items()}


def all_of_it(study: Study, run: Exercise) -> Study:
    """Every alternative as often as allowed: the means that values are moved away from."""
    for k in range(len(study.candidates)):
        for trial in range(1, study.effort.most + 1):
            for policy in study.effort.policies:
                work = study._work(k, trial, policy)
                study.take(work, _carried(run, work))
    return study


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_three_times_the_noise_of_real_continuations_is_never_more_serious_and_says_no_more(name: str) -> None:
    quiet, loud = [], []
    for seed in (1, 2):
        run = at_the_decision(cases()[name], seed)
        for chosen in (None, cases()[name].best[0]):
            change = means(all_of_it(study_of(run, chosen, 8.0, 4, TRIALS), run))
            quiet.append(settle(study_of(run, chosen, 8.0, 4, TRIALS), run).verdict)
            loud.append(settle(study_of(run, chosen, 8.0, 4, TRIALS), run, change).verdict)
    assert sum(each == "serious" for each in loud) <= sum(each == "serious" for each in quiet), (quiet, loud)
    assert sum(each in NAMES for each in loud) <= sum(each in NAMES for each in quiet), (quiet, loud)


def test_an_agitator_who_was_somebody_else_leaves_the_grade_as_it_is() -> None:
    """The hidden one of the group is made another: every value, and with it the verdict, is the same."""
    found = []
    for flipped in (False, True):
        run = small_exercise(4)
        run.run_until(600)
        if flipped:
            people = run.world.crowd.people
            ours = np.flatnonzero((people.group == people.group[0]) & (people.role == int(Role.CORE)))
            theirs = np.flatnonzero((people.group == people.group[0]) & (people.role == int(Role.SYMPATHISER)))
            order = np.arange(len(people))
            order[ours[0]], order[theirs[0]] = theirs[0], ours[0]
            run.world.crowd.people = retyped(people, order)
        study = settle(study_of(run, Order(response="visible_unit", target="square"), 2.0, 3, 4), run)
        found.append((study.verdict, study.best, study.values, study.regret("own"), study.regret("doctrine")))
    assert found[0] == found[1]
