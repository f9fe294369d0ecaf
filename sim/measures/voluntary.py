"""Voluntary: of those who left, how many went by their own decision."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, not_assessed
from sim.measures.record import Record, number


class Voluntary(Measure):
    """Whoever was moved, detained or taken to hospital counts against. Whoever is still there counts neither way.

    When people left does not matter: an early end earns nothing.
    """

    measure: Literal["voluntary"]
    share: Scale = Field(description="Share of those who left that went by their own decision.")
    at_least: int = Field(ge=1, description="Fewer departures than this show nothing.")

    def assess(self, record: Record) -> Assessment:
        """Rises with the share that went by themselves."""
        readings = record.readings()
        last = readings[-1].data if readings else {}
        gone = number(last, "came") - number(last, "remaining")
        if gone < self.at_least:
            return not_assessed(Phrase("hardly anybody had left by the end"))
        by_themselves = number(last, "left_voluntary") / gone
        share = self.share.share(by_themselves)
        line = Line(
            minute=record.end_min,
            observable=Phrase("{share:.0%} of those who left went by their own decision", share=by_themselves),
            rule=Phrase("People go home because they decide to; how soon is not asked"),
            points=share if share >= 0.5 else share - 1.0,
            outcome=True,
        )
        return assessed(share, [line])
