"""Supply: water, shade, seats, toilets or a welfare point, for whoever is near."""

from typing import ClassVar, Literal

from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect, ticks_between
from sim.effects.number import Positive
from sim.world.activity import Activity
from sim.world.world import World

SECOND = 10
"""Ticks from the beginning to the first look."""


class Supply(Effect):
    """Shown again every so often while it lasts."""

    do: Literal["supply"]
    raises: ClassVar[tuple[str, ...]] = ("welfare",)
    every_s: Positive
    content: Content
    lasting: ClassVar[bool] = True

    def second(self, world: World, activity: Activity) -> None:
        """Hands out, at once and then whenever it is time again, and is seen doing so."""
        if (world.tick - activity.stage_tick - SECOND) % ticks_between(self.every_s) == 0:
            world.emit(Channel.SIGHT, x=activity.x, y=activity.y, prominence=1.5, **self.content.as_stimulus())
            if activity.add("rounds") == 1.0:
                world.flag("welfare")
                world.consequence("welfare", response=activity.source)
