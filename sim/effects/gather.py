"""Gather: people of a group set out for the scene, spread over some minutes."""

from typing import Literal

import numpy as np

from sim.core.noise import Stream
from sim.crowd.people import NEVER, Status
from sim.effects.effect import Effect
from sim.effects.number import Number, Positive, Share
from sim.world.activity import Activity
from sim.world.world import World


class Gather(Effect):
    """Those of the group who are not due yet come within `over_min`; `share` of them, drawn by who comes together."""

    do: Literal["gather"]
    group: str
    over_min: Positive
    share: Share = Number(assumed=1.0)

    def begin(self, world: World, activity: Activity) -> None:
        """Gives each of them a time of arrival."""
        people, noise = world.crowd.people, world.noise
        index = world.setting.groups.index(self.group)
        waiting = np.flatnonzero(
            (people.group == index) & (people.status == int(Status.ABSENT)) & (people.arrival_tick == NEVER)
        )
        spread = self.over_min.value * 600
        coming = 0
        for i in waiting:
            person, party = int(i), int(people.party[i])
            if noise.uniform(Stream.ARRIVAL, world.tick, -party - 1) < self.share.value:
                people.arrival_tick[person] = (
                    world.tick + 1 + int(spread * noise.uniform(Stream.ARRIVAL, world.tick, party))
                )
                coming += 1
        world.consequence("gathering", group=self.group, number=coming)
