"""The few statistics the rows use: means with intervals, straight lines, ranks, spreads.

Intervals are percentile bootstrap (Efron 1979) with keyed draws, so that a table comes out the same every time.
"""

import math
from collections.abc import Callable, Sequence

from sim.core.noise import Noise, Stream

RESAMPLES = 1000
_NOISE = Noise(seed=19)


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean; nan of nothing."""
    return math.fsum(values) / len(values) if values else math.nan


def deviation(values: Sequence[float]) -> float:
    """Return the sample standard deviation; 0 for fewer than two values."""
    if len(values) < 2:
        return 0.0
    centre = mean(values)
    return math.sqrt(math.fsum((v - centre) * (v - centre) for v in values) / (len(values) - 1))


def median(values: Sequence[float]) -> float:
    """Return the median; nan of nothing."""
    return quantile(values, 0.5)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the values lie, interpolated; nan of nothing."""
    if not values:
        return math.nan
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def interval(
    values: Sequence[float], statistic: Callable[[Sequence[float]], float] = mean, level: float = 0.95
) -> tuple[float, float]:
    """Return the bootstrap interval of a statistic of these values; a single value is its own interval."""
    n = len(values)
    if n < 2:
        only = statistic(values)
        return only, only
    found = [statistic([values[_NOISE.choice(n, Stream.PLAYER, r, k)] for k in range(n)]) for r in range(RESAMPLES)]
    return quantile(found, (1.0 - level) / 2.0), quantile(found, (1.0 + level) / 2.0)


def share_interval(hits: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    if n == 0:
        return 0.0, 1.0
    z, p = 1.959964, hits / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def line(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float, float]:
    """Return slope, intercept and R2 of the least-squares line through the points."""
    mx, my = mean(xs), mean(ys)
    sxx = math.fsum((x - mx) * (x - mx) for x in xs)
    sxy = math.fsum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True))
    syy = math.fsum((y - my) * (y - my) for y in ys)
    slope = sxy / sxx if sxx > 0.0 else math.nan
    return slope, my - slope * mx, sxy * sxy / (sxx * syy) if sxx > 0.0 and syy > 0.0 else math.nan


def gini(values: Sequence[float]) -> float:
    """Return how unevenly a total is spread: 0 for all the same, towards 1 for one who has it all."""
    ordered = sorted(values)
    total = math.fsum(ordered)
    if total <= 0.0:
        return 0.0
    n = len(ordered)
    return 2.0 * math.fsum((k + 1) * v for k, v in enumerate(ordered)) / (n * total) - (n + 1) / n
