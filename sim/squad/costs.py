"""Costs: what a host asks of the review once a drill is over; who carries the review out is not its business."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sim.drill.cost import Cost
from sim.drill.laid_out import Standings
from sim.drill.squad import Squad


@dataclass(frozen=True, slots=True)
class Known:
    """What the review has found about a squad so far."""

    costs: Mapping[int, Cost] = field(default_factory=dict)
    """By the tick of the decision."""
    standings: Standings = field(default_factory=dict)
    """Which of the answers laid out came out best."""
    going: bool = False
    """True while more may be found."""


class Costs(Protocol):
    """A review of each squad that is over."""

    def of(self, name: str, squad: Squad) -> Known:
        """What is known of a squad that is over; begins to look at it when asked while no other is looked at."""

    def watch(self) -> None:
        """Ends what has taken its time; to be called as time passes, also while nobody asks for a squad."""

    def close(self) -> None:
        """Ends what still goes on; returns once it is gone."""
