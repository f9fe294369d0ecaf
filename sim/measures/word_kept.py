"""Word kept: what became of the police's own words, such as water by half past four or no step unannounced."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, not_assessed
from sim.measures.record import Record, number, text


class WordKept(Measure):
    """The share of them kept, each once it was settled; one that people saw broken costs more than one kept earns."""

    measure: Literal["word_kept"]
    seen_broken: float = Field(ge=0, le=1, description="Share lost besides for each that people saw broken.")

    def assess(self, record: Record) -> Assessment:
        """Nothing where no word was given or none has been settled yet."""
        kept = [e for e in record.consequences("promise_kept") if text(e.data, "word") != "demand"]
        broken = [e for e in record.consequences("promise_broken") if text(e.data, "word") != "demand"]
        if not kept and not broken:
            return not_assessed(Phrase("the police gave no word of their own that was due"))
        rule = Phrase("Every word is kept, however small; what cannot be kept is not said")
        each = 1.0 / (len(kept) + len(broken))
        lines = [Line.judged(record.minute(e.tick), Phrase("a word was kept"), rule, 1.0, each) for e in kept]
        seen = 0
        for entry in broken:
            learned = number(entry.data, "learned") > 0
            seen += learned
            what = Phrase("a word was broken, and people saw it") if learned else Phrase("a word was broken")
            lines.append(Line.judged(record.minute(entry.tick), what, rule, 0.0, each))
        return assessed(len(kept) * each - self.seen_broken * seen, sorted(lines, key=lambda line: line.minute))
