"""Gate: unlawful force was ordered again and again, and only the refusals kept it from happening."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.gate import Gate
from sim.measures.measure import Line
from sim.measures.record import Record
from sim.measures.verdict import rule_of


class Insistence(Gate):
    """One refused order is a lesson; insisting is a choice."""

    gate: Literal["insistence"]
    forces: tuple[str, ...] = Field(min_length=1, description="Kinds of force this is about.")
    times: int = Field(ge=2, description="So many refused orders are insisting.")

    def tripped(self, record: Record) -> tuple[Line, ...]:
        """One line for the order that made it insisting."""
        refused = [o for o in record.orders if not o.accepted and o.failures and o.force in self.forces]
        if len(refused) < self.times:
            return ()
        order = refused[self.times - 1]
        return (
            Line(
                minute=order.minute,
                observable=Phrase(
                    "unlawful force was ordered {number} times, and every time refused", number=len(refused)
                ),
                rule=rule_of(order),
            ),
        )
