"""Summon: units or departments are asked for early, so that they arrive earlier than they otherwise would."""

from typing import Literal

from sim.core.phrase import Phrase
from sim.effects.effect import Effect
from sim.effects.number import Number
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World


class Summon(Effect):
    """Units of these codes not yet there come `earlier_min` sooner, but not before `notice_min` from now."""

    do: Literal["summon"]
    codes: tuple[str, ...]
    earlier_min: Number
    notice_min: Number
    flag: str = ""

    def end(self, world: World, activity: Activity) -> None:
        """The calls are made; new times of arrival are known."""
        sooner = []
        for unit in world.units:
            if unit.code in self.codes and not unit.on_scene(world.tick):
                earliest = world.tick + round(self.notice_min.value * 600)
                arrives = max(earliest, unit.arrives_tick - round(self.earlier_min.value * 600))
                if arrives < unit.arrives_tick:
                    unit.arrives_tick = arrives
                    sooner.append(unit.id)
        if self.flag:
            world.flag(self.flag)
        world.consequence("summoned", response=activity.source, units=sooner)
        world.tell(
            Via.DEPARTMENT,
            About.REPORT,
            Phrase("The calls are made. Units and officials who will come sooner: {number}", number=len(sooner)),
            delay_s=5,
        )
