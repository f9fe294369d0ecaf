"""Forecasts: those who look on say how likely something is, and are scored by how well calibrated they were.

Two things are asked with each decision window: will the crowd be judged agitated or worse, as the post sees it, three
minutes on, and which of the answers laid out will come out best. The score is Brier's: the square of the distance
between what was said (0..1) and what came (0 or 1), so 0 is perfect and always saying one half earns 0.25 (Brier,
"Verification of forecasts expressed in terms of probability", Monthly Weather Review 78, 1950).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sim.crowd.state import CrowdState
from sim.drill.refused import Refused

AHEAD_TICKS = 1800
"""A question asks about the state three minutes on (assumed: long enough to be uncertain, short enough for a drill)."""
WORSE = (CrowdState.AGITATED, CrowdState.CLASH)


@dataclass(frozen=True, slots=True)
class Pick:
    """Which answer somebody thinks will come out best."""

    choice: int
    """Number of the choice as the window lays them out, from 1 on."""
    percent: int
    """How sure they are."""


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
    picked: dict[str, Pick] = field(default_factory=dict)
    """The answer they favour, by callsign."""

    def predict(self, who: str, percent: int, tick: int) -> None:
        """Keeps a prediction; it can be changed until the question closes."""
        if not 0 <= percent <= 100:
            raise Refused("bad-message", "percent")
        if tick >= self.closes_tick:
            raise Refused("settled")
        self.said[who] = percent

    def pick(self, who: str, choice: int, percent: int, laid_out: int) -> None:
        """Keeps which of so many answers laid out somebody favours; it can be changed while the window is open.

        Raises:
            Refused: there is no such answer, or no such share.
        """
        if not 0 <= percent <= 100:
            raise Refused("bad-message", "percent")
        if not 1 <= choice <= laid_out:
            raise Refused("no-such", "choice")
        self.picked[who] = Pick(choice, percent)

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
            "picked": {who: [self.picked[who].choice, self.picked[who].percent] for who in sorted(self.picked)},
        }


def brier(questions: list[Question]) -> dict[str, tuple[float, int]]:
    """By callsign: mean Brier score over the questions answered that are settled, and how many those are."""
    errors: dict[str, list[float]] = {}
    for question in questions:
        if question.came is None:
            continue
        for who in sorted(question.said):
            errors.setdefault(who, []).append(_error(question.said[who], came=question.came))
    return _means(errors)


def brier_of_picks(
    questions: Iterable[Question], stands: Mapping[str, Sequence[bool | None]]
) -> dict[str, tuple[float, int]]:
    """By callsign: mean Brier score of the answers they favoured that can be judged, and how many those are.

    `stands` says of each window which of its answers came out best, in their order; None where it cannot be told.
    """
    errors: dict[str, list[float]] = {}
    for question in questions:
        for who in sorted(question.picked):
            pick = question.picked[who]
            came = came_out(pick, stands.get(question.window, ()))
            if came is not None:
                errors.setdefault(who, []).append(_error(pick.percent, came=came))
    return _means(errors)


def picks_of(questions: Iterable[Question], stands: Mapping[str, Sequence[bool | None]]) -> list[dict[str, object]]:
    """What was picked and what came of it, as plain data: window, who, choice, percent and came."""
    return [
        {
            "window": question.window,
            "who": who,
            "choice": pick.choice,
            "percent": pick.percent,
            "came": came_out(pick, stands.get(question.window, ())),
        }
        for question in questions
        for who, pick in sorted(question.picked.items())
    ]


def came_out(pick: Pick, stands: Sequence[bool | None]) -> bool | None:
    """True where what was picked is one of the best, None where that cannot be told."""
    return stands[pick.choice - 1] if pick.choice <= len(stands) else None


def _error(percent: int, *, came: bool) -> float:
    off = percent / 100.0 - float(came)
    return off * off


def _means(errors: Mapping[str, Sequence[float]]) -> dict[str, tuple[float, int]]:
    return {who: (sum(found) / len(found), len(found)) for who, found in sorted(errors.items())}
