"""Study: one decision with its alternatives, tried again and again until the trials say enough or the budget is spent.

Trials come in batches. The first is a first look: what was done, what the doctrine player would do first, and waiting,
once, with the first policy alone; then by both and twice. Then everything is tried twice, then four times, and on by
whole batches. An alternative that is surely worse than the best, or surely as good, under both continuations, is tried
no further (`stopping`); what was done, the best and one to hold what was done against go on. A study is decided when
its verdict is clear under both, when the intervals are narrow, or at the most trials allowed; last comes what nobody
could know, and it is settled. What it says does not depend on who carried the trials out, nor on the order they came
back in: a batch is looked at when all of it is there.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from sim.review.branch import Branch, Policy
from sim.review.candidate import Candidate
from sim.review.decision import Decision
from sim.review.estimate import SCALE, Estimate, difference, estimate, regret, within
from sim.review.first_look import LOOK_MIN, FirstLook, first_look
from sim.review.stopping import FIRST_DROP, WORSE, Stop, stops
from sim.review.verdict import FORCED_WITHIN, GREAT, NAMES, together, verdict_of
from sim.review.work import CLAIRVOYANT, Effort, Work

FIRST_LOOK = 2
"""Trials of the first look, and of everything after it."""
FIRST_CLEAR = 8
"""No verdict ends a study before so many trials, and none is great."""
NO_BETTER = "no better"
"""Why an alternative is tried no further that is surely worse in one way of going on and as good in the other."""


@dataclass(slots=True)
class Paths:
    """Mean course of one alternative over its trials, with the trainee's own later orders."""

    trials: int = 0
    groups: NDArray[np.float64] | None = None
    whole: NDArray[np.float64] | None = None
    counts: NDArray[np.float64] | None = None
    told: NDArray[np.float64] | None = None

    def add(self, branch: Branch) -> None:
        """One more trial; a branch that ended early stays as it was in its last minute."""
        course = branch.course
        if self.groups is None or self.whole is None or self.counts is None or self.told is None:
            self.groups = course.groups.astype(np.float64)
            self.whole = course.whole.astype(np.float64)
            self.counts = np.array(course.counts, np.float64)
            self.told = np.array(course.told, np.float64)
        else:
            minutes = min(len(self.groups), len(course.groups))
            self.groups = self.groups[:minutes] + course.groups[:minutes]
            self.whole = self.whole[:minutes] + course.whole[:minutes]
            self.counts = self.counts + np.array(course.counts, np.float64)
            self.told = self.told + np.array(course.told, np.float64)
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
    stopped: dict[int, dict[Policy, Stop]] = field(default_factory=dict)
    """By alternative that is tried no further: why, by policy."""
    stops_alike: bool = True
    """False once a verdict hung on what had been stopped as being as good as the best: that is tried on."""
    early: dict[int, float] = field(default_factory=dict)
    """By alternative: what the first trial was worth by the minute of the first look, where that was told ahead."""
    asked: int = 0
    """Trials asked for so far."""
    trials: int = 0
    """Complete trials: what is said rests on these."""
    batches: int = 0
    """Batches asked for so far."""
    foreseen: bool = False
    """True once what nobody could know was asked for."""
    out: set[tuple[int, int, Policy]] = field(default_factory=set)
    """Alternative, trial and policy of what is not back yet."""

    # ---- what is to be done

    @property
    def alive(self) -> list[int]:
        """Alternatives still tried, what was done (0) always among them."""
        return [k for k in range(len(self.candidates)) if k not in self.stopped]

    @property
    def waiting(self) -> bool:
        """True while part of a batch is still out."""
        return bool(self.out)

    @property
    def settled(self) -> bool:
        """True when nothing more is to be tried."""
        return self.foreseen and not self.waiting

    @property
    def decided(self) -> bool:
        """True when more trials would not change what it says, or are not allowed."""
        return not self.waiting and self._enough and not self._hidden_by_stopping

    @property
    def _enough(self) -> bool:
        """True when those still tried would say nothing else after more trials, or more are not allowed."""
        if not self._all_tried:
            return False
        if self.asked >= self.effort.most or len(self._judged()) < 2:
            return True
        # More trials do not narrow what those that go no further may be ahead; so the wait is not for that.
        regrets = [self._regret_of_those_tried(policy) for policy in self.effort.policies]
        clear = all(verdict_of(each) in NAMES for each in regrets) and self.trials >= FIRST_CLEAR
        narrow = all(each.half_width <= self.effort.narrow for each in regrets) and self.trials >= FIRST_DROP
        return clear or (narrow and not self._may_prove_great)

    @property
    def _hidden_by_stopping(self) -> bool:
        """True when there would be a verdict, had not something that was as good as the best been stopped."""
        if self.forced or not self.candidates[0].lawful or not any(map(self._unseen, self.effort.policies)):
            return False
        regrets = [self._regret_of_those_tried(policy) for policy in self.effort.policies]
        return together(regrets[0], regrets[-1]) in NAMES and self.verdict not in NAMES

    def batch(self) -> Iterator[Work]:
        """The next batch of continuations; the last is of what nobody could know."""
        assert not self.waiting
        self.batches += 1
        works = self._next()
        self.out = {(each.alternative, each.trial, each.policy) for each in works}
        yield from works

    def _next(self) -> list[Work]:
        if self.decided:
            self.foreseen = True
            return [self._work(k, CLAIRVOYANT, "own") for k in range(len(self.candidates))]
        if self.batches == 1:
            policy = self.effort.policies[0]
            works = [self._work(k, 1, policy) for k in self._first_looked_at()]
            return [replace(work, early_tick=self._look_tick) for work in works]
        if self.asked == 0:
            self.asked = min(FIRST_LOOK, self.effort.most)
            return self._trials(self._first_looked_at(), 1)
        if not self._all_tried:
            seen = self._first_looked_at()
            return self._trials([k for k in self.alive if k not in seen], 1)
        if self._enough:
            return self._go_on_with_all()
        first = self.asked + 1
        step = FIRST_LOOK if self.asked < FIRST_DROP else self.effort.batch
        self.asked = min(self.effort.most, self.asked + step)
        return self._trials(self.alive, first)

    def _go_on_with_all(self) -> list[Work]:
        """What was as good as the best is tried as often as the rest, since the verdict hangs on it."""
        self.stops_alike = False
        self.stopped = {k: each for k, each in self.stopped.items() if self.why_stopped(k) == WORSE}
        return self._trials(self.alive, 1)

    def _trials(self, alternatives: list[int], first: int) -> list[Work]:
        return [
            self._work(k, trial, policy)
            for trial in range(first, self.asked + 1)
            for k in alternatives
            for policy in self.effort.policies
            if trial not in self.values.get((k, policy), {})
        ]

    @property
    def _look_tick(self) -> int:
        return min(self.horizon_tick, self.decision.tick + round(LOOK_MIN * 600))

    def _first_looked_at(self) -> list[int]:
        """What was done, what the doctrine player would do first, and waiting."""
        waiting = [k for k, each in enumerate(self.candidates) if each.source == "hold"]
        wish = [k for k, each in enumerate(self.candidates) if each.source == "doctrine"]
        return [0, *wish[:1], *waiting[:1]]

    @property
    def _all_tried(self) -> bool:
        return self.trials > 0 and all(self._has(k) for k in range(len(self.candidates)))

    def _work(self, k: int, trial: int, policy: Policy) -> Work:
        return Work(
            decision=self.decision.number,
            alternative=k,
            trial=trial,
            policy=policy,
            order=self.candidates[k].order,
            horizon_tick=self.horizon_tick,
            stride=1 if trial == CLAIRVOYANT else self.effort.stride,
            stands_until=self.decision.until_tick,
            luck=self.effort.luck,
        )

    def take(self, work: Work, branch: Branch) -> None:
        """A continuation came back; with the last one of a batch it is seen who goes on."""
        self.out.discard((work.alternative, work.trial, work.policy))
        self.values.setdefault((work.alternative, work.policy), {})[work.trial] = branch.value
        if work.trial != CLAIRVOYANT:
            self.gates[work.alternative] = self.gates.get(work.alternative, 0) + bool(branch.gates)
            if work.policy == self.effort.policies[0]:
                self.paths.setdefault(work.alternative, Paths()).add(branch)
        if not self.waiting and not self.foreseen:
            self.trials = self.asked
            if self._all_tried:
                self._stop()

    def _stop(self) -> None:
        # What an unlawful act gained is no measure: by it everything lawful might be stopped.
        lawful = [k for k in self._judged() if self.candidates[k].lawful]
        found = {
            policy: stops({k: self._column(k, policy) for k in lawful}, self.effort.narrow)
            for policy in self.effort.policies
        }
        if not self.stops_alike:
            found = {policy: {k: s for k, s in each.items() if s.why == WORSE} for policy, each in found.items()}
        others = [k for k in lawful if k != 0]
        ending = [k for k in others if all(k in each for each in found.values())]
        if ending and ending == others:
            # What was done is held against something to the end; else nothing could be said of it.
            ending.remove(max(others, key=self.ahead_of_chosen))
        self.stopped |= {k: {policy: each[k] for policy, each in found.items()} for k in ending}

    def why_stopped(self, alternative: int) -> str:
        """`worse`, `alike` or `no better` than the best where it is tried no further, else nothing."""
        reasons = [stop.why for stop in self.stopped.get(alternative, {}).values()]
        if not reasons:
            return ""
        return reasons[0] if len(set(reasons)) == 1 else NO_BETTER

    # ---- what it says

    def first_look(self, scenario: str) -> FirstLook | None:
        """What one trial says while the trials do not say more; None before there is one, and after."""
        if self.trials >= FIRST_DROP or self.settled:
            return None
        policy, until = self.effort.policies[0], self._look_tick
        seen = {k: value for k, value in self.early.items() if k == 0 or self.candidates[k].lawful}
        if len(seen) < 2:
            # Taken over from an earlier review, or through before anybody asked: then it is known to the horizon.
            found = {k: self.values.get((k, policy), {}).get(1) for k in self._first_looked_at()}
            seen = {k: v for k, v in found.items() if v is not None and (k == 0 or self.candidates[k].lawful)}
            until = self.horizon_tick
        return first_look(seen, (until - self.decision.tick) / 600.0, scenario)

    def _column(self, alternative: int, policy: Policy) -> list[float]:
        """Values by trial, from 1 on without a gap, as far as the last complete batch."""
        found = self.values.get((alternative, policy), {})
        column: list[float] = []
        while len(column) < self.trials and len(column) + 1 in found:
            column.append(found[len(column) + 1])
        return column

    def _judged(self) -> list[int]:
        """Alternatives that can be recommended, and what was done."""
        return [k for k in self.alive if k == 0 or self.candidates[k].lawful]

    def _columns(self, policy: Policy) -> dict[int, list[float]]:
        """Those tried as often as what was done; after the first look not all are."""
        columns = {k: self._column(k, policy) for k in self._judged()}
        return {k: column for k, column in columns.items() if len(column) == self.trials}

    def value(self, alternative: int, policy: Policy) -> Estimate:
        """What an alternative is worth in the mean."""
        return within(estimate(self._column(alternative, policy)), 0.0, SCALE)

    def against_chosen(self, alternative: int, policy: Policy) -> Estimate:
        """An alternative minus what was done, trial by trial.

        Two or three trials have no spread of their own worth the name. Where they ended an alternative, what they said
        of all together stands: how far it is behind another, and that one ahead of what was done.
        """
        stop = self.stopped.get(alternative, {}).get(policy)
        if stop is None or stop.trials >= FIRST_DROP:
            return difference(self._column(alternative, policy), self._column(0, policy))
        other = Estimate(0.0, 0.0, 0.0, stop.trials) if stop.than == 0 else self.against_chosen(stop.than, policy)
        mean = other.mean - stop.behind
        half = other.half_width + stop.half
        return within(Estimate(mean, mean - half, mean + half, stop.trials), -SCALE, SCALE)

    def ahead_of_chosen(self, alternative: int) -> float:
        """Points it is ahead of what was done in the mean over both continuations, over the trials both have."""
        means = [self.against_chosen(alternative, policy).mean for policy in self.effort.policies]
        return math.fsum(means) / len(means)

    def regret(self, policy: Policy) -> Estimate:
        """What the choice cost against the best lawful alternative, as far as it could be known.

        Its interval reaches as far up as one that is tried no further may be better than those that are.
        """
        found = self._regret_of_those_tried(policy)
        return within(replace(found, high=found.high + self._unseen(policy)), -SCALE, SCALE)

    def _regret_of_those_tried(self, policy: Policy) -> Estimate:
        if self.trials == 0:
            return Estimate(0.0, -math.inf, math.inf, 0)
        return regret(self._columns(policy), 0)

    def _unseen(self, policy: Policy) -> float:
        """Points by which something that is tried no further may be better than all that are, at most."""
        most = 0.0
        for alternative in self.stopped:
            ahead, at = 0.0, alternative
            # Whom it was held against may have been stopped later, beside somebody else.
            while at in self.stopped:
                stop = self.stopped[at][policy]
                ahead, at = ahead + stop.ahead, stop.than
            most = max(most, ahead)
        return most

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
        """The lawful alternative with the highest mean; what was done when nothing lawful is better.

        What was tried less often, in a batch that is not through, is none yet.
        """
        tried = [self._columns(policy) for policy in self.effort.policies] if self.trials else [{}]
        judged = [k for k in self._judged() if self.candidates[k].lawful and all(k in columns for columns in tried)]
        if not judged:
            return 0
        return max(judged, key=lambda k: (self.mean_value(k), k == 0, -k))

    @property
    def forced(self) -> bool:
        """True when all that could have been done comes to the same: there was nothing to choose."""
        lawful = [k for k in range(len(self.candidates)) if self.candidates[k].lawful and self._has(k)]
        tried = [self.ahead_of_chosen(k) for k in lawful]
        return self.trials > 0 and bool(tried) and max(tried) - min(tried) <= FORCED_WITHIN

    def _has(self, alternative: int) -> bool:
        return all(1 in self.values.get((alternative, policy), {}) for policy in self.effort.policies)

    @property
    def verdict(self) -> str:
        """`unlawful`, `forced`, `great`, a band, `between …`, `contested` or `cannot tell`."""
        if not self.candidates[0].lawful:
            return "unlawful"
        regrets = [self.regret(policy) for policy in self.effort.policies]
        found = together(regrets[0], regrets[-1])
        if not self._all_tried:
            # What has not been tried may be better still: only the worst can be said for certain.
            return found if found == NAMES[-1] else "cannot tell"
        if self.trials < min(FIRST_DROP, self.effort.most):
            # Two trials that happen to agree have no spread, and would pass for certainty.
            return found if found == NAMES[-1] else "cannot tell"
        if self.forced:
            return "forced"
        return "great" if self._great() else found

    @property
    def _nearest(self) -> int | None:
        """The lawful alternative that comes nearest to what was done, or is furthest ahead of it."""
        others = [k for k in range(1, len(self.candidates)) if self.candidates[k].lawful and self._has(k)]
        return max(others, key=self.ahead_of_chosen, default=None)

    def _great(self) -> bool:
        """The next best would surely have cost a band, whichever way it went on."""
        nearest = self._nearest
        if nearest is None or self.trials < FIRST_CLEAR:
            return False
        return all(-self.against_chosen(nearest, policy).high >= GREAT for policy in self.effort.policies)

    @property
    def _may_prove_great(self) -> bool:
        """True while only trials are lacking to say that everything else would have cost a band."""
        nearest = self._nearest
        if nearest is None or self.trials >= FIRST_CLEAR or not self.candidates[0].lawful:
            return False
        return all(-self.against_chosen(nearest, policy).mean >= GREAT for policy in self.effort.policies)
