"""Doctrine packs: rules of law as data, each with its citation and how sure we are of it."""

from typing import Literal

from pydantic import Field

from sim.effects import Number
from sim.scenario.words import Data, Words

Demand = Literal[
    "courtesy",
    "reason_logged",
    "power_named",
    "warned",
    "time_given",
    "authority",
    "lesser_means_tried",
    "violence",
    "exits_open",
    "medical_ready",
    "recording",
    "data_minimised",
    "targeted",
    "not_representative",
    "never",
]
"""What a rule can ask for; each is one function in the doctrine room."""


class Cite(Data):
    """Where the rule stands."""

    instrument: Words
    article: Words | None = None
    status: Literal["verified", "known", "assumed"]


class Rule(Data):
    """One rule: which orders it is about, what it asks, where it stands."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_.]*$")
    says: Words
    applies_to: tuple[str, ...] = Field(min_length=1, description="Legal check tags (L0 .. L9) or response ids.")
    require: tuple[Demand, ...] = Field(min_length=1)
    at_least: Number | None = Field(default=None, description="Threshold of the requirement, where it has one.")
    params: dict[str, Number] = Field(default={}, description="Thresholds by requirement, where several have one.")
    cite: Cite


class Pack(Data):
    """A body of rules."""

    schema_version: Literal[1] = Field(alias="schema")
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Words
    note: Words = Field(description="What every reader has to know: reviewed by whom, or by nobody yet.")
    rules: tuple[Rule, ...] = Field(min_length=1)
