"""What a seat cannot know, and how likely what is: the priors over which the after-action review takes its mean."""

from pydantic import Field

from sim.effects import Number, Positive, Share
from sim.scenario.words import Data, ids_of


def _assumed(value: float) -> Number:
    return Number(assumed=value)


class Hidden(Data):
    """Priors of the hidden variables; what is left out has the values given here."""

    types_unknown: bool = Field(
        default=True, description="Who of a group is an agitator cannot be seen before they offend."
    )
    mood_spread: Share = Field(
        default=_assumed(0.05), description="Standard deviation of moods round what the model holds: they are not seen."
    )
    inject_chance: Share = Field(
        default=_assumed(0.85), description="Chance that an inject still to come does come; `certain` ones always do."
    )
    inject_spread_min: Positive = Field(
        default=_assumed(3.0), description="Standard deviation, in minutes, of when it comes."
    )
    certain: tuple[str, ...] = Field(
        default=(),
        json_schema_extra=ids_of("inject"),
        description="Injects announced beforehand, whose coming and time are known.",
    )
    truth_by_grade: dict[str, Share] = Field(
        default={
            "A": _assumed(0.95),
            "B": _assumed(0.8),
            "C": _assumed(0.6),
            "D": _assumed(0.35),
            "E": _assumed(0.25),
        },
        description="How likely a signal that nobody has checked is true, by the reliability of its source.",
    )
