"""A corridor whose two ends are one: how fast people walk at a density, and whether those who meet form lanes."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from sim.core.geometry import Rect
from sim.core.noise import Noise
from sim.core.tick import TICKS_PER_SECOND
from sim.crowd.people import Floats, People, Status
from sim.crowd.pressure import CUT
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.walkers import OTHER, Walkers, adults, crowded, ground_of, scatter, uniforms

_SWAP = OTHER
_MARGIN_M = 8.0
"""Ground beyond each seam: for the copies, and so that no wall is near anybody."""
_SEEN_M = 3.75
"""Nobody is noticed farther away, whatever the numbers say: three cells of the product's lists of neighbours."""


class Corridor(Experiment):
    """People walk round and round a straight corridor, some share of them the other way."""

    setup: Literal["corridor"] = "corridor"
    length_m: float = Field(default=40.0, ge=10.0, le=400.0, description="Length until it begins again, m.")
    width_m: float = Field(default=5.0, ge=0.6, le=40.0, description="Width between the walls, m.")
    density_per_m2: float = Field(default=1.0, gt=0.0, le=8.0, description="People on each square metre.")
    against: float = Field(default=0.0, ge=0.0, le=1.0, description="Share of the people who walk the other way.")
    speed_m_s: float = Field(default=1.34, ge=0.2, le=3.0, description="Mean free speed, m/s.")
    drive: float = Field(default=0.0, ge=0.0, le=1.0, description="How much people press on.")
    warm_up_s: int = Field(default=40, ge=0, le=3600, description="Seconds before anything is measured.")
    measured_s: int = Field(default=60, ge=1, le=3600, description="Seconds measured.")
    row_m: float = Field(default=0.4, gt=0.1, le=5.0, description="Width of the rows lanes are told by, m.")
    cell_m: float = Field(default=0.25, ge=0.1, le=1.0, description="Side of a cell of the ground, m.")

    @property
    def people(self) -> int:
        """How many walk."""
        return max(1, round(self.density_per_m2 * self.length_m * self.width_m))

    def trial(self, noise: Noise) -> Measured:
        """Run once.

        Measures `speed_m_s` (mean along one's own way), `flow_per_m_s`, `density_per_m2`, `order_start` and
        `order_end` (how far rows are sorted by way, 0..1; Nowak and Schadschneider 2012), `hurt` (people), and by
        second `speeds_m_s` and `orders`.
        """
        crowded(self.people, self.length_m * self.width_m)
        ring = Ring.of(self, noise)
        real, ways = ring.real, ring.ways
        speeds, orders = [], [self._order(ring)]
        for second in range(self.warm_up_s + self.measured_s):
            before = ring.turned_m.copy()
            ring.second(second * TICKS_PER_SECOND)
            speeds.append(float(np.mean((ring.turned_m - before) * ways)))
            orders.append(self._order(ring))
        speed = float(np.mean(speeds[self.warm_up_s :]))
        density = self.people / (self.length_m * self.width_m)
        return {
            "speed_m_s": speed,
            "flow_per_m_s": speed * density,
            "density_per_m2": density,
            "order_start": orders[0],
            "order_end": orders[-1],
            "hurt": float(len(np.unique([row for row, _ in ring.walkers.hurt if row < real]))),
            "speeds_m_s": speeds,
            "orders": orders,
        }

    def _order(self, ring: "Ring") -> float:
        """Mean over the people of the square of how one-sided their row is; 1 when every row goes one way."""
        row = np.minimum((ring.walkers.people.y[: ring.real] / self.row_m).astype(np.int64), 10_000)
        one = np.bincount(row, ring.ways > 0.0)
        other = np.bincount(row, ring.ways < 0.0)
        share = (one - other) / np.maximum(1.0, one + other)
        return float(np.mean((share * share)[row]))


