"""Study: one decision with its alternatives, tried again and again until the trials say enough or the budget is spent.

Trials come in batches. After each batch an alternative that is surely worse than the best, under both continuations, is
tried no further; what was done and the best go on. A study is settled when its verdict is clear under both, when the
intervals are narrow, or at the most trials allowed. What it says does not depend on who carried the trials out, nor on
the order they came back in: a batch is looked at when all of it is there.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.review.branch import POLICIES, Branch, Policy
from sim.review.candidate import Candidate
from sim.review.decision import Decision
from sim.review.estimate import Estimate, best_of, difference, estimate, regret
from sim.review.verdict import FORCED_WITHIN, GREAT, NAMES, together, verdict_of
from sim.world.order import Order

CLAIRVOYANT = 0
"""In place of a trial's number: the run's own luck and truth, which nobody could know."""
FIRST_DROP = 8
"""No alternative is dropped before so many trials."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried."""

    batch: int = 4
    """Trials in a batch."""
    most: int = 64
    """Trials per alternative at most."""
    narrow: float = 1.5
    """Points: an interval this narrow, to each side, is enough."""
    horizon_min: float = 20.0
    """Minutes a continuation runs on."""
    stride: int = 2
    """Ticks in which bodies move in continuations."""
    policies: tuple[Policy, ...] = POLICIES
    alternatives: int = 12
    """At most so many, what was done and waiting included."""


@dataclass(frozen=True, slots=True)
class Work:
    """One continuation to be carried out."""

    decision: int
    alternative: int
    trial: int
    """`CLAIRVOYANT`, or 1 and up."""
    policy: Policy
    order: Order | None
    horizon_tick: int
    stride: int


@dataclass(slots=True)
class Paths:
    """Mean course of one alternative over its trials, with the trainee's own later orders."""

    trials: int = 0
    groups: NDArray[np.float64] | None = None
    whole: NDArray[np.float64] | None = None
    counts: NDArray[np.float64] | None = None

    def add(self, branch: Branch) -> None:
        """One more trial; a branch that ended early stays as it was in its last minute."""
        course = branch.course
        if self.groups is None or self.whole is None or self.counts is None:
            self.groups = course.groups.astype(np.float64)
            self.whole = course.whole.astype(np.float64)
            self.counts = np.array(course.counts, np.float64)
        else:
            minutes = min(len(self.groups), len(course.groups))
            self.groups = self.groups[:minutes] + course.groups[:minutes]
            self.whole = self.whole[:minutes] + course.whole[:minutes]
            self.counts = self.counts + np.array(course.counts, np.float64)
        self.trials += 1


