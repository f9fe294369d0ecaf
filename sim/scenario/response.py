"""Responses: the acts a trainee can pick, as data."""

from typing import Literal

from pydantic import Field

from sim.effects import AnyEffect, Number
from sim.scenario.condition import Condition
from sim.scenario.words import Data, Words
from sim.world.order import Value

GROUPS = (
    "information",
    "negotiation",
    "facilitation",
    "statement",
    "law",
    "posture",
    "containment",
    "dispersal",
    "targeted",
    "care",
    "command",
)
Kind = Literal[
    "information",
    "negotiation",
    "facilitation",
    "statement",
    "law",
    "posture",
    "containment",
    "dispersal",
    "targeted",
    "care",
    "command",
]
Force = Literal["none", "presence", "hands_on", "line", "containment", "area"]
"""How coercive an act is, least first."""
TargetKind = Literal["none", "place", "group", "claim", "lane", "activity"]


class Need(Data):
    """Something that has to be so before the response can be ordered."""

    when: Condition
    why: Words = Field(description="What to tell the trainee when it is not so.")


class Parameter(Data):
    """One further choice the response offers."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Words
    kind: Literal["choice", "number", "exit", "group", "demand", "demands", "task", "text"] = Field(
        description="`demands`: ids joined with `+`. `task`: one of the responses under `choices` while it is under "
        "way, `everything` or `coercive`."
    )
    choices: tuple[str, ...] = ()
    default: Value = ""
    at_least: float = 0.0
    at_most: float = 1e6


class Target(Data):
    """What the response is aimed at."""

    kind: TargetKind = "none"
    default: str = Field(
        default="",
        description="Id used when the order names none; for a place `crowd` means where most people are.",
    )


class Response(Data):
    """A kind of act: who does it, how long it takes, what the law asks, what it does."""

    schema_version: Literal[1] = Field(alias="schema")
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    catalogue: str = Field(description="Code in the response catalogue, e.g. NG1.")
    group: Kind
    title: Words
    says: Words = Field(description="What it is, in one sentence.")
    found_by: Words | None = Field(
        default=None, description="Other words somebody may search for it by, set apart by commas; nowhere shown."
    )
    units: tuple[str, ...] = Field(default=(), description="Unit codes any of which can do it; empty needs nobody.")
    teams: int = Field(default=1, ge=0, le=12, description="How many units go when the order names none.")
    also: tuple[str, ...] = Field(default=(), description="Codes that must be on scene besides and take part.")
    setup_min: Number
    run_min: Number = Field(description="0 goes on until stopped.")
    remote: bool = Field(default=False, description="True when it is done from where the units are, without travel.")
    force: Force = "none"
    checks: tuple[str, ...] = Field(
        default=(), description="Legal checks: tags that rules of a doctrine pack apply to."
    )
    needs: tuple[Need, ...] = ()
    target: Target = Target()
    parameters: tuple[Parameter, ...] = ()
    effects: tuple[AnyEffect, ...]
    evidence: Literal["A", "B", "C", "D"] = Field(description="A field or experiment .. D practice judgement.")
    note: Words | None = Field(default=None, description="What goes wrong when it is done badly.")

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name."""
        return next((p for p in self.parameters if p.name == name), None)
