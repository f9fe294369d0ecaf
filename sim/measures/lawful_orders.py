"""Lawful orders: how many of the orders that touch people's rights passed the law here and the human-rights floor."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, not_assessed
from sim.measures.record import OrderRecord, Record
from sim.measures.verdict import rule_of, why_of

STAKES = ("dispersal", "containment", "targeted")
"""Groups of responses that touch people's rights even without force."""


class LawfulOrders(Measure):
    """Orders weigh by severity. Harmless ones do not count, and repeating a lawful one dilutes nothing."""

    measure: Literal["lawful_orders"]
    severity: dict[Literal["none", "presence", "hands_on", "line", "containment", "area"], float] = Field(
        description="Weight of an order by how coercive it is."
    )
    refused: float = Field(
        ge=0, le=1, description="How far an unlawful order counts that was refused and never happened."
    )
    no_coercion: float = Field(
        ge=0,
        le=1,
        description="The share when the seat acted and used no coercion: below 1, for zero force is no aim in itself.",
    )

    at_least: float = Field(gt=0, description="All severity counts as at least this, so that one slip is only a slip.")

    def assess(self, record: Record) -> Assessment:
        """Severity of what failed, as a share of all severity."""
        failed = [o for o in record.orders if not o.lawful and (o.accepted or o.failures)]
        passed: dict[str, OrderRecord] = {}
        for order in record.orders:
            if order.lawful and order.accepted and self._touches_rights(order):
                passed.setdefault(order.response, order)
        if not failed and not passed:
            return self._without(record)
        whole = max(self.at_least, sum(self._weight(o) for o in [*failed, *passed.values()]))
        lines = [self._failure(record, order, whole) for order in failed]
        lines += [self._pass(record, order) for order in passed.values()]
        cost = sum(line.points for line in lines)
        coerced = bool(passed) or any(self._touches_rights(o) for o in failed)
        return assessed((1.0 if coerced else self.no_coercion) + cost, sorted(lines, key=lambda line: line.minute))

    def _touches_rights(self, order: OrderRecord) -> bool:
        return order.force not in {"", "none"} or order.group in STAKES

    def _weight(self, order: OrderRecord) -> float:
        return self.severity.get(order.force, self.severity["none"])  # type: ignore[call-overload, no-any-return]

    def _without(self, record: Record) -> Assessment:
        if not record.acted:
            return not_assessed(Phrase("no order was given that the law could be asked about"))
        line = Line(
            minute=record.end_min,
            observable=Phrase("no coercive order was given"),
            rule=Phrase("Using no force is neither fault nor aim; whether people needed protection is asked elsewhere"),
            points=self.no_coercion - 1.0,
            outcome=True,
        )
        return assessed(self.no_coercion, [line])

    def _failure(self, record: Record, order: OrderRecord, whole: float) -> Line:
        response = record.name(order.response)
        counts = 1.0 if order.accepted else self.refused
        return Line(
            minute=order.minute,
            observable=(
                Phrase("{response} went ahead although unlawful: {why}", response=response, why=why_of(order))
                if order.accepted
                else Phrase("{response} was ordered and refused: {why}", response=response, why=why_of(order))
            ),
            rule=rule_of(order),
            points=-counts * self._weight(order) / whole,
        )

    def _pass(self, record: Record, order: OrderRecord) -> Line:
        return Line(
            minute=order.minute,
            observable=Phrase("{response} passed every legal check", response=record.name(order.response)),
            rule=Phrase("Lawful is the least that is asked: it costs nothing and earns nothing"),
        )
