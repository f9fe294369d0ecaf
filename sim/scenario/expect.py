"""Expectations: what an author says automatic players will come to, so that a machine can hold the scenario to it."""

from typing import Literal, Self

from pydantic import Field, model_validator

from sim.core.phrase import Phrase
from sim.scenario.words import ID, Data, Words, ids_of

CLAIMS = ("beats", "outcome", "meets", "crosses", "score_at_least", "score_at_most")


class Expectation(Data):
    """What one automatic player comes to, in a share of the runs; all that is claimed holds in the same run."""

    id: str = Field(pattern=ID, description="A name of its own.")
    says: Words | None = Field(default=None, description="The same in words, for whoever reads the result.")
    player: str = Field(json_schema_extra=ids_of("player"), description="Automatic player who plays.")
    beats: str | None = Field(
        default=None,
        json_schema_extra=ids_of("player"),
        description="Player whose score in the same seed is lower.",
    )
    by: float = Field(default=0.0, ge=0, le=100, description="With `beats`: lower by at least so many points.")
    outcome: Literal["won", "lost", "not_won", "not_lost"] | None = Field(
        default=None, description="How it ends: won is every aim met and no red line crossed, lost is one crossed."
    )
    meets: tuple[str, ...] = Field(default=(), json_schema_extra=ids_of("aim"), description="Aims (`win`) it meets.")
    crosses: tuple[str, ...] = Field(
        default=(), json_schema_extra=ids_of("loss"), description="Red lines (`lose`) it crosses."
    )
    score_at_least: float | None = Field(default=None, ge=0, le=100, description="Its score is not lower.")
    score_at_most: float | None = Field(default=None, ge=0, le=100, description="Its score is not higher.")
    in_share: float = Field(default=0.8, gt=0, le=1, description="Share of the seeds in which it has to be so.")
    seeds: int = Field(default=3, ge=1, le=50, description="How many runs are made, with seeds 1, 2, 3 …")

    @model_validator(mode="after")
    def _claims_something(self) -> Self:
        if not self.model_fields_set.intersection(CLAIMS):
            raise ValueError(
                Phrase("this expectation claims nothing"),
                Phrase("add one of: {known}", known=", ".join(CLAIMS)),
            )
        if self.beats == self.player:
            raise ValueError(
                Phrase("nobody beats themselves"), Phrase("name another player, or take it out"), ("beats",)
            )
        if "by" in self.model_fields_set and self.beats is None:
            raise ValueError(
                Phrase("{key} says nothing here: it belongs to {questions}", key="by", questions="beats"),
                Phrase("take it out, or put it beside {questions}", questions="beats"),
                ("by",),
            )
        return self

    @property
    def players(self) -> tuple[str, ...]:
        """Who has to play so that it can be judged."""
        return (self.player,) if self.beats is None else (self.player, self.beats)
