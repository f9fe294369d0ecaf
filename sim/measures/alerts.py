"""Alerts: whether partners were called before it mattered, for something, and not beyond what was known."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, mean, not_assessed
from sim.measures.record import Record, text, yes
from sim.world.journal import Entry


class Alerts(Measure):
    """Each call to stand by or to come: a hit the earlier it came, a false alarm when nothing followed it.

    What follows is a gathering, violence or somebody hurt within `within_min`. To inform is no alarm.
    """

    measure: Literal["alerts"]
    within_min: float = Field(gt=0, description="A call was for something when it came so soon before.")
    lead_min: Scale = Field(description="Minutes from the call to what it was for.")
    inflated: float = Field(ge=0, le=1, description="Part that is left of a call beyond what was known.")
    stood_by: float = Field(ge=0, le=1, description="Credit for standing by for nothing; coming for nothing has none.")

    def assess(self, record: Record) -> Assessment:
        """The mean over the calls; nothing for never calling where something came of it."""
        calls = [e for e in record.own("alert") if text(e.data, "level") in {"stand_by", "send"}]
        first = self._events(record)
        rule = Phrase("Partners are called early, for something that comes, and not beyond what is known")
        if not calls:
            if not first:
                return not_assessed(Phrase("there was nothing to alert anybody about"))
            seen = Phrase("no partner had been asked to stand by or to come")
            return assessed(0.0, [Line(minute=first[0], observable=seen, rule=rule, points=-1.0)])
        cases = [(record.minute(e.tick), *self._judged(record.minute(e.tick), e, first)) for e in calls]
        lines = [Line.judged(minute, seen, rule, credit, 1.0 / len(cases)) for minute, seen, credit in cases]
        return assessed(mean(credit for _, _, credit in cases), lines)

    def _events(self, record: Record) -> list[float]:
        """Minutes of whatever a call can have been for, in order."""
        happened = [record.minute(e.tick) for e in record.consequences("deed", "injury")]
        gathered = [record.gathering.first_min] if record.gathering is not None else []
        return sorted([*happened, *gathered])

    def _judged(self, minute: float, call: Entry, events: list[float]) -> tuple[Phrase, float]:
        sent = text(call.data, "level") == "send"
        lead = next((event - minute for event in events if 0.0 <= event - minute <= self.within_min), None)
        if lead is None:
            began = next((minute - event for event in events if event < minute), None)
            if began is not None:
                return Phrase("partners called {late:.0f} min after it had begun", late=began), 0.0
            return Phrase("partners called for nothing"), 0.0 if sent else self.stood_by
        credit = self.lead_min.share(lead)
        if yes(call.data, "inflated"):
            return Phrase("partners called {lead:.0f} min ahead, beyond what was known", lead=lead), (
                credit * self.inflated
            )
        return Phrase("partners called {lead:.0f} min ahead", lead=lead), credit


def rates(record: Record, within_min: float = 60.0) -> dict[str, float | None]:
    """Returns hit rate, false-alarm rate and mean lead time (min) of the calls to stand by or to come.

    None where there was no call; the three figures an instructor asks of an early-warning desk.
    """
    calls = [record.minute(e.tick) for e in record.own("alert") if text(e.data, "level") in {"stand_by", "send"}]
    happened = [record.minute(e.tick) for e in record.consequences("deed", "injury")]
    events = sorted([*happened, *([record.gathering.first_min] if record.gathering is not None else [])])
    leads = [next((e - call for e in events if 0.0 <= e - call <= within_min), None) for call in calls]
    hits = [lead for lead in leads if lead is not None]
    if not calls:
        return {"hit_rate": None, "false_alarm_rate": None, "lead_min": None}
    return {
        "hit_rate": round(len(hits) / len(calls), 3),
        "false_alarm_rate": round(1.0 - len(hits) / len(calls), 3),
        "lead_min": round(mean(hits), 1) if hits else None,
    }
