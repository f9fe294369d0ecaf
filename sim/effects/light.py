"""Light: lamps are put up, so that people see steps, ways out and each other when it gets dark."""

from typing import ClassVar, Literal

from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.weather import strain_of
from sim.world.activity import Activity
from sim.world.world import World


class Light(Effect):
    """From now on the scene is lit, today or before dusk; whoever is there can see it."""

    do: Literal["light"]
    raises: ClassVar[tuple[str, ...]] = ("lit",)
    content: Content

    def begin(self, world: World, activity: Activity) -> None:
        """The lamps go on."""
        world.flag("lit")
        world.dark = False
        world.crowd.strain = strain_of(world)
        world.emit(Channel.SIGHT, x=activity.x, y=activity.y, prominence=2.0, **self.content.as_stimulus())
        world.consequence("lit", place=activity.order.target)
