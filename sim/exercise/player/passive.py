"""The passive player: gives no order at all. The lower reference of every scenario."""

from sim.core.noise import Noise
from sim.exercise.player.player import Options, Player
from sim.world.observation import Observation
from sim.world.order import Order


class Passive(Player):
    """Waits."""

    name = "passive"

    def decide(self, seen: Observation, options: Options, noise: Noise) -> Order | None:
        """Nothing, ever."""
        return None
