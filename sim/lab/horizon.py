"""How far the review has to look ahead: values at a horizon held against the same continuations played to their end.

Each continuation of a sample of decisions is played on to the end of the on-scene part. Its journal, cut at several
horizons, gives the score and the prospect there; whole, it gives the value in the end. Ranking the alternatives of a
decision by both, Kendall's tau says how much of the order the cut keeps. The weights of the outlook are fitted to the
same rows; what is reported of them comes from decisions they were not fitted to.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, play
from sim.exercise.save import load
from sim.review import Effort, Reviewing, Study
from sim.review.branch import Policy, begin, follow, value_of
from sim.review.outlook import MIDDLE, WEIGHTS, Prospect, prospect_of
from sim.scenario.scenario import Playbook
from sim.scoring import facts_of, score

HORIZONS_MIN = (5.0, 10.0, 20.0, 30.0, 45.0, 60.0, 90.0)
RIDGE = 1.0
"""How strongly the fit holds weights near 0: a sample of a few hundred continuations says little of each alone."""
APART = 2.0
"""Points between two alternatives below which the review itself calls them the same."""
WANTED = 0.9
"""The tau from which a horizon is far enough."""

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Cut:
    """One continuation as it stood at one horizon."""

    minutes: float
    score: float
    limit: float
    """The cap of the gates that had tripped since the decision; 100 for none."""
    left: float
    seen: dict[str, float]

    def value(self, weights: Weights) -> float:
        """What it is worth by these weights of the outlook."""
        terms = [weights["base"], weights["slope"] * (self.score - MIDDLE)]
        terms += [weights[name] * value for name, value in self.seen.items()]
        return min(self.limit, 100.0, max(0.0, self.score + self.left * math.fsum(terms)))


@dataclass(frozen=True, slots=True)
class Row:
    """One continuation, cut and whole."""

    scenario: str
    player: str
    seed: int
    decision: int
    minute: float
    alternative: int
    response: str
    policy: Policy
    trial: int
    end: float
    """What it was worth in the end."""
    lasted_min: float
    cuts: tuple[Cut, ...]

    @property
    def place(self) -> tuple[str, str, int, int]:
        """The decision it belongs to."""
        return (self.scenario, self.player, self.seed, self.decision)

    def as_dict(self) -> dict[str, Any]:
        """JSON-able form."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Row":
        """What `as_dict` made."""
        return cls(**{**data, "cuts": tuple(Cut(**cut) for cut in data["cuts"])})


@dataclass(frozen=True, slots=True)
class Sample:
    """What is to be tried of one scenario and one player."""

    decisions: int
    alternatives: int
    trials: int


def rows_of(
    playbook: Playbook,
    player: str,
    seed: int,
    sample: Sample,
    *,
    done: Callable[[int], bool] = lambda decision: False,
) -> Iterator[Row]:
    """Plays a run, then some of its decisions on to the end; decisions that are `done` are passed over."""
    run = Exercise(playbook, seed)
    end_tick = run.world.setting.tick(playbook.scenario.minutes[1])
    play(run, PLAYERS[player](), until=end_tick)
    reviewing = Reviewing(playbook, seed, list(run.journal), Effort())
    count = len(reviewing.decisions)
    wanted = {reviewing.decisions[k].number for k in _spread(count, sample.decisions)}
    opened = Exercise(playbook, seed)
    while (study := reviewing.open_next()) is not None:
        number = study.decision.number
        saved = reviewing.states.pop(number)
        if number in wanted and not done(number):
            yield from _decision(load(opened, saved), study, player, seed, sample, end_tick)


def _decision(run: Exercise, study: Study, player: str, seed: int, sample: Sample, end_tick: int) -> Iterator[Row]:
    playbook, decision = run.playbook, study.decision
    lawful = [k for k, candidate in enumerate(study.candidates) if candidate.lawful]
    for k in (lawful[at] for at in _spread(len(lawful), sample.alternatives)):
        for trial in range(1, sample.trials + 1):
            # Every other decision goes on by the other policy, so that a small sample has both.
            policy = study.effort.policies[decision.number % len(study.effort.policies)]
            fork = begin(run, trial, stride=study.effort.stride)
            order = study.candidates[k].order
            follow(fork, order, policy, decision.following, end_tick, stands_until=decision.until_tick)
            entries = list(fork.journal)
            value, _ = value_of(playbook, entries, since_tick=decision.tick)
            yield Row(
                scenario=playbook.scenario.id,
                player=player,
                seed=seed,
                decision=decision.number,
                minute=playbook.scenario.start_min + decision.tick / 600.0,
                alternative=k,
                response=study.candidates[k].response,
                policy=policy,
                trial=trial,
                end=value,
                lasted_min=(fork.tick_now - decision.tick) / 600.0,
                cuts=tuple(_cut(playbook, fork, decision.tick, minutes) for minutes in HORIZONS_MIN),
            )


def _cut(playbook: Playbook, fork: Exercise, since_tick: int, minutes: float) -> Cut:
    facts = facts_of(playbook)
    until = since_tick + round(minutes * 600)
    entries = [entry for entry in fork.journal if entry.tick <= until]
    card = score(entries, playbook.rubric, facts)
    since_min = facts.start_min + since_tick / 600.0
    limits = [gate.limit for gate in card.gates if gate.evidence[0].minute >= since_min]
    prospect: Prospect = prospect_of(entries, facts, playbook.scenario.minutes[1])
    return Cut(minutes, card.uncapped or 0.0, min(limits, default=100.0), prospect.left, dict(prospect.seen))


