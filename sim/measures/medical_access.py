"""Gate: an ambulance waited, and the seat did not try to get it a lane."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.gate import Gate
from sim.measures.measure import Line
from sim.measures.record import Record, number, text


class MedicalAccess(Gate):
    """Trying and failing does not trip it; the delay itself is scored elsewhere."""

    gate: Literal["medical_access"]
    delay_min: float = Field(gt=0, description="A longer delay than this trips it.")
    lane_responses: tuple[str, ...] = Field(description="Catalogue codes of responses that try to open a lane.")

    def tripped(self, record: Record) -> tuple[Line, ...]:
        """One line for each ambulance left to itself for so long."""
        delays: dict[str, float] = {}
        for entry in record.consequences("ambulance_waiting", "ambulance_arrived"):
            arrived = text(entry.data, "what") == "ambulance_arrived"
            delay = number(entry.data, "delay_min" if arrived else "minutes")
            if delay > self.delay_min:
                # The first entry beyond the limit says since when it was too late.
                late = record.minute(entry.tick) - (delay - self.delay_min)
                delays.setdefault(text(entry.data, "ambulance"), late)
        return tuple(
            Line(
                minute=minute,
                observable=Phrase(
                    "an ambulance was kept waiting more than {delay:.0f} min and nobody tried to open a lane",
                    delay=self.delay_min,
                ),
                rule=Phrase("The way to a hospital is never left blocked"),
            )
            for minute in delays.values()
            if not self._tried(record, minute)
        )

    def _tried(self, record: Record, minute: float) -> bool:
        """Whether a lane was asked for, cleared or ordered by that minute."""
        done = record.consequences("lane_asked", "lane_request", "lane_open", "towed")
        ordered = [o for o in record.orders if o.accepted and o.catalogue in self.lane_responses]
        return any(record.minute(e.tick) <= minute for e in done) or any(o.minute <= minute for o in ordered)
