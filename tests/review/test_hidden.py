"""Hidden states: what a seat saw stays as it was; what it could not know is drawn anew, the same for the same trial."""

import numpy as np

from sim.core.noise import Noise, Stream
from sim.crowd.people import Role
from sim.exercise.exercise import Exercise
from sim.review.branch import begin
from sim.review.hidden import MOODS, TYPE, draw_hidden, retyped
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


def test_who_really_is_the_agitator_does_not_enter_into_what_is_imagined() -> None:
    """Somebody else of the group is made the one: the seat cannot tell, so the draws are the same to the last bit."""
    run, other = after_a_minute(), after_a_minute()
    people = other.world.crowd.people
    group = people.group[0]
    ours = np.flatnonzero((people.group == group) & (people.role == int(Role.CORE)))
    theirs = np.flatnonzero((people.group == group) & (people.role == int(Role.SYMPATHISER)))
    order = np.arange(len(people))
    order[ours[0]], order[theirs[0]] = theirs[0], ours[0]
    other.world.crowd.people = retyped(people, order)
    assert not np.array_equal(run.world.crowd.people.role, other.world.crowd.people.role)
    for trial in (1, 2, 3):
        first, second = begin(run, trial), begin(other, trial)
        assert first.digest() == second.digest()
        first.run_until(900)
        second.run_until(900)
        assert first.digest() == second.digest()


def test_a_mood_is_moved_by_the_number_that_belongs_to_its_person() -> None:
    run = after_a_minute()
    fork = run.fork(3, sealed=False)
    draw_hidden(fork, 3)
    spread = run.playbook.scenario.hidden.mood_spread.value
    noise = Noise(run.seed, 3)
    for k, name in enumerate(MOODS):
        before, after = getattr(run.world.crowd.people, name), getattr(fork.world.crowd.people, name)
        row = int(np.flatnonzero(run.world.crowd.people.present)[7])
        moved = before[row] + spread * noise.normal(Stream.UNSEEN, 5 + k, row)
        assert min(1.0, max(0.0, moved)) == after[row], name
