"""The after-action review: what was done is run again bit for bit, alternatives are lawful, and the sums add up."""

from dataclasses import replace
from functools import cache

import pytest

from sim.exercise.exercise import Exercise
from sim.review import Effort, Review, Reviewing, Work, carry_out, carry_out_each, review
from sim.review.branch import Branch, follow
from sim.review.candidate import candidates_at
from sim.review.decision import decisions_of
from sim.review.plain import plain
from sim.review.work import together_carried
from sim.world.order import HOLD, Order
from tests.small import small_exercise

QUICK = Effort(batch=2, most=4, horizon_min=1.0, alternatives=4)


@pytest.fixture(scope="module")
def run() -> Exercise:
    exercise = small_exercise(3)
    exercise.order(Order(response="first_contact", reason="ask"))
    exercise.run_until(300)
    exercise.order(Order(response=HOLD, reason="wait"))
    exercise.order(Order(response="soft_patrol", target="square", reason="be there"))
    exercise.run_until(1500)
    exercise.stop()
    return exercise


@pytest.fixture(scope="module")
def found(run: Exercise) -> Review:
    return review(run.playbook, run.seed, list(run.journal), effort=QUICK)


def test_waiting_on_purpose_and_refused_orders_are_no_decisions(run: Exercise) -> None:
    decisions = decisions_of(list(run.journal))
    assert ["first_contact", "soft_patrol"] == [d.order.response for d in decisions if d.order is not None]
    assert [2, 0] == [len(d.following) for d in decisions]


def test_going_on_with_what_was_done_writes_the_original_journal_again(found: Review) -> None:
    assert [True, True] == [moment.reproduces for moment in found.moments]


def test_what_was_done_comes_first_and_everything_else_is_lawful(found: Review) -> None:
    for moment in found.moments:
        assert "chosen" == moment.alternatives[0].source
        assert moment.order == moment.alternatives[0].order
        assert all(alternative.lawful for alternative in moment.alternatives[1:])
        assert "hold" in [alternative.source for alternative in moment.alternatives]


def test_the_data_of_a_review_say_why_an_alternative_was_tried_no_further(found: Review) -> None:
    told = [each for moment in plain(found)["moments"] for each in moment["alternatives"]]  # type: ignore[attr-defined]
    stopped = [each.stopped for moment in found.moments for each in moment.alternatives]
    assert stopped == [each["stopped"] for each in told]
    assert [why == "worse" for why in stopped] == [each["dropped"] for each in told]
    assert set(stopped) <= {"", "worse", "alike", "no better"}
    assert any(stopped)


def test_no_alternative_is_the_same_act_as_another(run: Exercise) -> None:
    fresh = small_exercise(3)
    found = candidates_at(fresh, Order(response="first_contact"))
    acts = [(c.response, c.order and (c.order.target, tuple(sorted(c.order.parameters.items())))) for c in found]
    assert len(acts) == len(set(acts))
    assert len(found) <= 12


def test_listing_the_alternatives_leaves_the_run_as_it_is() -> None:
    fresh = small_exercise(3)
    before = fresh.digest()
    candidates_at(fresh, None)
    assert before == fresh.digest()


def test_skill_luck_and_interventions_add_up_to_what_became_of_the_run(found: Review) -> None:
    book = found.ledger
    assert book is not None
    assert abs(book.skill + book.luck + book.intervention - (book.final - book.initial)) < 1e-9


def test_the_same_review_comes_out_whoever_carries_the_work_out_and_in_whatever_order(
    run: Exercise, found: Review
) -> None:
    backwards = Reviewing(run.playbook, run.seed, list(run.journal), QUICK)
    while (study := backwards.open_next()) is not None:
        fork = _before(run, study.decision.tick, len(study.decision.following))
        while not study.settled:
            for work in reversed(list(study.batch())):
                backwards.take(work, carry_out(fork, work, study.decision.following))
    again = backwards.so_far()
    assert [m.verdict for m in found.moments] == [m.verdict for m in again.moments]
    assert [[a.own for a in m.alternatives] for m in found.moments] == [
        [a.own for a in m.alternatives] for m in again.moments
    ]


def test_a_review_can_be_stopped_and_says_what_it_has(run: Exercise) -> None:
    part = review(run.playbook, run.seed, list(run.journal), effort=QUICK, keep_going=lambda r: not r.studies.get(2))
    assert 1 == len(part.moments)
    assert 2 == part.decisions
    assert not part.complete


