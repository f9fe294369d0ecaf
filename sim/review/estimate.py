"""Estimates from paired trials: means with intervals, and the regret of a choice, unbiased by picking the best.

The best of several noisy means looks better than it is. So the trials are cut in two halves; the best alternative is
picked by one half and judged by the other, and the two halves change places (cross-fitting). What is averaged is then,
for each trial, the value of an alternative picked without that trial, minus the value of what was done in that trial.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

T975 = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13)
"""Student's t at 97.5 % for 1 .. 15 degrees of freedom (tables); beyond, 1.96 + 2.5 / degrees is within 0.01."""
POOLED_FROM = 4
"""Degrees of freedom from which the spread of all differences together is believed."""
SCALE = 100.0
"""What a run is worth lies between 0 and this."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 95 % interval."""

    mean: float
    low: float
    high: float
    trials: int

    @property
    def half_width(self) -> float:
        """Half of the interval's length."""
        return 0.5 * (self.high - self.low)

    def as_dict(self) -> dict[str, object]:
        """JSON-able form, to a thousandth; an interval without ends is null."""
        ends = [round(end, 3) if math.isfinite(end) else None for end in (self.low, self.high)]
        return {"mean": round(self.mean, 3), "low": ends[0], "high": ends[1], "trials": self.trials}


def student(degrees: int) -> float:
    """Student's t at 97.5 % for so many degrees of freedom, at least 1."""
    return T975[degrees - 1] if degrees <= len(T975) else 1.96 + 2.5 / degrees


def estimate(values: Sequence[float]) -> Estimate:
    """The mean of independent values with a Student interval; from fewer than two nothing can be said of the spread."""
    n = len(values)
    if n == 0:
        return Estimate(0.0, -math.inf, math.inf, 0)
    mean = math.fsum(values) / n
    if n == 1:
        return Estimate(mean, -math.inf, math.inf, 1)
    spread = math.sqrt(math.fsum((v - mean) * (v - mean) for v in values) / (n - 1))
    half = student(n - 1) * spread / math.sqrt(n)
    return Estimate(mean, mean - half, mean + half, n)


def within(found: Estimate, low: float, high: float) -> Estimate:
    """The same with its interval cut off where no value can be; one that has no ends stays without."""
    if found.trials < 2:
        return found
    return replace(found, low=max(low, found.low), high=min(high, found.high))


def difference(ours: Sequence[float], theirs: Sequence[float]) -> Estimate:
    """Ours minus theirs over the trials both have, pair by pair; both are values from 0 to 100."""
    return within(estimate([a - b for a, b in zip(ours, theirs, strict=False)]), -SCALE, SCALE)


def regret(values: Mapping[int, Sequence[float]], chosen: int) -> Estimate:
    """What the choice cost against the best alternative, over the trials all of them have; see the module's words.

    Args:
        values: Values by alternative and trial; the chosen one among them. Only what may be recommended.
        chosen: Which one was done.

    Returns:
        The mean may lie a little below 0 when the choice was as good as any: then nothing was lost.
    """
    common = min(len(column) for column in values.values())
    others = [name for name in sorted(values) if name != chosen]
    if not others:
        return Estimate(0.0, 0.0, 0.0, common)
    gaps = []
    for trial in range(common):
        rest = [t for t in range(common) if t % 2 != trial % 2] or [trial]
        best = max(
            (*others, chosen),
            key=lambda name: (math.fsum(values[name][t] for t in rest), name == chosen, -name),
        )
        gaps.append(values[best][trial] - values[chosen][trial])
    return within(estimate(gaps), -SCALE, SCALE)


def best_of(values: Mapping[int, Sequence[float]]) -> int:
    """The alternative with the highest mean over its trials; of equal ones the first."""
    return max(sorted(values), key=lambda name: (math.fsum(values[name]) / max(1, len(values[name])), -name))


def behind_the_best(values: Mapping[int, Sequence[float]]) -> dict[int, tuple[float, float]]:
    """How far each is behind the best in the mean, and half the 95 % interval of that, by the spread of all of them.

    Two trials say little of the spread of one difference, but the differences of all alternatives to the best together
    say a good deal (the pooled variance of an analysis of variance). Where one spreads more than that, its own counts.
    Empty where there are fewer than `POOLED_FROM` degrees of freedom.
    """
    best = best_of(values)
    gaps = {k: [a - b for a, b in zip(values[best], values[k], strict=False)] for k in values if k != best}
    trials = min(map(len, values.values()))
    degrees = len(gaps) * (trials - 1)
    if degrees < POOLED_FROM:
        return {}
    means = {k: math.fsum(each[:trials]) / trials for k, each in gaps.items()}
    squares = {k: math.fsum((gap - means[k]) * (gap - means[k]) for gap in each[:trials]) for k, each in gaps.items()}
    pooled = math.fsum(squares.values()) / degrees
    reach = student(degrees) / math.sqrt(trials)
    return {k: (means[k], reach * math.sqrt(max(pooled, squares[k] / (trials - 1)))) for k in gaps}
