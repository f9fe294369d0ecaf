"""Costs of a drill's decisions come from the review of the run, and waiting has one, too."""

from dataclasses import replace

from sim.drill.cost import costs_of
from sim.exercise.exercise import Exercise
from sim.exercise.save import load
from sim.review import Effort, Reviewing, carry_out
from sim.review.decision import decisions_of
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
        for work in reviewing.batch_of(study):
            reviewing.take(work, carry_out(at, work, study.decision.following))
    found = costs_of(reviewing.so_far(), run.drill, entries)
    assert 1000 in found
    assert all(cost.points >= -100.0 for cost in found.values())
