"""Rollout: from a fork at one decision to the horizon, with another first move and the trainee's own later orders."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.exercise.exercise import Exercise
from sim.scoring import facts_of, score
from sim.world.order import Order


@dataclass(frozen=True, slots=True)
class Later:
    """One of the trainee's own later orders."""

    tick: int
    order: Order


def continue_from(fork: Exercise, first: Order | None, later: Sequence[Later], horizon_tick: int) -> Exercise:
    """Gives the first order (None holds), then the later ones at their ticks, and runs to the horizon or the end.

    Later orders that are no longer possible in this branch are refused by the rules like any other; nothing is forced.
    """
    if first is not None:
        fork.order(first)
    for each in later:
        if each.tick > horizon_tick:
            break
        fork.run_until(each.tick)
        if fork.outcome is not None:
            break
        fork.order(each.order)
    fork.run_until(horizon_tick)
    return fork


def value(branch: Exercise) -> float:
    """What a branch is worth, 0..100: the rubric's total over its journal so far, after gates and caps."""
    return score(branch.journal, branch.playbook.rubric, facts_of(branch.playbook)).total or 0.0
