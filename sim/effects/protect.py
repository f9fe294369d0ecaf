"""Protect: officers stand by people at risk and stop whoever goes for them, and nobody else."""

from typing import ClassVar, Literal

from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.number import Positive, Share
from sim.world.activity import Activity
from sim.world.force import hold_off
from sim.world.unit import Formation
from sim.world.world import World


class Protect(Effect):
    """Standing by is seen as protection; an offender within reach is held off by hand, one at a time."""

    do: Literal["protect"]
    reach_m: Positive
    force: Share
    """Force of stepping in, 0..1."""
    content: Content
    lasting: ClassVar[bool] = True

    def begin(self, world: World, activity: Activity) -> None:
        """From now on the place counts as protected."""
        for unit in world.staff(activity):
            unit.formation = Formation.PAIRS
            world.emit(Channel.SIGHT, x=unit.x, y=unit.y, prominence=0.8, **self.content.as_stimulus())
        world.flags[f"protected:{activity.order.target}"] = world.tick
        world.opinion.judge("workers", 0.08)
        world.consequence("protection", place=activity.order.target, units=list(activity.units))

    def second(self, world: World, activity: Activity) -> None:
        """Holds off the offender nearest to each unit."""
        world.flags[f"protected:{activity.order.target}"] = world.tick
        for unit in world.staff(activity):
            hold_off(world, unit, self.reach_m.value, self.force.value, prominence=0.6, severity=0.4)
