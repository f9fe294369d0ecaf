"""Ranking: how far the review has to look ahead, and how many trials the same luck saves, from played continuations.

The alternatives of a decision are ranked by their values at a horizon and by those in the end; Kendall's tau says how
much of the order the cut keeps. Weights of the outlook can be fitted to the same rows; what is reported of a fit
comes from decisions it was not made from.
"""

import itertools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median_low

import numpy as np

from sim.lab.horizon import HORIZONS_MIN, Row, Weights
from sim.lab.nearness import Nearness, nearness_of
from sim.review.first_look import LOOK_MIN
from sim.review.horizon import WANTED
from sim.review.outlook import MIDDLE, WEIGHTS

RIDGE = 1.0
"""How strongly the fit holds weights near 0: a sample of a few hundred continuations says little of each alone."""
APART = 2.0
"""Points between two alternatives below which the review itself calls them the same."""
NARROW = 1.5
"""Points to each side within which the review calls an interval narrow."""
NOTHING: Weights = dict.fromkeys(WEIGHTS, 0.0)

Place = tuple[str, str, int, int]


def read_rows(path: Path) -> list[Row]:
    """Rows kept in a file, one a line; what two programs have played and added alike counts once."""
    lines = dict.fromkeys(line for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [Row.from_dict(json.loads(line)) for line in lines]


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


def standing_of(rows: Sequence[Row], minutes: float, weights: Mapping[Place, Weights]) -> Standing:
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
        alike, other = pairs_apart(ends, cuts)
        right, wrong = right + alike, wrong + other
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


def pairs_apart(truth: Sequence[float], found: Sequence[float]) -> tuple[int, int]:
    """How many pairs at least `APART` points apart in truth stand in the same order in `found`, and how many do not."""
    right = wrong = 0
    for i in range(len(truth)):
        for j in range(i):
            if abs(truth[i] - truth[j]) >= APART:
                agree = (truth[i] - truth[j]) * (found[i] - found[j]) > 0.0
                right, wrong = right + agree, wrong + (not agree)
    return right, wrong


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


def halves(rows: Sequence[Row]) -> dict[Place, Weights]:
    """For each decision, weights fitted to the half of the decisions it is not in: every other one, in their order."""
    places = list(dict.fromkeys(row.place for row in rows))
    fitted = [fit([row for row in rows if row.place in places[half::2]]) for half in (0, 1)]
    return {place: fitted[1 - k % 2] for k, place in enumerate(places)}


def horizon_of(standings: Sequence[Standing]) -> float | None:
    """The shortest horizon from which on every horizon ranks well enough; None when none does."""
    found = None
    for each in sorted(standings, key=lambda s: -s.minutes):
        if each.tau_apart < WANTED:
            break
        found = each.minutes
    return found


@dataclass(frozen=True, slots=True)
class Pairing:
    """How many trials a difference between two alternatives needs, with luck of their own and with the same luck."""

    scenario: str
    independent: float
    """Trials until the 95 % interval is within `NARROW`, each alternative with its own luck."""
    paired: float
    """The same where both meet the same chance events."""
    middle: float | None
    """How many times fewer the same luck needs in the middle one of the decisions; None where it needs no second
    trial. Pooled, a single decision after which an incident may turn either way outweighs all others."""

    @property
    def gain(self) -> float:
        """How many times fewer the same luck needs."""
        return self.independent / self.paired if self.paired > 0.0 else math.inf


def pairing_of(scenario: str, rows: Sequence[Row]) -> Pairing | None:
    """Pooled over all pairs of alternatives of all decisions; None without two trials of two alternatives anywhere."""
    own: list[float] = []
    shared: list[float] = []
    gains: list[float] = []
    for place in dict.fromkeys(row.place for row in rows):
        own_here, shared_here = _spreads([row for row in rows if row.place == place])
        own, shared = own + own_here, shared + shared_here
        if any(own_here):
            gains.append(math.fsum(own_here) / math.fsum(shared_here) if any(shared_here) else math.inf)
    if not own:
        return None
    scale = (1.96 / NARROW) ** 2
    middle = median_low(gains) if gains else 1.0
    return Pairing(
        scenario,
        independent=scale * math.fsum(own) / len(own),
        paired=scale * math.fsum(shared) / len(shared),
        middle=middle if math.isfinite(middle) else None,
    )


def _spreads(rows: Sequence[Row]) -> tuple[list[float], list[float]]:
    """Of each pair of alternatives of one decision the variance of the difference, each by its own luck and paired."""
    ends: dict[int, dict[int, float]] = {}
    for row in rows:
        ends.setdefault(row.alternative, {})[row.trial] = row.end
    own, shared = [], []
    for one, other in itertools.combinations(sorted(ends), 2):
        a, b = ends[one], ends[other]
        trials = sorted(set(a) & set(b))
        if len(trials) >= 2:
            own.append(_variance([a[t] for t in trials]) + _variance([b[t] for t in trials]))
            shared.append(_variance([a[t] - b[t] for t in trials]))
    return own, shared


def _variance(values: Sequence[float]) -> float:
    mean = math.fsum(values) / len(values)
    return math.fsum((v - mean) ** 2 for v in values) / (len(values) - 1)


@dataclass(frozen=True, slots=True)
class Alone:
    """How well the horizons rank in one scenario alone."""

    scenario: str
    decisions: int
    continuations: int
    standings: tuple[Standing, ...]
    """With weights fitted to the half of all decisions each is not in."""
    horizon: float | None
    """Minutes that are far enough there; None when none are."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a sample of continuations says."""

    runs: tuple[str, ...]
    """Scenario and player of each run."""
    decisions: int
    continuations: int
    with_outlook: tuple[Standing, ...]
    score_alone: tuple[Standing, ...]
    refitted: tuple[Standing, ...]
    """With weights fitted anew, for each decision to the half it is not in."""
    weights: Weights
    """Fitted to all of them."""
    horizon: float | None
    """Minutes that are far enough; None when none are."""
    pairings: tuple[Pairing, ...]
    by_scenario: tuple["Alone", ...]
    near: tuple[tuple[str, Nearness], ...]
    """What a first look is worth, of all ("") and of each scenario."""

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return asdict(self)


def found_of(rows: Sequence[Row]) -> Found:
    """All that the rows say."""
    places: list[Place] = list(dict.fromkeys(row.place for row in rows))
    runs = tuple(dict.fromkeys(f"{row.scenario} {row.player}" for row in rows))

    def standings(weights: Mapping[Place, Weights]) -> tuple[Standing, ...]:
        return tuple(standing_of(rows, minutes, weights) for minutes in HORIZONS_MIN)

    ours = standings(dict.fromkeys(places, WEIGHTS))
    names = dict.fromkeys(row.scenario for row in rows)
    pairs = [pairing_of(name, [row for row in rows if row.scenario == name]) for name in names]
    other = halves(rows)
    alone = [_alone(name, [row for row in rows if row.scenario == name], other) for name in names]
    return Found(
        runs=runs,
        decisions=len(places),
        continuations=len(rows),
        with_outlook=ours,
        score_alone=standings(dict.fromkeys(places, NOTHING)),
        refitted=standings(other),
        weights=fit(rows),
        horizon=horizon_of(standings(other)),
        pairings=tuple(each for each in pairs if each is not None),
        by_scenario=tuple(alone),
        near=tuple(
            (name, nearness_of([row for row in rows if not name or row.scenario == name], LOOK_MIN, WEIGHTS))
            for name in ("", *names)
        ),
    )


def _alone(scenario: str, rows: Sequence[Row], weights: Mapping[Place, Weights]) -> Alone:
    places = list(dict.fromkeys(row.place for row in rows))
    standings = tuple(standing_of(rows, minutes, weights) for minutes in HORIZONS_MIN)
    return Alone(scenario, len(places), len(rows), standings, horizon_of(standings))
