"""What every effect is: parameters read from data, and what happens when it begins, goes on and ends.

An effect changes units, talks, claims and the like directly, and people only through what they can perceive
(`World.emit`) or what is done to their bodies.
"""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from sim.core.phrase import Phrase
from sim.effects.number import Number
from sim.world.activity import Activity
from sim.world.order import Value
from sim.world.world import World


class Effect(BaseModel):
    """One primitive an order or inject is made of; subclasses carry `do: Literal["name"]`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    do: str
    lasting: ClassVar[bool] = False
    """True when `second` does something, so that the activity has to be visited every second."""
    raises: ClassVar[tuple[str, ...]] = ()
    """Flags it can make true besides one its data names; `*` stands for what is known only in a run."""

    def objections(self, world: World, given: Mapping[str, Value]) -> tuple[Phrase, ...]:
        """Every practical reason why an order with these parameters could not be carried out now."""
        return ()

    def begin(self, world: World, activity: Activity) -> None:
        """Called once when the activity starts running."""

    def second(self, world: World, activity: Activity) -> None:
        """Called every simulated second while it runs."""

    def end(self, world: World, activity: Activity) -> None:
        """Called once when it has run its time or is stopped."""


def ticks_between(every_s: Number) -> int:
    """Ticks from one time to the next of what repeats: whole seconds, at least one, the nearest to what a file says."""
    return 10 * max(1, round(every_s.value))


def due(world: World, activity: Activity, every_s: Number) -> bool:
    """True in the second in which an activity begins to run, and in each that comes so many seconds after the last."""
    return (world.tick - activity.stage_tick) % ticks_between(every_s) == 0
