"""Signals verified: how many of the signals and rumours that came in were checked or acted on in time."""

import math
from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, not_assessed
from sim.measures.record import InjectRecord, Record


class SignalsVerified(Measure):
    """Each signal counts once, by whether it was true: checking many times, or only what is loud, earns little."""

    measure: Literal["signals_verified"]
    about: tuple[str, ...] = Field(min_length=1, description="Kinds of inject that are signals.")
    late: float = Field(ge=0, le=1, description="Credit for a check that came after the window.")
    weights: dict[Literal["true", "unclear", "false"], float] = Field(
        description="How much a signal of each truth counts: what was missed and true cost most."
    )

    def assess(self, record: Record) -> Assessment:
        """The weighted mean over the signals whose window has closed."""
        cases = [
            (inject, self._credit(record, inject))
            for inject in record.injects
            if inject.about in self.about and self._due(record, inject)
        ]
        if not cases:
            return not_assessed(Phrase("no signal came in that there was time to check"))
        lines = []
        whole = math.fsum(self._weight(inject) for inject, _ in cases)
        for inject, credit in cases:
            name = record.name(inject.id)
            seen = (
                Phrase("checked or dealt with in time: “{inject}”", inject=name)
                if credit == 1.0
                else Phrase("checked too late: “{inject}”", inject=name)
                if credit > 0.0
                else Phrase("never checked: “{inject}”", inject=name)
            )
            rule = Phrase("A signal is checked with two independent sources before it is believed or dismissed")
            lines.append(Line.judged(inject.settled_min, seen, rule, credit, self._weight(inject) / whole))
        return assessed(math.fsum(credit * self._weight(inject) for inject, credit in cases) / whole, lines)

    def _weight(self, inject: InjectRecord) -> float:
        return next((weight for truth, weight in self.weights.items() if truth == inject.truth), 1.0)

    def _due(self, record: Record, inject: InjectRecord) -> bool:
        checked = record.verified_min(inject) is not None
        return checked or inject.status != "fired" or record.end_min >= inject.minute + inject.window_min

    def _credit(self, record: Record, inject: InjectRecord) -> float:
        if inject.status == "handled":
            return 1.0
        checked = record.verified_min(inject)
        if checked is None:
            return 0.0
        return 1.0 if checked <= inject.minute + inject.window_min else self.late
