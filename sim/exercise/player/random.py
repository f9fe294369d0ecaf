"""The random player: picks among what is open, by noise of its own stream. A floor for the others."""

from sim.core.noise import Noise, Stream
from sim.exercise.player.player import Options, Player
from sim.world.observation import Observation
from sim.world.order import Order

CHANCE = 0.06
"""Of acting at one look: about one order in four minutes."""


class Random(Player):
    """Lawful or not is not its concern, but it does not go ahead with what was ruled unlawful."""

    name = "random"

    def decide(self, seen: Observation, options: Options, noise: Noise) -> Order | None:
        """Something open, now and then."""
        if any(o.tick == seen.tick for o in seen.orders) or noise.uniform(Stream.PLAYER, seen.tick) >= CHANCE:
            return None
        open_now = [o for o in options.values() if o.open]
        if not open_now:
            return None
        option = open_now[noise.choice(len(open_now), Stream.PLAYER, seen.tick, 1)]
        target = ""
        if option.targets:
            target = option.targets[noise.choice(len(option.targets), Stream.PLAYER, seen.tick, 2)]
        return Order(response=option.response.id, target=target, reason="no particular reason")
