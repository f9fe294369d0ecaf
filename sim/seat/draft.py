"""A draft: an order being put together, with what each of its parameters can be set to."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sim.effects.stand_down import COERCIVE, EVERYTHING
from sim.exercise.option import Option
from sim.scenario.response import Parameter
from sim.scenario.scenario import Scenario
from sim.seat.warning import source_choices
from sim.world.observation import Observation
from sim.world.order import Order, Value
from sim.world.statement import split


@dataclass(slots=True)
class Draft:
    """An order being put together."""

    option: Option
    target: str = ""
    values: dict[str, Value] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    """Units to send; empty lets the nearest free suitable ones go."""
    reason: str = ""

    @classmethod
    def of(cls, option: Option) -> "Draft":
        """The order as it would be given without another thought."""
        values = {p.name: p.default for p in option.response.parameters}
        return cls(option, option.targets[0] if option.targets else "", values)

    def order(self, *, go_ahead: bool = False) -> Order:
        """The order as it stands."""
        return Order(
            response=self.option.response.id,
            target=self.target,
            units=self.units,
            parameters=dict(self.values),
            reason=self.reason,
            go_ahead=go_ahead,
        )


def toggled(value: str, part: str, offered: tuple[str, ...]) -> str:
    """Several ids joined by `+`, with this one taken in, or out if it is in; in the order they are offered."""
    held = set(split(value)) ^ {part}
    return "+".join(each for each in offered if each in held)


def choices(parameter: Parameter, scenario: Scenario, seen: Observation, target: str = "") -> tuple[str, ...]:
    """What a parameter of an order aimed at `target` can be set to now; empty for numbers and free text."""
    if parameter.kind in {"choice", "several"}:
        return parameter.choices
    if parameter.kind == "facts":
        return tuple(fact.id for fact in seen.press.facts)
    if parameter.kind == "task":
        under_way = {a.response for a in seen.activities}
        return (EVERYTHING, COERCIVE, *(name for name in parameter.choices if name in under_way))
    if parameter.kind == "exit":
        return ("", *(p.id for p in scenario.site.places if p.exit_width_m > 0.0))
    if parameter.kind == "group":
        return ("", *(g.id for g in scenario.groups))
    if parameter.kind == "sources":
        return source_choices(seen, target)
    if parameter.kind == "demand":
        return ("", *seen.demands_heard)
    if parameter.kind == "demands":
        return ("", *seen.demands_heard, *_together(scenario, seen))
    return ()


def _together(scenario: Scenario, seen: Observation) -> list[str]:
    """The first two, three ... of the demands heard that somebody here may grant, as one choice each."""
    may = {each.demand for each in seen.table.demands if each.grantable_by}
    heard = [name for name in seen.demands_heard if name in may]
    return [joined(scenario, heard[:number]) for number in range(2, len(heard) + 1)]


def joined(scenario: Scenario, demands: Iterable[str]) -> str:
    """Several demands as one parameter: joined with `+`, in the scenario's order."""
    wanted = set(demands)
    return "+".join(d.id for d in scenario.demands if d.id in wanted)
