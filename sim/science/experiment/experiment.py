"""What every experiment is: a set-up given as parameters, and one trial of it under one luck."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, field_validator

from sim.core.noise import Noise
from sim.core.phrase import Phrase
from sim.world.numbers import Numbers

Measured: TypeAlias = dict[str, float | list[float]]
"""What one trial measured, by name: single figures, and series for curves; plain data that can cross processes."""


class Parameter(NamedTuple):
    """One parameter of an experiment, as a person choosing it reads about it."""

    name: str
    usual: str | None
    """The value it has unless given, as Python writes it; None when it must be given."""
    meaning: Phrase


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

    @classmethod
    def purpose(cls) -> Phrase:
        """Return what this experiment sets up, in one sentence: the first line of its docstring."""
        return Phrase.literal((cls.__doc__ or "").partition("\n")[0])

    @classmethod
    def parameters(cls) -> Iterator[Parameter]:
        """Yield everything that can be given, in the order it is declared."""
        for name, about in cls.model_fields.items():
            if name != "setup":
                usual = None if about.is_required() else str(about.get_default(call_default_factory=True))
                yield Parameter(name, usual, Phrase.literal(about.description or ""))

    @abstractmethod
    def trial(self, noise: Noise) -> Measured:
        """Run once and return what was measured; the same noise measures the same to the last bit."""
