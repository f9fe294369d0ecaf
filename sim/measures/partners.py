"""Partners: how soon those who can decide and help were called, above all the department responsible."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, not_assessed, since_gathered
from sim.measures.record import Record, items, yes
from sim.world.journal import Data

WAYS = {
    "summoned": "partners called {when}",
    "huddle": "settled with the departments who decides what, {when}",
    "meeting": "somebody who can decide sat down with them, {when}",
}
"""The ways in which whoever is responsible is brought in, by what the journal says of them."""


class Partners(Measure):
    """Minutes from the beginning of the gathering until partners were called or whoever can decide was brought in.

    Where nothing on offer could have called anybody, they count from when somebody who can decide first came up.
    """

    measure: Literal["partners"]
    minutes: Scale = Field(description="Minutes after the gathering began.")

    def assess(self, record: Record) -> Assessment:
        """Falls with the delay; nothing for never, where somebody could have been called and a department took part."""
        department = [i.minute for i in record.injects if i.about == "decision_maker"]
        began = record.gathering.first_min if record.gathering is not None else record.facts.start_min
        if not record.facts.could_call and department:
            began = max(began, min(department))
        rule = Phrase("Bring the department responsible before half an hour is over: police alone cannot decide")
        brought = [(e.tick, what) for what in WAYS for e in record.own(what) if _brings(what, e.data)]
        if brought:
            tick, what = min(brought)
            minute = record.minute(tick)
            share = self.minutes.share(minute - began)
            gathered = record.gathering.first_min if record.gathering is not None else began
            seen = Phrase(WAYS[what], when=since_gathered(minute - gathered))
            return assessed(share, [Line.judged(minute, seen, rule, share, 1.0)])
        if not record.facts.could_call or not department or record.end_min - began < self.minutes.full:
            return not_assessed(Phrase("no department could have been called, or there was no time"))
        seen = Phrase("no partner had been called by now")
        due = Line(minute=began + self.minutes.full, observable=seen, rule=rule, points=-1.0)
        return assessed(0.0, [due])


def _brings(what: str, data: Data) -> bool:
    """True unless a call changed nothing or nobody at the table could decide."""
    return bool(items(data, "units")) if what == "summoned" else yes(data, "mandate") if what == "meeting" else True
