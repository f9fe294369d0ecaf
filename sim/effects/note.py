"""Note: something is set up, agreed or recorded that later checks and conditions ask for."""

from typing import Literal

from sim.core.phrase import LText
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World


class Note(Effect):
    """A named fact becomes true, at once or when the activity ends; the seat may be told."""

    do: Literal["note"]
    flag: str
    at_end: bool = False
    lapses: bool = False
    """True when it stops being so as the activity ends."""
    lapses_en: str = ""
    """What the seat is told then, in English."""
    lapses_zh: str = ""
    """The same in Chinese."""
    procedure: bool = False
    """True when this is the agreement on how to talk."""
    en: str = ""
    zh: str = ""

    def begin(self, world: World, activity: Activity) -> None:
        """Takes effect now unless it is for the end."""
        if not self.at_end:
            self._take_effect(world, activity)

    def end(self, world: World, activity: Activity) -> None:
        """Takes effect now if it was for the end, and what it ends was not broken off."""
        if self.at_end and (not activity.run_ticks or activity.ran(world.tick)):
            self._take_effect(world, activity)
        elif self.lapses:
            world.flags.pop(self.flag, None)
            world.consequence("lapsed", flag=self.flag, response=activity.source)
            if self.lapses_en and not world.aftermath.on:
                world.tell(Via.RADIO, About.REPORT, LText(self.lapses_en, self.lapses_zh), grade="A")

    def _take_effect(self, world: World, activity: Activity) -> None:
        world.flag(self.flag)
        if self.procedure and world.talks.procedure_agreed_tick < 0:
            world.talks.procedure_agreed_tick = world.tick
        world.consequence("note", flag=self.flag, response=activity.source)
        if self.en:
            world.tell(Via.RADIO, About.REPORT, LText(self.en, self.zh), delay_s=10)
