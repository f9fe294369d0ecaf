"""Gate: the public was told something untrue, and we did not correct it ourselves."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.gate import Gate
from sim.measures.measure import Line
from sim.measures.record import Record, text, yes

RULE = Phrase("Say only what is so; what turns out untrue is corrected by ourselves, at once")


class FalseStatement(Gate):
    """An untrue official statement to which no true one on the same matter followed soon."""

    gate: Literal["false_statement"]
    correct_within_min: float = Field(gt=0, description="So soon it has to be corrected.")

    def tripped(self, record: Record) -> tuple[Line, ...]:
        """One line for each untrue statement left standing."""
        statements = record.own("statement")
        lines = []
        for entry in statements:
            if yes(entry.data, "true"):
                continue
            last = entry.tick + self.correct_within_min * 600
            matter = (text(entry.data, "about"), text(entry.data, "rumour"))
            corrected = any(
                entry.tick < e.tick <= last
                and yes(e.data, "true")
                and (text(e.data, "about"), text(e.data, "rumour")) == matter
                for e in statements
            )
            if not corrected:
                lines.append(
                    Line(
                        minute=record.minute(entry.tick),
                        observable=Phrase("an untrue official statement was left standing"),
                        rule=RULE,
                    )
                )
        lines += [
            Line(
                minute=record.minute(entry.tick),
                observable=Phrase("what had been stated without a check turned out untrue"),
                rule=RULE,
            )
            for entry in record.own("statement_disproved")
            if not any(
                entry.tick < e.tick <= entry.tick + self.correct_within_min * 600
                and yes(e.data, "true")
                and text(e.data, "rumour") == text(entry.data, "rumour")
                for e in statements
            )
        ]
        return tuple(lines)
