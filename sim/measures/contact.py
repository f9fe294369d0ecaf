"""Contact: how soon somebody in a soft hat first spoke with the crowd."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, not_assessed, since_gathered
from sim.measures.record import Record


class Contact(Measure):
    """Minutes from the beginning of the gathering to the first contact; one made before it is as good as can be."""

    measure: Literal["contact"]
    minutes: Scale = Field(description="Minutes after the gathering began.")

    def assess(self, record: Record) -> Assessment:
        """Falls with the delay; nothing for never, once there was time for it."""
        if record.gathering is None:
            return not_assessed(Phrase("there was no gathering to speak with"))
        rule = Phrase("Speak with people first and early: who we are, what we will do, what they need")
        began = record.gathering.first_min
        made = record.consequences("first_contact")
        if made:
            minute = record.minute(made[0].tick)
            seen = Phrase("first contact {when}", when=since_gathered(minute - began))
            share = self.minutes.share(minute - began)
            return assessed(share, [Line.judged(minute, seen, rule, share, 1.0)])
        if not record.lasted(self.minutes.full):
            return not_assessed(Phrase("the gathering was over before a first contact was due"))
        seen = Phrase("nobody had spoken with the crowd by now")
        due = Line(minute=began + self.minutes.full, observable=seen, rule=rule, points=-1.0)
        return assessed(0.0, [due])
