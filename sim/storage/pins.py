"""Pins: a file of orders an instructor wants compared, each brought to the decision of a run it belongs to."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sim.core.errors import BadInput, Fault
from sim.core.phrase import Phrase
from sim.core.tick import clock
from sim.review.decision import Decision
from sim.scenario.scenario import Playbook
from sim.storage.orders import TimedOrder, read_orders
from sim.world.order import Order

NEAR_TICKS = 600
"""An order belongs to the decision nearest to its time, at most a minute away."""
NAMED = 12
"""So many decisions are named to whoever missed all of them."""


def read_pins(path: Path, playbook: Playbook, decisions: Sequence[Decision]) -> list[tuple[int, Order]]:
    """(number of the decision, order) of every order of a file, written like any order file.

    Raises:
        BadInput: every fault of the file; an order no decision of the run is near to.
    """
    orders = read_orders(path, playbook)
    found = [(_nearest(each.tick, decisions), each) for each in orders]
    faults = [_far(path, each, playbook, decisions) for decision, each in found if decision is None]
    if faults:
        raise BadInput(faults)
    return [(decision.number, each.order) for decision, each in found if decision is not None]


def _nearest(tick: int, decisions: Sequence[Decision]) -> Decision | None:
    """The decision nearest in time; None when none is near."""
    near = min(decisions, key=lambda each: (abs(each.tick - tick), each.number), default=None)
    return near if near is not None and abs(near.tick - tick) <= NEAR_TICKS else None


def _far(path: Path, order: TimedOrder, playbook: Playbook, decisions: Sequence[Decision]) -> Fault:
    start = playbook.scenario.start_min
    return Fault(
        file=str(path),
        line=order.line,
        column=1,
        code="no-decision",
        message=Phrase("nothing was decided within a minute of {at}", at=clock(order.tick, start)),
        hint=Phrase("there are: {known}", known=", ".join(_clocks(decisions, start)))
        if decisions
        else Phrase("no decision was carried out in this run"),
    )


def _clocks(decisions: Sequence[Decision], start: int) -> Iterator[str]:
    """When the first of them were taken."""
    for decision in decisions[:NAMED]:
        yield clock(decision.tick, start)
    if len(decisions) > NAMED:
        yield "…"
