"""Partners: how soon those who can decide and help were called, above all the department responsible."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, not_assessed, since_gathered
from sim.measures.record import Record, items


class Partners(Measure):
    """Minutes from the beginning of the gathering to the first call that made somebody come sooner."""

    measure: Literal["partners"]
    minutes: Scale = Field(description="Minutes after the gathering began.")

    def assess(self, record: Record) -> Assessment:
        """Falls with the delay; nothing for never, where a department took part at all."""
        called = [e for e in record.own("summoned") if items(e.data, "units")]
        department = any(i.about == "decision_maker" for i in record.injects)
        began = record.gathering.first_min if record.gathering is not None else record.facts.start_min
        rule = Phrase("Bring the department responsible before half an hour is over: police alone cannot decide")
        if called:
            minute = record.minute(called[0].tick)
            share = self.minutes.share(minute - began)
            seen = Phrase("partners called {when}", when=since_gathered(minute - began))
            return assessed(share, [Line.judged(minute, seen, rule, share, 1.0)])
        if not department or record.end_min - began < self.minutes.full:
            return not_assessed(Phrase("no department could have been called, or there was no time"))
        seen = Phrase("no partner had been called by now")
        due = Line(minute=began + self.minutes.full, observable=seen, rule=rule, points=-1.0)
        return assessed(0.0, [due])
