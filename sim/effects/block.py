"""Block: drivers of the crowd stop their vehicles across a stretch of the lanes."""

from typing import Literal

import numpy as np

from sim.core.noise import Stream
from sim.crowd.people import Role, Status
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.road import Vehicle
from sim.world.world import World

LENGTH_M = 6.5
"""Road one standing vehicle takes, gap included (assumed)."""


class Block(Effect):
    """`vehicles` stop in rows from `x_m` on, lane by lane in the order given, each owned by a driver of the group."""

    do: Literal["block"]
    group: str
    lanes: tuple[str, ...]
    vehicles: int
    x_m: float

    def begin(self, world: World, activity: Activity) -> None:
        """Fills the lanes; drivers who are present and own none yet become the owners, in keyed order."""
        people = world.crowd.people
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
        per_lane = -(-self.vehicles // len(self.lanes))
        for name in self.lanes:
            lane = world.setting.lanes[name]
            taken = {round(v.x, 1) for v in world.road.vehicles if v.lane == name}
            slot = 0
            for _ in range(min(per_lane, self.vehicles - len(placed))):
                while round(self.x_m + slot * LENGTH_M, 1) in taken:
                    slot += 1
                x = self.x_m + slot * LENGTH_M
                if x > lane.x1 or len(placed) >= len(free):
                    break
                placed.append(Vehicle(lane=name, x=x, y=lane.y, owner=free[len(placed)]))
                slot += 1
        world.road.park(placed)
        world.consequence("blocked", lanes=list(self.lanes), vehicles=len(placed), standing=len(world.road.vehicles))
