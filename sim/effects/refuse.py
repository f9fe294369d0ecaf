"""Refuse: an order from above that is unlawful or reckless is declined with reasons and better options."""

from typing import Literal

from sim.core.phrase import Phrase
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World


class Refuse(Effect):
    """The pressure is answered; that superiors answer for unlawful orders and refusal is no offence is on record."""

    do: Literal["refuse"]

    def begin(self, world: World, activity: Activity) -> None:
        """Records the refusal and its reason."""
        world.flag("pressure_refused")
        world.consequence("pressure_refused", reasoned=bool(activity.order.reason.strip()))
        world.tell(
            Via.COMMAND,
            About.REPORT,
            Phrase("Your objection and the options you named are on record"),
            delay_s=60,
        )
