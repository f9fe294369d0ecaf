"""Nearness: how far the regret one trial shows at a horizon was from the regret in the end of another trial.

This is what a first look rests on (`sim.review.first_look`): what was done is held against two alternatives, once, at
the horizon; then in the end, in another trial. The figure is the distance that 19 of 20 such cases keep.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from sim.lab.horizon import Row, Weights

SHARE = 0.95
AGAINST = 2
"""So many alternatives a first look holds against what was done."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """Of one horizon."""

    minutes: float
    off: float | None
    """Points within which 19 of 20 came; None without two trials of two alternatives anywhere."""
    cases: int


def nearness_of(rows: Sequence[Row], minutes: float, weights: Weights) -> Nearness:
    """Over all decisions, pairs of trials and pairs of alternatives to what was done."""
    gaps: list[float] = []
    for place in dict.fromkeys(row.place for row in rows):
        seen: dict[int, dict[int, float]] = {}
        came: dict[int, dict[int, float]] = {}
        for row in rows:
            if row.place == place:
                cut = next(cut for cut in row.cuts if cut.minutes == minutes)
                seen.setdefault(row.trial, {})[row.alternative] = cut.value(weights)
                came.setdefault(row.trial, {})[row.alternative] = row.end
        for one, other in itertools.permutations(sorted(seen), 2):
            both = sorted(set(seen[one]) & set(came[other]) - {0})
            if 0 not in seen[one] or 0 not in came[other]:
                continue
            some = itertools.combinations(both, min(AGAINST, len(both)))
            gaps.extend(abs(_regret(seen[one], each) - _regret(came[other], each)) for each in some)
    gaps.sort()
    off = gaps[math.ceil(SHARE * len(gaps)) - 1] if gaps else None
    return Nearness(minutes, off, len(gaps))


def _regret(values: dict[int, float], against: Sequence[int]) -> float:
    return max(values[k] for k in (0, *against)) - values[0]
