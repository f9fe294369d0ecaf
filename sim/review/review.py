"""Review, first form: what holding or the doctrine player's choice would have been worth at each accepted order.

Both sides of a comparison start from the exact same state and meet the same keyed noise of the same trial, so that
what differs is the decision. Values are "in this model"; intervals are 95 % Student intervals over paired trials.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.exercise.exercise import Exercise
from sim.exercise.player import Doctrine, Options
from sim.review.rollout import Later, continue_from, value
from sim.scenario.scenario import Playbook
from sim.world.journal import Entry
from sim.world.memory import Memory
from sim.world.order import HOLD, Order

TRIALS = 8
HORIZON_MIN = 20.0
"""Minutes a continuation runs on. Short horizons favour harsh acts, because crowds flip late."""
T95 = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13)
"""Student's t at 97.5 % for 1 .. 15 degrees of freedom; 2.0 beyond (tables)."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One alternative against what was done: alternative minus chosen, over paired trials."""

    alternative: str
    """`hold`, or the response the doctrine player would have chosen."""
    target: str
    mean: float
    """Points of the rubric total at the horizon; positive means the alternative did better."""
    low: float
    high: float
    trials: int
    lawful: bool

    @property
    def verdict(self) -> str:
        """`better`, `worse` or `not separable`, judged by the interval alone."""
        if self.trials < 2:
            return "not separable"
        return "better" if self.low > 0.0 else "worse" if self.high < 0.0 else "not separable"


@dataclass(frozen=True, slots=True)
class Moment:
    """One decision and what else could have been done."""

    tick: int
    minute: float
    response: str
    target: str
    marked: bool
    comparisons: tuple[Comparison, ...]
    same_reproduces: bool
    """True when continuing with the same order under the same noise wrote the original journal again, byte for byte."""


@dataclass(frozen=True, slots=True)
class Review:
    """The whole review as plain data."""

    moments: tuple[Moment, ...]
    decisions: int
    """Accepted orders in the run."""
    trials: int
    horizon_min: float
    continuations: int
    simulated_s: float
    """Simulated seconds run in continuations."""
    complete: bool
    """False when the budget ended it before every decision was looked at."""

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "decisions": self.decisions,
            "trials": self.trials,
            "horizon_min": self.horizon_min,
            "continuations": self.continuations,
            "simulated_s": round(self.simulated_s, 1),
            "complete": self.complete,
            "moments": [
                {
                    "t_s": round(m.tick / 10.0, 1),
                    "minute": round(m.minute, 2),
                    "response": m.response,
                    "target": m.target,
                    "marked": m.marked,
                    "same_reproduces": m.same_reproduces,
                    "comparisons": [
                        {
                            "alternative": c.alternative,
                            "target": c.target,
                            "difference": round(c.mean, 3),
                            "low": round(c.low, 3),
                            "high": round(c.high, 3),
                            "trials": c.trials,
                            "verdict": c.verdict,
                            "lawful": c.lawful,
                        }
                        for c in m.comparisons
                    ],
                }
                for m in self.moments
            ],
        }


