"""Ways out: how wide each is on the ground itself, how far the walk, and whether it is open, lit and safe."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.crowd.ground import FAR, Ground
from sim.world.setting import Place
from sim.world.world import World

BARRED_M = 30.0
"""A closed line or ring bars an exit whose middle is this near (assumed)."""
BAND_M = 2.0
"""The front of people walking to an exit is measured in bands of so many metres of the way."""
FLOW = 82.0
"""Persons a minute for each metre of width, on the level (guidance for sports grounds)."""
WALK_MPS = 1.0
"""Speed of a crowd that walks out together (assumed)."""
APART = 0.5
"""Two ways out lead to different sides when the cosine of the angle between them is below this (assumed)."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """One exit as it is for people who stand at a given place."""

    place: Place
    width_m: float
    """Narrowest width of the way there: the author's width of the exit, or less where the ground leaves less."""
    walk_m: float
    """Metres to walk."""
    barred: bool
    """True when officers of ours stand closed across it."""
    lit: bool

    @property
    def usable(self) -> bool:
        """True when it can be walked through, seen and leads to no danger."""
        return not self.barred and self.lit and self.place.hazard is None and self.width_m > 0.0


def ways_out(world: World, x: float, y: float) -> list[WayOut]:
    """Every exit there is a way to from (x, y), in the order of the scenario."""
    barring = [u for u in world.units if u.closed and u.on_scene(world.tick)]
    found = []
    for place in world.setting.places.values():
        if place.exit_width_m <= 0.0:
            continue
        field = world.setting.field_names.index(place.id)
        walk = world.ground.walk_at(field, x, y)
        if walk >= FAR:
            continue
        centre = place.centre
        found.append(
            WayOut(
                place=place,
                width_m=min(place.exit_width_m, narrowest(world.ground, field, walk)),
                walk_m=walk,
                barred=any(_near(u.x - centre.x, u.y - centre.y) for u in barring),
                lit=place.lit or not world.dark,
            )
        )
    return found


def _near(dx: float, dy: float) -> bool:
    return dx * dx + dy * dy < BARRED_M * BARRED_M


def narrowest(ground: Ground, field: int, walk_m: float) -> float:
    """Narrowest width of the ground on the way from `walk_m` metres before an exit to the exit, m.

    The area of each band of ground that is equally far from the exit, over the depth of the band: what a front of
    people can be wide there. Ways by different streets add up; a dead end counts too, so it is never too narrow.
    """
    widths = _fronts(ground, field)
    last = max(1, min(len(widths), math.floor(walk_m / BAND_M)))
    return float(np.min(widths[:last])) if len(widths) else 0.0


@lru_cache(maxsize=24)
def _fronts(ground: Ground, field: int) -> NDArray[np.float64]:
    """Width of each band of `BAND_M` from the exit outwards, the ground inside the exit left out, m."""
    far = ground.phi[field].ravel()
    reached = far[(far > 0.0) & (far < FAR / 2)]
    bands = np.bincount(np.floor(reached / BAND_M).astype(np.int64))
    return (bands * (ground.cell_m * ground.cell_m / BAND_M)).astype(np.float64)


def sides(world: World, ways: list[WayOut], x: float, y: float) -> int:
    """2 when the ways out set off from (x, y) in different directions, 1 when all go the same way, 0 without any."""
    ahead: list[tuple[float, float]] = []
    for way in ways:
        field = world.setting.field_names.index(way.place.id)
        direction = world.ground.direction_at(field, x, y)
        # Within an exit there is no direction: it is a side of its own.
        ahead.append(direction if direction != (0.0, 0.0) else (float(len(ahead)) * 10.0, 10.0))
    for k, (ax, ay) in enumerate(ahead):
        if any(ax * bx + ay * by < APART for bx, by in ahead[:k]):
            return 2
    return min(1, len(ahead))


def clearing_min(people: int, ways: list[WayOut]) -> float:
    """Minutes so many people need to be gone by these ways: the longer of flow and walk; endless without any."""
    width = sum(way.width_m for way in ways)
    if width <= 0.0:
        return math.inf
    return max(people / (FLOW * width), min(way.walk_m for way in ways) / (60.0 * WALK_MPS))
