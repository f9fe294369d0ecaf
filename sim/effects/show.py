"""Show: every unit on scene shows something of itself, such as its number or a camera that runs."""

from typing import Literal

from pydantic import Field

from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.world import World


class Show(Effect):
    """Whoever sees one of our units there takes it in, once."""

    do: Literal["show"]
    prominence: float = Field(default=0.6, ge=0, description="How much it catches the eye; 1 for a person who acts.")
    content: Content

    def begin(self, world: World, activity: Activity) -> None:
        """They show it."""
        for unit in world.units:
            if not unit.on_scene(world.tick):
                continue
            world.emit(Channel.SIGHT, x=unit.x, y=unit.y, prominence=self.prominence, **self.content.as_stimulus())
