"""Gate: people were held inside a closed ring without violence that could call for it, or not let out again."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.gate import Gate
from sim.measures.measure import Line
from sim.measures.record import Record, number, text, yes
from sim.world.journal import Entry


class Containment(Gate):
    """A ring is closed around people of whom too few used violence when it was ordered, or stays closed too long."""

    gate: Literal["containment"]
    violence: float = Field(ge=0, le=1, description="Share of the people around who must have used violence.")
    longest_min: float = Field(gt=0, description="So long it may stay closed at most.")

    def tripped(self, record: Record) -> tuple[Line, ...]:
        """One line for each ring without violence, one for each not opened in time."""
        lines: list[Line] = []
        for entry in record.own("line"):
            if text(entry.data, "shape") == "ring" and yes(entry.data, "closed") and number(entry.data, "inside") > 0:
                lines += self._ring(record, entry)
        return tuple(lines)

    def _ring(self, record: Record, ring: Entry) -> list[Line]:
        lines = []
        inside, response = number(ring.data, "inside"), text(ring.data, "response")
        ordered = [o for o in record.orders if o.accepted and o.response == response and o.tick <= ring.tick]
        share = ordered[-1].violent_share if ordered else 0.0
        if share < self.violence:
            lines.append(
                Line(
                    minute=record.minute(ring.tick),
                    observable=Phrase(
                        "{inside:.0f} people held inside a ring while {share:.0%} around used violence",
                        inside=inside,
                        share=share,
                    ),
                    rule=Phrase("Peaceful people are not held for what others do"),
                )
            )
        opened = [e.tick for e in record.consequences("line_opened") if text(e.data, "response") == response]
        until = min((tick for tick in opened if tick >= ring.tick), default=record.last_tick)
        if until - ring.tick > self.longest_min * 600:
            lines.append(
                Line(
                    minute=record.minute(ring.tick) + self.longest_min,
                    observable=Phrase("the ring around {inside:.0f} people was still closed", inside=inside),
                    rule=Phrase("Whoever is held is let out as soon as can be, the vulnerable first"),
                )
            )
        return lines
