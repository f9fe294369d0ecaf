"""Words kept: of what was promised, how much was done by its day."""

from typing import Literal

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, mean, not_assessed
from sim.measures.record import Record, number, text
from sim.world.journal import Entry


class WordsKept(Measure):
    """One case for each demand, its last promise; one nobody could give counts as broken when its day has passed."""

    measure: Literal["words_kept"]

    def assess(self, record: Record) -> Assessment:
        """The share of the demands on which the word was kept."""
        latest: dict[str, Entry] = {}
        for entry in record.consequences("promise_kept", "promise_broken"):
            if not text(entry.data, "demand"):
                continue
            before = latest.get(text(entry.data, "demand"))
            if before is None or number(entry.data, "number") >= number(before.data, "number"):
                latest[text(entry.data, "demand")] = entry
        if not latest:
            return not_assessed(Phrase("no promise had fallen due"))
        rule = Phrase("A promise is kept by its day; one that cannot be kept should not have been given")
        lines = [
            Line.judged(
                record.minute(entry.tick),
                Phrase("kept: {demand}", demand=record.name(demand))
                if _kept(entry)
                else Phrase("broken: {demand}", demand=record.name(demand)),
                rule,
                _kept(entry),
                1.0 / len(latest),
            )
            for demand, entry in latest.items()
        ]
        return assessed(mean(_kept(e) for e in latest.values()), lines)


def _kept(entry: Entry) -> float:
    return float(text(entry.data, "what") == "promise_kept")
