"""Trial: one seed of a plan. The run is prepared once, every arm is a fork of it, and the numbers are taken of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.core.phrase import LText
from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, Passive
from sim.exercise.player.player import DECIDE_EVERY, give_orders
from sim.scenario.plan import Bar, Measured, Plan
from sim.scenario.scenario import Playbook
from sim.world.gate import Gate
from sim.world.metric import METRICS
from sim.world.order import Order

Given = tuple[tuple[int, Order], ...]
"""Orders with their ticks, in order of time."""


@dataclass(frozen=True, slots=True)
class Trials:
    """What all seeds of a plan have in common."""

    plan: Plan
    playbook: Playbook
    moment: int
    """Tick from which the arms part."""
    before: Given
    """Orders up to the moment."""
    after: tuple[Given, ...]
    """Orders of each arm."""


@dataclass(frozen=True, slots=True)
class Seed:
    """Everything one seed needs, as it crosses to a worker."""

    trials: Trials
    seed: int


@dataclass(frozen=True, slots=True)
class Row:
    """What one arm of one seed came to."""

    seed: int
    arm: str
    refused: int
    """Orders of the plan that were not carried out, before the moment or after it."""
    values: tuple[float, ...]
    """One for each measure of the plan."""
    digest: str
    """Of the exact state at the end of the trial, before the days after."""


def run_seed(job: Seed) -> list[Row]:
    """Every arm of this seed, in the order of the plan; the same in any process."""
    trials = job.trials
    run = Exercise(trials.playbook, job.seed, sealed=False)
    refused = _go_on(run, trials.plan.prepare.player, trials.before, trials.moment)
    return [_arm(trials, run.fork(), k, refused) for k in range(len(trials.plan.arms))]


def _arm(trials: Trials, run: Exercise, number: int, refused: int) -> Row:
    plan, arm = trials.plan, trials.plan.arms[number]
    run.world.crowd.stride = plan.stride
    bar_ways(run, arm.bars)
    refused += _go_on(run, arm.player, trials.after[number], trials.moment + round(plan.lasts_min * 600))
    digest = run.digest()
    end = [METRICS[measure.metric](run.world) for measure in plan.measures]
    home = _at_home(run, plan.measures) if plan.to_the_end else end
    values = tuple(h if m.at == "home" else e for m, e, h in zip(plan.measures, end, home, strict=True))
    return Row(run.seed, arm.id, refused, values, digest)


def bar_ways(run: Exercise, bars: Sequence[Bar]) -> None:
    """Shuts ways with rows of barriers that nobody passes."""
    world = run.world
    names = dict(world.setting.gates)
    for bar in bars:
        gate = Gate(f"bar_{len(world.gates)}", *bar.ends)
        world.gates.append(gate)
        names[gate.id] = LText(bar.name.en, bar.name.zh)
    if bars:
        world.setting = replace(world.setting, gates=names)


def _go_on(run: Exercise, player: str, orders: Given, until: int) -> int:
    """Gives the orders at their ticks and lets the player decide besides; returns how many orders were refused."""
    decides = None if player == Passive.name else PLAYERS[player]()
    pending, refused, look = list(orders), 0, run.tick_now
    while run.outcome is None and not run.at_home() and run.tick_now <= until:
        while pending and pending[0][0] <= run.tick_now:
            refused += not run.order(pending.pop(0)[1]).accepted
        if run.tick_now >= until:
            break
        if decides is not None and run.tick_now >= look:
            give_orders(run, decides)
            look = run.tick_now + DECIDE_EVERY
        stops = [until, *([pending[0][0]] if pending else []), *([look] if decides is not None else [])]
        run.run_until(min(stops))
    return refused + len(pending)


def _at_home(run: Exercise, measures: Sequence[Measured]) -> list[float]:
    """The same measures when everybody has gone home now and the days after have passed with nothing done."""
    run.go_home()
    while run.outcome is None:
        run.run_until(run.tick_now + DECIDE_EVERY)
    return [METRICS[measure.metric](run.world) for measure in measures]
