"""Ambulance: one sets out along the emergency lanes with a patient who needs the hospital."""

from typing import Literal

from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.road import AMBULANCE_MPS, Ambulance
from sim.world.world import World


class SendAmbulance(Effect):
    """From `from_x_m` to `to_x_m` along the road; it takes whichever emergency lane is free all the way, or waits."""

    do: Literal["ambulance"]
    id: str
    from_x_m: float
    to_x_m: float

    def begin(self, world: World, activity: Activity) -> None:
        """It sets out."""
        distance = abs(self.to_x_m - self.from_x_m)
        world.road.ambulances.append(
            Ambulance(
                id=self.id,
                x=self.from_x_m,
                y=activity.y,
                goal_x=self.to_x_m,
                started_tick=world.tick,
                free_s=distance / AMBULANCE_MPS,
            )
        )
        world.consequence("ambulance_started", ambulance=self.id)
