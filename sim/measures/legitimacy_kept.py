"""Legitimacy kept: how far people's belief that the police act rightly changed, on average and where it is lowest."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, not_assessed
from sim.measures.record import Record, has_number, number

ENOUGH = 10
"""Below so many participants present the lowest group says nothing."""


class LegitimacyKept(Measure):
    """Over everybody who came, gone or not, together with the group that trusts least: a mean can hide a minority."""

    measure: Literal["legitimacy_kept"]
    change: Scale = Field(description="Change of legitimacy from when the gathering began, -1..1.")
    lowest_group: float = Field(ge=0, le=1, description="How much of it the group that trusts least makes.")

    def assess(self, record: Record) -> Assessment:
        """Rises with the change."""
        known = [e for e in record.readings() if has_number(e.data, "legitimacy_all") and self._begun(record, e.tick)]
        if len(known) < 2:
            return not_assessed(Phrase("there was no gathering whose trust could change"))
        start = number(known[-1].data, "legitimacy_start") or number(known[0].data, "legitimacy_all")
        overall = number(known[-1].data, "legitimacy_all") - start
        groups = [
            number(e.data, "legitimacy_min_group")
            for e in known
            if has_number(e.data, "legitimacy_min_group") and number(e.data, "participants") >= ENOUGH
        ]
        lowest = groups[-1] - groups[0] if groups else overall
        share = (1.0 - self.lowest_group) * self.change.share(overall) + self.lowest_group * self.change.share(lowest)
        line = Line(
            minute=record.end_min,
            observable=Phrase(
                "belief that the police act rightly changed by {overall:+.2f}, in the group that trusts least by "
                "{lowest:+.2f}",
                overall=overall,
                lowest=lowest,
            ),
            rule=Phrase("Trust at the end is not below trust at the start, in no group"),
            points=share if share >= 0.5 else share - 1.0,
            outcome=True,
        )
        return assessed(share, [line])

    def _begun(self, record: Record, tick: int) -> bool:
        return record.gathering is not None and record.minute(tick) >= record.gathering.first_min
