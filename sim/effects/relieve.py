"""Relieve: inflow to a crowded place is stopped, movement made one-way, a gate opened."""

from typing import ClassVar, Literal

import numpy as np

from sim.core.noise import Stream
from sim.crowd.people import NEVER, Act, Status
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.hearing import understood_by
from sim.world.world import World

SHOW_EVERY_S = 30
LEVEL_DB = 105.0
"""A loudspeaker, at 1 m."""
WILLING = 0.4
"""Of those who understand and trust the police fully, how many turn round at one showing (assumed)."""


class Relieve(Effect):
    """While it runs, passers-by are sent another way before they get here; people here are shown the free way.

    With the parameter `keeps_going` movement is one-way: of the groups that pass through only that one goes on, and of
    the others whoever understands what is said turns round, trusting sooner.
    """

    do: Literal["relieve"]
    raises: ClassVar[tuple[str, ...]] = ("relief",)
    content: Content
    lasting: ClassVar[bool] = True

    def begin(self, world: World, activity: Activity) -> None:
        """The one-way system stands."""
        world.flag("relief")
        world.consequence("relief", place=activity.order.target)

    def second(self, world: World, activity: Activity) -> None:
        """Turns away who is due and only passes through, and shows the way every half minute."""
        people = world.crowd.people
        due = (people.arrival_tick <= world.tick) & (people.arrival_tick != NEVER)
        people.arrival_tick[due & (people.status == int(Status.ABSENT)) & world.crowd.passing] = NEVER
        if (world.tick - activity.stage_tick) % (SHOW_EVERY_S * 10) == 0:
            world.emit(Channel.VOICE, x=activity.x, y=activity.y, level_db=LEVEL_DB, **self.content.as_stimulus())
            if activity.text("keeps_going") in world.setting.groups:
                self._turn_round(world, activity)

    @staticmethod
    def _turn_round(world: World, activity: Activity) -> None:
        """Whoever heard it, passes through and is not of the group that keeps going makes for the nearest way out."""
        people = world.crowd.people
        going = world.setting.groups.index(activity.text("keeps_going"))
        heard = understood_by(world, activity.x, activity.y, LEVEL_DB)
        rows = np.flatnonzero(world.crowd.passing & (heard > 0.0) & (people.group != going))
        turned = 0
        for row in rows:
            person = int(row)
            chance = WILLING * float(heard[person]) * float(people.legitimacy[person])
            if people.act[person] < int(Act.LEAVE) and world.noise.uniform(Stream.COMPLY, world.tick, person) < chance:
                people.act[person] = int(Act.LEAVE)
                turned += 1
        world.consequence("turned_round", place=activity.order.target, number=turned)
