"""Risk estimates: what was stated at the checkpoints against what happened within the quarter of an hour after."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, clip, mean, not_assessed
from sim.measures.record import TICKS_PER_MINUTE, Record, number, text

UNSTATED = 0.5
"""What silence counts as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One checkpoint: what was said, and what came of it. A list of them is what a calibration picture shows."""

    minute: float
    """Scenario minute of the checkpoint."""
    said: bool
    """False when nothing was stated."""
    stated: float
    """Chance of harm or violence, 0..1."""
    happened: bool
    crush: float | None
    """Chance of a crush that was stated, None when there was none."""
    crushed: bool

    @property
    def error(self) -> float:
        """Squared error of the chance of harm or violence, 0..1: this estimate's part of the Brier score."""
        miss = self.stated - (1.0 if self.happened else 0.0)
        return miss * miss


def estimates(record: Record) -> tuple[Estimate, ...]:
    """Returns every checkpoint whose quarter of an hour the run saw to its end, or in which something happened.

    The quarter of an hour begins when the estimate is stated; without one, at the checkpoint. A run that ended by its
    own rules saw it to its end: nobody was left to be hurt.
    """
    stated = {int(number(e.data, "checkpoint")): e for e in record.consequences("risk_stated")}
    ended = any(e.kind == "outcome" and text(e.data, "ended_by") == "rules" for e in record.entries)
    found = []
    for asked in record.consequences("risk_asked"):
        checkpoint = int(number(asked.data, "checkpoint"))
        answer = stated.get(checkpoint)
        first = (answer or asked).tick
        last = first + round(number(asked.data, "within_min") * TICKS_PER_MINUTE)
        happened, crushed = _harm(record, first, last), _crush(record, first, last)
        if not (happened or ended or record.last_tick >= last):
            continue
        crush = number(answer.data, "crush", -1.0) if answer is not None else -1.0
        found.append(
            Estimate(
                minute=checkpoint,
                said=answer is not None,
                stated=number(answer.data, "violence", UNSTATED) if answer is not None else UNSTATED,
                happened=happened,
                crush=crush if crush >= 0.0 else None,
                crushed=crushed,
            )
        )
    return tuple(found)


def _harm(record: Record, first: int, last: int) -> bool:
    """True when somebody was hurt, or did violence to a person or thing, in between; illness is not meant."""
    return any(
        first < e.tick <= last and (text(e.data, "what") == "deed" or text(e.data, "cause") != "illness")
        for e in record.consequences("deed", "injury")
    )


def _crush(record: Record, first: int, last: int) -> bool:
    """True when a reading in between shows six persons to the square metre."""
    return any(first < e.tick <= last and number(e.data, "density_max") >= 6.0 for e in record.readings())


class RiskEstimates(Measure):
    """All of it for a Brier score of 0, nothing from `chance` on: that is what always saying 50 % earns."""

    measure: Literal["risk_estimates"]
    chance: float = Field(gt=0, le=1, description="Brier score at which nothing is earned.")

    def assess(self, record: Record) -> Assessment:
        """1 less the mean squared error over `chance`; checkpoints without an answer count as 50 %."""
        cases = estimates(record)
        if not cases:
            return not_assessed(Phrase("nobody was asked for an estimate, or the run ended before it could be judged"))
        rule = Phrase("The risk is stated as a figure, so that it can be held against what happens")
        lines = []
        for case in cases:
            seen = (
                Phrase("{stated:.0%} stated, and it happened", stated=case.stated)
                if case.said and case.happened
                else Phrase("{stated:.0%} stated, and nothing happened", stated=case.stated)
                if case.said
                else Phrase("no estimate: counted as 50 %")
            )
            credit, part = clip(1.0 - case.error / self.chance), 1.0 / len(cases)
            lines.append(Line.judged(case.minute, seen, rule, credit, part, missed=not case.said))
        return assessed(1.0 - mean(case.error for case in cases) / self.chance, lines)
