"""What a journal shows: measures that earn a share, and gates that must not trip; one file each, found by listing.

`AnyMeasure` and `AnyGate` are the unions of all of them, told apart by `measure` and by `gate`; a rubric names one and
gives its numbers.
"""

from typing import TYPE_CHECKING, Annotated, TypeVar, Union

from pydantic import BaseModel, Field

from sim.core.listing import kinds_in
from sim.measures.alerts import rates
from sim.measures.gate import Gate
from sim.measures.measure import Assessment, Line, Measure, Scale
from sim.measures.record import Facts, Record
from sim.measures.risk_estimates import Estimate, estimates

_Kind = TypeVar("_Kind", bound=BaseModel)


def _named(base: type[_Kind], field: str) -> dict[str, type[_Kind]]:
    kinds = kinds_in(__name__, __path__, base)
    return {str(kind.model_fields[field].annotation.__args__[0]): kind for kind in kinds}  # type: ignore[union-attr]


MEASURES: dict[str, type[Measure]] = _named(Measure, "measure")  # type: ignore[type-abstract]
"""Every measure by the name rubrics use."""
GATES: dict[str, type[Gate]] = _named(Gate, "gate")  # type: ignore[type-abstract]
"""Every gate by the name rubrics use."""

if TYPE_CHECKING:
    AnyMeasure = Measure
    AnyGate = Gate
else:
    # `X | Y` cannot be written for kinds that are only found at run time.
    AnyMeasure = Annotated[Union[tuple(MEASURES.values())], Field(discriminator="measure")]  # noqa: UP007
    AnyGate = Annotated[Union[tuple(GATES.values())], Field(discriminator="gate")]  # noqa: UP007

__all__ = [
    "GATES",
    "MEASURES",
    "AnyGate",
    "AnyMeasure",
    "Assessment",
    "Estimate",
    "Facts",
    "Gate",
    "Line",
    "Measure",
    "Record",
    "Scale",
    "estimates",
    "rates",
]
