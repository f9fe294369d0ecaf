"""Protection: whether people who were attacked, or said they would be, were stood by."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, mean, not_assessed
from sim.measures.record import Record, text, yes
from sim.world.journal import Entry


class Protection(Measure):
    """Each assault and each true warning of one is a case. Doing nothing is what this measure is there to charge."""

    measure: Literal["protection"]
    within_min: float = Field(gt=0, description="Stepping in so soon after an assault still earns `late`.")
    late: float = Field(ge=0, le=1, description="Credit for stepping in after it began.")

    def assess(self, record: Record) -> Assessment:
        """The mean over all cases."""
        cases = [(record.minute(e.tick), *self._assault(record, e)) for e in record.consequences("assault")]
        for inject in record.injects:
            if inject.about == "threat" and inject.truth == "true" and inject.status in {"handled", "missed"}:
                met, name = inject.status == "handled", record.name(inject.id)
                seen = (
                    Phrase("a warning that people were in danger was acted on: “{inject}”", inject=name)
                    if met
                    else Phrase("a warning that people were in danger went unanswered: “{inject}”", inject=name)
                )
                cases.append((inject.settled_min, seen, 1.0 if met else 0.0))
        if not cases:
            return not_assessed(Phrase("nobody was attacked, and no true warning of it came"))
        rule = Phrase("Failing to protect people is a failure like wrong force; stopping an attacker is a duty")
        lines = [Line.judged(minute, seen, rule, credit, 1.0 / len(cases)) for minute, seen, credit in cases]
        return assessed(mean(credit for _, _, credit in cases), sorted(lines, key=lambda line: line.minute))

    def _assault(self, record: Record, assault: Entry) -> tuple[Phrase, float]:
        place = text(assault.data, "place")
        if yes(assault.data, "protected"):
            return Phrase("officers stood by when people were attacked at {place}", place=record.name(place)), 1.0
        last = assault.tick + round(self.within_min * 600)
        stepped_in = any(
            assault.tick <= e.tick <= last
            and (text(e.data, "what") != "protection" or text(e.data, "place") == place)
            and (text(e.data, "what") != "arrest" or yes(e.data, "evidence"))
            for e in record.consequences("protection", "held_off", "arrest")
        )
        if stepped_in:
            return Phrase(
                "officers stepped in soon after people were attacked at {place}", place=record.name(place)
            ), self.late
        return Phrase("people were attacked at {place} and nobody protected them", place=record.name(place)), 0.0
