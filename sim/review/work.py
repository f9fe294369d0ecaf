"""Work: one continuation that a review asks for, and how much it may ask for."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sim.review.branch import POLICIES, Policy
from sim.review.horizon import chosen
from sim.review.stopping import NARROW
from sim.world.order import Order

CLAIRVOYANT = 0
"""In place of a trial's number: the run's own luck and truth, which nobody could know."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is tried."""

    batch: int = 4
    """Trials in a batch."""
    most: int = 64
    """Trials per alternative at most."""
    narrow: float = NARROW
    """Points: an interval this narrow, to each side, is enough, and what is so near the best is as good."""
    horizon_min: float = field(default_factory=lambda: chosen().minutes)
    """Minutes a continuation runs on: what was measured speaks for it."""
    stride: int = 2
    """Ticks in which bodies move in continuations."""
    policies: tuple[Policy, ...] = POLICIES
    alternatives: int = 12
    """At most so many, what was done and waiting included."""
    luck: int = 0
    """Which set of trials: another number, other chance events and hidden states."""


@dataclass(frozen=True, slots=True)
class Work:
    """One continuation to be carried out."""

    decision: int
    alternative: int
    trial: int
    """`CLAIRVOYANT`, or 1 and up."""
    policy: Policy
    order: Order | None
    horizon_tick: int
    stride: int
    stands_until: int
    """The tick of the next decision: until then the doctrine player does nothing."""
    luck: int = 0
    early_tick: int = 0
    """When it is to be told, ahead of the rest, what it is worth by then; 0 for never."""

    @property
    def key(self) -> str:
        """What makes it the same piece of work in another review of the same run."""
        order = None if self.order is None else self.order.as_dict()
        parts = (
            self.decision,
            self.trial,
            self.policy,
            self.horizon_tick,
            self.stride,
            self.stands_until,
            self.luck,
            order,
        )
        return json.dumps(parts, sort_keys=True)


def together_carried(works: Sequence[Work]) -> list[tuple[Work, ...]]:
    """The works in their order, those next to each other that differ in the policy alone taken together."""
    found: list[list[Work]] = []
    for work in works:
        if found and replace(found[-1][-1], policy=work.policy) == work:
            found[-1].append(work)
        else:
            found.append([work])
    return [tuple(each) for each in found]
