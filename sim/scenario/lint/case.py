"""A scenario together with what it is played with, and the questions that several families ask of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property

from sim.core.phrase import Phrase
from sim.effects import AnyEffect
from sim.scenario.cast import UnitData
from sim.scenario.pack import Pack, Power, Rule, powers_to_name, rules_in_force
from sim.scenario.problem import Path, Problem, no_such
from sim.scenario.response import Response
from sim.scenario.scenario import Scenario

RAISED_BY_THE_RUN = ("harm_by_police", "false_statement", "representatives_disowned", "protected:*", "held:*")
"""Flags that come true by what happens in a run, without an effect that names them."""


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
        found = dict.fromkeys(RAISED_BY_THE_RUN)
        for effect in (
            *(effect for response in self.offered.values() for effect in response.effects),
            *(effect for _, effect in self.inject_effects()),
        ):
            found.update(dict.fromkeys(_flags(effect)))
        return tuple(found)

    @cached_property
    def claims(self) -> tuple[str, ...]:
        """Everything that can be checked: rumours, and signals that are heard."""
        heard = (getattr(effect, "claim", "") for _, effect in self.inject_effects() if effect.do == "hearsay")
        return tuple(dict.fromkeys([*(rumour.id for rumour in self.scenario.rumours), *heard]))

    def raising(self, flag: str) -> tuple[str, ...]:
        """Ids of the responses on offer whose effects can make that flag true."""
        return tuple(name for name, each in self.offered.items() if any(_raises(e, flag) for e in each.effects))

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


def _flags(effect: AnyEffect) -> tuple[str, ...]:
    """The flags an effect can make true, one its data names last."""
    own = str(getattr(effect, "flag", ""))
    return (*effect.raises, own) if own else effect.raises


def _raises(effect: AnyEffect, flag: str) -> bool:
    return any(fnmatchcase(flag, each) for each in _flags(effect))


def doubt(path: Path, code: str, message: Phrase, hint: Phrase) -> Problem:
    """A warning with how to put it right."""
    return Problem(path, code, message, hint=hint, warning=True)


def unknown(path: Path, kind: str, name: str, known: tuple[str, ...]) -> Problem:
    """A warning about a name that means nothing, with the names that would."""
    hint = Phrase("take it out, or define it") if not known else None
    return Problem(path, "unknown-" + kind, no_such(kind, name), word=name, known=known, hint=hint, warning=True)
