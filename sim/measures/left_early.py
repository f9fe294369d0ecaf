"""Left early: the exercise was broken off although the days after were still to come."""

from typing import Literal

from sim.core.phrase import Phrase
from sim.measures.gate import Gate
from sim.measures.measure import Line
from sim.measures.record import Record, text, yes


class LeftEarly(Gate):
    """Only where the scenario has days after; what they would have shown cannot be avoided by stopping.

    A drill never comes to the days after: it is over with its time box, or when people have gone. So none is broken off
    before them, whoever ends it early: an instructor's end is not the squad's doing, and what somebody alone leaves
    unanswered stands on the drill's card.
    """

    gate: Literal["left_early"]

    def tripped(self, record: Record) -> tuple[Line, ...]:
        """One line when it was stopped before the last day was over."""
        ends = [e for e in record.entries if e.kind == "outcome"]
        if not record.facts.has_aftermath or not ends or yes(ends[-1].data, "aftermath"):
            return ()
        if any(e.kind == "drill" for e in record.entries):
            return ()
        if text(ends[-1].data, "reason") != "stopped":
            return ()
        return (
            Line(
                minute=record.minute(ends[-1].tick),
                observable=Phrase("it was broken off before the days after were over"),
                rule=Phrase("What was promised and what was done is paid for in the days after; they belong to it"),
            ),
        )
