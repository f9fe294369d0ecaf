"""Doctrine packs: rules of law as data, each with its citation, how sure we are of it, and the days it holds."""

from collections.abc import Iterator, Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from sim.core.phrase import Phrase
from sim.effects import Number
from sim.scenario.problem import Problem, unknown_name
from sim.scenario.response import GROUPS, Response
from sim.scenario.words import Data, Words

FLOOR: Literal["un_baseline"] = "un_baseline"
"""The pack no scenario can do without: a domestic pack may be stricter, never looser."""
DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
"""A day as year-month-day: such texts sort as the days do."""
TAGS = (*(f"L{number}" for number in range(10)), "ST", "PR", "coercive")
"""Legal checks a response can carry; `coercive` is every response that uses force or asks for necessity."""

Demand = Literal[
    "courtesy",
    "reason_logged",
    "power_named",
    "power_fits",
    "warned",
    "time_given",
    "authority",
    "lesser_means_tried",
    "violence",
    "violent_cluster",
    "exits_open",
    "medical_ready",
    "release_planned",
    "recording",
    "data_minimised",
    "fair_words",
    "press_free",
    "targeted",
    "not_representative",
    "seats_within",
    "grave_reason",
    "listened_first",
    "decider_met",
    "talks_given_time",
    "offenders_dealt_with",
    "two_sides_open",
    "width_enough",
    "ways_lit",
    "route_named",
    "route_safe",
    "vulnerable_sheltered",
    "transport_ready",
    "time_realistic",
    "heard_at_edge",
    "observers_may_stay",
    "commander_named",
    "aim_noted",
    "facts_noted",
    "facts_checked",
    "lesser_noted",
    "harm_weighed",
    "never",
]
"""What a rule can ask for; each is one function in the doctrine room."""


class Dated(Data):
    """Something that holds from one day to another."""

    valid_from: str | None = Field(
        default=None, pattern=DAY, description="First day it holds; always has when left out."
    )
    valid_to: str | None = Field(default=None, pattern=DAY, description="Last day it holds; still does when left out.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from is not None and self.valid_to is not None and self.valid_from > self.valid_to:
            raise ValueError(Phrase("valid_from is later than valid_to"), Phrase("swap the two"))
        return self

    def in_force(self, day: str | None) -> bool:
        """True when it holds on that day; without a day, when nothing says that it has ended."""
        if day is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Cite(Data):
    """Where the rule stands."""

    instrument: Words
    article: Words | None = None
    status: Literal["verified", "known", "assumed"] = Field(
        description="`verified` was read in the text, `known` is common knowledge of the field, `assumed` is our own."
    )


class Power(Dated):
    """A legal power an order can name, and what it covers."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Words
    covers: tuple[str, ...] = Field(min_length=1, description="Response ids, or `group:targeted` and the like.")
    cite: Cite

    def allows(self, response: Response) -> bool:
        """True when this power covers that response."""
        return response.id in self.covers or f"group:{response.group}" in self.covers


class Rule(Dated):
    """One rule: which orders it is about, what it asks or permits, where it stands."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_.]*$")
    says: Words
    applies_to: tuple[str, ...] = Field(
        min_length=1, description="Legal check tags (L0 .. L9, ST public words, PR press freedom) or response ids."
    )
    require: tuple[Demand, ...] = Field(default=(), description="Everything it asks for.")
    at_least: Number | None = Field(default=None, description="Threshold of the requirement, where it has one.")
    params: dict[str, Number] = Field(default={}, description="Thresholds by requirement, where several have one.")
    permits: bool = Field(
        default=False, description="It lets something through that the floor may forbid: shown as a gap, opens nothing."
    )
    against: tuple[str, ...] = Field(default=(), description="With `permits`: rules of the floor it falls short of.")
    gap: Words | None = Field(default=None, description="With `permits`: where the two part.")
    cite: Cite

    @model_validator(mode="after")
    def _asks_or_permits(self) -> Self:
        if not self.permits and not self.require:
            raise ValueError(
                Phrase("this rule asks for nothing"), Phrase("add a line: {example}", example="require: …")
            )
        if self.permits != (self.gap is not None) or self.permits != bool(self.against):
            raise ValueError(
                Phrase("a rule that permits says where it falls short of the floor, and only such a rule does"),
                Phrase("write {example}", example="permits: true, against: […], gap: {en: …, zh: …}"),
            )
        return self

    def threshold(self, name: str, default: float) -> float:
        """The threshold this rule gives a requirement, else the default."""
        number = self.params.get(name, self.at_least)
        return number.value if number is not None else default

    def concerns(self, response: Response) -> bool:
        """True when it is about orders of this response."""
        tags = {*response.checks, response.id, *(("coercive",) if response.coercive else ())}
        return any(tag in tags for tag in self.applies_to)


