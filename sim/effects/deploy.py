"""Deploy: units go somewhere and stand there in a given formation and dress until called away."""

from typing import Literal

from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.unit import Formation, Gear
from sim.world.world import World


class Deploy(Effect):
    """What people see afterwards is officers standing there, dressed so; the stimulus is the arrival itself."""

    do: Literal["deploy"]
    formation: Literal["cluster", "pairs", "line"] = "cluster"
    gear: Literal["soft_hat", "helmet_at_belt", "helmet_on", "shield"] = "soft_hat"
    content: Content = Content()

    def begin(self, world: World, activity: Activity) -> None:
        """Dresses and places the units; their arrival can be seen."""
        for unit in world.staff(activity):
            unit.formation = Formation[self.formation.upper()]
            unit.gear = int(Gear[self.gear.upper()])
            world.emit(
                Channel.SIGHT,
                x=unit.x,
                y=unit.y,
                prominence=0.5 + 0.25 * unit.gear,
                **self.content.as_stimulus(),
            )
        world.consequence("deployed", response=activity.source, units=list(activity.units), gear=self.gear)
