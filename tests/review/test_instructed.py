"""The review of a run its instructor had a hand in: it is gone through as it was, and the hand is counted apart."""

import math
import threading

import numpy as np
import pytest

from sim.core.errors import BadInput
from sim.core.noise import Noise, Stream
from sim.desktop.playback import Playback
from sim.exercise.control import QUANTITIES, Control
from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, play
from sim.exercise.replay import replay
from sim.exercise.save import load, save
from sim.lab.crew import can_copy, lead
from sim.review import Effort, Review, Reviewing, carry_out, review
from sim.review.branch import begin, follow
from sim.review.decision import Later, decisions_of
from sim.world.order import Order
from tests.review.instructed import SEED, instructed_playbook, instructed_run

QUICK = Effort(batch=2, most=2, horizon_min=1.0, alternatives=3)


@pytest.fixture(scope="module")
def run() -> Exercise:
    return instructed_run()


@pytest.fixture(scope="module")
def found(run: Exercise) -> Review:
    return review(instructed_playbook(), SEED, list(run.journal), effort=QUICK)


def test_an_instructed_run_replays_to_its_last_digest(run: Exercise) -> None:
    assert run.digest() == replay(instructed_playbook(), SEED, list(run.journal)).digest()


def test_every_decision_of_an_instructed_run_writes_the_original_journal_again(found: Review) -> None:
    assert [True, True] == [moment.reproduces for moment in found.moments]


def test_a_decision_does_not_reproduce_where_an_act_of_the_instructor_is_left_out(run: Exercise) -> None:
    entries = [entry for entry in run.journal if entry.kind != "nudge"]
    reviewing = Reviewing(instructed_playbook(), SEED, entries, QUICK)
    first = reviewing.open_next()
    assert first is not None
    assert not first.reproduces


def test_skill_luck_and_the_instructors_hand_add_up(found: Review) -> None:
    book = found.ledger
    assert book is not None
    assert math.isclose(book.final - book.initial, book.skill + book.luck + book.intervention, abs_tol=1e-9)
    assert [0.0, 0.0] == [step.luck for step in book.steps]
    assert 0.0 != book.intervention


def test_an_act_just_before_a_decision_of_the_same_tick_is_not_counted_after_it() -> None:
    run = Exercise(instructed_playbook(), SEED)
    run.run_until(20)
    run.control(Control(what="nudge", group="people", quantity="anger", by=0.3))
    run.order(Order(response="first_contact", reason="ask"))
    run.run_until(120)
    run.stop()
    book = review(instructed_playbook(), SEED, list(run.journal), effort=QUICK).ledger
    assert book is not None
    assert 0.0 == book.intervention


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 21))
def test_twenty_runs_with_acts_at_any_moment_reproduce_at_every_decision(seed: int) -> None:
    noise = Noise(seed)
    run = Exercise(instructed_playbook(), seed)
    run.order(Order(response="first_contact", reason="ask"))
    player = PLAYERS[("doctrine", "facilitate", "force")[seed % 3]]()
    for k in range(6):
        a, b, c = (noise.uniform(Stream.EXPERIMENT, k, which) for which in range(3))
        play(run, player, until=400 * k + 1 + int(399 * a))
        run.control(Control(what="nudge", group="people", quantity=QUANTITIES[int(6 * b)], by=c - 0.5))
        act = Control(what=("fire", "delay", "skip")[int(3 * b)], inject=("second", "third")[int(2 * c)], minutes=1)
        if run.world.injects[act.inject].status == "waiting":
            run.control(act)
        run.control(Control(what="add", channel="radio", en="Added.", minutes=a))
    play(run, player, until=2400)
    run.stop()
    entries = list(run.journal)
    assert run.digest() == replay(instructed_playbook(), seed, entries).digest()
    reviewing = Reviewing(instructed_playbook(), seed, entries, QUICK)
    found = []
    while (study := reviewing.open_next()) is not None:
        found.append(study.reproduces)
    assert found
    assert all(found)


