"""Order files: a run's orders written by hand, `- {at: "MM:SS", response: id, ...}`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.tick import parse_clock
from sim.scenario.problem import Problem
from sim.scenario.scenario import Playbook
from sim.storage.library import locate, read_bytes
from sim.storage.reader import read_yaml
from sim.world.order import Order

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
        raise BadInput((locate(document, Problem((), "not-a-list", Phrase("an order file is a list of orders"))),))
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
        problems.append(Problem(at, "not-an-order", Phrase("an order is written as keys and values")))
        return None
    before = len(problems)
    absent = [key for key in ("at", "response") if key not in item]
    problems += [Problem(at, "missing", Phrase("an order needs {key}", key=key)) for key in absent]
    tick = 0
    if "at" in item:
        try:
            tick = parse_clock(str(item["at"]), playbook.scenario.start_min)
            if tick < 0:
                raise BadInput.of("too-early", Phrase("{at} is before the run begins", at=str(item["at"])))
        except BadInput as bad:
            problems.append(Problem((*at, "at"), bad.faults[0].code, bad.faults[0].message))
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
            if key not in OWN and key not in parameters
        )
    units = item.get("units", [])
    if not isinstance(units, list):
        problems.append(Problem((*at, "units"), "not-a-list", Phrase("units are a list of unit ids")))
    nested = [key for key, value in item.items() if key != "units" and isinstance(value, dict | list | None)]
    problems.extend(Problem((*at, key), "wrong-type", Phrase("{key} is a single value", key=key)) for key in nested)
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
