"""A scenario together with what it is played with, and the questions that several families ask of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property

from sim.core.phrase import Phrase
from sim.effects import AnyEffect
from sim.scenario.cast import UnitData
from sim.scenario.condition import Condition
from sim.scenario.pack import Pack, Power, Rule, powers_to_name, rules_in_force
from sim.scenario.problem import Path, Problem, no_such
from sim.scenario.response import Response
from sim.scenario.scenario import Scenario

RAISED_BY_THE_RUN = ("harm_by_police", "false_statement", "representatives_disowned", "protected:*", "held:*")
"""Flags that come true by what happens in a run, without an effect that names them."""
CROWD = "crowd"
"""As a place: where most people have been reported."""
DECIDER = "GOV"
"""The code of those whose mandate counts."""
WITH_MANDATE = "meeting_with_mandate"
"""The flag that only a meeting with somebody who may decide makes true."""


@dataclass(frozen=True)
class Case:
    """A scenario without faults, all responses there are, and the law it chose."""

    scenario: Scenario
    responses: Mapping[str, Response]
    domestic: Pack
    floor: Pack

    @cached_property
    def offered(self) -> Mapping[str, Response]:
        """The responses on offer, by id."""
        timed = self.scenario.retimed(self.responses)
        return {name: timed[name] for name in self.scenario.on_offer(timed)}

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule in force on the day."""
        return rules_in_force(self.domestic, self.floor, self.scenario.doctrine.on)

    @property
    def powers(self) -> tuple[Power, ...]:
        """The powers an order can name."""
        return powers_to_name(self.domestic, self.floor, self.scenario.doctrine.on)

    @property
    def last_min(self) -> float:
        """The last minute of the whole run, the days after included."""
        after = self.scenario.aftermath
        return self.scenario.minutes[1] + (1440.0 * after.days if after is not None else 0.0)

    def end_for(self, minute: float) -> float:
        """When the part of the run ends in which that minute lies: the scene, or the days after."""
        return self.scenario.minutes[1] if minute <= self.scenario.minutes[1] else self.last_min

    def inject_effects(self) -> Iterator[tuple[Path, AnyEffect]]:
        """Every effect of the timeline with its path."""
        for k, inject in enumerate(self.scenario.injects):
            for part in ("effects", "if_handled", "if_not"):
                for e, effect in enumerate(getattr(inject, part)):
                    yield ("injects", k, part, e), effect

    @cached_property
    def raised(self) -> tuple[str, ...]:
        """Every flag that can come true here, some as patterns with a `*`."""
        return self._raised_without(frozenset(self.shut))

    def _raised_without(self, shut: frozenset[str]) -> tuple[str, ...]:
        """Every flag that can come true when those responses cannot be ordered."""
        found = dict.fromkeys(RAISED_BY_THE_RUN)
        orders = (each for name, each in self.offered.items() if name not in shut)
        effects = (*(e for each in orders for e in each.effects), *(e for _, e in self.inject_effects()))
        for effect in effects:
            found.update(dict.fromkeys(flags_of(effect)))
        if not self.decided_by:
            found.pop(WITH_MANDATE, None)
        return tuple(found)

    @property
    def decided_by(self) -> tuple[UnitData, ...]:
        """The units that may decide on demands."""
        return tuple(unit for unit in self.scenario.units if unit.code == DECIDER and unit.mandate)

    @cached_property
    def shut(self) -> Mapping[str, Condition | None]:
        """Responses on offer that can never be ordered: which need never holds, None where nobody can carry it out."""
        found: dict[str, Condition | None] = {name: None for name, each in self.offered.items() if self.lacking(each)}
        before = -1
        while len(found) > before:
            before, flags = len(found), self._raised_without(frozenset(found))
            for name, each in self.offered.items():
                dead = next((need.when for need in each.needs if self._never(need.when, flags, found)), None)
                if name not in found and dead is not None:
                    found[name] = dead
        return found

    def _never(self, asked: Condition, flags: tuple[str, ...], shut: Mapping[str, object]) -> bool:
        """True for what can never hold with those flags and without those responses."""
        if asked.all is not None:
            return any(self._never(part, flags, shut) for part in asked.all)
        if asked.any is not None:
            return all(self._never(part, flags, shut) for part in asked.any)
        if asked.flag is not None:
            return not any(fnmatchcase(asked.flag, each) for each in flags)
        if asked.ordered is not None:
            return asked.ordered not in self.offered or asked.ordered in shut
        if asked.arrived is not None:
            code = asked.arrived.rstrip("+")
            decides = asked.arrived.endswith("+")
            return not any(unit.code == code and (unit.mandate or not decides) for unit in self.scenario.units)
        return False

    @cached_property
    def told(self) -> frozenset[str]:
        """Every flag that some inject can make true."""
        return frozenset(flag for _, effect in self.inject_effects() for flag in flags_of(effect))

    @cached_property
    def claims(self) -> tuple[str, ...]:
        """Everything that can be checked: rumours, and signals that are heard."""
        heard = (getattr(effect, "claim", "") for _, effect in self.inject_effects() if effect.do == "hearsay")
        return tuple(dict.fromkeys([*(rumour.id for rumour in self.scenario.rumours), *heard]))

    def targets(self, kind: str) -> tuple[str, ...]:
        """What a response with that kind of target can be aimed at here; nothing where only the run knows."""
        site = self.scenario.site
        return {
            "place": (CROWD, *(place.id for place in site.places)),
            "group": tuple(group.id for group in self.scenario.groups),
            "claim": self.claims,
            "lane": tuple(lane.id for lane in site.lanes),
        }.get(kind, ())

    def raising(self, flag: str, *, offered: bool = True) -> tuple[str, ...]:
        """Ids of the responses, those on offer alone or all there are, whose effects can make that flag true."""
        among = self.offered if offered else self.responses
        return tuple(name for name, each in among.items() if any(_raises(e, flag) for e in each.effects))

    def able(self, response: Response) -> tuple[UnitData, ...]:
        """The units of the roster that can carry it out."""
        return tuple(unit for unit in self.scenario.units if unit.code in response.units)

    def lacking(self, response: Response) -> tuple[str, ...]:
        """Codes it needs of which the roster has no unit; any one of `units` is enough, `also` needs every one."""
        there = {unit.code for unit in self.scenario.units}
        short = tuple(code for code in response.also if code not in there)
        if response.units and not there.intersection(response.units):
            return (*response.units, *short)
        return short


def flags_of(effect: AnyEffect) -> tuple[str, ...]:
    """The flags an effect can make true, one its data names last."""
    own = str(getattr(effect, "flag", ""))
    return (*effect.raises, own) if own else effect.raises


def _raises(effect: AnyEffect, flag: str) -> bool:
    return any(fnmatchcase(flag, each) for each in flags_of(effect))


def doubt(path: Path, code: str, message: Phrase, hint: Phrase) -> Problem:
    """A warning with how to put it right."""
    return Problem(path, code, message, hint=hint, warning=True)


def unknown(path: Path, kind: str, name: str, known: tuple[str, ...]) -> Problem:
    """A warning about a name that means nothing, with the names that would."""
    hint = Phrase("take it out, or define it") if not known else None
    return Problem(path, "unknown-" + kind, no_such(kind, name), word=name, known=known, hint=hint, warning=True)
