"""What every experiment is: a set-up given as parameters, and one trial of it under one luck."""

from abc import abstractmethod
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, Field, field_validator

from sim.core.noise import Noise
from sim.world.numbers import Numbers

Measured: TypeAlias = dict[str, float | list[float]]
"""What one trial measured, by name: single figures, and series for curves; plain data that can cross processes."""


class Experiment(BaseModel):
    """One set-up of the production crowd; subclasses carry `setup: Literal["name"]` and their parameters.

    Everything that can be switched is a parameter with a unit in its name, a meaning and a range, so that a set-up
    nobody thought of can be written down without code.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    setup: str
    numbers: dict[str, float] = Field(
        default={}, description="Numbers about people that differ from the usual, by full name (`feeling.contagion`)."
    )

    @field_validator("numbers")
    @classmethod
    def _known(cls, values: dict[str, float]) -> dict[str, float]:
        Numbers().changed(values)
        return values

    @property
    def model(self) -> Numbers:
        """The numbers this experiment runs with."""
        return Numbers().changed(self.numbers)

    @abstractmethod
    def trial(self, noise: Noise) -> Measured:
        """Run once and return what was measured; the same noise measures the same to the last bit."""