def test_the_verdict_does_not_rest_on_what_the_instructor_did_later(run: Exercise) -> None:
    """Nobody could know it: only the figure for what nobody could know is asked with it."""
    first = decisions_of(list(run.journal))[0]
    before = replay(instructed_playbook(), SEED, list(run.journal), until=199, verify=False)
    before.run_until(200)
    plain, told = begin(before, None, stride=1), begin(before, None, stride=1)
    follow(plain, first.order, "own", first.following, 900)
    follow(told, first.order, "own", first.following, 900, instructed=True)
    assert [] == [e for e in plain.journal if e.kind == "nudge" and e.tick >= 200]
    assert [e.data for e in run.journal if e.kind == "nudge"] == [e.data for e in told.journal if e.kind == "nudge"]


def test_an_act_that_finds_nothing_left_in_a_branch_comes_to_nothing() -> None:
    fork = Exercise(instructed_playbook(), SEED, sealed=False)
    fork.run_until(700)
    late = Later(700, Control(what="skip", inject="first"))
    with pytest.raises(BadInput):
        fork.control(late.what)  # type: ignore[arg-type]
    follow(fork, None, "own", [late], 800, instructed=True)
    assert 800 == fork.tick_now
    assert [] == fork.journal.of("nudge")


def test_a_saved_run_goes_on_with_what_the_instructor_added_and_reworded(run: Exercise) -> None:
    before = replay(instructed_playbook(), SEED, list(run.journal), until=450)
    other = load(Exercise(instructed_playbook(), SEED), save(before))
    for each in (before, other):
        each.run_until(1100)
    assert list(before.journal) == list(other.journal)
    assert [m.text for m in before.observe().messages] == [m.text for m in other.observe().messages]
    assert "Another message." in [m.text.en for m in other.observe().messages if m.text is not None]  # type: ignore[union-attr]


def test_a_saved_run_is_loaded_the_same_into_one_its_instructor_had_a_hand_in(run: Exercise) -> None:
    before = replay(instructed_playbook(), SEED, list(run.journal), until=450)
    fresh = load(Exercise(instructed_playbook(), SEED), save(before))
    other = load(run, save(before))
    assert fresh.playbook.scenario.injects == other.playbook.scenario.injects
    assert {each.id for each in other.playbook.scenario.injects} == set(other.world.injects)


@pytest.mark.skipif(not can_copy(), reason="workers begin as copies of this process on Linux only")
def test_workers_that_begin_as_copies_review_a_run_with_an_added_message() -> None:
    run = Exercise(instructed_playbook(), SEED)
    run.run_until(20)
    run.control(Control(what="add", channel="radio", en="Added.", minutes=0.05))
    run.run_until(100)
    run.order(Order(response="first_contact", reason="ask"))
    run.run_until(200)
    run.stop()
    found = lead(Reviewing(instructed_playbook(), SEED, list(run.journal), QUICK), workers=1)
    assert found.complete


def test_a_worker_that_goes_on_from_a_saved_state_finds_the_same(run: Exercise, found: Review) -> None:
    reviewing = Reviewing(instructed_playbook(), SEED, list(run.journal), QUICK)
    opened = Exercise(instructed_playbook(), SEED, sealed=False)
    while (study := reviewing.open_next()) is not None:
        state = load(opened, reviewing.states[study.decision.number])
        while not study.settled:
            for work in reviewing.batch_of(study):
                reviewing.take(work, carry_out(state, work, study.decision.following))
    assert found == reviewing.so_far()


def test_the_playback_shows_an_instructed_run_as_it_was(run: Exercise) -> None:
    shown = threading.Event()
    playback = Playback(instructed_playbook(), SEED, list(run.journal), start=1500)
    try:
        for _ in range(12000):
            if playback.failure is not None or (playback.moment is not None and playback.working >= 1.0):
                break
            shown.wait(0.01)
        assert playback.failure is None
        moment = playback.moment
        assert moment is not None
        people = run.world.crowd.people
        assert np.array_equal(moment.snapshot.x, people.x[people.present].astype(np.float32))
        assert run.observe().summary() == moment.seen.summary()
        assert ["first_contact", "soft_patrol"] == [given.order.response for given in playback.given]
    finally:
        playback.close()
