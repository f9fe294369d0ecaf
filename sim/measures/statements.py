"""Statements: how well what was said to the public was made, and what of it nobody had checked."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, mean, not_assessed
from sim.measures.record import Record, has_number, number, text, yes


class Statements(Measure):
    """The mean quality of the statements, each matter to each audience once: repeating earns nothing.

    What was stated as a fact before anybody had checked it costs, whether it turned out right or not; and so does a
    next word that was promised and did not come.
    """

    measure: Literal["statements"]
    quality: Scale = Field(description="Quality by the rules of the composer, 0..1.")
    beyond: float = Field(ge=0, le=1, description="Share lost for each thing stated that nobody had checked.")
    missed: float = Field(ge=0, le=1, description="Share lost for each promised word that did not come.")

    def assess(self, record: Record) -> Assessment:
        """Rises with the quality; nothing to assess where nothing was said."""
        best: dict[tuple[str, str, str], tuple[float, float]] = {}
        for entry in record.own("statement"):
            if not has_number(entry.data, "quality"):
                continue
            worth = self.quality.share(number(entry.data, "quality")) if yes(entry.data, "true") else 0.0
            matter = (text(entry.data, "about"), text(entry.data, "rumour"), text(entry.data, "audience"))
            best[matter] = max(best.get(matter, (0.0, record.minute(entry.tick))), (worth, record.minute(entry.tick)))
        if not best:
            return not_assessed(Phrase("no statement was put out"))
        rule = Phrase(
            "What is known, what is not, what people can do, when the next word comes; with respect, and true"
        )
        lines = [
            Line.judged(minute, Phrase("a statement of quality {share:.0%}", share=worth), rule, worth, 1.0 / len(best))
            for worth, minute in best.values()
        ]
        lines += self._costs(record)
        return assessed(mean(worth for worth, _ in best.values()) + sum(c.points for c in lines[len(best) :]), lines)

    def _costs(self, record: Record) -> list[Line]:
        unchecked = [
            Line(
                minute=record.minute(entry.tick),
                observable=Phrase("something was stated as a fact that nobody had checked"),
                rule=Phrase("Check first; until then say that it is not known"),
                points=-self.beyond * number(entry.data, "beyond"),
            )
            for entry in record.own("statement")
            if number(entry.data, "beyond") > 0
        ]
        broken = [
            Line(
                minute=record.minute(entry.tick),
                observable=Phrase("the next word that had been promised did not come"),
                rule=Phrase("A promised word is a promise"),
                points=-self.missed,
            )
            for entry in record.own("update_missed")
        ]
        return [*unchecked, *broken]
