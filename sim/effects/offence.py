"""Offence: somebody of a group breaks the law without violence, such as fraud; officers who see it know who it was."""

from typing import Literal

import numpy as np

from sim.crowd.people import Status
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.pointing_out import offends
from sim.world.world import World


class Offence(Effect):
    """The hottest few of the group here have offended from now on; whoever can point them out may act on it."""

    do: Literal["offence"]
    group: str
    offenders: int = 1

    def begin(self, world: World, activity: Activity) -> None:
        """They do it."""
        people = world.crowd.people
        index = world.setting.groups.index(self.group)
        here = np.flatnonzero((people.group == index) & (people.status == int(Status.PRESENT)))
        rows = sorted((int(i) for i in here), key=lambda i: (-float(people.anger[i]) - float(people.disposition[i]), i))
        offends(world, rows[: self.offenders])
        world.consequence("offence", group=self.group, offenders=min(len(rows), self.offenders))
