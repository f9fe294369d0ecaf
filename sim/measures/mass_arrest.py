"""Gate: many were arrested who had done nothing, or somebody who speaks for the crowd was."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.gate import Gate
from sim.measures.measure import Line
from sim.measures.record import Record, yes


class MassArrest(Gate):
    """Arrests with evidence never trip it, however many they are."""

    gate: Literal["mass_arrest"]
    without_evidence: int = Field(ge=1, description="So many arrests without evidence are a mass arrest.")

    def tripped(self, record: Record) -> tuple[Line, ...]:
        """One line for a mass arrest, one for each representative."""
        groundless = [e for e in record.own("arrest") if not yes(e.data, "evidence")]
        lines = [
            Line(
                minute=record.minute(e.tick),
                observable=Phrase("somebody who speaks for the crowd was arrested without an offence"),
                rule=Phrase("Who speaks for others is not taken for it"),
            )
            for e in groundless
            if yes(e.data, "representative")
        ]
        if len(groundless) >= self.without_evidence:
            lines.append(
                Line(
                    minute=record.minute(groundless[self.without_evidence - 1].tick),
                    observable=Phrase(
                        "{number} people were arrested against whom there was nothing", number=len(groundless)
                    ),
                    rule=Phrase("Each arrest has its own ground in what that person did"),
                )
            )
        return tuple(sorted(lines, key=lambda line: line.minute))
