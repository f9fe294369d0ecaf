"""Gate: gas, water or the like hit people who were not using violence."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.gate import Gate
from sim.measures.measure import Line
from sim.measures.record import Record, number


class AreaMeans(Gate):
    """A discharge of which more than a few met people who had not offended."""

    gate: Literal["area_means"]
    offenders: float = Field(ge=0, le=1, description="Share of those hit who must have been using violence.")

    def tripped(self, record: Record) -> tuple[Line, ...]:
        """One line for each such discharge."""
        return tuple(
            Line(
                minute=record.minute(e.tick),
                observable=Phrase(
                    "means against a whole area hit {hit:.0f} people, of whom {offenders:.0f} were using violence",
                    hit=number(e.data, "hit"),
                    offenders=number(e.data, "offenders_hit"),
                ),
                rule=Phrase("Means that cannot tell people apart are not used where peaceful people stand"),
            )
            for e in record.own("area_force")
            if number(e.data, "hit") > 0 and number(e.data, "offenders_hit") < self.offenders * number(e.data, "hit")
        )
