"""Casualty: somebody falls ill or is hurt and needs care."""

from typing import Literal

from sim.core.noise import Stream
from sim.effects.effect import Effect
from sim.effects.number import Number, Positive, Share
from sim.world.activity import Activity
from sim.world.world import World


class Casualty(Effect):
    """A person who is no row of the crowd, at the inject's place; gets worse unless cared for in time."""

    do: Literal["casualty"]
    severity: Literal["minor", "serious"]
    cause: Literal["illness", "crowd", "traffic", "police", "crush"] = "illness"
    worsens_min: Positive = Number(assumed=0.0)
    """Minutes until it gets one step worse; 0 never."""
    chance: Share = Number(assumed=1.0)
    """Probability that it comes to this."""

    def begin(self, world: World, activity: Activity) -> None:
        """It happens, with that chance."""
        if world.noise.uniform(Stream.INJECT, world.tick, activity.number) >= self.chance.value:
            return
        severity = 1 if self.severity == "minor" else 2
        case = world.hurt(-1, severity, self.cause, activity.x, activity.y)
        if self.worsens_min.value > 0.0:
            case.worsens_tick = world.tick + round(self.worsens_min.value * 600)