class Pack(Data):
    """A body of rules."""

    schema_version: Literal[1] = Field(alias="schema")
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Words
    note: Words = Field(description="What every reader has to know: reviewed by whom, or by nobody yet.")
    reviewed_by: Words | None = Field(default=None, description="The lawyer or practitioner who has reviewed it.")
    powers: tuple[Power, ...] = ()
    rules: tuple[Rule, ...] = Field(min_length=1)

    def on(self, day: str | None) -> tuple[Rule, ...]:
        """The rules in force that day, in the order of the file."""
        return tuple(rule for rule in self.rules if rule.in_force(day))

    def powers_on(self, day: str | None) -> tuple[Power, ...]:
        """The powers in force that day, in the order of the file."""
        return tuple(power for power in self.powers if power.in_force(day))

    def faults(self, floor: "Pack", responses: Mapping[str, Response]) -> Iterator[Problem]:
        """Every name that is not known, and every attempt to put a rule of the floor out of force."""
        yield from self._names(floor, responses)
        seen: set[tuple[str, str | None]] = set()
        for k, rule in enumerate(self.rules):
            where = ("rules", k, "id")
            if (rule.id, rule.valid_from) in seen:
                said = Phrase("{id} is already the id of an earlier entry", id=rule.id)
                yield Problem(where, "repeated-id", said, hint=Phrase("give one of the two another id"))
            seen.add((rule.id, rule.valid_from))
            if self.id == floor.id and (rule.permits or rule.valid_to is not None):
                said = Phrase("a rule of the floor permits nothing and does not end: {id}", id=rule.id)
                yield Problem(where, "floor-rule", said, hint=Phrase("put it into a domestic pack"))
            elif self.id != floor.id and (rule.id.startswith("un.") or any(rule.id == r.id for r in floor.rules)):
                said = Phrase("{id} is a rule of the human-rights floor; no pack can replace it", id=rule.id)
                hint = Phrase("give your rule an id of its own: the floor is asked besides it")
                yield Problem(where, "floor-rule", said, hint=hint)

    def _names(self, floor: "Pack", responses: Mapping[str, Response]) -> Iterator[Problem]:
        """Names that are not known, in powers and rules."""
        covered = (*(f"group:{group}" for group in GROUPS), *responses)
        for k, power in enumerate(self.powers):
            for j, tag in enumerate(power.covers):
                if tag not in covered:
                    yield unknown_name(("powers", k, "covers", j), "response", tag, covered)
        known, rules = (*TAGS, *responses), tuple(rule.id for rule in floor.rules)
        for k, rule in enumerate(self.rules):
            for part, kind, names, there in (
                ("applies_to", "response", rule.applies_to, known),
                ("against", "rule", rule.against, rules),
            ):
                for j, name in enumerate(names):
                    if name not in there:
                        yield unknown_name(("rules", k, part, j), kind, name, there)


def rules_in_force(domestic: Pack, floor: Pack, day: str | None) -> tuple[Rule, ...]:
    """Every rule in force that day: those of the place, then those of the floor, each pack once."""
    own = () if domestic.id == floor.id else domestic.on(day)
    return (*own, *floor.on(day))


def powers_to_name(domestic: Pack, floor: Pack, day: str | None) -> tuple[Power, ...]:
    """The powers an order can name that day; those of the floor where the law of the place lists none."""
    return domestic.powers_on(day) or floor.powers_on(day)
