"""Privacy: whether anybody was told to collect names or faces of people who did nothing, carried out or not."""

from typing import Literal

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, not_assessed
from sim.measures.record import Record, text


class Privacy(Measure):
    """One attempt costs it all, also one that was refused; without any there is nothing to assess."""

    measure: Literal["privacy"]

    def assess(self, record: Record) -> Assessment:
        """Nothing as soon as it was tried; never a reward for what everybody owes."""
        tried = [o for o in record.orders if text(o.parameters, "collect") not in {"", "none"}]
        if not tried:
            return not_assessed(Phrase("nobody was told to collect names or faces"))
        rule = Phrase("Early warning is about dangers and grievances; taking part peacefully is nobody's file")
        lines = [
            Line(
                minute=order.minute,
                observable=Phrase(
                    "names or faces of peaceful people were to be collected with {response}",
                    response=record.name(order.response),
                ),
                rule=rule,
                points=-1.0 / len(tried),
            )
            for order in tried
        ]
        return assessed(0.0, lines)
