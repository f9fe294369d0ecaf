"""Forecasts: those who look on say how likely something is, and are scored by how well calibrated they were.

A question opens with each decision window: will the crowd be judged agitated or worse, as the post sees it, three
minutes on? The score is Brier's: the square of the distance between what was said (0..1) and what came (0 or 1), so 0
is perfect and always saying one half earns 0.25 (Brier, "Verification of forecasts expressed in terms of probability",
Monthly Weather Review 78, 1950).
"""

from dataclasses import dataclass, field

from sim.crowd.state import CrowdState
from sim.drill.refused import Refused

AHEAD_TICKS = 1800
"""A question asks about the state three minutes on (assumed: long enough to be uncertain, short enough for a drill)."""
WORSE = (CrowdState.AGITATED, CrowdState.CLASH)


@dataclass(slots=True)
class Question:
    """One question and what was said to it."""

    number: int
    window: str
    opened_tick: int
    closes_tick: int
    """No answer counts after it."""
    due_tick: int
    said: dict[str, int] = field(default_factory=dict)
    """Percent, by callsign."""
    came: bool | None = None
    """What came of it; None before it is due, and for ever where nobody could see."""

    def predict(self, who: str, percent: int, tick: int) -> None:
        """Keeps a prediction; it can be changed until the question closes."""
        if not 0 <= percent <= 100:
            raise Refused("bad-message", "percent")
        if tick >= self.closes_tick:
            raise Refused("settled")
        self.said[who] = percent

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "question": self.number,
            "window": self.window,
            "opened_tick": self.opened_tick,
            "closes_tick": self.closes_tick,
            "due_tick": self.due_tick,
            "said": {who: self.said[who] for who in sorted(self.said)},
            "came": self.came,
        }


def brier(questions: list[Question]) -> dict[str, tuple[float, int]]:
    """By callsign: mean Brier score over the questions answered that are settled, and how many those are."""
    errors: dict[str, list[float]] = {}
    for question in questions:
        if question.came is None:
            continue
        for who in sorted(question.said):
            off = question.said[who] / 100.0 - float(question.came)
            errors.setdefault(who, []).append(off * off)
    return {who: (sum(found) / len(found), len(found)) for who, found in sorted(errors.items())}
