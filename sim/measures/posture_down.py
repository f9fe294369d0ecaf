"""Posture down: whether helmets and shields came off again once it was quiet."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.measure import Assessment, Line, Measure, assessed, not_assessed
from sim.measures.record import Record, number

HELMET_ON = 2
"""`gear_max` of a reading from which the posture is heavy."""


class PostureDown(Measure):
    """Quiet minutes after heavy gear was first shown, past a time of grace. Never having shown any is not assessed."""

    measure: Literal["posture_down"]
    grace_min: float = Field(ge=0, description="Minutes of quiet before gear is expected to come off.")

    def assess(self, record: Record) -> Assessment:
        """The share of those minutes in which no heavy gear was in sight."""
        raised, quiet_since = False, float("inf")
        light: list[float] = []
        heavy: list[float] = []
        for entry in record.readings():
            minute = record.minute(entry.tick)
            quiet_since = min(quiet_since, minute) if record.quiet(entry) else float("inf")
            shown = number(entry.data, "gear_max") >= HELMET_ON
            raised = raised or shown
            if raised and minute - quiet_since >= self.grace_min:
                (heavy if shown else light).append(minute)
        if not light and not heavy:
            return not_assessed(Phrase("no heavy gear was shown, or it never became quiet"))
        share = len(light) / (len(light) + len(heavy))
        line = Line.judged(
            heavy[0] if heavy else light[0],
            Phrase(
                "{heavy} of {all} quiet minutes with helmets or shields still in sight",
                heavy=len(heavy),
                all=len(light) + len(heavy),
            ),
            Phrase("Move down the ladder of posture as readily as up"),
            share,
            1.0,
        )
        return assessed(share, [line])
