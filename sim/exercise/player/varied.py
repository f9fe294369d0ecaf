"""The varied player: sensible like the doctrine player, but with its own taste, another one for each seed."""

from itertools import islice

from sim.core.noise import Noise, Stream
from sim.exercise.player.doctrine import Doctrine
from sim.exercise.player.player import Options
from sim.world.observation import Observation
from sim.world.order import Order

FIRST = 3
"""Of so many sensible orders one is taken by noise (assumed)."""
DISLIKED = 0.1
"""Chance that a response is left out in a whole run (assumed)."""
TASTE, PICK = 1, 2
"""Which draw of the player's stream is meant."""


class Varied(Doctrine):
    """Leaves some responses out for a whole run, and of the most sensible others takes one by noise.

    Its runs show in how many ways an exercise can be gone through sensibly.
    """

    name = "varied"

    def decide(self, seen: Observation, options: Options, noise: Noise) -> Order | None:
        """One of the most sensible orders that are open."""
        disliked = frozenset(
            name for k, name in enumerate(options) if noise.uniform(Stream.PLAYER, TASTE, 1000 + k) < DISLIKED
        )
        found = list(islice(self.ranked(seen, options.without(disliked)), FIRST))
        if not found:
            return None
        return found[noise.choice(len(found), Stream.PLAYER, seen.tick, PICK + len(seen.orders))]
