"""Gate: names or faces of peaceful people were collected."""

from typing import Literal

from sim.core.phrase import Phrase
from sim.measures.gate import Gate
from sim.measures.measure import Line
from sim.measures.record import Record, text


class NamesCollected(Gate):
    """An order that went ahead and asked to collect something about people who did nothing."""

    gate: Literal["names_collected"]

    def tripped(self, record: Record) -> tuple[Line, ...]:
        """One line for each such order."""
        return tuple(
            Line(
                minute=order.minute,
                observable=Phrase(
                    "names or faces of peaceful people were collected with {response}",
                    response=record.name(order.response),
                ),
                rule=Phrase("Taking part peacefully is nobody's file"),
            )
            for order in record.orders
            if order.accepted and text(order.parameters, "collect") not in {"", "none"}
        )
