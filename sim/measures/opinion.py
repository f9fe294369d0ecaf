"""Opinion: how those taking part, bystanders, people at work and the wider public came to judge the handling."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import LText, Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, mean, not_assessed
from sim.measures.record import Record, yes

PUBLICS = {
    "opinion_participants": LText("those taking part", "参与者"),
    "public": LText("the wider public", "社会公众"),
    "bystanders": LText("bystanders", "旁观者"),
    "workers": LText("people at work here", "在此工作的人"),
}


class PublicOpinion(Measure):
    """Each public by itself, the one that lost most making half. What an untrue statement won counts as lost."""

    measure: Literal["opinion"]
    change: Scale = Field(description="Change of a public's judgement from the first reading to the last, -1..1.")

    def assess(self, record: Record) -> Assessment:
        """Rises with the changes."""
        series = {name: values for name in PUBLICS if (values := record.series(name))}
        if record.gathering is None or "public" not in series:
            return not_assessed(Phrase("there was nothing for the public to judge"))
        untrue = [e for e in record.own("statement") if not yes(e.data, "true")]
        lied = bool(untrue or record.own("statement_disproved"))
        lines, shares = [], []
        for name, values in series.items():
            change = values[-1][1] - values[0][1]
            if lied and name == "public":
                change = -abs(change)
            shares.append(self.change.share(change))
            lines.append(
                Line(
                    minute=record.end_min,
                    observable=Phrase(
                        "judgement of {public} changed by {change:+.2f}", public=PUBLICS[name], change=change
                    ),
                    rule=Phrase(
                        "Opinion follows true words and visible fairness; what an untrue line wins is taken back"
                    ),
                    points=(shares[-1] if shares[-1] >= 0.5 else shares[-1] - 1.0) / len(series),
                    outcome=True,
                )
            )
        return assessed((mean(shares) + min(shares)) / 2.0, lines)
