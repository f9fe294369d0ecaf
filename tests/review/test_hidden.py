"""Hidden states: what a seat saw stays as it was; what it could not know is drawn anew, the same for the same trial."""

import numpy as np

from sim.exercise.exercise import Exercise
from sim.review.branch import begin
from sim.review.hidden import TYPE, draw_hidden
from tests.small import small_exercise


def after_a_minute() -> Exercise:
    exercise = small_exercise(4)
    exercise.run_until(600)
    return exercise


def test_positions_and_acts_stay_and_moods_and_types_change() -> None:
    run = after_a_minute()
    fork = run.fork(1, sealed=False)
    draw_hidden(fork, 1)
    ours, theirs = run.world.crowd.people, fork.world.crowd.people
    for name in ("x", "y", "act", "status", "goal", "knowledge", "injury"):
        assert np.array_equal(getattr(ours, name), getattr(theirs, name)), name
    assert not np.array_equal(ours.anger, theirs.anger)
    assert not np.array_equal(ours.violence_threshold, theirs.violence_threshold)


def test_types_are_only_dealt_out_anew_never_made_up() -> None:
    run = after_a_minute()
    fork = begin(run, 3)
    for name in TYPE:
        ours, theirs = getattr(run.world.crowd.people, name), getattr(fork.world.crowd.people, name)
        assert np.array_equal(np.sort(ours), np.sort(theirs)), name


def test_the_run_itself_is_not_touched_by_what_its_forks_imagine() -> None:
    run = after_a_minute()
    before, types = run.digest(), run.world.crowd.people.role.copy()
    begin(run, 1).run_until(700)
    assert before == run.digest()
    assert np.array_equal(types, run.world.crowd.people.role)


def test_one_trial_is_one_hidden_state_and_another_trial_another() -> None:
    run = after_a_minute()
    first, again, other = begin(run, 1), begin(run, 1), begin(run, 2)
    assert first.digest() == again.digest()
    assert first.digest() != other.digest()


def test_without_a_trial_a_fork_is_the_run_itself() -> None:
    run = after_a_minute()
    assert run.digest() == begin(run, None, stride=1).digest()