def test_what_happens_after_a_decision_does_not_change_how_it_is_judged(run: Exercise, found: Review) -> None:
    """Another end of the same run: the first decision is judged by what could be known, not by what came."""
    other = small_exercise(3)
    other.order(Order(response="first_contact", reason="ask"))
    other.run_until(300)
    other.order(Order(response=HOLD, reason="wait"))
    other.order(Order(response="soft_patrol", target="square", reason="be there"))
    other.run_until(1500)
    for person in range(10):
        other.world.crowd.people.anger[person] = 1.0
    other.run_until(1800)
    other.stop()
    again = review(other.playbook, other.seed, list(other.journal), effort=QUICK)
    assert found.moments[0].regret_own == again.moments[0].regret_own
    assert found.moments[0].verdict == again.moments[0].verdict


def test_what_was_carried_out_once_is_not_carried_out_again(run: Exercise, found: Review) -> None:
    kept: dict[str, Branch] = {}
    part = Reviewing(run.playbook, run.seed, list(run.journal), QUICK, kept=lambda work, b: kept.update({work.key: b}))
    first = part.open_next()
    assert first is not None
    fork = _before(run, first.decision.tick, len(first.decision.following))
    while not first.settled:
        for work in part.batch_of(first):
            part.take(work, carry_out(fork, work, first.decision.following))
    again = Reviewing(run.playbook, run.seed, list(run.journal), QUICK, known=kept)
    once = again.open_next()
    assert once is not None
    assert [] == again.work()
    assert once.settled
    assert found.moments[0] == again.so_far().moments[0]


def test_a_choice_stands_until_the_next_one_before_the_doctrine_player_takes_over() -> None:
    """Who takes over at once does himself what was left out, and no omission would cost anything."""
    fresh = small_exercise(3)
    soon, late = (fresh.fork(1, sealed=False) for _ in range(2))
    follow(soon, None, "doctrine", [], 1200, stands_until=0)
    follow(late, None, "doctrine", [], 1200, stands_until=900)
    assert min(e.tick for e in soon.journal if e.kind == "order") < 900
    assert 900 <= min(e.tick for e in late.journal if e.kind == "order")


def test_a_decision_stands_until_the_next_or_the_end_of_the_record(run: Exercise) -> None:
    first, second = decisions_of(list(run.journal))
    assert second.tick == first.until_tick
    assert 1500 == second.until_tick


def test_two_policies_carried_out_together_come_to_what_each_comes_to_alone(run: Exercise) -> None:
    first = decisions_of(list(run.journal))[0]
    work = Work(1, 0, 1, "own", first.order, 900, 2, stands_until=first.until_tick)
    works = (work, replace(work, policy="doctrine"))
    together = carry_out_each(small_exercise(3), works, first.following)
    for each, branch in zip(works, together, strict=True):
        alone = carry_out(small_exercise(3), each, first.following)
        assert (alone.value, alone.gates, alone.course.counts) == (branch.value, branch.gates, branch.course.counts)
        assert alone.course.groups.tobytes() == branch.course.groups.tobytes()
        assert alone.course.whole.tobytes() == branch.course.whole.tobytes()


def test_what_is_told_ahead_is_what_the_continuation_is_worth_by_then(run: Exercise) -> None:
    first = decisions_of(list(run.journal))[0]
    work = Work(1, 0, 1, "own", first.order, 900, 2, stands_until=first.until_tick, early_tick=600)
    told: list[float] = []
    carry_out_each(small_exercise(3), (work,), first.following, told.append)
    shorter = carry_out(small_exercise(3), replace(work, horizon_tick=600), first.following)
    assert [shorter.value] == told


def test_works_that_differ_in_more_than_the_policy_are_not_taken_together() -> None:
    work = Work(1, 0, 1, "own", None, 900, 2, stands_until=100)
    other = replace(work, policy="doctrine")
    works = [work, other, replace(work, trial=2), replace(other, alternative=1)]
    assert [2, 1, 1] == [len(each) for each in together_carried(works)]


@cache
def _before(run: Exercise, tick: int, left: int) -> Exercise:
    fresh = Exercise(run.playbook, run.seed)
    given = [e for e in run.journal if e.kind == "order"]
    for entry in given[: len(given) - left - 1]:
        fresh.run_until(entry.tick)
        fresh.order(Order.from_dict(entry.data["given"]))  # type: ignore[arg-type]
    fresh.run_until(tick)
    return fresh


def test_a_red_line_crossed_a_moment_before_does_not_count_against_the_next_order_of_the_same_moment() -> None:
    """Two orders given while time stands still: the second is not worth less for what the first did."""
    run = small_exercise(3)
    run.run_until(300)
    ring = Order(response="containment", target="square", reason="hold them", go_ahead=True)
    assert follow(run.fork(), ring, "own", (), 600).gates
    assert run.order(ring).marked
    assert () == follow(run.fork(), None, "own", (), 600).gates
