"""Scenes: places of people and outlines of the ground, the same for everybody in the race. Needs NumPy only."""

from dataclasses import dataclass

import numpy as np

SEED = 11
BODY = {"radius": 0.2, "gap_s": 1.0, "speed": 1.2}
"""JuPedSim's defaults, for everybody."""

Box = tuple[float, float, float, float]
"""West, south, east, north, m."""


@dataclass(frozen=True)
class Scene:
    """Where people are at first, and the way out they all make for."""

    width: float
    height: float
    solids: tuple[Box, ...]
    exit: Box
    places: np.ndarray
    """Shape (people, 2)."""


def field(n: int) -> Scene:
    """A square of 100 m with an obstacle of 20 m in its middle, the way out along its east side."""
    middle = (40.0, 40.0, 60.0, 60.0)
    luck = np.random.default_rng(SEED)
    return Scene(100.0, 100.0, (middle,), (98.0, 1.0, 99.5, 99.0), _scattered(n, (1.0, 1.0, 96.0, 99.0), middle, luck))


def tight(n: int) -> Scene:
    """A block of 4 people per square metre before an opening of 5 m."""
    luck = np.random.default_rng(SEED)
    side = int(np.ceil(np.sqrt(n)))
    deep = side * 0.5
    wall, middle = deep + 6.0, deep / 2.0 + 4.0
    lattice = np.array([(5.0 + 0.5 * (k % side), 4.0 + 0.5 * (k // side)) for k in range(n)])
    places = lattice + luck.uniform(-0.03, 0.03, lattice.shape)
    height = deep + 8.0
    solids = ((wall, 0.0, wall + 1.0, middle - 2.5), (wall, middle + 2.5, wall + 1.0, height))
    return Scene(wall + 22.0, height, solids, (wall + 19.0, 1.0, wall + 21.0, height - 1.0), places)


SCENES = {"field": field, "tight": tight}


def _scattered(n: int, area: Box, hole: Box, luck: np.random.Generator) -> np.ndarray:
    """So many places no closer than 0.45 m, at least 0.5 m from the hole."""
    found: list[tuple[float, float]] = []
    cells: dict[tuple[int, int], list[tuple[float, float]]] = {}
    while len(found) < n:
        x, y = luck.uniform(area[0], area[2]), luck.uniform(area[1], area[3])
        if hole[0] - 0.5 < x < hole[2] + 0.5 and hole[1] - 0.5 < y < hole[3] + 0.5:
            continue
        c, r = int(x // 0.45), int(y // 0.45)
        about = [q for i in (-1, 0, 1) for j in (-1, 0, 1) for q in cells.get((c + i, r + j), ())]
        if all((x - a) ** 2 + (y - b) ** 2 >= 0.45**2 for a, b in about):
            cells.setdefault((c, r), []).append((x, y))
            found.append((x, y))
    return np.array(found)
