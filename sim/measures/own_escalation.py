"""Own escalation: how often the crowd got worse within minutes of coercion we chose ourselves."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import LText, Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, not_assessed
from sim.measures.record import HEAVY_GEAR, OrderRecord, Record, text

STATES = (
    LText("calm", "平静"),
    LText("tense", "紧张"),
    LText("agitated", "激动"),
    LText("clash", "冲突"),
    LText("dispersing", "散去"),
    LText("resolved", "平息"),
)


class OwnEscalation(Measure):
    """Each worsening is charged once, to the latest coercion before it. Protecting people is not charged."""

    measure: Literal["own_escalation"]
    within_min: float = Field(gt=0, description="So soon after our own act a worsening counts as ours.")
    each: float = Field(gt=0, le=1, description="Share lost for each.")
    forces: tuple[str, ...] = Field(description="Kinds of force that count as coercion.")
    orders: tuple[str, ...] = Field(description="Catalogue codes of responses that coerce even without force.")

    def assess(self, record: Record) -> Assessment:
        """1 less what each worsening costs; not assessed where nothing coercive was done."""
        acts = [(o.minute, o.response) for o in record.orders if self._coercive(record, o)]
        acts += [
            (record.minute(e.tick), text(e.data, "response"))
            for e in record.own("deployed")
            if text(e.data, "gear") in HEAVY_GEAR and not self._violence_before(record, e.tick)
        ]
        if not acts:
            return not_assessed(Phrase("nothing coercive was done"))
        lines = []
        for worse in record.worsenings():
            before = [act for act in acts if act[0] <= worse.minute <= act[0] + self.within_min]
            if not before:
                continue
            minute, response = max(before)
            seen = Phrase(
                "{wait:.0f} min after {response} the crowd went from {before} to {after}",
                wait=worse.minute - minute,
                response=record.name(response),
                before=STATES[worse.before],
                after=STATES[worse.after],
            )
            rule = Phrase("What we do ourselves does not make it worse: look at the crowd before and after each step")
            lines.append(Line(minute=minute, observable=seen, rule=rule, points=-self.each))
        return assessed(1.0 + sum(line.points for line in lines), lines)

    def _coercive(self, record: Record, order: OrderRecord) -> bool:
        listed = order.force in self.forces or order.catalogue in self.orders
        return order.accepted and listed and not record.answers_threat(order)

    def _violence_before(self, record: Record, tick: int) -> bool:
        return any(tick - self.within_min * 600 <= e.tick <= tick for e in record.consequences("deed"))
