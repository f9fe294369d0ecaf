"""Stopping: which alternatives are tried no further, since they are surely worse than the best or surely as good.

One rule for the review and for the row of `bench` that times it. The best of those tried goes on whatever is found. Of
two or three trials something is said only by the spread of all differences together (`behind_the_best`), and of worse
ones only where they are worse by far; from `FIRST_DROP` trials on what is worse is told by its own spread.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sim.review.estimate import behind_the_best, best_of, difference
from sim.review.verdict import FORCED_WITHIN

FIRST_DROP = 4
"""Before so many trials an alternative is worse only where all together say so, no narrow interval is believed, and
nothing mild is said."""
NARROW = 1.5
"""Points: so near the best an alternative is as good, and an interval this narrow, to each side, is enough."""

Reason = Literal["worse", "alike"]
WORSE: Reason = "worse"
ALIKE: Reason = "alike"


@dataclass(frozen=True, slots=True)
class Stop:
    """Why an alternative is tried no further, by one way of going on."""

    why: Reason
    than: int
    """The best there was, which it was held against."""
    behind: float
    """Points it was behind that one in the mean."""
    half: float
    """Half of the 95 % interval of that."""
    trials: int
    """How many trials said so."""

    @property
    def ahead(self) -> float:
        """Points by which it may be better than that one after all, at most."""
        return max(0.0, self.half - self.behind)


def stops(columns: Mapping[int, Sequence[float]], narrow: float = NARROW) -> dict[int, Stop]:
    """Who of those tried equally often need be tried no further, and why.

    Args:
        columns: Values by alternative and trial.
        narrow: Points within which an alternative is as good as the best.
    """
    if not columns:
        return {}
    trials, best, behind = min(map(len, columns.values())), best_of(columns), behind_the_best(columns)
    found = {k: Stop(ALIKE, best, mean, half, trials) for k, (mean, half) in behind.items() if mean + half <= narrow}
    # What is surely a little worse is worse, even where it is surely within the points that make it as good.
    if trials < FIRST_DROP:
        by_far = {k: each for k, each in behind.items() if each[0] - each[1] > FORCED_WITHIN}
        return found | {k: Stop(WORSE, best, mean, half, trials) for k, (mean, half) in by_far.items()}
    gaps = {k: difference(columns[best], column) for k, column in columns.items() if k != best}
    return found | {k: Stop(WORSE, best, g.mean, g.half_width, trials) for k, g in gaps.items() if g.low > 0.0}
