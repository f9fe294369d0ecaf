"""Gate: people were held inside a closed ring without violence that could call for it, unreviewed, or for too long."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.gate import Gate
from sim.measures.measure import Line
from sim.measures.record import Record, number, text, yes
from sim.world.journal import Entry


class Containment(Gate):
    """A ring without violence to call for it when it was ordered, one nobody reviews, or one that stays too long."""

    gate: Literal["containment"]
    violence: float = Field(ge=0, le=1, description="Share of the people around who must have used violence.")
    longest_min: float = Field(gt=0, description="So long it may stay closed at most.")

    def tripped(self, record: Record) -> tuple[Line, ...]:
        """One line for each ring without violence, each review that nobody made, and each ring not opened in time."""
        lines: list[Line] = []
        for entry in record.own("line"):
            if text(entry.data, "shape") == "ring" and yes(entry.data, "closed") and number(entry.data, "inside") > 0:
                lines += self._ring(record, entry)
        for entry in record.own("review_missed"):
            lines.append(
                Line(
                    minute=record.minute(entry.tick),
                    observable=Phrase(
                        "nobody looked again for {minutes:.0f} min at why {inside:.0f} people were held",
                        minutes=number(entry.data, "minutes"),
                        inside=number(entry.data, "inside"),
                    ),
                    rule=Phrase("Why people are held is looked at again every few minutes, or they are let out"),
                )
            )
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
