"""Gate: somebody was killed or badly hurt by the police while force that was unlawful went on."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.gate import Gate
from sim.measures.measure import Line
from sim.measures.record import Record, text


class UnlawfulHarm(Gate):
    """A serious or fatal injury caused by the police during, or right after, an order of force that was unlawful."""

    gate: Literal["unlawful_harm"]
    forces: tuple[str, ...] = Field(min_length=1, description="Kinds of force this is about.")
    after_min: float = Field(ge=0, description="An injury so soon after the order was carried out is still its doing.")

    def tripped(self, record: Record) -> tuple[Line, ...]:
        """One line for each person harmed."""
        unlawful = [
            (o, o.tick, record.ended_tick(o) + round(self.after_min * 600))
            for o in record.orders
            if o.accepted and not o.lawful and o.force in self.forces
        ]
        lines = []
        for entry in record.consequences("injury"):
            if text(entry.data, "cause") != "police" or text(entry.data, "severity") not in {"serious", "fatal"}:
                continue
            orders = [o for o, first, last in unlawful if first <= entry.tick <= last]
            if orders:
                seen = Phrase(
                    "somebody was badly hurt by the police during {response}, which was unlawful",
                    response=record.name(orders[-1].response),
                )
                rule = Phrase("Force that is not lawful, necessary and proportionate must never cost life or limb")
                lines.append(Line(minute=record.minute(entry.tick), observable=seen, rule=rule))
        return tuple(lines)
