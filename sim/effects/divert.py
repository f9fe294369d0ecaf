"""Divert: some of those who are still on their way read that they had better not come now."""

from typing import Literal

import numpy as np

from sim.core.noise import Stream
from sim.crowd.people import NEVER, Status
from sim.effects.effect import Effect
from sim.effects.number import Share
from sim.world.activity import Activity
from sim.world.world import World

READING_TICKS = 3000
"""Who is due within so long is too near to read it (assumed)."""


class Divert(Effect):
    """Of the people who are no participants, are online and have not come yet, a share stays away."""

    do: Literal["divert"]
    share: Share

    def begin(self, world: World, activity: Activity) -> None:
        """They stay away, companions together."""
        people, noise = world.crowd.people, world.noise
        due = people.arrival_tick > world.tick + READING_TICKS
        rows = np.flatnonzero((people.status == int(Status.ABSENT)) & due & ~world.crowd.participant & people.online)
        away = [
            int(i)
            for i in rows
            if noise.uniform(Stream.ARRIVAL, world.tick, -int(people.party[i]) - 1) < self.share.value
        ]
        people.arrival_tick[away] = NEVER
        world.consequence("diverted", response=activity.source, number=len(away))
