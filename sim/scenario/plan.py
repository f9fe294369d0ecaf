"""Plans: one scenario tried in several ways from one prepared moment, over many seeds, and what is expected of it."""

from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from sim.core.phrase import Phrase
from sim.scenario.words import Data, Words
from sim.world.metric import METRICS

NAME = r"^[a-z][a-z0-9_]*$"


class Bar(Data):
    """A straight row of barriers that shuts a way at the prepared moment and stays."""

    name: Words
    ends: tuple[float, float, float, float] = Field(description="From [x0, y0, to x1, y1], in metres.")


class Arm(Data):
    """One way of going on from the prepared moment."""

    id: str = Field(pattern=NAME)
    title: Words
    player: str = Field(default="passive", description="Automatic player that gives further orders.")
    orders: tuple[dict[str, Any], ...] = Field(default=(), description="Orders as in an order file.")
    bars: tuple[Bar, ...] = Field(default=(), description="Ways that are shut from the prepared moment on.")


class Prepare(Data):
    """How each run gets to the moment from which the arms part."""

    player: str = Field(default="passive", description="Automatic player up to the moment.")
    orders: tuple[dict[str, Any], ...] = Field(default=(), description="Orders as in an order file.")
    until: str = Field(description="The moment, as minutes:seconds of scenario time.")


class Measured(Data):
    """A number taken of every trial."""

    id: str = Field(pattern=NAME)
    title: Words
    metric: str = Field(description="One of the metrics scenario files may use.")
    at: Literal["end", "home"] = Field(
        default="end",
        description="`end` of the trial, or at `home`: after the days after, in which nobody does a thing.",
    )

    @field_validator("metric")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in METRICS:
            raise ValueError(
                Phrase("there is no metric called {name}", name=value),
                Phrase("there are: {known}", known=", ".join(METRICS)),
            )
        return value


class Claim(Data):
    """What is expected: a weighted sum of the arms, taken seed by seed, lies above or below a number in the mean."""

    id: str = Field(pattern=NAME)
    says: Words
    measure: str
    contrast: dict[str, float] = Field(description="Weight of each arm; the weights add up to 0.")
    above: float | None = None
    below: float | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if (self.above is None) == (self.below is None):
            raise ValueError(
                Phrase("a claim says either what it lies above or what it lies below"),
                Phrase("write {example}", example="above: 0"),
            )
        if abs(sum(self.contrast.values())) > 1e-9:
            raise ValueError(
                Phrase("the weights of a claim add up to {total:g}, not 0", total=sum(self.contrast.values())),
                Phrase("write {example}", example="contrast: {this: 1, that: -1}"),
            )
        return self


class Plan(Data):
    """Paired arms over many seeds: every arm of a seed goes on from the same state and meets the same noise."""

    schema_version: Literal[1] = Field(alias="schema")
    id: str = Field(pattern=NAME)
    title: Words
    scenario: str = Field(description="Id of a scenario, or its file.")
    first_seed: int = Field(default=1, ge=0, le=2**63)
    seeds: int = Field(ge=1, le=100_000, description="How many seeds, from the first on.")
    prepare: Prepare
    lasts_min: float = Field(gt=0, le=600, description="Minutes each arm goes on.")
    stride: Literal[1, 2] = Field(default=2, description="Ticks in which bodies move after the moment.")
    arms: tuple[Arm, ...] = Field(min_length=1)
    measures: tuple[Measured, ...] = Field(min_length=1)
    claims: tuple[Claim, ...] = ()

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        for names in ([a.id for a in self.arms], [m.id for m in self.measures], [c.id for c in self.claims]):
            twice = [name for k, name in enumerate(names) if name in names[:k]]
            if twice:
                raise ValueError(
                    Phrase("{name} is there twice", name=twice[0]),
                    Phrase("keep one of the two, or give one another id"),
                )
        arms, measures = {a.id for a in self.arms}, {m.id for m in self.measures}
        for claim in self.claims:
            for name, known in ((claim.measure, measures), *((arm, arms) for arm in claim.contrast)):
                if name not in known:
                    raise ValueError(
                        Phrase("there is no arm or measure called {name}", name=name),
                        Phrase("there are: {known}", known=", ".join(sorted(known))),
                    )
        return self

    @property
    def to_the_end(self) -> bool:
        """True when a measure is taken after the days after."""
        return any(measure.at == "home" for measure in self.measures)

    def identity(self) -> str:
        """Everything that decides what a trial measures, as text: not how many seeds, nor what is said or claimed."""
        kept = {"scenario", "prepare", "lasts_min", "stride", "arms", "measures"}
        return self.model_dump_json(
            include=kept, exclude={"arms": {"__all__": {"title"}}, "measures": {"__all__": {"title"}}}
        )
