"""Ambulance: how late each ambulance came through."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, mean, not_assessed
from sim.measures.record import Record, number, text


class AmbulanceDelay(Measure):
    """The mean over all ambulances. One that never arrived counts what it had waited by the end.

    A line stands at the minute it began to wait, or arrived without having to.
    """

    measure: Literal["ambulance"]
    delay_min: Scale = Field(description="Minutes later than on a free road.")

    def assess(self, record: Record) -> Assessment:
        """Falls with the delay of each."""
        delays: dict[str, tuple[float, float]] = {}
        for entry in record.consequences("ambulance_waiting"):
            minute, waited = record.minute(entry.tick), number(entry.data, "minutes")
            began = delays.get(text(entry.data, "ambulance"), (minute, 0.0))[0]
            delays[text(entry.data, "ambulance")] = (began, waited)
        for entry in record.consequences("ambulance_arrived"):
            minute, delay = record.minute(entry.tick), number(entry.data, "delay_min")
            began = delays.get(text(entry.data, "ambulance"), (minute, 0.0))[0]
            delays[text(entry.data, "ambulance")] = (began, delay)
        if not delays:
            return not_assessed(Phrase("no ambulance was on the road"))
        shares = [self.delay_min.share(delay) for _, delay in delays.values()]
        lines = [
            Line.judged(
                minute,
                Phrase("an ambulance was {delay:.0f} min later than on a free road", delay=delay)
                if delay >= 0.5
                else Phrase("an ambulance got through without delay"),
                Phrase("A lane for ambulances is kept free, by agreement where possible"),
                credit,
                1.0 / len(delays),
            )
            for (minute, delay), credit in zip(delays.values(), shares, strict=True)
        ]
        return assessed(mean(shares), lines)
