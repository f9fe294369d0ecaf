"""Hard action on false: whether a false or unclear signal was met with force before anybody had checked it."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, mean, not_assessed
from sim.measures.record import HEAVY_GEAR, InjectRecord, OrderRecord, Record, text


class HardActionOnFalse(Measure):
    """Checking first earns all, leaving the signal alone part of it, going in hard nothing."""

    measure: Literal["hard_action_on_false"]
    about: tuple[str, ...] = Field(min_length=1, description="Kinds of inject that are signals.")
    forces: tuple[str, ...] = Field(description="Kinds of force that are hard.")
    gear_within_min: float = Field(
        gt=0, description="Heavy gear shown so soon by the order that answered it is hard, too."
    )
    ignored: float = Field(ge=0, le=1, description="Credit for a signal that was neither checked nor met with force.")

    def assess(self, record: Record) -> Assessment:
        """The mean over the signals that were false or unclear."""
        cases = [
            (inject, *self._judged(record, inject))
            for inject in record.injects
            if inject.about in self.about and inject.truth in {"false", "unclear"}
        ]
        if not cases:
            return not_assessed(Phrase("no false or unclear signal came in"))
        rule = Phrase("A signal nobody has checked is no reason for force")
        lines = [
            Line.judged(inject.settled_min, seen, rule, credit, 1.0 / len(cases)) for inject, seen, credit in cases
        ]
        return assessed(mean(credit for _, _, credit in cases), lines)

    def _judged(self, record: Record, inject: InjectRecord) -> tuple[Phrase, float]:
        checked = record.verified_min(inject)
        answers = [o for o in record.orders if o.accepted and o.trigger == inject.id]
        before = [o for o in answers if checked is None or o.minute < checked]
        name = record.name(inject.id)
        if any(self._hard(record, order) for order in before):
            return Phrase("met with force before it was checked: “{inject}”", inject=name), 0.0
        if checked is not None or inject.status == "handled":
            return Phrase("checked or calmly handled although it was not so: “{inject}”", inject=name), 1.0
        return Phrase("neither checked nor met with force: “{inject}”", inject=name), self.ignored

    def _hard(self, record: Record, order: OrderRecord) -> bool:
        last = order.tick + round(self.gear_within_min * 600)
        return order.force in self.forces or any(
            order.tick <= e.tick <= last
            and text(e.data, "response") == order.response
            and text(e.data, "gear") in HEAVY_GEAR
            for e in record.own("deployed")
        )
