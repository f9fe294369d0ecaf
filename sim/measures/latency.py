"""Latency: how soon injects with a time box got their first answer, never how soon a place was cleared."""

from typing import Literal

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, clip, median, not_assessed
from sim.measures.record import InjectRecord, Record


class Latency(Measure):
    """All of it within the time an expert needs, nothing from the end of the window on; the median over injects."""

    measure: Literal["latency"]

    def assess(self, record: Record) -> Assessment:
        """The median; an inject nobody answered earns nothing."""
        cases = [i for i in record.injects if i.status in {"handled", "missed"} and i.window_min > 0.0]
        if not cases:
            return not_assessed(Phrase("no inject with a time box was settled"))
        waits = [self._wait(inject) for inject in cases]
        credits = [self._credit(inject, wait) for inject, wait in zip(cases, waits, strict=True)]
        lines = []
        for inject, wait, credit in zip(cases, waits, credits, strict=True):
            name = record.name(inject.id)
            seen = (
                Phrase("no answer: “{inject}”", inject=name)
                if wait is None
                else Phrase("first answer after {wait:.1f} min: “{inject}”", wait=wait, inject=name)
            )
            rule = Phrase(
                "An expert answers within {expert:g} min, the window is {window:g} min; time to clear is never asked",
                expert=inject.expert_min,
                window=inject.window_min,
            )
            lines.append(Line.judged(inject.settled_min, seen, rule, credit, 1.0 / len(cases)))
        return assessed(median(credits), lines)

    def _wait(self, inject: InjectRecord) -> float | None:
        """Minutes to the first answer; what had been seen to before counts from when it was handled."""
        if inject.first_answer_min is None and inject.status == "handled":
            return inject.settled_min - inject.minute
        return inject.first_answer_min

    def _credit(self, inject: InjectRecord, wait: float | None) -> float:
        if wait is None:
            return 0.0
        if wait <= inject.expert_min:
            return 1.0
        return clip((inject.window_min - wait) / max(1e-9, inject.window_min - inject.expert_min))
