"""Foretell: the commander states how likely harm or violence is within the next quarter of an hour."""

from typing import Literal

from sim.core.phrase import Phrase
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World


class Foretell(Effect):
    """The order's `percent`, and its `crush_percent` unless that is below 0, answer the question that is open.

    Nothing in the world changes by it; it is held against what happens.
    """

    do: Literal["foretell"]

    def begin(self, world: World, activity: Activity) -> None:
        """The first answer to a question counts; the window begins with it."""
        question = world.desk.question(world.tick)
        if question is None:
            return
        crush = float(activity.order.parameters.get("crush_percent", -1.0))
        question.stated_tick = world.tick
        question.violence = float(activity.order.parameters.get("percent", 50.0)) / 100.0
        question.crush = crush / 100.0 if crush >= 0.0 else -1.0
        world.consequence("risk_stated", checkpoint=question.minute, violence=question.violence, crush=question.crush)
        world.tell(
            Via.COMMAND,
            About.REPORT,
            Phrase("Your estimate is on record: {percent:.0f} %", percent=100.0 * question.violence),
        )
