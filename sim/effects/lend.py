"""Lend: a loudspeaker or stewards' vests are handed to somebody in the crowd; who that is depends on who asked whom."""

from typing import ClassVar, Literal

import numpy as np

from sim.core.phrase import Phrase
from sim.crowd.people import Role, Status
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect, due
from sim.effects.number import Number, Positive
from sim.world.activity import Activity
from sim.world.hearing import understood_share
from sim.world.message import About, Via
from sim.world.nearby import participants_near
from sim.world.world import World

AROUND_M = 40.0
HOT = 0.6
"""Somebody as angry as this does not calm others with a loudspeaker (assumed)."""


class Lend(Effect):
    """Handed to the calmest representative it calms; handed to whoever calls loudest it may stir people up."""

    do: Literal["lend"]
    level_db: Number
    repeat_s: Positive
    calming: Content
    stirring: Content
    lasting: ClassVar[bool] = True

    def begin(self, world: World, activity: Activity) -> None:
        """Somebody takes it; who is settled now and seen by our officers only once they speak."""
        people = world.crowd.people
        here = [i for i in world.talks.representatives if people.status[i] == int(Status.PRESENT)]
        if activity.text("to", "representative") == "representative" and here:
            holder = min(here, key=lambda i: (people.role[i] == int(Role.AGITATOR), float(people.anger[i]), i))
        else:
            near = participants_near(world, activity.x, activity.y, AROUND_M)
            rows = near if len(near) else np.flatnonzero(world.crowd.participant & people.present)
            if not len(rows):
                return
            loud = people.expressiveness[rows] + people.anger[rows] + 0.5 * (people.role[rows] == int(Role.AGITATOR))
            holder = int(rows[int(np.argmax(loud))])
        stirs = bool(people.role[holder] == int(Role.AGITATOR) or people.anger[holder] >= HOT)
        activity.memo["holder"], activity.memo["stirs"] = holder, stirs
        world.consequence("lent", person=holder, stirs=stirs, representative=holder in world.talks.representatives)

    def second(self, world: World, activity: Activity) -> None:
        """Whoever holds it speaks when a repetition is due, from where they stand."""
        holder, people = int(activity.memo.get("holder", -1)), world.crowd.people
        if holder < 0 or not due(world, activity, self.repeat_s) or people.status[holder] != int(Status.PRESENT):
            return
        content = self.stirring if activity.memo["stirs"] else self.calming
        x, y = float(people.x[holder]), float(people.y[holder])
        world.emit(Channel.VOICE, x=x, y=y, level_db=self.level_db.value, **content.as_stimulus())
        if activity.add("spoken") == 1.0:
            share = understood_share(world, x, y, self.level_db.value)
            said = (
                Phrase("The one with our loudspeaker is stirring people up; {share:.0%} can hear it", share=share)
                if activity.memo["stirs"]
                else Phrase("One of their own speaks through our loudspeaker; {share:.0%} can hear it", share=share)
            )
            world.tell(Via.RADIO, About.REPORT, said, grade="A", delay_s=15)
