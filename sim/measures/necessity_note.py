"""Necessity note: whether coercive orders rested on something that was so, named so that anybody can look it up."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import LText, Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, mean, not_assessed
from sim.measures.record import OrderRecord, Record, text, yes
from sim.world.journal import Data


class NecessityNote(Measure):
    """A fact counts by what it was at that moment; how many words go with it, and how many facts, earns nothing."""

    measure: Literal["necessity_note"]
    no_threat: float = Field(ge=0, le=1, description="Credit for facts that were so but told of no danger just then.")
    unchecked: float = Field(ge=0, le=1, description="Credit for a danger that was so but that nobody had checked.")

    def assess(self, record: Record) -> Assessment:
        """The mean over the coercive orders that were given, each kind of order with its worst note."""
        worst: dict[str, tuple[float, OrderRecord, Phrase]] = {}
        for order in record.orders:
            if not order.coercive or not (order.accepted or order.failures):
                continue
            credit, seen = self._judged(record, order)
            if order.response not in worst or credit < worst[order.response][0]:
                worst[order.response] = (credit, order, seen)
        if not worst:
            return not_assessed(Phrase("no coercive order was given"))
        rule = Phrase("Coercion rests on a fact that is so, is known to be so, and tells of danger to somebody")
        lines = [
            Line.judged(order.minute, seen, rule, credit, 1.0 / len(worst)) for credit, order, seen in worst.values()
        ]
        return assessed(mean(credit for credit, _, _ in worst.values()), sorted(lines, key=lambda line: line.minute))

    def _judged(self, record: Record, order: OrderRecord) -> tuple[float, Phrase]:
        response = record.name(order.response)
        so = [fact for fact in order.facts if yes(fact, "known") and yes(fact, "true")]
        if not so:
            return 0.0, Phrase("{response} rested on nothing that was so", response=response)
        danger = [fact for fact in so if yes(fact, "threat")]
        if not danger:
            return self.no_threat, Phrase(
                "{response} rested on {fact}, which told of no danger", response=response, fact=_called(record, so[0])
            )
        checked = [fact for fact in danger if yes(fact, "checked")]
        if not checked:
            return self.unchecked, Phrase(
                "{response} rested on {fact}, which nobody had checked",
                response=response,
                fact=_called(record, danger[0]),
            )
        return 1.0, Phrase(
            "{response} rested on {fact}, which was so", response=response, fact=_called(record, checked[0])
        )


def _called(record: Record, fact: Data) -> Phrase | LText | str:
    """What people call a fact; a message by its number, since a journal does not keep what it said."""
    name = text(fact, "id")
    kind, _, own = name.partition(":")
    if kind == "message":
        return Phrase("message {number}", number=own)
    if kind == "report":
        return Phrase("what {unit} last saw", unit=own)
    return Phrase("signal: {text}", text=record.name(own)) if kind == "signal" else record.name(name)
