"""Rumour: a claim starts to spread, from a few mouths and one post."""

from typing import Literal

import numpy as np

from sim.core.noise import Stream
from sim.crowd.people import Rumour as Standing
from sim.crowd.people import Status
from sim.crowd.stimulus import Channel
from sim.effects.effect import Effect
from sim.effects.number import Number, Share
from sim.world.activity import Activity
from sim.world.world import World


class Rumour(Effect):
    """`told_by` participants start telling it; a post reaches a share of those online."""

    do: Literal["rumour"]
    rumour: str
    told_by: int = 3
    reach: Share = Number(assumed=0.2)
    convincing: Share = Number(assumed=0.7)

    def begin(self, world: World, activity: Activity) -> None:
        """Seeds it."""
        people = world.crowd.people
        column = world.setting.rumour_index(self.rumour)
        rows = [int(i) for i in np.flatnonzero(world.crowd.participant & (people.status == int(Status.PRESENT)))]
        rows.sort(key=lambda i: (world.noise.uniform(Stream.RUMOUR, world.tick, i), i))
        for person in rows[: self.told_by]:
            if people.rumour[person, column] == int(Standing.IGNORANT):
                people.rumour[person, column] = int(Standing.SPREADER)
        world.emit(
            Channel.ONLINE,
            x=activity.x,
            y=activity.y,
            reach=self.reach.value,
            rumour=column,
            asserts=self.convincing.value,
        )
        world.opinion.uncertainty = min(1.0, world.opinion.uncertainty + 0.1)
        world.consequence("rumour_started", rumour=self.rumour)