def _spread(number: int, wanted: int) -> list[int]:
    """So many of 0 .. number - 1, evenly, the first among them."""
    wanted = min(number, wanted)
    return sorted({round(k * (number - 1) / max(1, wanted - 1)) for k in range(wanted)})


# ---- what the rows say


@dataclass(frozen=True, slots=True)
class Standing:
    """How well one horizon ranks."""

    minutes: float
    tau: float
    """Mean over decisions, all pairs of alternatives."""
    tau_apart: float
    """Over pairs at least `APART` points apart in the end, all decisions together."""
    pairs: int
    """How many those are."""
    lost: float
    """Points lost in the end, in the mean, by taking the alternative that is best at the horizon."""


def standing_of(rows: Sequence[Row], minutes: float, weights: Mapping[tuple[str, str, int, int], Weights]) -> Standing:
    """How well values at a horizon rank, with the weights to be used at each decision."""
    taus, right, wrong, lost = [], 0, 0, []
    for place in dict.fromkeys(row.place for row in rows):
        here = [row for row in rows if row.place == place]
        ends, cuts = _means(here, minutes, weights[place])
        if len(ends) < 2:
            continue
        found = kendall_tau(cuts, ends)
        if found is not None:
            taus.append(found)
        lost.append(max(ends) - ends[max(range(len(cuts)), key=lambda k: (cuts[k], -k))])
        for i in range(len(ends)):
            for j in range(i):
                if abs(ends[i] - ends[j]) >= APART:
                    agree = (ends[i] - ends[j]) * (cuts[i] - cuts[j])
                    right, wrong = right + (agree > 0.0), wrong + (agree <= 0.0)
    return Standing(
        minutes=minutes,
        tau=math.fsum(taus) / max(1, len(taus)),
        tau_apart=(right - wrong) / max(1, right + wrong),
        pairs=right + wrong,
        lost=math.fsum(lost) / max(1, len(lost)),
    )


def _means(rows: Sequence[Row], minutes: float, weights: Weights) -> tuple[list[float], list[float]]:
    """Mean value in the end and at the horizon, by alternative."""
    ends, cuts = [], []
    for alternative in sorted({row.alternative for row in rows}):
        of_it = [row for row in rows if row.alternative == alternative]
        ends.append(math.fsum(row.end for row in of_it) / len(of_it))
        found = [next(cut for cut in row.cuts if cut.minutes == minutes).value(weights) for row in of_it]
        cuts.append(math.fsum(found) / len(found))
    return ends, cuts


def kendall_tau(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    """Kendall's tau-b of two rankings; None where one of them ranks nothing."""
    same, tied_ours, tied_theirs, pairs = 0, 0, 0, 0
    for i in range(len(ours)):
        for j in range(i):
            a = (ours[i] > ours[j]) - (ours[i] < ours[j])
            b = (theirs[i] > theirs[j]) - (theirs[i] < theirs[j])
            same, pairs = same + a * b, pairs + 1
            tied_ours, tied_theirs = tied_ours + (a == 0), tied_theirs + (b == 0)
    whole = (pairs - tied_ours) * (pairs - tied_theirs)
    return None if whole == 0 else same / math.sqrt(whole)


def fit(rows: Sequence[Row], minutes: Sequence[float] = HORIZONS_MIN) -> dict[str, float]:
    """Weights of the outlook by ridge regression of what the rows gained after each horizon on how they stood there.

    Rows of one decision, trial and horizon are held against their own mean, so that what is fitted is the difference
    between alternatives; only `base` comes from the level.
    """
    names = ["slope", *(name for name in WEIGHTS if name not in {"base", "slope"})]
    groups: dict[tuple[object, ...], list[tuple[list[float], float]]] = {}
    for row in rows:
        for cut in row.cuts:
            if cut.minutes not in minutes or cut.left <= 0.0 or cut.limit < 100.0 or row.end <= 0.0:
                continue
            xs = [cut.left * (cut.score - MIDDLE) / 100.0, *(cut.left * cut.seen[name] for name in names[1:])]
            groups.setdefault((*row.place, row.trial, cut.minutes), []).append((xs, row.end - cut.score))
    left, right = np.zeros((len(names), len(names))), np.zeros(len(names))
    for members in groups.values():
        x, y = np.array([m[0] for m in members]), np.array([m[1] for m in members])
        x, y = x - x.mean(axis=0), y - y.mean()
        left, right = left + x.T @ x, right + x.T @ y
    found = np.linalg.solve(left + RIDGE * np.eye(len(names)), right)
    weights = {name: float(value) for name, value in zip(names, found, strict=True)}
    weights["slope"] /= 100.0
    rest = [
        (row.end - cut.score) / cut.left
        - weights["slope"] * (cut.score - MIDDLE)
        - math.fsum(weights[name] * cut.seen[name] for name in names[1:])
        for row in rows
        for cut in row.cuts
        if cut.minutes in minutes and cut.left > 0.05 and cut.limit == 100.0
    ]
    return {"base": float(np.median(rest)) if rest else 0.0, **weights}


def left_out(rows: Sequence[Row]) -> dict[tuple[str, str, int, int], Weights]:
    """For each decision, weights fitted to the rows of all other decisions."""
    places = list(dict.fromkeys(row.place for row in rows))
    return {place: fit([row for row in rows if row.place != place]) for place in places}


def horizon_of(standings: Sequence[Standing]) -> float | None:
    """The shortest horizon from which on every horizon ranks well enough; None when none does."""
    found = None
    for each in sorted(standings, key=lambda s: -s.minutes):
        if each.tau_apart < WANTED:
            break
        found = each.minutes
    return found
