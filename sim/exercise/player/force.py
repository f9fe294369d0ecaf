"""The force player: clears the square as fast as it can, whatever the law says. The warning example."""

from sim.core.noise import Noise
from sim.exercise.player.player import Options, Player
from sim.world.observation import Observation
from sim.world.order import Order

FORMALITIES = ("DS2", "DS3", "DS4")
"""What the harshest means wait for: a formal order, the same again, a final warning, each once, as short as can be."""
FORCE_ORDER = ("area", "line", "containment", "hands_on", "presence")
"""What it reaches for, harshest first."""
HARSHEST = ("area", "line")
"""What it calls units away for from anything milder."""
CROWD_FROM = 20
"""People reported before it thinks there is something to clear."""


class Force(Player):
    """Whenever somebody stands there, gets the formalities over and orders the harshest thing that is open."""

    name = "force"

    def decide(self, seen: Observation, options: Options, noise: Noise) -> Order | None:
        """The next formality, or the harshest response that is open and not under way."""
        if seen.estimate < CROWD_FROM:
            return None
        said = {order.catalogue for order in seen.orders}
        for code in FORMALITIES:
            option = options.coded(code)
            if option is not None and option.open and code not in said:
                return Order(
                    response=option.response.id,
                    parameters={"tone": "stern", "minutes": 0},
                    reason="they have been told",
                    go_ahead=True,
                )
        running = {a.response for a in seen.activities}
        harsher = self._called_away(seen, options, running)
        if harsher is not None:
            return harsher
        open_now = [o for o in options.using(*FORCE_ORDER) if o.open and o.response.id not in running]
        for force in FORCE_ORDER:
            for option in open_now:
                if option.response.force == force:
                    return Order(
                        response=option.response.id,
                        reason="clear the road now, orders are orders",
                        go_ahead=True,
                    )
        return None

    @staticmethod
    def _called_away(seen: Observation, options: Options, running: set[str]) -> Order | None:
        """The harshest means when nothing but busy units stands in their way: the units are called away for them."""
        for option in options.using(*HARSHEST):
            response = option.response
            busy = len(option.reasons) == 1 and not option.free_units
            if response.id in running or not busy:
                continue
            units = [u.id for u in seen.units if u.code in response.units and u.eta_s <= 0.0]
            if units:
                return Order(
                    response=response.id,
                    units=tuple(units[: response.teams]),
                    reason="clear the road now, orders are orders",
                    go_ahead=True,
                )
        return None
