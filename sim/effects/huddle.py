"""Huddle: with the departments it is settled who decides what, so that the desk knows whom to wait for."""

from typing import Literal

from sim.core.phrase import Phrase
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World


class Huddle(Effect):
    """Afterwards the seat knows which of the officials may decide, and about what."""

    do: Literal["huddle"]
    flag: str

    def end(self, world: World, activity: Activity) -> None:
        """The department says what it can decide, unless the talk was broken off."""
        if activity.run_ticks and not activity.ran(world.tick):
            return
        world.flag(self.flag)
        world.consequence("huddle", response=activity.source)
        for demand in world.setting.demands.values():
            if demand.spoken and "GOV" in demand.grantable_by:
                world.tell(
                    Via.DEPARTMENT,
                    About.REPORT,
                    Phrase("The department may decide about this: {demand}", demand=demand.name),
                    ref=demand.id,
                    delay_s=10,
                )
