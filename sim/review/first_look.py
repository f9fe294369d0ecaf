"""First look: what one trial of a few alternatives, ten minutes ahead, lets be said of a decision, and how surely.

One trial has no spread of its own to make an interval from. So the interval is one that was measured: on continuations
that were played on to their end it was noted how far the regret seen in one trial at this horizon was from the regret
in the end of another trial. In 19 of 20 it was no further off than `Measured.off`. That covers luck, hidden state and
what comes after the horizon alike; it is wide, and the trials that follow take its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.review.estimate import SCALE, Estimate
from sim.review.outlook import measured_at
from sim.review.verdict import between

LOOK_MIN = 10.0
"""Minutes ahead at which it is looked first: so much can be said within two seconds. It bounds and does not rank."""


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What was done against a few alternatives, once."""

    minutes: float
    """How far ahead."""
    best: int
    """The best of those looked at; 0 when it is what was done."""
    others: int
    """How many alternatives were looked at."""
    regret: Estimate
    """Against the best of them, with the interval that held in 19 of 20 measured."""
    off: float
    """Points the interval reaches to each side."""
    tau: float
    """How well values at this horizon ranked alternatives as in the end."""
    off_here: bool
    """True when `off` was measured in this scenario, not in others."""
    tau_here: bool
    """True when `tau` was."""

    @property
    def verdict(self) -> str:
        """`sound` or worse, `between … and …`, or `cannot tell`."""
        return between(self.regret.low, self.regret.high)

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "verdict": self.verdict,
            "minutes_ahead": self.minutes,
            "alternatives": self.others,
            "best": self.best,
            "regret": self.regret.as_dict(),
            "within": self.off,
            "tau": self.tau,
            "within_measured_here": self.off_here,
            "tau_measured_here": self.tau_here,
        }


def first_look(values: Mapping[int, float], minutes: float, scenario: str) -> FirstLook | None:
    """What these values say, by alternative, what was done (0) among them.

    None where there is nothing to hold it against, or where nothing was measured of so short a horizon.
    """
    ranked = measured_at(minutes, scenario)
    # Where this scenario has been measured too little, how far off a look is comes from all of them together.
    known = ranked if ranked is None or ranked.off is not None else measured_at(minutes)
    if ranked is None or known is None or known.off is None or 0 not in values or len(values) < 2:
        return None
    best = max(sorted(values), key=lambda k: (values[k], -k))
    regret = values[best] - values[0]
    low, high = max(0.0, regret - known.off), min(SCALE, regret + known.off)
    return FirstLook(
        minutes=minutes,
        best=best,
        others=len(values) - 1,
        regret=Estimate(regret, low, high, 1),
        off=known.off,
        tau=ranked.tau,
        off_here=bool(known.scenario),
        tau_here=bool(ranked.scenario),
    )
