"""What every gate is: something that must not have happened, whatever else went well."""

from abc import abstractmethod

from pydantic import BaseModel, ConfigDict

from sim.measures.measure import Line
from sim.measures.record import Record


class Gate(BaseModel):
    """One thing no score can buy back. Subclasses carry `gate: Literal["name"]` and their own numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    gate: str

    @abstractmethod
    def tripped(self, record: Record) -> tuple[Line, ...]:
        """What tripped it, oldest first; empty when nothing did."""
