"""Weather: rain, heat and the dark come and go."""

from typing import Literal

from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.world import World

RAIN_STRAIN = 2.0
"""How much faster standing about in the rain tires people (assumed)."""
HEAT_STRAIN = 2.5
"""How much faster standing about in great heat does (assumed)."""
DARK_STRAIN = 1.3
"""How much faster the dark does, where nothing is lit (assumed)."""


def strain_of(world: World) -> float:
    """How tiring it is to be here, 1 in mild weather by day."""
    strain = RAIN_STRAIN if world.rain else 1.0
    if world.heat:
        strain *= HEAT_STRAIN
    return strain * DARK_STRAIN if world.dark else strain


class Weather(Effect):
    """Rain, heat and the dark tire those who stay; in the heat people faint. What is left out stays as it is."""

    do: Literal["weather"]
    rain: bool | None = None
    heat: bool | None = None
    dark: bool | None = None

    def begin(self, world: World, activity: Activity) -> None:
        """The weather changes; where lights have been put up it does not get dark."""
        world.rain = world.rain if self.rain is None else self.rain
        world.heat = world.heat if self.heat is None else self.heat
        world.dark = world.dark if self.dark is None else self.dark and "lit" not in world.flags
        world.crowd.strain = strain_of(world)
        world.consequence("weather", rain=world.rain, heat=world.heat, dark=world.dark)
