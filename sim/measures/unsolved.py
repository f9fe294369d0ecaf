"""Unsolved: how likely the same people are to come again; a quiet street says nothing about it."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, not_assessed
from sim.measures.record import Record, number


class Unsolved(Measure):
    """Falls with the risk the incident leaves behind, worked out from grievance, trust, hope and promises."""

    measure: Literal["unsolved"]
    risk: Scale = Field(description="Risk that it happens again, 0..1.")

    def assess(self, record: Record) -> Assessment:
        """By the risk at the end of the last day; not assessed before."""
        found = record.consequences("recurrence")
        if not found:
            return not_assessed(Phrase("the days after were not played to their end"))
        risk = number(found[-1].data, "risk")
        share = self.risk.share(risk)
        line = Line(
            minute=record.minute(found[-1].tick),
            observable=Phrase("risk that the same people come again: {risk:.0%}", risk=risk),
            rule=Phrase("Quiet is not solved: what people came for, their trust and their hope decide"),
            points=share if share >= 0.5 else share - 1.0,
            outcome=True,
        )
        return assessed(share, [line])