def review(
    playbook: Playbook,
    seed: int,
    entries: Sequence[Entry],
    *,
    trials: int = TRIALS,
    horizon_min: float = HORIZON_MIN,
    keep_going: Callable[[int, int], bool] = lambda done, of: True,
    found: Callable[[Moment], None] = lambda moment: None,
    memory: Memory | None = None,
) -> Review:
    """Re-runs the journal and branches at every accepted order.

    Args:
        playbook: What the run was made from.
        seed: The run's seed.
        entries: Its journal.
        trials: Paired trials per alternative; trial 0 is the run's own noise.
        horizon_min: Minutes each continuation runs on.
        keep_going: Asked before each decision with (decisions done, decisions); False ends the review there.
        found: Told of each decision as soon as it has been looked at.
        memory: What the community brought along, from the journal's header.
    """
    orders = [
        Later(e.tick, Order.from_dict(e.data["given"]))  # type: ignore[arg-type]
        for e in entries
        if e.kind == "order"
    ]
    accepted = [
        k
        for k, e in enumerate(e for e in entries if e.kind == "order")
        if e.data["ruling"]["accepted"]  # type: ignore[index]
    ]
    last = max((e.tick for e in entries), default=0)
    run = Exercise(playbook, seed, memory=memory)
    moments: list[Moment] = []
    tally = _Tally()
    for index, later in enumerate(orders):
        run.run_until(later.tick)
        if index in accepted and later.order.response != HOLD:
            if not keep_going(len(moments), len(accepted)):
                break
            horizon = min(last, later.tick + round(horizon_min * 600))
            moments.append(_moment(run, later, orders[index + 1 :], horizon, trials, entries, tally))
            found(moments[-1])
        run.order(later.order)
    wanted = sum(1 for k in accepted if orders[k].order.response != HOLD)
    return Review(
        moments=tuple(moments),
        decisions=wanted,
        trials=trials,
        horizon_min=horizon_min,
        continuations=tally.continuations,
        simulated_s=tally.ticks / 10.0,
        complete=len(moments) == wanted,
    )


@dataclass(slots=True)
class _Tally:
    continuations: int = 0
    ticks: int = 0


def _moment(
    run: Exercise,
    later: Later,
    following: Sequence[Later],
    horizon: int,
    trials: int,
    entries: Sequence[Entry],
    tally: _Tally,
) -> Moment:
    choice = Doctrine().decide(run.observe(), Options(run), run.world.noise)
    alternatives: list[tuple[str, Order | None]] = [(HOLD, None)]
    if choice is not None and (choice.response, choice.target) != (later.order.response, later.order.target):
        alternatives.append((choice.response, choice))
    same = _branch(
        run, later.order, following, later.tick + 600 if horizon > later.tick + 600 else horizon, None, tally
    )
    chosen = [value(_branch(run, later.order, following, horizon, t, tally)) for t in range(trials)]
    comparisons = []
    for name, order in alternatives:
        other = [value(_branch(run, order, following, horizon, t, tally)) for t in range(trials)]
        mean, low, high = _interval([b - a for a, b in zip(chosen, other, strict=True)])
        lawful = order is None or run.preview(order).lawful_domestic
        comparisons.append(Comparison(name, order.target if order else "", mean, low, high, trials, lawful))
    ruling = run.preview(later.order)
    return Moment(
        tick=later.tick,
        minute=run.minute,
        response=later.order.response,
        target=later.order.target,
        marked=ruling.marked,
        comparisons=tuple(comparisons),
        same_reproduces=_reproduces(same, entries, later.tick),
    )


def _branch(
    run: Exercise,
    first: Order | None,
    following: Sequence[Later],
    horizon: int,
    trial: int | None,
    tally: _Tally,
) -> Exercise:
    fork = run.fork(trial, sealed=trial is None)
    start = fork.tick_now
    continue_from(fork, first, following, horizon)
    tally.continuations += 1
    tally.ticks += fork.tick_now - start
    return fork


def _reproduces(branch: Exercise, entries: Sequence[Entry], tick: int) -> bool:
    mine = [(e.tick, e.data["digest"]) for e in branch.journal if e.kind == "digest" and e.tick > tick]
    theirs = {e.tick: e.data["digest"] for e in entries if e.kind == "digest"}
    return bool(mine) and all(theirs.get(t) == d for t, d in mine)


def _interval(differences: list[float]) -> tuple[float, float, float]:
    n = len(differences)
    mean = sum(differences) / n
    if n < 2:
        return mean, mean, mean
    spread = math.sqrt(sum((d - mean) * (d - mean) for d in differences) / (n - 1))
    half = (T95[n - 2] if n - 2 < len(T95) else 2.0) * spread / math.sqrt(n)
    return mean, mean - half, mean + half
