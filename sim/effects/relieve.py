"""Relieve: inflow to a crowded place is stopped, movement made one-way, a gate opened."""

from typing import ClassVar, Literal

from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.world import World


class Relieve(Effect):
    """While it runs, nobody new starts an errand through the place; people there are shown the free way."""

    do: Literal["relieve"]
    content: Content
    lasting: ClassVar[bool] = True

    def begin(self, world: World, activity: Activity) -> None:
        """The one-way system stands."""
        world.flag("relief")
        world.flags[f"relief:{activity.order.target}"] = world.tick
        world.consequence("relief", place=activity.order.target)

    def second(self, world: World, activity: Activity) -> None:
        """Keeps inflow stopped and shows the way every half minute."""
        world.flags[f"relief:{activity.order.target}"] = world.tick
        if (world.tick - activity.stage_tick) % 300 == 0:
            world.emit(Channel.VOICE, x=activity.x, y=activity.y, level_db=100.0, **self.content.as_stimulus())
