"""Conditions: structured questions about the run that injects, needs and endings ask; never expressions, never code."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from sim.core.phrase import Phrase
from sim.scenario.words import Data, ids_of
from sim.world.activity import Activity, Stage
from sim.world.metric import METRICS
from sim.world.recurrence import last_words
from sim.world.world import World

HERE_M = 60.0
"""What is under way within this distance of where something happens is there already (assumed)."""
KINDS = ("all", "any", "not_", "ordered", "flag", "metric", "minute", "arrived", "promise")
BELONGS: dict[str, tuple[str, ...]] = {
    "finished": ("ordered",),
    "running": ("ordered",),
    "target": ("ordered",),
    "within_min": ("ordered", "flag"),
    "at_least": ("metric", "minute"),
    "at_most": ("metric", "minute"),
    "state": ("promise",),
}
"""Which questions each further key belongs to; `for_s` belongs to all."""
PromiseState = Literal["given", "open", "told", "kept", "broken"]


@dataclass(frozen=True, slots=True)
class Call:
    """What an order has to answer: something that came up at a tick and, where it has one, at a place."""

    tick: int
    spot: tuple[float, float] | None = None

    def answered_by(self, world: World, activity: Activity) -> bool:
        """True for what was ordered since, and for what is under way there, or without a place of its own."""
        if activity.given_tick >= self.tick:
            return True
        if not activity.live:
            return False
        if self.spot is None or activity.order.target in world.setting.lanes:
            return True
        dx, dy = activity.x - self.spot[0], activity.y - self.spot[1]
        return dx * dx + dy * dy <= HERE_M * HERE_M


class Condition(Data):
    """Exactly one question: `all`, `any`, `not`, `ordered`, `flag`, `metric`, `minute`, `arrived` or `promise`."""

    all: tuple["Condition", ...] | None = Field(default=None, min_length=1, description="Every one of these holds.")
    any: tuple["Condition", ...] | None = Field(default=None, min_length=1, description="At least one of these holds.")
    not_: "Condition | None" = Field(default=None, alias="not", description="This does not hold.")
    ordered: str | None = Field(
        default=None, json_schema_extra=ids_of("response"), description="This response was ordered (and accepted)."
    )
    finished: bool = Field(default=False, description="With `ordered`: it has run to its end.")
    running: bool = Field(default=False, description="With `ordered`: it is being carried out now.")
    target: str | None = Field(default=None, description="With `ordered`: aimed at this place, group, claim or lane.")
    within_min: float | None = Field(
        default=None,
        gt=0,
        description="With `ordered`: given in the last so many minutes. With `flag`: true since then at most.",
    )
    flag: str | None = Field(default=None, description="This named fact has become true.")
    metric: str | None = Field(
        default=None, json_schema_extra=ids_of("metric"), description="This metric, with at_least or at_most."
    )
    at_least: float | None = Field(default=None, description="With `metric` or `minute`: not less than this.")
    at_most: float | None = Field(default=None, description="With `metric` or `minute`: not more than this.")
    minute: Literal[True] | None = Field(default=None, description="The scenario minute, with at_least or at_most.")
    arrived: str | None = Field(
        default=None, description="A unit of this code is on scene; GOV+ means one with a mandate."
    )
    promise: str | None = Field(
        default=None,
        json_schema_extra=ids_of("demand"),
        description="The last promise on this demand, with its `state`.",
    )
    state: PromiseState = Field(
        default="given",
        description="With `promise`: given at all, open (not due yet), told to the crowd, kept, or broken.",
    )
    for_s: float | None = Field(
        default=None,
        gt=0,
        le=86400,
        description="It has held for so many seconds on end, looked at each second; orders in it count whenever given.",
    )

    @field_validator("metric")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        if value is not None and value not in METRICS:
            near = get_close_matches(value, METRICS, 1)
            raise ValueError(
                Phrase("there is no metric called {name}", name=value),
                Phrase("did you mean {name}?", name=near[0])
                if near
                else Phrase("there are: {known}", known=", ".join(METRICS)),
            )
        return value

    @model_validator(mode="after")
    def _one_question(self) -> Self:
        asked = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(asked) != 1:
            raise ValueError(
                Phrase("a condition asks exactly one question, this one asks {number}", number=len(asked)),
                Phrase("keep one of: {known}", known="all, any, not, ordered, flag, metric, minute, arrived, promise"),
            )
        for key, questions in BELONGS.items():
            if key in self.model_fields_set and asked[0] not in questions:
                raise ValueError(
                    Phrase(
                        "{key} says nothing here: it belongs to {questions}", key=key, questions=", ".join(questions)
                    ),
                    Phrase("take it out, or put it beside {questions}", questions=", ".join(questions)),
                    (key,),
                )
        if asked[0] in {"metric", "minute"} and self.at_least is None and self.at_most is None:
            raise ValueError(
                Phrase("nothing says how much is asked for"),
                Phrase("add a line: {example}", example="at_least: …"),
            )
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError(
                Phrase("at_least is more than at_most: this can never hold"), Phrase("swap the two"), ("at_least",)
            )
        return self

    def holds(self, world: World, call: Call | None = None) -> bool:
        """True when it holds now; with a call, orders count that answer it, unless `within_min` looks further back."""
        if self.for_s is not None:
            since = world.flags.get(self.mark)
            return since is not None and world.tick - since >= self.for_s * 10 and self._holds_now(world, None)
        return self._holds_now(world, call)

    def _holds_now(self, world: World, call: Call | None) -> bool:
        if self.all is not None:
            return all(c.holds(world, call) for c in self.all)
        if self.any is not None:
            return any(c.holds(world, call) for c in self.any)
        if self.not_ is not None:
            return not self.not_.holds(world, call)
        if self.ordered is not None:
            return self._was_ordered(world, call)
        if self.flag is not None:
            since = world.flags.get(self.flag)
            return since is not None and (self.within_min is None or world.tick - since <= self.within_min * 600)
        if self.metric is not None:
            return self._between(METRICS[self.metric](world))
        if self.arrived is not None:
            code = self.arrived.rstrip("+")
            return any(u.mandate or not self.arrived.endswith("+") for u in world.on_scene(code))
        if self.promise is not None:
            return self._was_promised(world)
        return self._between(world.minute)

    def _was_promised(self, world: World) -> bool:
        last = next((each for each in last_words(world) if each.demand == self.promise), None)
        if last is None:
            return False
        if self.state in {"given", "told"}:
            return self.state == "given" or last.told_crowd
        return last.kept is {"open": None, "kept": True, "broken": False}[self.state]

    def _between(self, value: float) -> bool:
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)

    def _was_ordered(self, world: World, call: Call | None) -> bool:
        assert self.ordered is not None
        for activity in world.ordered(self.ordered):
            if self.target is not None and activity.order.target != self.target:
                continue
            if call is not None and self.within_min is None and not call.answered_by(world, activity):
                continue
            if self.within_min is not None and world.tick - activity.given_tick > self.within_min * 600:
                continue
            if self.finished and activity.stage != Stage.DONE:
                continue
            if self.running and activity.stage != Stage.RUN:
                continue
            return True
        return False

    @cached_property
    def mark(self) -> str:
        """Name of the flag that says since when a condition with `for_s` has held."""
        return "held:" + self.model_dump_json(exclude={"for_s"}, exclude_defaults=True, by_alias=True)

    def follow(self, world: World) -> None:
        """Notes since when it holds, or that it does not; for conditions with `for_s`, once a second."""
        if not self._holds_now(world, None):
            world.flags.pop(self.mark, None)
        else:
            world.flag(self.mark)

    def parts(self) -> Iterator["tuple[tuple[str | int, ...], Condition]"]:
        """This condition and every one inside it, each with its path below this one."""
        yield (), self
        for key, inside in (("all", self.all or ()), ("any", self.any or ())):
            for k, part in enumerate(inside):
                yield from (((key, k, *path), each) for path, each in part.parts())
        if self.not_ is not None:
            yield from ((("not", *path), each) for path, each in self.not_.parts())
