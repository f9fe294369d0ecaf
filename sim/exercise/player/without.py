"""Without: a player that has to do without some responses, as if nobody had thought of them."""

from sim.core.noise import Noise
from sim.exercise.player.player import Options, Player
from sim.world.observation import Observation
from sim.world.order import Order


class Without(Player):
    """Plays as another player does, and never sees some of the responses on offer."""

    def __init__(self, player: Player, hidden: frozenset[str]) -> None:
        """`hidden` holds the ids of the responses it does without."""
        self.name = player.name
        self._player = player
        self._hidden = hidden

    def decide(self, seen: Observation, options: Options, noise: Noise) -> Order | None:
        """What the other player decides when those are not on offer."""
        return self._player.decide(seen, options.without(self._hidden), noise)
