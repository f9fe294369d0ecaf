"""Rumour correction: how soon each false rumour was corrected, and whether there was something to show."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, mean, not_assessed
from sim.measures.record import Record, number, part, text, yes


class RumourCorrection(Measure):
    """Every false rumour is a case, once; the best correction counts and repeating it earns nothing."""

    measure: Literal["rumour_correction"]
    minutes: Scale = Field(description="Minutes from the start of the rumour to its correction.")
    bare: float = Field(ge=0, le=1, description="What a denial with nothing to show is worth.")
    still_told: float = Field(
        ge=0, le=1, description="Share of the participants from which it is still alive at the end."
    )
    alive: float = Field(
        ge=0, le=1, description="What a correction is worth while the rumour is still alive at the end."
    )

    def assess(self, record: Record) -> Assessment:
        """The mean over the rumours that could have been corrected before the end."""
        cases = []
        for rumour, started in record.false_rumours():
            credit, corrected = self._credit(record, rumour, started)
            if corrected is None and record.end_min - started < self.minutes.full:
                continue
            cases.append((rumour, started, credit, corrected))
        if not cases:
            return not_assessed(Phrase("no false rumour went round long enough to be corrected"))
        lines = [
            Line.judged(
                started + self.minutes.full if corrected is None else corrected,
                Phrase("false rumour, uncorrected to the end: {rumour}", rumour=record.name(rumour))
                if corrected is None
                else Phrase(
                    "false rumour, answered after {wait:.0f} min: {rumour}",
                    wait=corrected - started,
                    rumour=record.name(rumour),
                ),
                Phrase(
                    "A false rumour is checked, then corrected early with something to show; a bare denial feeds it"
                ),
                credit,
                1.0 / len(cases),
            )
            for rumour, started, credit, corrected in cases
        ]
        return assessed(mean(credit for _, _, credit, _ in cases), lines)

    def _credit(self, record: Record, rumour: str, started: float) -> tuple[float, float | None]:
        best: tuple[float, float | None] = (0.0, None)
        for entry in record.own("statement"):
            if text(entry.data, "rumour") != rumour or not yes(entry.data, "true"):
                continue
            minute = record.minute(entry.tick)
            worth = self.minutes.share(minute - started) * (1.0 if yes(entry.data, "evidence") else self.bare)
            if best[1] is None or worth > best[0]:
                best = (worth, minute)
        readings = record.readings()
        tellers = number(part(readings[-1].data, "tellers"), rumour) if readings else 0.0
        return best[0] * (self.alive if tellers > self.still_told else 1.0), best[1]
