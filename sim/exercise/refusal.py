"""Refusal: why a written order was not carried out, and what would make it possible, for whoever wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.core.phrase import Phrase
from sim.scenario.condition import Condition
from sim.scenario.lint.case import Case
from sim.scenario.response import Response
from sim.scenario.scenario import Playbook
from sim.world.order import Order, Ruling

_LATER = Phrase("order it later, when the unit is there, or let arrives_min be earlier")
_BUSY = Phrase("order it later, stand another response down first, or put another unit on the roster")
_REMEDIES = {
    "every {codes} unit is busy": _BUSY,
    "no {code} unit is free on scene": _BUSY,
    "no {codes} unit is on the roster": Phrase("put a unit of such a code under units, or order something else"),
    "{unit} is not on scene before {minutes:.0f} min from now": _LATER,
    "{unit} is not a unit for this": Phrase("leave units out, then those that can do it go"),
    "this is already under way there": Phrase("leave it out, or order it after the first one has ended"),
    "{target} is nothing this can be aimed at now": Phrase("name another target; a claim has to be heard first"),
    "there is no response called {name} here": Phrase("add it to responses or special, or order something else"),
    "nothing is named under {parameter}, and so it would say nothing": Phrase("name at least one"),
    "there is nothing yet that this could be aimed at": Phrase("order it later, once there is something"),
}
"""What puts a practical reason right, by its sentence; the others name what may be written."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that stood against an order."""

    why: Phrase
    remedy: Phrase | None
    """What would put it right; None where nothing would, or where `why` says what may be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One order that was not carried out."""

    minute: float
    order: Order
    grounds: tuple[Ground, ...]
    """Why, each once: practical reasons first, then what the law here misses."""
    line: int | None = None
    """Where it stands in its file."""

    def as_dict(self) -> dict[str, object]:
        """JSON-able form, but for its phrases."""
        return {
            "minute": self.minute,
            "line": self.line,
            "response": self.order.response,
            "target": self.order.target,
            "reasons": [{"why": each.why, "remedy": each.remedy} for each in self.grounds],
        }


def refusal(playbook: Playbook, minute: float, order: Order, ruling: Ruling, line: int | None = None) -> Refusal:
    """What is to be said of an order that was refused."""
    response = playbook.responses.get(order.response)
    grounds = [Ground(reason, _remedy(playbook, response, reason)) for reason in ruling.reasons]
    grounds += [Ground(each.why, _of_law(each.remedy, each.steps)) for each in ruling.failures]
    return Refusal(
        minute=minute,
        order=order,
        grounds=tuple({each.why: each for each in reversed(grounds)}.values())[::-1],
        line=line,
    )


def _of_law(remedy: Phrase | None, steps: tuple[str, ...]) -> Phrase | None:
    if remedy is None or not steps:
        return remedy
    return Phrase("{remedy} ({responses})", remedy=remedy, responses=", ".join(steps))


def _remedy(playbook: Playbook, response: Response | None, reason: Phrase) -> Phrase | None:
    need = next((n for n in response.needs if reason == Phrase("{why}", why=n.why.text)), None) if response else None
    if need is None:
        return _REMEDIES.get(reason.template)
    case = Case(playbook.scenario, playbook.responses, playbook.domestic, playbook.floor)
    return next(_ways_to(case, need.when), None)


def _ways_to(case: Case, condition: Condition) -> Iterator[Phrase]:
    """What makes the parts of a condition true that orders, injects or arrivals can make true."""
    for _, part in condition.parts():
        if part.flag is not None:
            names = ", ".join(case.raising(part.flag))
            if names:
                yield Phrase("before it: {responses}", responses=names)
        if part.ordered is not None:
            yield Phrase("before it: {responses}", responses=part.ordered)
        if part.arrived is not None:
            yield _LATER
