"""Refusal: whether an unlawful or reckless order from above was declined, with the rule it breaks and another way."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, mean, not_assessed
from sim.measures.record import InjectRecord, Record, text, yes


class Refusal(Measure):
    """Doing nothing is no refusal: whoever asked goes on with the first idea."""

    measure: Literal["refusal"]
    bare: float = Field(ge=0, le=1, description="Credit for a no without rule and without another way.")
    half: float = Field(ge=0, le=1, description="Credit for a no with one of the two.")

    def assess(self, record: Record) -> Assessment:
        """The mean over the times somebody above pressed for it."""
        pressed = [inject for inject in record.injects if inject.about == "pressure"]
        if not pressed:
            return not_assessed(Phrase("nobody above asked for anything unlawful or reckless"))
        rule = Phrase("An unlawful order is declined, with reasons and better options; obeying it excuses nobody")
        cases = [(inject, *self._judged(record, inject)) for inject in pressed]
        lines = [Line.judged(inject.minute, seen, rule, credit, 1.0 / len(cases)) for inject, credit, seen in cases]
        return assessed(mean(credit for _, credit, _ in cases), lines)

    def _judged(self, record: Record, inject: InjectRecord) -> tuple[float, Phrase]:
        obeyed = [e for e in record.consequences("pressure_obeyed") if record.minute(e.tick) >= inject.minute]
        if obeyed:
            return 0.0, Phrase("an unlawful order from above was obeyed")
        refused = [e for e in record.consequences("pressure_refused") if record.minute(e.tick) >= inject.minute]
        if not refused:
            return 0.0, Phrase("an unlawful order from above was left without an answer")
        first = refused[0].data
        given = [bool(text(first, "ground")), bool(text(first, "alternative"))]
        if all(given):
            return 1.0, Phrase("an order from above was refused, with the rule it breaks and another way")
        if any(given) or yes(first, "reasoned"):
            return self.half, Phrase("an order from above was refused, without the rule or without another way")
        return self.bare, Phrase("an order from above was refused with a bare no")
