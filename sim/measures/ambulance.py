"""Ambulance: how late each ambulance came through."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, mean, not_assessed
from sim.measures.record import Record, number, text


class AmbulanceDelay(Measure):
    """The mean over all ambulances. One that never arrived counts what it had waited by the end."""

    measure: Literal["ambulance"]
    delay_min: Scale = Field(description="Minutes later than on a free road.")

    def assess(self, record: Record) -> Assessment:
        """Falls with the delay of each."""
        delays: dict[str, tuple[float, float]] = {}
        for entry in record.consequences("ambulance_waiting"):
            waited = number(entry.data, "minutes")
            delays[text(entry.data, "ambulance")] = (record.minute(entry.tick), waited)
        for entry in record.consequences("ambulance_arrived"):
            delay = number(entry.data, "delay_min")
            delays[text(entry.data, "ambulance")] = (record.minute(entry.tick), delay)
        if not delays:
            return not_assessed(Phrase("no ambulance was on the road"))
        shares = [self.delay_min.share(delay) for _, delay in delays.values()]
        lines = [
            Line.judged(
                minute,
                Phrase(
                    "ambulance {ambulance} was {delay:.0f} min later than on a free road",
                    ambulance=record.name(ambulance),
                    delay=delay,
                ),
                Phrase("A lane for ambulances is kept free, by agreement where possible"),
                credit,
                1.0 / len(delays),
            )
            for (ambulance, (minute, delay)), credit in zip(delays.items(), shares, strict=True)
        ]
        return assessed(mean(shares), lines)
