"""Weather: rain begins or ends."""

from typing import Literal

from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.world import World


class Weather(Effect):
    """Rain drives passers-by under cover and tires those who stay."""

    do: Literal["weather"]
    rain: bool

    def begin(self, world: World, activity: Activity) -> None:
        """The weather changes."""
        world.rain = self.rain
        world.consequence("weather", rain=self.rain)
