"""Duties: whether what was owed to people in the days after was done, and in time."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, not_assessed
from sim.measures.record import Record, text, yes
from sim.world.aftermath import TERMS, Duty
from sim.world.journal import Entry


class Duties(Measure):
    """Every task that fell due counts once by the weight of its kind; those not yet due when it stopped do not."""

    measure: Literal["duties"]
    late: float = Field(ge=0, le=1, description="What a task done late still earns.")
    weights: dict[Duty, float] = Field(default={}, description="Weight of a kind of task; 1 where nothing is said.")

    def assess(self, record: Record) -> Assessment:
        """The weighted share that was done."""
        if not record.went_home:
            return not_assessed(Phrase("the days after were not played"))
        done = {int(str(e.data["number"])): e for e in record.consequences("task_done")}
        missed = {int(str(e.data["number"])): e for e in record.consequences("task_missed")}
        credits: dict[int, tuple[str, float, Entry]] = {}
        for number, entry in {**missed, **done}.items():
            credit = 0.0 if number not in done else self.late if yes(done[number].data, "late") else 1.0
            credits[number] = (text(entry.data, "duty"), credit, entry)
        if not credits:
            return not_assessed(Phrase("nothing had fallen due yet"))
        whole = sum(self._weight(duty) for duty, _, _ in credits.values())
        lines = [
            self._line(record, duty, credit, entry, self._weight(duty) / whole)
            for duty, credit, entry in credits.values()
        ]
        share = sum(self._weight(duty) * credit for duty, credit, _ in credits.values()) / whole
        return assessed(share, sorted(lines, key=lambda line: line.minute))

    def _weight(self, duty: str) -> float:
        return self.weights.get(Duty(duty), 1.0)

    @staticmethod
    def _line(record: Record, duty: str, credit: float, entry: Entry, part: float) -> Line:
        title = TERMS[Duty(duty)].title
        seen = (
            Phrase("done in time: {what}", what=title)
            if credit == 1.0
            else Phrase("done late: {what}", what=title)
            if credit > 0.0
            else Phrase("not done: {what}", what=title)
        )
        rule = Phrase("What is owed after an incident has an owner and a day, and is done by then")
        return Line.judged(record.minute(entry.tick), seen, rule, credit, part)
