"""What every measure is: numbers read from a rubric, and the share of what was possible that a run earned."""

import math
from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.core.phrase import Phrase
from sim.measures.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One piece of evidence: when, what could be observed, by which rule it counts, and for how much."""

    minute: float
    observable: Phrase
    rule: Phrase
    points: float = 0.0
    """Of the measure's whole share of 1: what it earned (above 0) or cost (below 0)."""
    outcome: bool = False
    """True for what came of the run; False for what the seat did, or could have done and did not."""

    missed: bool = False
    """True for what was left undone: little of it may still earn points, and yet it is nothing to be praised."""

    @classmethod
    def judged(
        cls, minute: float, observable: Phrase, rule: Phrase, credit: float, part: float, *, missed: bool = False
    ) -> "Line":
        """A case that is `part` of the measure: what it earned, or what it cost unless it earned more than half."""
        points = credit * part if credit > 0.5 else (credit - 1.0) * part
        return cls(minute=minute, observable=observable, rule=rule, points=points, missed=missed)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one measure found."""

    share: float | None
    """Share of what was possible, 0..1; None when there was nothing to assess."""
    lines: tuple[Line, ...] = ()
    why: Phrase | None = None
    """Why it was not assessed."""


def not_assessed(why: Phrase) -> Assessment:
    """The assessment of a run that holds no evidence for a measure."""
    return Assessment(share=None, why=why)


def assessed(share: float, lines: Iterable[Line]) -> Assessment:
    """An assessment with its share held within 0..1."""
    return Assessment(share=clip(share), lines=tuple(lines))


def clip(value: float) -> float:
    """The value, but not below 0 nor above 1."""
    return max(0.0, min(1.0, value))


def mean(values: Iterable[float]) -> float:
    """Arithmetic mean of at least one value, the same in whatever order they come."""
    listed = list(values)
    return math.fsum(listed) / len(listed)


def median(values: Iterable[float]) -> float:
    """Middle of at least one value, the mean of the two middle ones when their number is even."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2.0


def since_gathered(wait_min: float) -> Phrase:
    """When something was done, told from the beginning of the gathering."""
    if wait_min < 0.5:
        return Phrase("by the time the gathering began")
    return Phrase("{wait:.0f} min after the gathering began", wait=wait_min)


class Scale(BaseModel):
    """Where a figure earns everything and where it earns nothing; in a straight line between."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    full: float = Field(description="From here on (away from `none`) the share is 1.")
    none: float = Field(description="From here on (away from `full`) the share is 0.")

    @model_validator(mode="after")
    def _two_ends(self) -> Self:
        if self.full == self.none:
            raise ValueError(
                Phrase("full and none are the same number"),
                Phrase("a scale needs two ends: change one of the two"),
            )
        return self

    def share(self, value: float) -> float:
        """The share a figure earns, 0..1."""
        return clip((value - self.none) / (self.full - self.none))


class Measure(BaseModel):
    """One thing a journal can show. Subclasses carry `measure: Literal["name"]` and their own numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    measure: str
    weight: float = Field(gt=0, description="Weight among the measures of its dimension that could be assessed.")

    @abstractmethod
    def assess(self, record: Record) -> Assessment:
        """The share this run earned, line by line; None when it holds nothing to assess."""
