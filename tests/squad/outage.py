"""Outages of phones: how long each was, and of what those were made that fell into a restart of the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Span = tuple[float, float]
"""From when to when, by the monotonic clock all processes of a computer share."""


@dataclass
class Outage:
    """From the loss of a connection to the next welcome."""

    lost: float
    tries: int = 0
    """How often a socket was tried."""
    opened: float = 0.0
    """When the socket that was welcomed was open."""
    back: float = 0.0

    @property
    def seconds(self) -> float:
        """How long it was."""
        return self.back - self.lost

    def meets(self, spans: Sequence[Span]) -> bool:
        """True when a part of it lies in one of these."""
        return any(self.lost < end and begin < self.back for begin, end in spans)


@dataclass(frozen=True)
class Restart:
    """A server that was killed and started again."""

    killed: float
    started: float
    """When its process was begun again."""
    answers: float
    """When it said that it can be entered."""


def spread(outages: Sequence[Outage]) -> list[float]:
    """How many there are, and their seconds in the middle, for one in twenty, and at most."""
    ordered = sorted(each.seconds for each in outages)
    if not ordered:
        return [0]
    middle, late = (ordered[int(len(ordered) * share)] for share in (0.5, 0.95))
    return [len(ordered), round(middle, 1), round(late, 1), round(ordered[-1], 1)]


def made_of(outages: Sequence[Outage], restarts: Sequence[Restart]) -> dict[str, Any]:
    """Of the slowest tenth of those in which the server was killed, the mean seconds of each part.

    Before the last kill; until the process was begun anew; until it could be entered; until this phone's socket was
    open; until the welcome.
    """
    parts: list[list[float]] = []
    for each in outages:
        inside = [r for r in restarts if each.lost < r.answers and r.killed < each.back and r.started <= each.back]
        if inside:
            last = inside[-1]
            times = [each.lost, max(each.lost, last.killed), max(each.lost, last.started), max(each.lost, last.answers)]
            times += [max(times[-1], each.opened), each.back]
            parts.append([each.seconds, float(each.tries), *(b - a for a, b in pairwise(times))])
    slow = sorted(parts)[-max(1, len(parts) // 10) :] if parts else []
    names = ("whole", "tries", "before_kill", "until_process", "until_room", "until_socket", "until_welcome")
    return {name: round(sum(row[k] for row in slow) / len(slow), 1) for k, name in enumerate(names)} if slow else {}
