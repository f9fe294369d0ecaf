"""Care delay: how long people who were hurt or fell ill waited until somebody cared for them."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, not_assessed
from sim.measures.record import Record, number, text


class CareDelay(Measure):
    """Everybody who needed care, the serious weighing more; whoever nobody came to counts as waiting to the end."""

    measure: Literal["care_delay"]
    waited_min: Scale = Field(description="Minutes from the injury until somebody cared for the person.")
    serious_weight: float = Field(ge=1, description="Weight of somebody seriously hurt against somebody slightly hurt.")

    def assess(self, record: Record) -> Assessment:
        """Falls with the wait of each."""
        waits = {int(number(e.data, "number")): number(e.data, "waited_s") / 60.0 for e in record.consequences("care")}
        cases: list[tuple[float, float, float, bool]] = []
        for k, entry in enumerate(record.consequences("injury"), start=1):
            minute, severity = record.minute(entry.tick), text(entry.data, "severity")
            waited = waits.get(k, record.end_min - minute)
            # Nothing can be done for the dead, and who was hurt just before the end could not be reached in time.
            if severity == "fatal" or (k not in waits and self.waited_min.share(waited) == 1.0):
                continue
            cases.append((minute, waited, self.serious_weight if severity == "serious" else 1.0, k in waits))
        if not cases:
            return not_assessed(Phrase("nobody needed care"))
        whole = sum(weight for _, _, weight, _ in cases)
        lines, share = [], 0.0
        for minute, waited, weight, cared in cases:
            credit = self.waited_min.share(waited)
            share += credit * weight / whole
            seen = (
                Phrase("somebody who needed care waited {waited:.0f} min", waited=waited)
                if cared
                else Phrase("nobody came to somebody who needed care, {waited:.0f} min to the end", waited=waited)
            )
            rule = Phrase("Whoever is hurt is cared for within minutes, whoever it is, no questions asked first")
            lines.append(Line.judged(minute, seen, rule, credit, weight / whole, missed=not cared))
        return assessed(share, lines)
