"""A number in a data file that says where it comes from: `{assumed: 5}` or `{sourced: 90, from: ...}`."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

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


def assumed(value: float) -> Number:
    """A judgement, for defaults in code."""
    return Number(assumed=value)
