"""The facilitating player: talks, helps and informs in rotation, and never uses any force."""

from sim.core.noise import Noise
from sim.exercise.player.player import Options, Player
from sim.world.observation import Observation
from sim.world.order import Order

KINDS = ("negotiation", "facilitation", "care", "statement", "law", "information")
EVERY_TICKS = 1800
"""One new act every three minutes."""


class Facilitate(Player):
    """Of the gentle responses that are open and need nothing more said, gives the one ordered longest ago."""

    name = "facilitate"

    def decide(self, seen: Observation, options: Options, noise: Noise) -> Order | None:
        """The next gentle act, not more often than every three minutes."""
        last = max((o.tick for o in seen.orders), default=-EVERY_TICKS)
        if seen.tick - last < EVERY_TICKS:
            return None
        given = {o.response: o.tick for o in seen.orders}
        gentle = [o for o in options.values() if o.open and o.response.force == "none" and o.response.group in KINDS]
        gentle.sort(key=lambda o: (given.get(o.response.id, -1), KINDS.index(o.response.group), o.response.id))
        orders = (Order(response=o.response.id, reason="keep talking and keep people safe") for o in gentle)
        return next((order for order in orders if options.accepts(order)), None)
