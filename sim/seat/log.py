"""The log: calls and orders of a run in one line of time, as the commander who kept it would have written it down."""

from dataclasses import dataclass

from sim.world.activity import OrderView
from sim.world.message import Message
from sim.world.observation import Observation


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of it: a message that came in or an order that went out."""

    tick: int
    message: Message | None = None
    order: OrderView | None = None


def log_of(seen: Observation) -> tuple[LogEntry, ...]:
    """Everything the seat was told and every order it gave, newest first; of one moment the order stands above."""
    entries = [
        *(LogEntry(m.tick, message=m) for m in seen.messages),
        *(LogEntry(o.tick, order=o) for o in seen.orders),
    ]
    return tuple(sorted(entries, key=lambda e: -e.tick * 2 - (e.order is not None)))
