"""Windows: how many of the openings to calm things were used before they closed."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, mean, not_assessed
from sim.measures.record import Record


class Windows(Measure):
    """Injects of these kinds that were handled, of those handled or missed; open ones do not count."""

    measure: Literal["windows"]
    about: tuple[str, ...] = Field(min_length=1, description="Kinds of inject that open a window.")

    def assess(self, record: Record) -> Assessment:
        """The share that was used."""
        settled = [i for i in record.injects if i.about in self.about and i.status in {"handled", "missed"}]
        if not settled:
            return not_assessed(Phrase("no window to calm things opened and closed"))
        lines = []
        for inject in settled:
            used = inject.status == "handled"
            seen = (
                Phrase("used in time: “{inject}”", inject=record.name(inject.id))
                if used
                else Phrase("let pass: “{inject}”", inject=record.name(inject.id))
            )
            rule = Phrase("A window to calm things closes when nobody uses it")
            lines.append(Line.judged(inject.settled_min, seen, rule, 1.0 if used else 0.0, 1.0 / len(settled)))
        return assessed(mean(1.0 if i.status == "handled" else 0.0 for i in settled), lines)