@dataclass(slots=True)
class Ring:
    """People of a corridor without ends: copies of who is near a seam walk beyond the other one.

    Everybody's next step is made from the state before it, so that copies put right before each tick make the seam
    exact. Row n + i is the copy of row i.
    """

    walkers: Walkers
    real: int
    """n; the rows below are people."""
    ways: Floats
    """1 for who walks east, -1 for west."""
    length_m: float
    reach_m: float
    turned_m: Floats
    """How far east everybody has come, counted over all rounds, m."""

    @classmethod
    def of(cls, corridor: Corridor, noise: Noise) -> "Ring":
        """Return the corridor with everybody in place, the two ways well mixed."""
        n, length, model = corridor.people, corridor.length_m, corridor.model
        people = adults(2 * n, noise, model, speed_m_s=corridor.speed_m_s, drive=corridor.drive)
        edge = length + 2.0 * _MARGIN_M
        ends = (Rect(edge - 1.0, 0.0, edge, corridor.width_m), Rect(0.0, 0.0, 1.0, corridor.width_m))
        ground = ground_of(edge, corridor.width_m, (), ends, corridor.cell_m)
        side = min(0.25, 0.2 * corridor.width_m)
        room = Rect(_MARGIN_M, side, _MARGIN_M + length, corridor.width_m - side)
        people.x[:n], people.y[:n] = scatter(room, n, noise)
        ways = _ways(people.x[:n], people.y[:n], corridor, noise)
        people.goal[:n] = np.where(ways > 0.0, 0, 1)
        people.ex[:n] = ways
        for column in (people.free_speed, people.radius, people.soft_radius, people.gap_s, people.goal):
            column[n:] = column[:n]
        people.status[n:] = int(Status.ABSENT)
        walking = model.walking
        reach = min(_SEEN_M, max(walking.reach, walking.reach_opposed, CUT * walking.density_sigma))
        return cls(Walkers(people, ground, noise, model), n, ways, length, reach, people.x[:n].copy())

    def second(self, tick: int) -> None:
        """Make the ten ticks of a second."""
        people, n = self.walkers.people, self.real
        for at in range(tick, tick + TICKS_PER_SECOND):
            self._copy(people)
            if at == tick:
                self.walkers.press(at)
                people.load[n:], people.density[n:] = people.load[:n], people.density[:n]
            before = people.x[:n].copy()
            self.walkers.step(at)
            self.turned_m += people.x[:n] - before
            people.x[:n] -= self.length_m * np.floor((people.x[:n] - _MARGIN_M) / self.length_m)

    def _copy(self, people: People) -> None:
        """Put the copies where they belong: who is within reach of a seam also walks beyond the other."""
        n, x = self.real, people.x[: self.real]
        east = x < _MARGIN_M + self.reach_m
        west = x > _MARGIN_M + self.length_m - self.reach_m
        people.x[n:] = np.where(east, x + self.length_m, x - self.length_m)
        people.status[n:] = np.where(east | west, int(Status.PRESENT), int(Status.ABSENT))
        for column in (
            people.y,
            people.ex,
            people.ey,
            people.v,
            people.soft_radius,
            people.stuck_s,
            people.load,
            people.density,
        ):
            column[n:] = column[:n]


def _ways(x: Floats, y: Floats, corridor: Corridor, noise: Noise) -> Floats:
    """Return who walks which way: along every row as many against as the share says, neighbours swapped by chance."""
    n = len(x)
    row = (y / corridor.row_m).astype(np.int64)
    along: NDArray[np.int64] = np.lexsort((x, row))
    count = np.floor(corridor.against * np.arange(n + 1) + 0.5)
    against = count[1:] > count[:-1]
    swap = uniforms(noise, _SWAP, n)
    for k in range(0, n - 1, 2):
        if swap[k] < 0.5:
            against[k], against[k + 1] = against[k + 1], against[k]
    ways = np.ones(n)
    ways[along[against]] = -1.0
    return ways
