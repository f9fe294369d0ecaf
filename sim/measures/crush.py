"""Gate: a crowd was crushed although there had been time and warning enough."""

from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.measures.gate import Gate
from sim.measures.measure import Line
from sim.measures.record import Record


class Crush(Gate):
    """Deadly density for minutes on end, a warning well before, and no relief ordered in between."""

    gate: Literal["crush"]
    density: float = Field(gt=0, description="Persons/m2.")
    lasting: int = Field(ge=1, description="Readings in a row, one a minute.")
    warning_density: float = Field(gt=0, description="Persons/m2 at which officers can see it coming.")
    warned_min: float = Field(ge=0, description="How long before there must have been a warning.")
    relief_responses: tuple[str, ...] = Field(description="Catalogue codes of responses that relieve crowding.")

    def tripped(self, record: Record) -> tuple[Line, ...]:
        """One line for the first such crush."""
        densities = record.series("density_max")
        run = 0
        for k, (_, density) in enumerate(densities):
            run = run + 1 if density >= self.density else 0
            if run == self.lasting:
                began = densities[k - self.lasting + 1][0]
                warned = self._warned(record, began)
                if warned is not None and not self._relieved(record, warned, began):
                    return (
                        Line(
                            minute=began,
                            observable=Phrase(
                                "{density:.1f} persons/m2 for {minutes} min, warned {warned:.0f} min before, no relief",
                                density=density,
                                minutes=self.lasting,
                                warned=began - warned,
                            ),
                            rule=Phrase("A crush that was seen coming is prevented: open, one way, stop the inflow"),
                        ),
                    )
        return ()

    def _warned(self, record: Record, began: float) -> float | None:
        warnings = [i.minute for i in record.injects if i.about == "crowding"]
        warnings += [minute for minute, density in record.series("density_max") if density >= self.warning_density]
        first = min(warnings, default=None)
        return first if first is not None and began - first >= self.warned_min else None

    def _relieved(self, record: Record, warned: float, began: float) -> bool:
        done = [record.minute(e.tick) for e in record.consequences("relief")]
        done += [o.minute for o in record.orders if o.accepted and o.catalogue in self.relief_responses]
        return any(warned <= minute <= began for minute in done)
