"""Injuries: who was hurt, how badly, and whether the police caused it or could have prevented it."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import LText, Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, not_assessed
from sim.measures.record import Record, number, text

GRADES = ("minor", "serious", "fatal")
WORDS = {
    "minor": LText("minor", "轻伤"),
    "serious": LText("serious", "重伤"),
    "fatal": LText("fatal", "死亡"),
}


class Injuries(Measure):
    """Each person hurt counts, whoever it was: participants, bystanders, people at work and officers.

    An illness counts only once it got worse for want of care.
    """

    measure: Literal["injuries"]
    fatal_police: float = Field(ge=0, le=1, description="Share lost for each death the police caused.")
    serious_police: float = Field(ge=0, le=1, description="For each serious injury the police caused.")
    minor_police: float = Field(ge=0, le=1, description="For each minor injury the police caused.")
    fatal_preventable: float = Field(ge=0, le=1, description="For each other death.")
    serious_preventable: float = Field(ge=0, le=1, description="For each other serious injury.")
    minor_preventable: float = Field(ge=0, le=1, description="For each other minor injury.")

    def assess(self, record: Record) -> Assessment:
        """1 less what each injury costs."""
        hurt = record.consequences("injury")
        if not hurt and record.gathering is None:
            return not_assessed(Phrase("nobody came"))
        worst = {number(e.data, "number"): text(e.data, "severity") for e in record.consequences("worsened")}
        lines = []
        for k, entry in enumerate(hurt, start=1):
            severity, cause = worst.get(k, text(entry.data, "severity")), text(entry.data, "cause")
            if (cause == "illness" and k not in worst) or severity not in GRADES:
                continue
            by_police = cause == "police"
            cost = getattr(self, f"{severity}_{'police' if by_police else 'preventable'}")
            seen = (
                Phrase("an injury caused by the police ({severity})", severity=WORDS[severity])
                if by_police
                else Phrase("an injury the police did not cause ({severity})", severity=WORDS[severity])
            )
            rule = Phrase("Everybody's life and limb come first; what the police themselves cause weighs most")
            lines.append(Line(minute=record.minute(entry.tick), observable=seen, rule=rule, points=-cost, outcome=True))
        return assessed(1.0 + sum(line.points for line in lines), lines)
