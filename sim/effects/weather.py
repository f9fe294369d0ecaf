"""Weather: rain begins or ends."""

from typing import Literal

from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.world import World

RAIN_STRAIN = 2.0
"""How much faster standing about in the rain tires people (assumed)."""


class Weather(Effect):
    """Rain tires those who stay."""

    do: Literal["weather"]
    rain: bool

    def begin(self, world: World, activity: Activity) -> None:
        """The weather changes."""
        world.rain = self.rain
        world.crowd.strain = RAIN_STRAIN if self.rain else 1.0
        world.consequence("weather", rain=self.rain)
