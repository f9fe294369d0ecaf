"""Block: drivers of the crowd stop their vehicles across a stretch of the lanes."""

from typing import Literal

import numpy as np

from sim.core.maths import sigmoid
from sim.core.noise import Stream
from sim.crowd.people import Role, Status
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.road import Vehicle
from sim.world.world import World

KEEPS_FROM = 0.45
"""Where half of them keep their word (assumed); a driver of middling trust and hope lies above it."""
LENGTH_M = 6.5
"""Road one standing vehicle takes, gap included (assumed)."""


def agreed_lane(world: World) -> str:
    """Return the lane that was agreed to stay free, "" while none was: the first that ambulances use."""
    if "corridor" not in world.desk.agreed:
        return ""
    return next((lane.id for lane in world.setting.lanes.values() if lane.emergency), "")


class Block(Effect):
    """`vehicles` stop in rows from `x_m` on, lane by lane in the order given, each owned by a driver of the group.

    Of those who would stop on a lane that was agreed to stay free, whoever keeps the word does not stop there.
    """

    do: Literal["block"]
    group: str
    lanes: tuple[str, ...]
    vehicles: int
    x_m: float

    def begin(self, world: World, activity: Activity) -> None:
        """Fills the lanes; drivers who are present and own none yet become the owners, in keyed order."""
        people = world.crowd.people
        corridor = agreed_lane(world)
        index = world.setting.groups.index(self.group)
        owning = {v.owner for v in world.road.vehicles}
        free = [
            int(i)
            for i in np.flatnonzero(
                (people.group == index) & (people.status <= int(Status.PRESENT)) & (people.role != int(Role.JOURNALIST))
            )
            if int(i) not in owning
        ]
        free.sort(
            key=lambda i: (
                int(people.status[i]) != int(Status.PRESENT),
                world.noise.uniform(Stream.DRIVER, 0, i),
                i,
            )
        )
        placed: list[Vehicle] = []
        kept = 0
        per_lane = -(-self.vehicles // len(self.lanes))
        for name in self.lanes:
            lane = world.setting.lanes[name]
            taken = {round(v.x, 1) for v in world.road.vehicles if v.lane == name}
            slot = 0
            for _ in range(min(per_lane, self.vehicles - len(placed))):
                while round(self.x_m + slot * LENGTH_M, 1) in taken:
                    slot += 1
                x = self.x_m + slot * LENGTH_M
                if x > lane.x1 or len(placed) + kept >= len(free):
                    break
                owner = free[len(placed) + kept]
                if name == corridor and keeps_word(world, owner):
                    kept += 1
                    continue
                placed.append(Vehicle(lane=name, x=x, y=lane.y, owner=owner))
                slot += 1
        world.road.park(placed)
        world.consequence(
            "blocked", lanes=list(self.lanes), vehicles=len(placed), standing=len(world.road.vehicles), kept_free=kept
        )


def keeps_word(world: World, driver: int) -> bool:
    """Return True when this driver has heard of the agreement (online) and keeps out of the lane.

    The likelier the fairer the police seem to them.
    """
    people = world.crowd.people
    if not people.online[driver]:
        return False
    willing = (
        float(people.legitimacy[driver])
        + 0.5 * float(people.hope[driver])
        - 0.5 * float(people.anger[driver])
        - 0.5 * float(people.identity[driver])
    )
    return world.noise.uniform(Stream.COMPLY, world.tick, driver) < sigmoid((willing - KEEPS_FROM) / 0.12)
