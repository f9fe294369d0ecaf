"""Responses: the acts a trainee can pick, as data."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from sim.core.phrase import Phrase
from sim.effects import AnyEffect, Number
from sim.scenario.condition import Condition
from sim.scenario.necessity import NOTE
from sim.scenario.problem import Problem, unknown_name
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
PhaseName = Literal["P0", "P1", "P2", "P3", "P4", "P5", "P6"]
"""Phases of an incident, from early warning to aftermath."""
ON_SCENE: tuple[PhaseName, ...] = ("P0", "P1", "P2", "P3", "P4", "P5")
ALWAYS: tuple[PhaseName, ...] = (*ON_SCENE, "P6")
AT_ANY_TIME = ("statement",)
"""Kinds of response that belong to no phase unless their file says so."""
Force = Literal["none", "presence", "hands_on", "line", "containment", "area"]
"""How coercive an act is, least first."""
TargetKind = Literal["none", "place", "group", "claim", "lane", "activity"]


FORCES = ("hands_on", "line", "containment", "area")
"""What is force: not mere presence."""


def _is_coercive(force: object, checks: object) -> bool:
    return force in FORCES or (isinstance(checks, list | tuple) and "L5" in checks)


class Need(Data):
    """Something that has to be so before the response can be ordered."""

    when: Condition
    why: Words = Field(description="What to tell the trainee when it is not so.")

    @model_validator(mode="after")
    def _asks_of_now(self) -> Self:
        if any(part.for_s is not None for _, part in self.when.parts()):
            raise ValueError(
                Phrase("for_s is for the conditions of a scenario; a response asks how things stand now"),
                Phrase("take it out, or ask for a flag that the scenario sets"),
                ("when",),
            )
        return self


class Parameter(Data):
    """One further choice the response offers."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Words
    kind: Literal[
        "choice",
        "several",
        "facts",
        "number",
        "exit",
        "group",
        "demand",
        "demands",
        "task",
        "sources",
        "text",
        "power",
        "rule",
        "response",
        "grounds",
        "means",
    ] = Field(
        description="`task`: one of the responses under `choices` while it is under way, `everything` or `coercive`; "
        "`several`: any of `choices`, joined by + in their order; `demands`, `facts`: their ids, joined by +; "
        "`sources`: sources of the claim it is aimed at, joined by +, the best ones when empty; "
        "`grounds` (facts it rests on) and `means` are lists of ids joined by +."
    )
    choices: tuple[str, ...] = ()
    default: Value = ""
    at_least: float = 0.0
    at_most: float = 1e6

    @property
    def needed(self) -> bool:
        """True where an order that leaves it empty says nothing: terms or a promise on no demand at all."""
        return self.kind == "demands"


class Target(Data):
    """What the response is aimed at."""

    kind: TargetKind = "none"
    default: str = Field(
        default="",
        description="Id used when the order names none; for a place `crowd` means where most people are.",
    )


class Expected(Data):
    """Which way something moves in people who perceive the act, by what is known; paired runs are held against it."""

    of: Literal[
        "anger",
        "fear",
        "legitimacy",
        "identity",
        "hope",
        "exit_belief",
        "grievance",
        "fatigue",
        "rumour",
        "present",
        "bystanders",
        "workers",
        "public",
        "uncertainty",
    ] = Field(
        description="A feeling of those there, how many tell a `rumour` or are `present`, or what a public thinks."
    )
    goes: Literal["up", "down"] = Field(description="Which way.")
    sourced: str = Field(default="", description="Who found it; left out, it is a judgement of the authors.")


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
    special: bool = Field(
        default=False, description="Offered only in scenarios that name it: it needs something few places have."
    )
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
    expects: tuple[Expected, ...] = Field(
        default=(), description="Which way it moves people who perceive it; empty for what works unseen."
    )

    phases: tuple[PhaseName, ...] | None = Field(
        default=None,
        description="Phases it can be ordered in; left out: on the scene, statements at any time.",
    )

    @model_validator(mode="before")
    @classmethod
    def _with_note(cls, value: object) -> object:
        """A coercive response has the parameters of the note on necessity, after its own."""
        if not isinstance(value, dict) or not _is_coercive(value.get("force", "none"), value.get("checks", ())):
            return value
        own = value.get("parameters", ())
        if not isinstance(own, list | tuple):
            return value
        named = [p.get("name") for p in own if isinstance(p, dict)]
        return {**value, "parameters": [*own, *(p for p in NOTE if p["name"] not in named)]}

    @property
    def open_in(self) -> tuple[PhaseName, ...]:
        """The phases it can be ordered in."""
        if self.phases is not None:
            return self.phases
        return ALWAYS if self.group in AT_ANY_TIME else ON_SCENE

    @cached_property
    def lasting(self) -> tuple[AnyEffect, ...]:
        """Its effects that go on while it runs."""
        return tuple(effect for effect in self.effects if effect.lasting)

    @property
    def done_at_once(self) -> bool:
        """True when nothing of it goes on once it is set up: nobody is tied up and no effect lasts."""
        return not (self.run_min.value or self.units or self.lasting)

    @property
    def coercive(self) -> bool:
        """True when it uses force or the law asks whether it is necessary: it carries a note on necessity."""
        return _is_coercive(self.force, self.checks)

    def faults(self, known: Iterable[str]) -> Iterator[Problem]:
        """Every response its conditions ask for that is not there."""
        names = tuple(known)
        for k, need in enumerate(self.needs):
            for inside, part in need.when.parts():
                if part.ordered is not None and part.ordered not in names:
                    yield unknown_name(("needs", k, "when", *inside, "ordered"), "response", part.ordered, names)

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name."""
        return next((p for p in self.parameters if p.name == name), None)
