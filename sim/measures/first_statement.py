"""First statement: how soon the public was told what is known, what is not, and when more will follow."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, not_assessed, since_gathered
from sim.measures.record import Record, yes


class FirstStatement(Measure):
    """Minutes from the beginning of the gathering to the first true statement. Further ones earn nothing here."""

    measure: Literal["first_statement"]
    minutes: Scale = Field(description="Minutes after the gathering began.")

    def assess(self, record: Record) -> Assessment:
        """Falls with the delay; nothing for never, once it was due."""
        if record.gathering is None:
            return not_assessed(Phrase("there was no gathering to speak about"))
        rule = Phrase("A first true line within half an hour: what is known, what is not, when more will follow")
        began = record.gathering.first_min
        true = [e for e in record.own("statement") if yes(e.data, "true")]
        if true:
            minute = record.minute(true[0].tick)
            seen = Phrase("first statement {when}", when=since_gathered(minute - began))
            share = self.minutes.share(minute - began)
            return assessed(share, [Line.judged(minute, seen, rule, share, 1.0)])
        if record.end_min - began < self.minutes.full:
            return not_assessed(Phrase("the run was over before a first statement was due"))
        seen = Phrase("nothing true had been said to the public by now")
        due = Line(minute=began + self.minutes.full, observable=seen, rule=rule, points=-1.0)
        return assessed(0.0, [due])
