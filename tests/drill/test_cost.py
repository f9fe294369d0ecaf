"""Costs of a drill's decisions come from the review of the run, and waiting has one, too."""

from dataclasses import replace

from sim.drill.cost import Cost, costs_of
from sim.exercise.exercise import Exercise
from sim.exercise.save import load
from sim.review import Effort, Moment, Review, Reviewing, carry_out
from sim.review.decision import decisions_of
from sim.review.estimate import Estimate
from sim.review.review import Alternative
from sim.world.order import HOLD, Order
from tests.drill.table import session


def test_what_was_ordered_before_the_drill_began_is_no_decision_of_it() -> None:
    run = session()
    run.run_until(520)
    run.order(Order(response="first_contact", seat="liaison"))
    run.run_until(10_000)
    entries = list(run.journal)
    begun = next(k for k, e in enumerate(entries) if e.kind == "drill")
    moved = [replace(e, tick=600) if k == begun else e for k, e in enumerate(entries)]
    assert 520 in [d.tick for d in decisions_of(entries)]
    assert 520 not in [d.tick for d in decisions_of(moved)]


def test_a_decision_is_held_against_what_else_would_have_answered_it() -> None:
    ways = (("deescalate_posture", 9.0, 9.0), ("first_contact", 2.0, 2.0), ("first_contact", 1.0, 1.0))
    cost = _found(ways)
    assert ("first_contact", 2.0, 1.0, "costs") == (cost.better, cost.points, cost.margin, cost.standing)


def test_what_cost_only_with_the_later_orders_is_told_apart_from_what_cost_by_itself() -> None:
    cost = _found((("first_contact", 28.0, -6.0),))
    assert ("later", 28.0, -6.0) == (cost.standing, cost.points, cost.played_on)
    assert "costs" == _found((("first_contact", 28.0, 3.0),)).standing


def _found(ways: tuple[tuple[str, float, float], ...]) -> Cost:
    """What waiting on purpose cost, where the review found of each response (own, doctrine's) that it was better."""
    run = session()
    run.run_until(520)
    run.order(Order(response=HOLD))
    run.run_until(10_000)
    entries, none = list(run.journal), Estimate(0.0, 0.0, 0.0, 4)

    def about(mean: float) -> Estimate:
        return Estimate(mean, mean - 1.0, mean + 1.0, 4)

    done = Alternative(None, "done", True, none, none, none, none, "", 0.0, None, ())
    others = tuple(
        replace(done, order=Order(response=name), against_own=about(own), against_doctrine=about(doctrine))
        for name, own, doctrine in ways
    )
    call = next(w.opens.inject for w in run.drill.windows if w.opens.inject)
    moment = Moment(
        number=0, tick=520, minute=0.0, order=None, call=call, verdict="worse", alternatives=(done, *others), best=1,
        regret_own=others[0].against_own, regret_doctrine=none, clairvoyant_regret=None, trials=4, settled=True,
        why=(), reproduces=True,
    )  # fmt: skip
    review = Review((moment,), 1, Effort(), 0, 0.0, None, complete=True)
    return costs_of(review, run.drill, entries, run.playbook.scenario)[520]


def test_each_decision_has_the_cost_the_review_finds() -> None:
    run = session()
    run.run_until(320)
    run.order(Order(response=HOLD))
    run.run_until(1000)
    run.order(Order(response="deescalate_posture"))
    run.run_until(10_000)
    entries = list(run.journal)
    reviewing = Reviewing(run.playbook, run.seed, entries, Effort(batch=1, most=1, horizon_min=1.0, alternatives=2))
    while (study := reviewing.open_next()) is not None:
        state = reviewing.states[study.decision.number]
        at = load(Exercise(run.playbook, run.seed, sealed=False), state)
        while not study.settled and (batch := reviewing.batch_of(study)):
            for work in batch:
                reviewing.take(work, carry_out(at, work, study.decision.following))
    found = costs_of(reviewing.so_far(), run.drill, entries, run.playbook.scenario)
    assert 1000 in found
    assert all(cost.points >= -100.0 for cost in found.values())
