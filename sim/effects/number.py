"""A number in a data file that says where it comes from: `{assumed: 5}` or `{sourced: 90, from: ...}`."""

from dataclasses import dataclass
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, core_schema

from sim.core.phrase import Phrase

_AS_IN = Phrase("write {example}", example="{assumed: 5}")


class Number(BaseModel):
    """A figure about people, tactics or time, with its standing. Exactly one of `assumed` and `sourced` is given."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    assumed: float | None = Field(default=None, description="The figure, when it is a judgement.")
    sourced: float | None = Field(default=None, description="The figure, when a source gives it.")
    source: str = Field(default="", alias="from", description="The source; required with `sourced`.")

    @model_validator(mode="before")
    @classmethod
    def _says_where_from(cls, value: object) -> object:
        if isinstance(value, int | float) and not isinstance(value, bool):
            raise ValueError(  # noqa: TRY004 - pydantic collects ValueErrors
                Phrase("the number {value:g} does not say whether it is assumed or sourced", value=value),
                Phrase("write {example}", example=f"{{assumed: {value:g}}}"),
            )
        return value

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.assumed is None) == (self.sourced is None):
            raise ValueError(Phrase("this number is either assumed or sourced, not both"), _AS_IN)
        if self.sourced is not None and not self.source:
            raise ValueError(
                Phrase("a sourced number names its source"), Phrase("add a line: {example}", example="from: …")
            )
        return self

    @property
    def value(self) -> float:
        """The figure."""
        value = self.assumed if self.assumed is not None else self.sourced
        assert value is not None
        return value

    @property
    def status(self) -> str:
        """`assumed` or `sourced`."""
        return "assumed" if self.assumed is not None else "sourced"


@dataclass(frozen=True)
class Within:
    """A range for the figure of a number; either end may be left open."""

    low: float | None = None
    high: float | None = None

    @property
    def rule(self) -> Phrase:
        """The range in words."""
        if self.high is None:
            return Phrase("{low:g} or more", low=self.low or 0.0)
        return Phrase("from {low:g} to {high:g}", low=self.low or 0.0, high=self.high)

    def check(self, number: Number) -> Number:
        """The number; ValueError when its figure lies outside."""
        value = number.value
        if (self.low is not None and value < self.low) or (self.high is not None and value > self.high):
            hint = Phrase("write a value that is {rule}", rule=self.rule)
            if self.high == 1.0 and 1.0 < value <= 100.0:
                hint = Phrase("{percent:g} % is written {share:g}", percent=value, share=value / 100.0)
            raise ValueError(
                Phrase("{found} is not allowed here: it must be {rule}", found=f"{value:g}", rule=self.rule),
                hint,
                (number.status,),
            )
        return number

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Checks the number once it has been read."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The schema of a number with the range at its figure."""
        whole = dict(handler.resolve_ref_schema(handler(schema)))
        ends = {"minimum": self.low, "maximum": self.high}
        limits = {key: end for key, end in ends.items() if end is not None}
        whole["properties"] = {
            name: {**part, **limits, "type": "number"} if name in {"assumed", "sourced"} else part
            for name, part in whole["properties"].items()
        }
        for name in ("assumed", "sourced"):
            whole["properties"][name].pop("anyOf", None)
            whole["properties"][name].pop("default", None)
        return whole


Share = Annotated[Number, Within(0.0, 1.0)]
"""A share, a chance or a feeling, from 0 to 1."""
Positive = Annotated[Number, Within(0.0)]
"""An amount or a time that is not below 0."""


def assumed(value: float) -> Number:
    """A judgement, for defaults in code."""
    return Number(assumed=value)
