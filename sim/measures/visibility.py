"""Visibility: whether more police or heavier gear stood in sight than a quiet crowd called for."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, not_assessed
from sim.measures.record import Record, number

HELMET_ON = 2
"""`gear_max` of a reading from which the posture is heavy."""


class Visibility(Measure):
    """Quiet minutes of the gathering. Not assessed for a seat that used nobody: prudence shows in use."""

    measure: Literal["visibility"]
    officers: int = Field(ge=0, description="So many officers in sight are never too many.")
    ratio: float = Field(gt=0, description="Officers in sight for each participant from which they are too many.")

    def assess(self, record: Record) -> Assessment:
        """The share of quiet minutes without too many or too heavy."""
        if not record.acted or record.gathering is None:
            return not_assessed(Phrase("nobody was put to use"))
        over: list[float] = []
        quiet = 0
        for entry in record.readings():
            here = number(entry.data, "participants")
            if record.minute(entry.tick) < record.gathering.first_min or here < 1 or not record.quiet(entry):
                continue
            quiet += 1
            in_sight = number(entry.data, "officers_visible")
            too_many = in_sight > self.officers and in_sight > self.ratio * here
            if too_many or number(entry.data, "gear_max") >= HELMET_ON:
                over.append(record.minute(entry.tick))
        if not quiet:
            return not_assessed(Phrase("it never was quiet"))
        share = 1.0 - len(over) / quiet
        line = Line(
            minute=over[0] if over else record.gathering.first_min,
            observable=Phrase(
                "{over} of {quiet} quiet minutes with too many officers or heavy gear in sight",
                over=len(over),
                quiet=quiet,
            ),
            rule=Phrase("Reserves stay near but out of sight while it is quiet"),
            points=share - 1.0,
        )
        return assessed(share, [line])
