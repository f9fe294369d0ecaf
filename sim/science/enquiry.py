"""An enquiry: set-ups of experiments somebody wrote down in a file, measured without a line of code."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.science.experiment import AnyExperiment, Experiment, Measured
from sim.science.row import Case
from sim.science.statistics import deviation, interval, mean

_STRICT = ConfigDict(frozen=True, extra="forbid")


class Bounds(BaseModel):
    """What the mean of one figure is expected to be."""

    model_config = _STRICT

    low: float | None = Field(default=None, description="Lowest mean that will do.")
    high: float | None = Field(default=None, description="Highest mean that will do.")


class Setup(BaseModel):
    """One experiment, the seeds it is tried under, and what to vary in it."""

    model_config = _STRICT

    name: str = Field(pattern=r"^[a-z][a-z0-9_-]*$", description="What the results are called.")
    experiment: AnyExperiment = Field(description="The set-up and its parameters.")
    vary: dict[str, tuple[Any, ...]] = Field(
        default={}, description="Parameters of the set-up and the values each takes in turn, in all combinations."
    )
    seeds: int | tuple[int, ...] = Field(default=5, description="How many seeds, from 1 on, or a list of them.")
    expect: dict[str, Bounds] = Field(default={}, description="Figures and the bounds of their means.")

    @model_validator(mode="after")
    def _can_vary(self) -> "Setup":
        """Build every variation once, so that a bad one is known before anything runs."""
        list(self.variations())
        return self

    def variations(self) -> Iterator[tuple[str, Experiment]]:
        """Yield every combination of what is varied, named by its values."""
        given = self.experiment.model_dump()
        for values in product(*self.vary.values()):
            chosen = dict(zip(self.vary, values, strict=True))
            words = ", ".join(f"{key} {value}" for key, value in chosen.items())
            yield f"{self.name} ({words})" if words else self.name, type(self.experiment)(**(given | chosen))


class Enquiry(BaseModel):
    """A file of `science --config`."""

    model_config = _STRICT

    enquiry: Literal[1] = Field(description="Version of this format.")
    experiments: tuple[Setup, ...] = Field(min_length=1)

    def cases(self) -> list[tuple[str, Case, dict[str, Bounds]]]:
        """Return every case by name, with what is expected of it."""
        found = []
        for setup in self.experiments:
            seeds = tuple(range(1, setup.seeds + 1)) if isinstance(setup.seeds, int) else setup.seeds
            found += [(name, Case(each, seeds), setup.expect) for name, each in setup.variations()]
        return found


@dataclass(frozen=True, slots=True)
class Answer:
    """What one case of an enquiry measured."""

    name: str
    case: Case
    trials: Sequence[Measured]
    expected: dict[str, Bounds]

    def figures(self) -> list[dict[str, Any]]:
        """Return mean, spread and interval of every figure over the seeds, and whether it is as expected.

        `holds` is None where nothing was expected; a figure that was expected and not measured does not hold.
        """
        single = [name for name, value in self.trials[0].items() if not isinstance(value, list)]
        found = []
        for name in [*single, *(name for name in self.expected if name not in single)]:
            values = [float(trial[name]) for trial in self.trials] if name in single else []  # type: ignore[arg-type]
            centre, bounds = mean(values), self.expected.get(name)
            held = None
            if bounds is not None:
                held = bool(values) and (bounds.low is None or centre >= bounds.low)
                held = held and (bounds.high is None or centre <= bounds.high)
            found.append(
                {
                    "figure": name,
                    "mean": centre if values else None,
                    "sd": deviation(values) if values else None,
                    "interval": list(interval(values)) if values else None,
                    "low": min(values, default=None),
                    "high": max(values, default=None),
                    "n": len(values),
                    "holds": held,
                }
            )
        return found

    def series(self) -> dict[str, list[list[float]]]:
        """Return every series, one list for each seed."""
        names = [name for name, value in self.trials[0].items() if isinstance(value, list)]
        return {name: [list(trial[name]) for trial in self.trials] for name in names}  # type: ignore[arg-type]
