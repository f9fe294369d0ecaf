"""Tow: vehicles are moved off a lane without asking further."""

from typing import ClassVar, Literal

from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect, due
from sim.effects.number import Positive, Share
from sim.world.activity import Activity
from sim.world.ledger import moved
from sim.world.world import World


class Tow(Effect):
    """One vehicle after the other; people around see whose living is dragged away."""

    do: Literal["tow"]
    every_s: Positive
    force: Share
    content: Content
    lasting: ClassVar[bool] = True

    def second(self, world: World, activity: Activity) -> None:
        """Takes the next vehicle of the lane when due."""
        if not due(world, activity, self.every_s):
            return
        lane = activity.order.target
        standing = [v for v in world.road.vehicles if v.lane == lane and v.leaves_tick < 0]
        if not standing:
            return
        vehicle = min(standing, key=lambda v: (v.x, v.y))
        vehicle.leaves_tick = world.tick + 10
        owner = vehicle.owner
        world.emit(
            Channel.SIGHT,
            x=vehicle.x,
            y=vehicle.y,
            prominence=1.2,
            force=self.force.value,
            hit=1,
            offenders_hit=0,
            subject=owner,
            **self.content.as_stimulus(),
        )
        if activity.add("towed") == 1.0:
            moved(world, vehicle.x, vehicle.y)
        world.consequence("towed", lane=lane, owner=owner)
