"""Consistency: whether deeds agreed with words."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, not_assessed
from sim.measures.record import Record, number, text, yes

Contradiction = tuple[float, Phrase]


class Consistency(Measure):
    """Each deed that gave the lie to what had been said costs. Saying nothing is not assessed here."""

    measure: Literal["consistency"]
    each: float = Field(gt=0, le=1, description="Share lost for each contradiction.")
    way_min: float = Field(gt=0, description="For so long after naming a way out it must not be closed.")
    time_min: float = Field(gt=0, description="People asked to leave must be left so long before force.")

    def assess(self, record: Record) -> Assessment:
        """1 less what each contradiction costs."""
        if not record.own("announcement", "statement"):
            return not_assessed(Phrase("nothing was said that deeds could contradict"))
        found = [*self._untrue(record), *self._ways_closed(record), *self._no_time(record), *self._betrayed(record)]
        rule = Phrase("Deeds that contradict words cancel them")
        lines = [
            Line(minute=minute, observable=seen, rule=rule, points=-self.each)
            for minute, seen in sorted(found, key=lambda each: each[0])
        ]
        return assessed(1.0 + sum(line.points for line in lines), lines)

    def _untrue(self, record: Record) -> list[Contradiction]:
        return [
            (record.minute(e.tick), Phrase("an official statement was untrue"))
            for e in record.own("statement")
            if not yes(e.data, "true")
        ]

    def _ways_closed(self, record: Record) -> list[Contradiction]:
        named = [record.minute(e.tick) for e in record.own("announcement") if text(e.data, "route") != ""]
        closed = [record.minute(e.tick) for e in record.own("line") if yes(e.data, "closed")]
        return [
            (minute, Phrase("a closed line was formed soon after people had been told which way to go"))
            for minute in closed
            if any(0.0 <= minute - said <= self.way_min for said in named)
        ]

    def _no_time(self, record: Record) -> list[Contradiction]:
        asked = [record.minute(e.tick) for e in record.own("announcement") if number(e.data, "leave") > 0.0]
        forced = [record.minute(e.tick) for e in record.own("push_begins", "area_force")]
        found: list[Contradiction] = []
        for minute in forced:
            before = [said for said in asked if said <= minute]
            # One push or discharge after another breaks the same word only once.
            again = any(minute - self.time_min < earlier < minute for earlier in forced)
            if before and minute - min(before) < self.time_min and not again:
                found.append((minute, Phrase("force came before the time to leave that people had been given")))
        return found

    def _betrayed(self, record: Record) -> list[Contradiction]:
        talked = record.consequences("representatives", "meeting")
        return [
            (record.minute(e.tick), Phrase("somebody who speaks for the crowd was arrested without an offence"))
            for e in record.own("arrest")
            if yes(e.data, "representative") and not yes(e.data, "evidence") and talked
        ]
