"""Verdicts by regret: sound, imprecise, poor or serious, and nothing of the sort where the trials do not say so.

A band is named only when the whole interval lies in it. Bands start at 5, 10 and 15 points (`BANDS`, assumed after the
bands chess sites use on a scale of 0 to 100). Two continuations are looked at, the trainee's own later orders and the
doctrine player's; where they disagree the verdict is `contested`. An unlawful order is `unlawful` whatever came of it,
and who had no choice is not judged.
"""

from sim.review.estimate import Estimate

BANDS = (5.0, 10.0, 15.0)
NAMES = ("sound", "imprecise", "poor", "serious")
FORCED_WITHIN = 2.0
"""All that could have been done lies this close together: there was nothing to choose (assumed)."""
GREAT = 5.0
"""A choice is great when the next best would surely have cost at least so much."""


def band(points: float) -> int:
    """The number of the band a regret lies in, 0 for the best."""
    return sum(points >= edge for edge in BANDS)


def verdict_of(regret: Estimate) -> str:
    """`sound`, `imprecise`, `poor` or `serious`; `between sound and poor`; or `cannot tell`.

    `cannot tell` when the interval reaches from the best band to the worst, or there are too few trials for one.
    """
    return "cannot tell" if regret.trials < 2 else between(regret.low, regret.high)


def between(least: float, most: float) -> str:
    """The verdict on a regret that lies between these two."""
    low, high = band(max(0.0, least)), band(max(0.0, most))
    if low == 0 and high == len(BANDS):
        return "cannot tell"
    return NAMES[low] if low == high else f"between {NAMES[low]} and {NAMES[high]}"


def together(own: Estimate, doctrine: Estimate) -> str:
    """One verdict from both continuations: the shared one, else `contested` where both are clear and differ.

    Where only one is clear, or neither is, the wider of the two is said: nothing is serious on half the evidence.
    """
    first, second = verdict_of(own), verdict_of(doctrine)
    if first == second:
        return first
    if first in NAMES and second in NAMES:
        return "contested"
    unclear = [each for each in (first, second) if each not in NAMES]
    return "cannot tell" if "cannot tell" in unclear else _wider(own, doctrine)


def _wider(own: Estimate, doctrine: Estimate) -> str:
    return between(min(own.low, doctrine.low), max(own.high, doctrine.high))
