"""Tension area: how angry, and how far set against the police, people were over the whole gathering."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, Scale, assessed, mean, not_assessed
from sim.measures.record import Record, number


class TensionArea(Measure):
    """Half the mean over the gathering, half that of its worst minutes, so that waiting long does not wash out a clash.

    People who were moved or detained stay in the mean with what was felt when they were last there: clearing a place
    does not calm anybody.
    """

    measure: Literal["tension_area"]
    level: Scale = Field(
        description="Mean of anger and of us-against-the-police, 0..1; assumed ends, no reference runs yet."
    )
    worst_min: int = Field(ge=1, description="How many of the worst minutes make the second half.")

    def assess(self, record: Record) -> Assessment:
        """Falls with the level."""
        levels = self._levels(record)
        if not levels:
            return not_assessed(Phrase("there was no gathering to read"))
        worst = sorted((level for _, level in levels), reverse=True)[: self.worst_min]
        level = (mean(value for _, value in levels) + mean(worst)) / 2.0
        share = self.level.share(level)
        line = Line(
            minute=max(levels, key=lambda each: each[1])[0],
            observable=Phrase(
                "anger and us-against-the-police stood at {level:.2f} of 1, with their peak at this minute", level=level
            ),
            rule=Phrase(
                "Judged between {full:.2f} (calm) and {none:.2f} (hot): ends assumed until there are reference runs",
                full=self.level.full,
                none=self.level.none,
            ),
            points=share - 1.0,
            outcome=True,
        )
        return assessed(share, [line])

    def _levels(self, record: Record) -> list[tuple[float, float]]:
        gathering = record.gathering
        if gathering is None:
            return []
        levels: list[tuple[float, float]] = []
        removed, carried, latest = 0.0, 0.0, 0.0
        for entry in record.readings():
            here = number(entry.data, "participants")
            gone = number(entry.data, "left_moved") + number(entry.data, "detained")
            if gone > removed:
                carried += (gone - removed) * latest
                removed = gone
            if here > 0:
                latest = (number(entry.data, "anger") + number(entry.data, "identity")) / 2.0
            minute = record.minute(entry.tick)
            if minute >= gathering.first_min and here + removed > 0:
                levels.append((minute, (here * latest + carried) / (here + removed)))
        return levels
