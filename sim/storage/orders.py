"""Order files: a run's orders written by hand, `- {at: "MM:SS", response: id, ...}`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.tick import parse_clock
from sim.scenario.lint.case import Case
from sim.scenario.problem import Problem
from sim.scenario.response import Parameter, Response
from sim.scenario.scenario import Playbook
from sim.storage.library import locate, read_bytes
from sim.storage.reader import read_yaml
from sim.storage.slips import FLOW_HINT
from sim.world.order import Order

_EXAMPLE = Phrase("write {example}", example='- {at: "02:30", response: first_contact}')
OWN = ("at", "response", "target", "units", "seat", "reason", "go_ahead")
"""Keys with a meaning of their own; every other key is a parameter of the response."""


@dataclass(frozen=True, slots=True)
class TimedOrder:
    """One order and when it is given."""

    tick: int
    order: Order
    number: int = 0
    """Its position in the list, counted from 0."""
    line: int | None = None
    """Where it stands in an order file; None where it is part of something else."""


def read_orders(path: Path, playbook: Playbook) -> tuple[TimedOrder, ...]:
    """The orders of a file in order of time.

    Raises:
        BadInput: every fault of the file: shape, unknown response or key, a time that is none.
    """
    document = read_yaml(read_bytes(path), str(path))
    problems: list[Problem] = []
    if not isinstance(document.data, list):
        said = Phrase("an order file is a list of orders")
        raise BadInput((locate(document, Problem((), "not-a-list", said, hint=_EXAMPLE)),))
    orders = orders_of(document.data, (), playbook, problems)
    if problems:
        raise BadInput([locate(document, problem) for problem in problems])
    return tuple(replace(each, line=document.mark((each.number,)).line) for each in orders)


def orders_of(
    items: Sequence[Any], where: tuple[str | int, ...], playbook: Playbook, problems: list[Problem]
) -> tuple[TimedOrder, ...]:
    """The orders of a list that stands at `where` in a document, in order of time; adds what is wrong to `problems`."""
    found = [_one((*where, k), item, playbook, problems) for k, item in enumerate(items)]
    numbered = (replace(each, number=k) for k, each in enumerate(found) if each is not None)
    return tuple(sorted(numbered, key=lambda each: each.tick))


def _one(
    at: tuple[str | int, ...],
    item: Any,  # noqa: ANN401 - what a file holds there
    playbook: Playbook,
    problems: list[Problem],
) -> TimedOrder | None:
    if not isinstance(item, dict):
        problems.append(Problem(at, "not-an-order", Phrase("an order is written as keys and values"), hint=_EXAMPLE))
        return None
    before = len(problems)
    absent = [key for key in ("at", "response") if key not in item]
    problems += [Problem(at, "missing", Phrase("an order needs {key}", key=key), hint=_EXAMPLE) for key in absent]
    tick = 0
    if "at" in item:
        try:
            tick = parse_clock(str(item["at"]), playbook.scenario.start_min)
            if tick < 0:
                first = f"{playbook.scenario.start_min}:00"
                hint = Phrase("write {example}", example=f'at: "{first}"')
                raise BadInput.of("too-early", Phrase("{at} is before the run begins", at=str(item["at"])), hint=hint)
        except BadInput as bad:
            hint = bad.faults[0].hint or Phrase("write minutes and seconds, such as {example}", example='"02:30"')
            problems.append(Problem((*at, "at"), bad.faults[0].code, bad.faults[0].message, hint=hint))
    name = str(item.get("response", ""))
    response = playbook.responses.get(name)
    if response is None and "response" in item:
        problems.append(
            Problem(
                (*at, "response"),
                "unknown-response",
                Phrase("there is no response called {name}", name=name),
                word=name,
                known=tuple(sorted(playbook.responses)),
            )
        )
    if response is not None:
        parameters = tuple(p.name for p in response.parameters)
        problems.extend(
            Problem(
                (*at, key),
                "unknown-key",
                Phrase("{response} has no parameter called {key}", response=name, key=key),
                word=key,
                known=(*OWN, *parameters),
            )
            for key in item
            if key not in OWN and key not in parameters and not (" " in key and item[key] is None)
        )
    units = item.get("units", [])
    if not isinstance(units, list):
        hint = Phrase("write {example}", example=f"units: [{units}]")
        problems.append(Problem((*at, "units"), "not-a-list", Phrase("units are a list of unit ids"), hint=hint))
    if not isinstance(item.get("go_ahead", False), bool):
        hint = Phrase("write true or false, without quotes")
        said = Phrase("{key} is true or false", key="go_ahead")
        problems.append(Problem((*at, "go_ahead"), "wrong-type", said, hint=hint))
    problems.extend(_nested(at, item, response))
    if len(problems) == before and response is not None:
        problems.extend(_absent(at, item, response, playbook))
    if len(problems) > before:
        return None
    return TimedOrder(
        tick,
        Order(
            response=name,
            target=str(item.get("target", "")),
            units=tuple(str(u) for u in units),
            parameters={key: value for key, value in item.items() if key not in OWN},
            seat=str(item.get("seat", "commander")),
            reason=str(item.get("reason", "")),
            go_ahead=item.get("go_ahead", False) is True,
        ),
    )


def _absent(
    at: tuple[str | int, ...], item: dict[str, Any], response: Response, playbook: Playbook
) -> Iterator[Problem]:
    """A target or a unit that this scenario does not have, or nothing where the order would say nothing without it."""
    for parameter in response.parameters:
        if parameter.needed and not item.get(parameter.name):
            said = Phrase("{response} says nothing without {key}", response=response.id, key=parameter.name)
            hint = Phrase("write {example}", example=f"{parameter.name}: {_one_of(parameter, playbook)}")
            where = (*at, parameter.name) if parameter.name in item else at
            yield Problem(where, "says-nothing", said, hint=hint)
    case = Case(playbook.scenario, playbook.responses, playbook.domestic, playbook.floor)
    known, target = case.targets(response.target.kind), str(item.get("target", ""))
    if target and known and target not in known:
        said = Phrase("{response} cannot be aimed at {target}", response=response.id, target=target)
        yield Problem((*at, "target"), "unknown-target", said, word=target, known=known)
    roster = tuple(unit.id for unit in playbook.scenario.units)
    for k, unit in enumerate(item.get("units", [])):
        if str(unit) not in roster:
            said = Phrase("there is no unit called {name}", name=str(unit))
            yield Problem((*at, "units", k), "unknown-unit", said, word=str(unit), known=roster)


def _one_of(parameter: Parameter, playbook: Playbook) -> str:
    """Something that could stand there."""
    demands = [demand.id for demand in playbook.scenario.demands]
    return next(iter(demands if parameter.kind in {"demand", "demands"} else parameter.choices), "...")


def _nested(at: tuple[str | int, ...], item: dict[str, Any], response: Response | None) -> Iterator[Problem]:
    """Keys that hold a list, a section or nothing where one value belongs."""
    named = (*OWN, *(p.name for p in response.parameters)) if response is not None else OWN
    for key, value in item.items():
        if value is None and " " in key and key not in named:  # the rest of a text behind its comma
            yield Problem((*at, key), "comma", Phrase("the text before this ends at a comma"), hint=FLOW_HINT)
        elif key != "units" and isinstance(value, dict | list | None):
            hint = Phrase("several ids stand in one text, joined by {sign}", sign="+")
            yield Problem((*at, key), "wrong-type", Phrase("{key} is a single value", key=key), hint=hint)
