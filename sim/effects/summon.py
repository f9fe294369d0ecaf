"""Summon: units or departments are asked for early, so that they arrive earlier than they otherwise would."""

from typing import Literal

from sim.core.phrase import Phrase
from sim.effects.alert import bring_forward
from sim.effects.effect import Effect
from sim.effects.number import Positive
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World


class Summon(Effect):
    """Units of these codes not yet there come `earlier_min` sooner, but not before `notice_min` from now.

    They come sooner by less when an inflated alert has cost the desk its weight.
    """

    do: Literal["summon"]
    codes: tuple[str, ...]
    earlier_min: Positive
    notice_min: Positive
    flag: str = ""

    def end(self, world: World, activity: Activity) -> None:
        """The calls are made, unless they were broken off; new times of arrival are known."""
        if activity.run_ticks and not activity.ran(world.tick):
            return
        sooner = bring_forward(world, self.codes, self.earlier_min.value * world.desk.credibility, self.notice_min)
        if self.flag:
            world.flag(self.flag)
        world.consequence("summoned", response=activity.source, units=sooner)
        world.tell(
            Via.DEPARTMENT,
            About.REPORT,
            Phrase("The calls are made. Units and officials who will come sooner: {number}", number=len(sooner)),
            delay_s=5,
        )
