"""Crowding: how many people stood how long where it is dangerously dense."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, not_assessed
from sim.measures.record import Record


class Crowding(Measure):
    """Person-minutes at 5 persons/m2 or more, read once a minute. Only assessed where it ever got dense."""

    measure: Literal["crowding"]
    watch_density: float = Field(gt=0, description="Persons/m2 from which crowding is a question at all.")
    person_minutes: Scale = Field(description="Person-minutes at 5 persons/m2 or more.")

    def assess(self, record: Record) -> Assessment:
        """Falls with every person-minute of danger."""
        densest = max((value for _, value in record.series("density_max")), default=0.0)
        warned = any(i.about == "crowding" for i in record.injects)
        if densest < self.watch_density and not warned:
            return not_assessed(Phrase("it was never dense enough to be a question"))
        counts = record.series("over5")
        total = sum(value for _, value in counts)
        share = self.person_minutes.share(total)
        minute = max(counts, key=lambda each: each[1], default=(record.end_min, 0.0))[0]
        line = Line(
            minute=minute,
            observable=Phrase("{total:.0f} person-minutes at 5 persons/m2 or more", total=total),
            rule=Phrase("From 5 persons/m2 on a crowd that moves is in danger: open a way, stop the inflow"),
            points=share - 1.0,
            outcome=True,
        )
        return assessed(share, [line])
