"""Vehicles that stand on lanes, and ambulances that need one lane free."""

from bisect import bisect_left
from dataclasses import dataclass, field
from operator import attrgetter

import numpy as np

from sim.core.twin import twin
from sim.crowd.body import Bodies, BodyKind

DISC_RADIUS_M = 0.9
DISC_OFFSETS_M = (-1.45, 0.0, 1.45)
"""A car of 4.7 x 1.8 m as three discs in a row."""
AMBULANCE_MPS = 8.0
"""Speed on a free lane in town (assumed)."""
LOOK_AHEAD_M = 30.0
"""An ambulance stops this far from a vehicle that stands on its lane."""
_LEAVES = attrgetter("leaves_tick")


@dataclass(slots=True)
class Vehicle:
    """One vehicle standing on a lane; `owner` decides whether it moves."""

    lane: str
    x: float
    y: float
    owner: int
    """Person who drives it, -1 when nobody of the crowd does."""
    leaves_tick: int = -1
    """When it will be gone; -1 while nobody is moving it."""


@dataclass(slots=True)
class Ambulance:
    """An ambulance with a patient on the way to hospital."""

    id: str
    x: float
    y: float
    goal_x: float
    started_tick: int
    free_s: float
    """How long the way takes on a free lane, s."""
    lane: str = ""
    arrived_tick: int = -1
    waited_ticks: int = 0
    reported: int = 0
    """Minutes of delay already reported to the seat."""

    def delay_min(self, tick: int) -> float:
        """Minutes lost so far against a free lane."""
        until = self.arrived_tick if self.arrived_tick >= 0 else tick
        return max(0.0, (until - self.started_tick) / 10.0 - self.free_s) / 60.0


@dataclass(slots=True)
class Road:
    """All vehicles and ambulances of a run."""

    vehicles: list[Vehicle] = field(default_factory=list)
    ambulances: list[Ambulance] = field(default_factory=list)
    version: int = 0
    """Grows whenever a vehicle comes or goes, so that bodies are rebuilt only then."""
    _along: dict[str, list[float]] = field(init=False, repr=False, default_factory=dict)
    """Where vehicles stand on each lane, ascending; worked out for the version `_sorted`."""
    _sorted: int = field(init=False, repr=False, default=-1)

    def fork(self) -> "Road":
        """A copy that can change on its own."""
        return Road([twin(v) for v in self.vehicles], [twin(a) for a in self.ambulances], self.version)

    def standing(self, lane: str) -> int:
        """Vehicles now on a lane."""
        return len(self._places(lane))

    def park(self, vehicles: list[Vehicle]) -> None:
        """Adds vehicles."""
        self.vehicles.extend(vehicles)
        self.version += 1

    def clear_gone(self, tick: int) -> list[Vehicle]:
        """Takes off the vehicles whose time to leave has come and returns them."""
        if max(map(_LEAVES, self.vehicles), default=-1) < 0:
            return []
        gone = [v for v in self.vehicles if 0 <= v.leaves_tick <= tick]
        if gone:
            self.vehicles = [v for v in self.vehicles if not 0 <= v.leaves_tick <= tick]
            self.version += 1
        return gone

    def clear(self, tick: int) -> None:
        """Everything that stands here drives off, and every ambulance still on its way gets through."""
        self.vehicles = []
        self.version += 1
        for ambulance in self.ambulances:
            if ambulance.arrived_tick < 0:
                ambulance.arrived_tick = tick

    def blocked_ahead(self, lane: str, x: float, goal_x: float) -> bool:
        """True when a vehicle stands on the lane between x and x + `LOOK_AHEAD_M` towards the goal."""
        low, high = (x, min(x + LOOK_AHEAD_M, goal_x)) if goal_x >= x else (max(x - LOOK_AHEAD_M, goal_x), x)
        return self._stands_between(lane, low, high)

    def free_way(self, lane: str, x: float, goal_x: float) -> bool:
        """True when no vehicle stands on the lane all the way from x to the goal."""
        low, high = min(x, goal_x), max(x, goal_x)
        return not self._stands_between(lane, low, high)

    def _stands_between(self, lane: str, low: float, high: float) -> bool:
        """True when a vehicle stands on the lane from low to high."""
        places = self._places(lane)
        first = bisect_left(places, low)
        return first < len(places) and places[first] <= high

    def _places(self, lane: str) -> list[float]:
        """Where vehicles stand on a lane, ascending."""
        if self._sorted != self.version:
            self._sorted = self.version
            self._along = {}
            for v in sorted(self.vehicles, key=lambda vehicle: vehicle.x):
                self._along.setdefault(v.lane, []).append(v.x)
        return self._along.get(lane, [])

    def bodies(self) -> Bodies:
        """The vehicles as discs."""
        bodies = Bodies.blank(3 * len(self.vehicles))
        for k, vehicle in enumerate(self.vehicles):
            for d, offset in enumerate(DISC_OFFSETS_M):
                bodies.x[3 * k + d] = vehicle.x + offset
                bodies.y[3 * k + d] = vehicle.y
            bodies.unit[3 * k : 3 * k + 3] = k
        bodies.radius[:] = DISC_RADIUS_M
        bodies.kind[:] = np.uint8(BodyKind.VEHICLE)
        return bodies
