"""Gate: an order went ahead although it had been ruled unlawful."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.gate import Gate
from sim.measures.measure import Line
from sim.measures.record import Record
from sim.measures.verdict import rule_of, why_of


class MarkedOrders(Gate):
    """Orders of these kinds of force that failed the law here or the human-rights floor and were given all the same."""

    gate: Literal["marked_orders"]
    forces: tuple[str, ...] = Field(min_length=1, description="Kinds of force this is about.")

    def tripped(self, record: Record) -> tuple[Line, ...]:
        """One line for each such order."""
        return tuple(
            Line(
                minute=order.minute,
                observable=Phrase(
                    "{response} went ahead although unlawful: {why}",
                    response=record.name(order.response),
                    why=why_of(order),
                ),
                rule=rule_of(order),
            )
            for order in record.orders
            if order.accepted and not order.lawful and (order.force or "none") in self.forces
        )
