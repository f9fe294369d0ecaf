"""Relief: tired officers are taken out a few at a time and fresh ones take over, told what was agreed, or not."""

from typing import Literal

from sim.core.phrase import Phrase
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.number import Number
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World


class Relief(Effect):
    """At its end the units are rested. A hand-over of duties alone forgets how one agreed to talk, and it shows."""

    do: Literal["relief"]
    rest: Number
    """Share of their fatigue the units lose, 0..1."""
    content: Content
    """What people around take from officers who know nothing of what was agreed."""

    def end(self, world: World, activity: Activity) -> None:
        """The fresh officers stand."""
        staff = [unit for unit in world.staff(activity) if unit.code != "CMD"]
        for unit in staff:
            unit.fatigue *= 1.0 - self.rest.value
        told = activity.text("brief", "agreements") == "agreements"
        forgotten = not told and world.talks.procedure_agreed_tick >= 0
        if forgotten:
            world.talks.procedure_agreed_tick = -1
            for unit in staff:
                world.emit(Channel.SIGHT, x=unit.x, y=unit.y, prominence=0.8, **self.content.as_stimulus())
        world.consequence("relieved", units=[unit.id for unit in staff], told=told, forgotten=forgotten)
        world.tell(
            Via.RADIO,
            About.REPORT,
            Phrase("Relief done. Those who took over do not know what was agreed with the people here.")
            if forgotten
            else Phrase("Relief done. Units rested: {number}.", number=len(staff)),
            grade="A",
            delay_s=10,
        )
