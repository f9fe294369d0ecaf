"""Promises: whether what was promised has an owner who may, a date, and was told to the crowd."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, mean, not_assessed
from sim.measures.record import Record, number, text, yes
from sim.world.journal import Entry


class Promises(Measure):
    """One case for each demand, its last promise; having promised beyond one's authority before still costs.

    Whether promises are kept shows only in the days after, so this much of the aftermath is all a run can show.
    """

    measure: Literal["promises"]
    dated: float = Field(ge=0, le=1, description="For a date.")
    authority: float = Field(ge=0, le=1, description="For an owner who may decide it.")
    told: float = Field(ge=0, le=1, description="For reporting it back to the crowd.")
    understood: float = Field(ge=0, le=1, description="Share of the people who must have understood the report.")
    beyond: float = Field(ge=0, le=1, description="Share lost for each demand promised on without the authority.")

    def assess(self, record: Record) -> Assessment:
        """The mean over the demands promised on; nothing where whoever can decide came and no promise was made."""
        latest: dict[str, Entry] = {}
        for entry in record.consequences("promise"):
            latest[text(entry.data, "demand")] = entry
        if not latest:
            return self._none(record)
        told = [
            e.tick
            for e in record.consequences("report_back")
            if number(e.data, "promises") > 0 and number(e.data, "understood") >= self.understood
        ]
        rule = Phrase("A promise has an owner who may make it, a date, and is told to the crowd; promise nothing else")
        lines, credits = [], []
        for demand, entry in latest.items():
            credit = self._credit(entry, told=any(tick >= entry.tick for tick in told))
            credits.append(credit)
            seen = (
                Phrase("promised with a date: {demand}", demand=record.name(demand))
                if yes(entry.data, "dated")
                else Phrase("promised without a date: {demand}", demand=record.name(demand))
            )
            lines.append(Line.judged(record.minute(entry.tick), seen, rule, credit, 1.0 / len(latest)))
        over: dict[str, Entry] = {}
        for entry in record.consequences("promise"):
            if not yes(entry.data, "within_authority"):
                over.setdefault(text(entry.data, "demand"), entry)
        lines += [
            Line(
                minute=record.minute(entry.tick),
                observable=Phrase("promised by somebody who may not decide it: {demand}", demand=record.name(demand)),
                rule=rule,
                points=-self.beyond,
            )
            for demand, entry in over.items()
        ]
        return assessed(mean(credits) - self.beyond * len(over), sorted(lines, key=lambda line: line.minute))

    def _credit(self, entry: Entry, *, told: bool) -> float:
        if not yes(entry.data, "within_authority"):
            return 0.0
        whole = self.dated + self.authority + self.told
        return (self.dated * yes(entry.data, "dated") + self.authority + self.told * told) / whole

    def _none(self, record: Record) -> Assessment:
        offered = [i for i in record.injects if i.about == "decision_maker" and i.status in {"handled", "missed"}]
        if not offered:
            return not_assessed(Phrase("nobody came who could have promised anything"))
        line = Line(
            minute=offered[-1].settled_min,
            observable=Phrase("somebody came who can decide, and nothing was promised to the end"),
            rule=Phrase(
                "A promise has an owner who may make it, a date, and is told to the crowd; promise nothing else"
            ),
            points=-1.0,
        )
        return assessed(0.0, [line])
