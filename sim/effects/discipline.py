"""Discipline: an officer of ours, a guard or a provocateur who did wrong is stopped and taken off, visibly."""

from typing import Literal

from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.world import World


class Discipline(Effect):
    """Whoever saw the wrong can see it put right."""

    do: Literal["discipline"]
    content: Content

    def begin(self, world: World, activity: Activity) -> None:
        """Shows the correction where it is made."""
        world.flag("misconduct_stopped")
        world.emit(Channel.SIGHT, x=activity.x, y=activity.y, prominence=1.0, **self.content.as_stimulus())
        world.consequence("misconduct_stopped", place=activity.order.target)
