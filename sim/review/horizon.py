"""Horizon: how far ahead a review looks, chosen from how well cut continuations ranked alternatives as in the end.

The rule: the shortest horizon that ranks well enough in every scenario it was measured in. Where none does that can be
afforded, the shortest of those that rank as well as any of them where they rank worst.
"""

from collections.abc import Mapping
from dataclasses import dataclass

WANTED = 0.9
"""The tau from which a horizon is far enough."""
LONGEST_MIN = 60.0
"""Minutes: what a review of a big incident can spend; longer is measured and not chosen (assumed)."""

TAUS: Mapping[str, Mapping[float, float]] = {
    "first_steps": {5.0: 0.91, 10.0: 1.00, 20.0: 1.00, 30.0: 1.00, 45.0: 1.00, 60.0: 1.00, 90.0: 1.00},
    "taxi_ring_square": {5.0: 0.10, 10.0: 0.16, 20.0: 0.68, 30.0: 0.76, 45.0: 0.91, 60.0: 0.89, 90.0: 0.91},
    "health_valley_petition": {5.0: 0.48, 10.0: 0.56, 20.0: 0.96, 30.0: 0.96, 45.0: 0.96, 60.0: 0.93, 90.0: 0.93},
}
"""Kendall's tau by scenario and minutes ahead, over pairs of alternatives that end two points apart: 23 pairs of the
first lesson, 93 of the taxi blockade and 54 of the petition, from 540 continuations of 57 decisions. As `horizon` on
the command line printed it into docs/review.md, which says from which runs."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """A horizon and how well it ranks."""

    minutes: float
    worst: float
    """Tau where it ranks worst."""

    @property
    def far_enough(self) -> bool:
        """Whether it ranks well enough everywhere it was measured."""
        return self.worst >= WANTED


def chosen(taus: Mapping[str, Mapping[float, float]] = TAUS) -> Horizon:
    """The horizon the measurement speaks for, by the rule above."""
    shared = sorted(set.intersection(*(set(each) for each in taus.values())))
    worst = {minutes: min(each[minutes] for each in taus.values()) for minutes in shared if minutes <= LONGEST_MIN}
    best = min(WANTED, max(worst.values()))
    minutes = min(minutes for minutes, tau in worst.items() if tau >= best)
    return Horizon(minutes, worst[minutes])
