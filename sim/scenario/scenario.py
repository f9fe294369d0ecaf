"""A scenario: everything an instructor writes about one incident, and every fault in it at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.crowd.ground import MOST_CELLS, Ground, Site, compile_ground
from sim.effects import Positive, Share
from sim.scenario.cast import Group, UnitData
from sim.scenario.condition import Condition
from sim.scenario.expect import Expectation
from sim.scenario.hidden import Hidden
from sim.scenario.inject import Ending, Inject, Shortcoming
from sim.scenario.pack import DAY, FLOOR, Pack, Power, Rule, powers_to_name, rules_in_force
from sim.scenario.problem import Path, Problem, unknown_name
from sim.scenario.response import Response
from sim.scenario.rubric import Rubric
from sim.scenario.site import DemandData, RumourData, SiteData
from sim.scenario.words import ID, Data, Words, ids_of
from sim.world.desk import RISK_MIN

MOST_PEOPLE = 20_000
MOST_MINUTES = 1440.0
"""The scene is played for a day at most; days after it belong into `aftermath`."""
_OTHER_ID = Phrase("give one of the two another id")
_SWAP = Phrase("swap the two")


class DoctrineChoice(Data):
    """Which law applies and what becomes of unlawful orders."""

    domestic: str = Field(
        default=FLOOR, json_schema_extra=ids_of("pack"), description="The law of the place: id of a pack."
    )
    floor: Literal["un_baseline"] = Field(default=FLOOR, description="The human-rights floor: there is only this one.")
    on: str | None = Field(
        default=None, pattern=DAY, description="Day of the incident, for rules that hold from or to a day."
    )
    unlawful_orders: Literal["refuse", "mark"] = Field(
        default="refuse",
        description="`mark` lets a trainee go ahead knowingly; the order stays marked for ever.",
    )


class Duration(Data):
    """How long a response takes in this scenario, where that differs from its own file."""

    setup_min: Positive = Field(description="From the order until it begins to work.")
    run_min: Positive = Field(description="How long it works; 0 goes on until stopped.")


class AftermathData(Data):
    """The days after: how long they are played, and by what they are judged."""

    days: float = Field(gt=0, le=60, description="Days from the end of the on-scene part on.")
    win: tuple[Ending, ...] = Field(default=(), description="As `win`, asked when the last day is over.")
    lose: tuple[Ending, ...] = Field(default=(), description="As `lose`, asked when the last day is over.")


class Scenario(Data):
    """One incident."""

    schema_version: Literal[1, 2] = Field(
        alias="schema", description="Version of the language this file is written in."
    )
    id: str = Field(pattern=ID, description="A name of its own, the same as the file's.")
    title: Words = Field(description="What it is called.")
    summary: Words = Field(description="Two sentences for whoever chooses an exercise.")
    briefing: Words = Field(description="What the commander is told before the first minute.")
    minutes: tuple[int, float] = Field(description="First and last scenario minute; minute 0 is the first call.")
    starts_at: str = Field(
        default="", pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$", description="Time of day at minute 0, such as 06:50."
    )
    site: SiteData = Field(description="The ground.")
    groups: tuple[Group, ...] = Field(min_length=1, max_length=30, description="The people, by what they came for.")
    demands: tuple[DemandData, ...] = Field(default=(), max_length=20, description="What they want.")
    reliability: dict[str, Share] = Field(
        default={},
        json_schema_extra=ids_of("code"),
        description="By unit code: chance that what it promises within its authority is done by its day.",
    )
    rumours: tuple[RumourData, ...] = Field(
        default=(), max_length=6, description="Claims that spread from person to person."
    )
    units: tuple[UnitData, ...] = Field(min_length=1, max_length=80, description="The roster: every team there is.")
    doctrine: DoctrineChoice = Field(default=DoctrineChoice(), description="Which law applies.")
    hidden: Hidden = Field(default=Hidden(), description="What a seat cannot know, for the review.")
    rubric: str = Field(
        default="default", json_schema_extra=ids_of("rubric"), description="What it is scored by: id of a rubric."
    )
    responses: tuple[str, ...] = Field(
        default=(), json_schema_extra=ids_of("response"), description="Ids of the responses on offer; all when empty."
    )
    special: tuple[str, ...] = Field(
        default=(),
        json_schema_extra=ids_of("response"),
        description="Ids of responses on offer besides that are only for some places.",
    )
    durations: dict[str, Duration] = Field(
        default={},
        json_schema_extra=ids_of("response"),
        description="Responses that take more or less time here, by id: a lesson is shorter than a day.",
    )
    risk_minutes: tuple[int, ...] = Field(
        default=(), max_length=8, description="Minutes at which the commander is asked for the risk of the next 15."
    )
    injects: tuple[Inject, ...] = Field(max_length=200, description="The timeline: what comes when.")
    trains: tuple[Shortcoming, ...] = Field(
        default=(), description="Which of the five common shortcomings the exercise trains."
    )
    reviewed_by: Words | None = Field(default=None, description="The practitioner who has reviewed the scenario.")
    win: tuple[Ending, ...] = Field(default=(), description="What makes a good outcome; all of it together.")
    lose: tuple[Ending, ...] = Field(default=(), description="What makes a lost one; any one of these.")
    over_when: Condition | None = Field(
        default=None, description="The on-scene part is over once this holds (from the end on)."
    )

    expect: tuple[Expectation, ...] = Field(
        default=(), max_length=20, description="What automatic players come to; `check --play` plays it."
    )
    aftermath: AftermathData | None = Field(
        default=None, description="The days after; without it the run ends with the on-scene part."
    )
    community: str = Field(
        default="",
        pattern=r"^[a-z0-9_]*$",
        description="Whose people these are; scenarios with the same community remember each other.",
    )

    @property
    def start_min(self) -> int:
        """Scenario minute of the first tick; a whole number, so that clocks read full minutes."""
        return self.minutes[0]

    @property
    def aims(self) -> tuple[Ending, ...]:
        """Everything that makes a good outcome, on the scene and in the days after."""
        return self.win + (self.aftermath.win if self.aftermath is not None else ())

    @property
    def red_lines(self) -> tuple[Ending, ...]:
        """Everything that makes a lost one."""
        return self.lose + (self.aftermath.lose if self.aftermath is not None else ())

    def time_of_day(self, minute: float) -> str:
        """Hours and minutes on a wall clock at a scenario minute, such as `08:05`; "" where the scenario has none."""
        if not self.starts_at:
            return ""
        hours, minutes = self.starts_at.split(":")
        total = int(hours) * 60 + int(minutes) + int(minute // 1)
        return f"{total // 60 % 24:02d}:{total % 60:02d}"

    def retimed(self, responses: Mapping[str, Response]) -> Mapping[str, Response]:
        """The responses with the durations they have here."""
        changed = {
            name: responses[name].model_copy(update={"setup_min": each.setup_min, "run_min": each.run_min})
            for name, each in self.durations.items()
        }
        return {**responses, **changed}

    def on_offer(self, responses: Mapping[str, Response]) -> tuple[str, ...]:
        """Ids of the responses offered: those it lists, else all usual ones by name; the special ones it names last."""
        usual = tuple(name for name in sorted(responses) if not responses[name].special)
        return (*(self.responses or usual), *self.special)

    def faults(self, responses: Mapping[str, Response]) -> tuple[Problem, ...]:
        """Every dangling name, misplaced minute and impossible amount, in the order of the file."""
        return (
            *self._repeated(),
            *self._places(),
            *self._cast(),
            *self._timeline(responses),
            *self._conditions(responses),
        )

    def _repeated(self) -> Iterator[Problem]:
        for name in ("groups", "demands", "rumours", "units", "injects", "win", "lose", "expect"):
            first: dict[str, int] = {}
            for k, item in enumerate(getattr(self, name)):
                if item.id in first:
                    yield Problem(
                        (name, k, "id"),
                        "repeated-id",
                        Phrase("{id} is already the id of an earlier entry", id=item.id),
                        hint=_OTHER_ID,
                    )
                first.setdefault(item.id, k)
        names = [p.id for p in self.site.places]
        for k, place in enumerate(self.site.places):
            if place.id in names[:k]:
                yield Problem(
                    ("site", "places", k, "id"),
                    "repeated-id",
                    Phrase("{id} is already the id of an earlier entry", id=place.id),
                    hint=_OTHER_ID,
                )

    def _places(self) -> Iterator[Problem]:
        cells = (self.site.width_m / self.site.cell_m) * (self.site.height_m / self.site.cell_m)
        if cells > MOST_CELLS:
            yield Problem(
                ("site", "cell_m") if "cell_m" in self.site.model_fields_set else ("site",),
                "site-too-fine",
                Phrase("{cells:.0f} squares of ground are more than {most}", cells=cells, most=MOST_CELLS),
                hint=Phrase("use larger cells"),
            )
        for kind in ("places", "solids"):
            for k, item in enumerate(getattr(self.site, kind)):
                for x, y in item.area.corners:
                    if not (0 <= x <= self.site.width_m and 0 <= y <= self.site.height_m):
                        yield Problem(
                            ("site", kind, k, "area"),
                            "outside-site",
                            Phrase(
                                "the point ({x}, {y}) lies outside the site of {width} x {height} m",
                                x=x,
                                y=y,
                                width=self.site.width_m,
                                height=self.site.height_m,
                            ),
                            hint=Phrase("move it inside, or make the site larger"),
                        )
                        break
        for k, lane in enumerate(self.site.lanes):
            if lane.x0_m >= lane.x1_m:
                yield Problem(
                    ("site", "lanes", k, "x0_m"),
                    "backwards",
                    Phrase("a lane runs west to east: x0_m is less than x1_m"),
                    hint=_SWAP,
                )

    def _cast(self) -> Iterator[Problem]:
        places = tuple(p.id for p in self.site.places)
        exits = tuple(p.id for p in self.site.places if p.exit_width_m > 0)
        for k, group in enumerate(self.groups):
            share = sum(group.roles.values())
            if abs(share - 1.0) > 1e-6:
                yield Problem(
                    ("groups", k, "roles"),
                    "shares",
                    Phrase("the shares of the roles add up to {sum:g}, not 1", sum=share),
                    hint=Phrase("change one share by {missing:g}", missing=1.0 - share),
                )
            for field, names in (("spawn", group.spawn), ("post", group.post)):
                yield from self._unknown(("groups", k, field), names, places, "place")
            if group.errand is not None:
                yield from self._unknown(("groups", k, "errand"), (group.errand,), places, "place", single=True)
            yield from self._unknown(("groups", k, "exits"), group.exits, exits, "exit")
            if group.arrives is not None and group.arrives.from_min > group.arrives.to_min:
                yield Problem(
                    ("groups", k, "arrives"), "backwards", Phrase("from_min is later than to_min"), hint=_SWAP
                )
        for k, demand in enumerate(self.demands):
            groups = tuple(g.id for g in self.groups)
            yield from self._unknown(("demands", k, "by_group"), tuple(demand.by_group), groups, "group", single=True)
        for k, unit in enumerate(self.units):
            yield from self._unknown(("units", k, "at"), (unit.at,), places, "place", single=True)
        total = sum(group.people for group in self.groups)
        if total > MOST_PEOPLE:
            yield Problem(
                ("groups",),
                "too-many-people",
                Phrase("{total} people are more than a run can hold", total=total),
                hint=Phrase("{most} people at most may come in all", most=MOST_PEOPLE),
            )

    def _timeline(self, responses: Mapping[str, Response]) -> Iterator[Problem]:
        first, last = self.minutes
        if first < last and self.aftermath is not None:
            last += 1440.0 * self.aftermath.days
        if first >= last:
            yield Problem(("minutes",), "backwards", Phrase("the first minute is not before the last"), hint=_SWAP)
            return
        if self.minutes[1] - first > MOST_MINUTES:
            yield Problem(
                ("minutes",),
                "too-long-run",
                Phrase("{minutes:g} minutes are more than a scene can last", minutes=self.minutes[1] - first),
                hint=Phrase(
                    "write {most:g} minutes at most, and give what comes later to aftermath", most=MOST_MINUTES
                ),
            )
        yield from self._checkpoints(first, last)
        places = tuple(p.id for p in self.site.places)
        for k, inject in enumerate(self.injects):
            if not first <= inject.minute <= last:
                yield Problem(
                    ("injects", k, "minute"),
                    "outside-time",
                    Phrase(
                        "minute {minute:g} lies outside the run from {first:g} to {last:g}",
                        minute=inject.minute,
                        first=first,
                        last=last,
                    ),
                    hint=Phrase("change the minute, or let the run begin earlier or end later"),
                )
            if inject.place:
                yield from self._unknown(("injects", k, "place"), (inject.place,), places, "place", single=True)
            yield from self._unknown(("injects", k, "answers"), inject.answers, tuple(responses), "response")
            for part in ("effects", "if_handled", "if_not"):
                for e, effect in enumerate(getattr(inject, part)):
                    yield from self._effect(("injects", k, part, e), effect)
            yield from self._unknown(("injects", k, "demands"), inject.demands, tuple(responses), "response")
            if inject.if_not and inject.handled is None:
                yield Problem(
                    ("injects", k, "if_not"),
                    "never",
                    Phrase("if_not can never happen: the inject does not say what handles it"),
                    hint=Phrase("add a line: {example}", example="handled: …"),
                )

    def _checkpoints(self, first: float, last: float) -> Iterator[Problem]:
        """Each within the run, in order, and far enough apart for one answer after the other."""
        before = first - RISK_MIN
        for k, minute in enumerate(self.risk_minutes):
            if not first <= minute <= last:
                yield Problem(
                    ("risk_minutes", k),
                    "outside-time",
                    Phrase(
                        "minute {minute:g} lies outside the run from {first:g} to {last:g}",
                        minute=minute,
                        first=first,
                        last=last,
                    ),
                    hint=Phrase("change the minute, or let the run begin earlier or end later"),
                )
            elif minute < before + RISK_MIN:
                yield Problem(
                    ("risk_minutes", k),
                    "too-close",
                    Phrase("a checkpoint comes at least {minutes} minutes after the one before", minutes=RISK_MIN),
                    hint=_SWAP,
                )
            before = minute

    def _effect(self, path: Path, effect: object) -> Iterator[Problem]:
        known = {
            "group": tuple(g.id for g in self.groups),
            "rumour": tuple(r.id for r in self.rumours),
            "lanes": tuple(lane.id for lane in self.site.lanes),
        }
        for field, names in known.items():
            value = getattr(effect, field, None)
            if isinstance(value, str) and value and field in type(effect).model_fields:  # type: ignore[attr-defined]
                yield from self._unknown((*path, field), (value,), names, field, single=True)
            elif isinstance(value, tuple):
                yield from self._unknown((*path, field), value, names, field)

    def _conditions(self, responses: Mapping[str, Response]) -> Iterator[Problem]:
        yield from self._unknown(("responses",), self.responses, tuple(responses), "response")
        yield from self._unknown(
            ("hidden", "certain"), self.hidden.certain, tuple(inject.id for inject in self.injects), "inject"
        )
        yield from self._unknown(("special",), self.special, tuple(responses), "response")
        aims, losses = (tuple(ending.id for ending in each) for each in (self.aims, self.red_lines))
        for k, each in enumerate(self.expect):
            yield from self._unknown(("expect", k, "meets"), each.meets, aims, "aim")
            yield from self._unknown(("expect", k, "crosses"), each.crosses, losses, "loss")
        for name in self.durations:
            yield from self._unknown(("durations", name), (name,), tuple(responses), "response", single=True)
        demands = tuple(demand.id for demand in self.demands)
        for path, condition in self.conditions():
            for inside, part in condition.parts():
                if part.ordered is not None:
                    where = (*path, *inside, "ordered")
                    yield from self._unknown(where, (part.ordered,), tuple(responses), "response", single=True)
                if part.promise is not None:
                    where = (*path, *inside, "promise")
                    yield from self._unknown(where, (part.promise,), demands, "demand", single=True)

    @cached_property
    def lasting(self) -> tuple[Condition, ...]:
        """Conditions that ask for how long something has held."""
        found = [part for _, each in self.conditions() for _, part in each.parts() if part.for_s is not None]
        return tuple({part.mark: part for part in found}.values())

    def conditions(self) -> Iterator[tuple[Path, Condition]]:
        """Every condition that decides about the run, with its path."""
        for k, inject in enumerate(self.injects):
            if inject.when is not None:
                yield ("injects", k, "when"), inject.when
            if inject.handled is not None:
                yield ("injects", k, "handled"), inject.handled
        for part in ("win", "lose"):
            for k, ending in enumerate(getattr(self, part)):
                yield (part, k, "when"), ending.when
        if self.aftermath is not None:
            for part in ("win", "lose"):
                for k, ending in enumerate(getattr(self.aftermath, part)):
                    yield ("aftermath", part, k, "when"), ending.when
        if self.over_when is not None:
            yield ("over_when",), self.over_when

    @staticmethod
    def _unknown(
        path: Path, names: tuple[str, ...], known: tuple[str, ...], kind: str, *, single: bool = False
    ) -> Iterator[Problem]:
        for k, name in enumerate(names):
            if name not in known:
                yield unknown_name(path if single else (*path, k), kind, name, known)


@dataclass(frozen=True)
class Playbook:
    """All that one exercise is made from: the scenario with the responses, law and rubric it names."""

    scenario: Scenario
    responses: Mapping[str, Response]
    domestic: Pack
    floor: Pack
    rubric: Rubric
    digest: str
    """Digest of the bytes of all the files it was read from."""
    ground: Callable[[Site], Ground] = compile_ground
    """Where the ground of its site comes from: worked out, unless somebody has it already."""

    @cached_property
    def offered(self) -> tuple[Response, ...]:
        """The responses this scenario offers, in file order of their ids, the special ones it names last."""
        return tuple(self.responses[name] for name in self.scenario.on_offer(self.responses))

    @cached_property
    def coded(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of those of each catalogue code, in that order."""
        found: dict[str, tuple[str, ...]] = {}
        for each in self.offered:
            found[each.catalogue] = (*found.get(each.catalogue, ()), each.id)
        return found

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule in force on the day of the incident: those of the place, then those of the floor."""
        return rules_in_force(self.domestic, self.floor, self.scenario.doctrine.on)

    @property
    def powers(self) -> tuple[Power, ...]:
        """The legal powers an order can name here; those of the floor where the law of the place lists none."""
        return powers_to_name(self.domestic, self.floor, self.scenario.doctrine.on)

    @property
    def unreviewed(self) -> bool:
        """True until a lawyer has reviewed both packs and a practitioner the scenario."""
        return any(each.reviewed_by is None for each in (self.domestic, self.floor, self.scenario))