@dataclass(slots=True)
class Study:
    """Everything known of one decision so far."""

    decision: Decision
    candidates: tuple[Candidate, ...]
    effort: Effort
    horizon_tick: int
    reproduces: bool
    """True when going on with what was done wrote the original journal again, digest for digest."""
    values: dict[tuple[int, Policy], dict[int, float]] = field(default_factory=dict)
    """By alternative and policy: value by trial."""
    gates: dict[int, int] = field(default_factory=dict)
    """By alternative: in how many trials a gate tripped."""
    paths: dict[int, Paths] = field(default_factory=dict)
    dropped: list[int] = field(default_factory=list)
    """Alternatives that are surely worse."""
    asked: int = 0
    """Trials asked for so far."""

    # ---- what is to be done

    @property
    def alive(self) -> list[int]:
        """Alternatives still tried, what was done (0) always among them."""
        return [k for k in range(len(self.candidates)) if k not in self.dropped]

    @property
    def waiting(self) -> bool:
        """True while part of a batch is still out."""
        return any(len(self._column(k, p)) < self.asked for k in self.alive for p in self.effort.policies)

    @property
    def settled(self) -> bool:
        """True when nothing more is to be tried."""
        if self.asked == 0 or self.waiting:
            return False
        if self.asked >= self.effort.most or len(self._judged()) < 2:
            return True
        regrets = [self.regret(policy) for policy in self.effort.policies]
        clear = all(verdict_of(each) in NAMES for each in regrets) and self.asked >= FIRST_DROP
        return clear or all(each.half_width <= self.effort.narrow for each in regrets)

    def batch(self) -> Iterator[Work]:
        """The next batch of continuations; with the first comes what nobody could know."""
        assert not self.waiting
        first, self.asked = self.asked + 1, min(self.effort.most, self.asked + self.effort.batch)
        for trial in range(first, self.asked + 1):
            for k in self.alive:
                for policy in self.effort.policies:
                    yield self._work(k, trial, policy)
        if first == 1:
            for k in range(len(self.candidates)):
                yield self._work(k, CLAIRVOYANT, "own")

    def _work(self, k: int, trial: int, policy: Policy) -> Work:
        return Work(
            decision=self.decision.number,
            alternative=k,
            trial=trial,
            policy=policy,
            order=self.candidates[k].order,
            horizon_tick=self.horizon_tick,
            stride=1 if trial == CLAIRVOYANT else self.effort.stride,
        )

    def take(self, work: Work, branch: Branch) -> None:
        """A continuation came back; with the last one of a batch, what is surely worse is dropped."""
        self.values.setdefault((work.alternative, work.policy), {})[work.trial] = branch.value
        if work.trial != CLAIRVOYANT:
            self.gates[work.alternative] = self.gates.get(work.alternative, 0) + bool(branch.gates)
            if work.policy == self.effort.policies[0]:
                self.paths.setdefault(work.alternative, Paths()).add(branch)
        if not self.waiting and self.asked >= FIRST_DROP:
            self._drop()

    def _drop(self) -> None:
        best = {policy: best_of(self._columns(policy)) for policy in self.effort.policies}
        for k in self.alive[1:]:
            if not self.candidates[k].lawful:
                continue
            if all(
                k != best[p] and difference(self._column(best[p], p), self._column(k, p)).low > 0.0
                for p in self.effort.policies
            ):
                self.dropped.append(k)

    # ---- what it says

    def _column(self, alternative: int, policy: Policy) -> list[float]:
        """Values by trial, from 1 on without a gap."""
        found = self.values.get((alternative, policy), {})
        column: list[float] = []
        while len(column) + 1 in found:
            column.append(found[len(column) + 1])
        return column

    def _judged(self) -> list[int]:
        """Alternatives that can be recommended, and what was done."""
        return [k for k in self.alive if k == 0 or self.candidates[k].lawful]

    def _columns(self, policy: Policy) -> dict[int, list[float]]:
        return {k: self._column(k, policy) for k in self._judged()}

    @property
    def trials(self) -> int:
        """Complete trials of what was done."""
        return min(len(self._column(0, policy)) for policy in self.effort.policies)

    def value(self, alternative: int, policy: Policy) -> Estimate:
        """What an alternative is worth in the mean."""
        return estimate(self._column(alternative, policy))

    def against_chosen(self, alternative: int, policy: Policy) -> Estimate:
        """An alternative minus what was done, trial by trial."""
        return difference(self._column(alternative, policy), self._column(0, policy))

    def regret(self, policy: Policy) -> Estimate:
        """What the choice cost against the best lawful alternative, as far as it could be known."""
        columns = self._columns(policy)
        if min(len(column) for column in columns.values()) == 0:
            return Estimate(0.0, -math.inf, math.inf, 0)
        return regret(columns, 0)

    @property
    def clairvoyant_regret(self) -> float | None:
        """What it cost as things then went, which nobody could know; None while that was not tried."""
        found = {k: self.values.get((k, "own"), {}).get(CLAIRVOYANT) for k in range(len(self.candidates))}
        values = {k: v for k, v in found.items() if v is not None and (k == 0 or self.candidates[k].lawful)}
        if 0 not in values:
            return None
        return max(values.values()) - values[0]

    def mean_value(self, alternative: int) -> float:
        """The mean over both continuations."""
        means = [self.value(alternative, policy).mean for policy in self.effort.policies]
        return math.fsum(means) / len(means)

    @property
    def best(self) -> int:
        """The lawful alternative with the highest mean; what was done when nothing lawful is better."""
        judged = [k for k in self._judged() if self.candidates[k].lawful and self._column(k, self.effort.policies[0])]
        if not judged:
            return 0
        return max(judged, key=lambda k: (self.mean_value(k), k == 0, -k))

    @property
    def forced(self) -> bool:
        """True when all that could have been done comes to the same: there was nothing to choose."""
        tried = [self.mean_value(k) for k in range(len(self.candidates)) if self.candidates[k].lawful and self._has(k)]
        return self.trials > 0 and bool(tried) and max(tried) - min(tried) <= FORCED_WITHIN

    def _has(self, alternative: int) -> bool:
        return all(self._column(alternative, policy) for policy in self.effort.policies)

    @property
    def verdict(self) -> str:
        """`unlawful`, `forced`, `great`, a band, `between …`, `contested` or `cannot tell`."""
        if not self.candidates[0].lawful:
            return "unlawful"
        if self.trials < 2:
            return "cannot tell"
        if self.forced:
            return "forced"
        if self._great():
            return "great"
        regrets = [self.regret(policy) for policy in self.effort.policies]
        return together(regrets[0], regrets[-1])

    def _great(self) -> bool:
        """The next best would surely have cost a band, whichever way it went on."""
        others = [k for k in range(1, len(self.candidates)) if self.candidates[k].lawful and self._has(k)]
        if not others or self.trials < FIRST_DROP:
            return False
        nearest = max(others, key=self.mean_value)
        return all(-self.against_chosen(nearest, policy).high >= GREAT for policy in self.effort.policies)
