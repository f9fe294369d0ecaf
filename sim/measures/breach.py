"""Breach: something was done in the days after that no result excuses: a reprisal, a threat at the door."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.gate import Gate
from sim.measures.measure import Line
from sim.measures.record import Record, text

SAID = {
    "reprisal": Phrase("people were made to pay for having been there"),
    "intimidation": Phrase("officers called at people's homes unasked"),
    "collusion": Phrase("reports on the use of force were written together"),
}
"""What each is."""


class Breach(Gate):
    """The journal says it was done, whether it was ordered or let happen."""

    gate: Literal["breach"]
    what: tuple[Literal["reprisal", "intimidation", "collusion"], ...] = Field(min_length=1)

    def tripped(self, record: Record) -> tuple[Line, ...]:
        """One line for each time."""
        return tuple(
            Line(
                minute=record.minute(entry.tick),
                observable=SAID[text(entry.data, "what")],
                rule=Phrase("Whoever took part, spoke or complained has nothing to fear from it afterwards"),
            )
            for entry in record.consequences(*self.what)
        )
