"""Order files: a run's orders written by hand, `- {at: "MM:SS", response: id, ...}`."""

from dataclasses import dataclass
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


def read_orders(path: Path, playbook: Playbook) -> tuple[TimedOrder, ...]:
    """The orders of a file in order of time.

    Raises:
        BadInput: every fault of the file: shape, unknown response or key, a time that is none.
    """
    document = read_yaml(read_bytes(path), str(path))
    problems: list[Problem] = []
    orders: list[TimedOrder] = []
    if not isinstance(document.data, list):
        raise BadInput((locate(document, Problem((), "not-a-list", Phrase("an order file is a list of orders"))),))
    for k, item in enumerate(document.data):
        found = _one(k, item, playbook, problems)
        if found is not None:
            orders.append(found)
    if problems:
        raise BadInput([locate(document, problem) for problem in problems])
    return tuple(sorted(orders, key=lambda each: each.tick))


def _one(k: int, item: Any, playbook: Playbook, problems: list[Problem]) -> TimedOrder | None:  # noqa: ANN401
    if not isinstance(item, dict):
        problems.append(Problem((k,), "not-an-order", Phrase("an order is written as keys and values")))
        return None
    before = len(problems)
    absent = [key for key in ("at", "response") if key not in item]
    problems += [Problem((k,), "missing", Phrase("an order needs {key}", key=key)) for key in absent]
    tick = 0
    if "at" in item:
        try:
            tick = parse_clock(str(item["at"]), playbook.scenario.start_min)
            if tick < 0:
                raise BadInput.of("too-early", Phrase("{at} is before the run begins", at=str(item["at"])))
        except BadInput as bad:
            problems.append(Problem((k, "at"), bad.faults[0].code, bad.faults[0].message))
    name = str(item.get("response", ""))
    response = playbook.responses.get(name)
    if response is None and "response" in item:
        problems.append(
            Problem(
                (k, "response"),
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
                (k, key),
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
        problems.append(Problem((k, "units"), "not-a-list", Phrase("units are a list of unit ids")))
    nested = [key for key, value in item.items() if key != "units" and isinstance(value, dict | list | None)]
    problems.extend(Problem((k, key), "wrong-type", Phrase("{key} is a single value", key=key)) for key in nested)
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
