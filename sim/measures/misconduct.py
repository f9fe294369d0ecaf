"""Misconduct: whether wrong done on our own side was stopped and owned."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, mean, not_assessed
from sim.measures.record import InjectRecord, Record, text, yes


class Misconduct(Measure):
    """Each time wrong was done on our side: half for stopping it, half for an apology that is true."""

    measure: Literal["misconduct"]
    stopped_min: float = Field(gt=0, description="Minutes in which it has to be stopped.")
    owned_min: float = Field(gt=0, description="Minutes in which it has to be owned in public.")

    def assess(self, record: Record) -> Assessment:
        """The mean over the cases there was time to answer."""
        cases = [
            inject
            for inject in record.injects
            if inject.about == "misconduct" and record.end_min - inject.minute >= self.stopped_min
        ]
        if not cases:
            return not_assessed(Phrase("no wrong on our own side came up"))
        lines, credits = [], []
        for inject in cases:
            stopped, owned = self._stopped(record, inject), self._owned(record, inject)
            credits.append((stopped + owned) / 2.0)
            name = record.name(inject.id)
            seen = (
                Phrase("stopped and apologised for: “{inject}”", inject=name)
                if stopped and owned
                else Phrase("stopped, but not apologised for: “{inject}”", inject=name)
                if stopped
                else Phrase("apologised for, but not stopped: “{inject}”", inject=name)
                if owned
                else Phrase("neither stopped nor apologised for: “{inject}”", inject=name)
            )
            rule = Phrase("Wrong done on our own side is stopped at once and owned in public")
            lines.append(Line.judged(inject.settled_min, seen, rule, credits[-1], 1.0 / len(cases)))
        return assessed(mean(credits), lines)

    def _stopped(self, record: Record, inject: InjectRecord) -> bool:
        return any(
            0.0 <= record.minute(e.tick) - inject.minute <= self.stopped_min
            for e in record.consequences("misconduct_stopped")
        )

    def _owned(self, record: Record, inject: InjectRecord) -> bool:
        return any(
            0.0 <= record.minute(e.tick) - inject.minute <= self.owned_min
            for e in record.own("statement")
            if text(e.data, "about") == "apology" and yes(e.data, "true")
        )
