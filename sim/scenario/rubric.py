"""Rubrics: what a run is scored on, as data."""

from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from sim.core.phrase import Phrase
from sim.measures import AnyGate, AnyMeasure
from sim.scenario.words import Data, Words

Grade = Literal["A", "B", "C", "D", "F"]


class Dimension(Data):
    """One dimension with its weight and the measures it is made of."""

    id: str = Field(pattern=r"^[A-Z]{3}$")
    title: Words
    weight: float = Field(gt=0, le=100)
    measures: tuple[AnyMeasure, ...] = Field(min_length=1)


class CappedGate(Data):
    """A hard gate and the best grade that is left once it trips."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    says: Words
    cap: Grade
    gate: AnyGate


class Rubric(Data):
    """Dimensions, gates, caps and bands. Weights add up to 100."""

    schema_version: Literal[1] = Field(alias="schema")
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Words
    dimensions: tuple[Dimension, ...] = Field(min_length=1)
    gates: tuple[CappedGate, ...]
    caps: dict[Grade, float] = Field(description="Highest total each cap leaves.")
    bands: dict[Grade, float] = Field(description="Lowest total of each grade.")

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum(d.weight for d in self.dimensions)
        if abs(total - 100.0) > 1e-9:
            raise ValueError(
                Phrase("the weights of the dimensions add up to {total:g}, not 100", total=total),
                Phrase("change one weight by {missing:g}", missing=100.0 - total),
            )
        return self

    @model_validator(mode="after")
    def _grades_agree(self) -> Self:
        grades: tuple[Grade, ...] = ("F", "D", "C", "B", "A")
        for name, table in (("caps", self.caps), ("bands", self.bands)):
            missing = [grade for grade in grades if grade not in table]
            if missing:
                raise ValueError(
                    Phrase("{table} says nothing of {grades}", table=name, grades=", ".join(missing)),
                    Phrase("give every grade from F to A a number"),
                )
        if self.bands["F"] != 0.0:
            raise ValueError(
                Phrase("the band of F does not begin at 0"),
                Phrase("write {example}: every total needs a grade", example="F: 0"),
            )
        for low, high in pairwise(grades):
            if not self.bands[low] <= self.caps[low] < self.bands[high]:
                raise ValueError(
                    Phrase("the cap of {grade} leaves a total outside the band of {grade}", grade=low),
                    Phrase(
                        "write a cap from {low:g} to just below {high:g}",
                        low=self.bands[low],
                        high=self.bands[high],
                    ),
                )
        return self

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        for names in ([d.id for d in self.dimensions], [g.id for g in self.gates]):
            twice = [name for k, name in enumerate(names) if name in names[:k]]
            if twice:
                raise ValueError(
                    Phrase("{name} is there twice", name=twice[0]),
                    Phrase("keep one of the two, or give one another id"),
                )
        return self
