"""Coercion share: how much of the coercion used was in proportion to the violence there was, person by person."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, clip, not_assessed
from sim.measures.record import Record, yes


class CoercionShare(Measure):
    """Force against a crowd is asked how much of it was violent; an arrest is asked whom it met."""

    measure: Literal["coercion_share"]
    violence: dict[Literal["line", "containment", "area"], float] = Field(
        description="Share of the people around who use violence at which such force is in proportion."
    )
    severity: dict[Literal["line", "containment", "area"], float] = Field(description="Weight of each kind of force.")
    arrest: float = Field(gt=0, description="Weight of an arrest.")

    def assess(self, record: Record) -> Assessment:
        """The weighted mean over every use of force against a crowd and every arrest."""
        cases: list[tuple[float, Phrase, float, float]] = []
        for order in record.orders:
            if order.accepted and order.force in self.violence:
                needed, weight = self.violence[order.force], self.severity[order.force]
                seen = Phrase(
                    "{response}: {share:.0%} of the people around used violence then",
                    response=record.name(order.response),
                    share=order.violent_share,
                )
                cases.append((order.minute, seen, clip(order.violent_share / needed), weight))
        for entry in record.own("arrest"):
            evidence = yes(entry.data, "evidence")
            seen = (
                Phrase("somebody seen using violence was arrested")
                if evidence
                else Phrase("somebody was arrested against whom there was nothing")
            )
            cases.append((record.minute(entry.tick), seen, 1.0 if evidence else 0.0, self.arrest))
        if not cases:
            return not_assessed(Phrase("no force was used against the crowd and nobody was arrested"))
        whole = sum(weight for *_, weight in cases)
        rule = Phrase("Force falls on those who use violence, in proportion to it, and on nobody else")
        lines = [Line.judged(minute, seen, rule, credit, weight / whole) for minute, seen, credit, weight in cases]
        share = sum(credit * weight / whole for _, _, credit, weight in cases)
        return assessed(share, sorted(lines, key=lambda line: line.minute))
