"""Interface tension: what rises where police and crowd touch, on a 10 m grid, and what it does to officers.

X_inf = D^2 / (D^2 + 0.81) with D the sum of the weights of the signs present; X relaxes to X_inf in 60 s when rising
and 240 s when falling. The Hill form makes one sign weak and combinations strong without naming any combination
(signs after Nassauer's comparison of 30 protests; weights and time constants `assumed`).
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import inlined, kernel
from sim.crowd.people import Act, Bytes, Floats, Longs, People, Status
from sim.crowd.quantity import quantity
from sim.world.unit import Gear, Unit

CELL_M = 10.0


@dataclass(frozen=True)
class Edge:
    """How signs of trouble add up where police and crowd touch."""

    reach_m: float = quantity(
        12.0, unit="m", status="assumed", source="police and crowd touch within this", low=6.0, high=25.0
    )
    mismanagement: float = quantity(
        0.6, unit="1", status="assumed", source="sign after Nassauer: a small unit with no task, swamped", low=0, high=1
    )
    incursion: float = quantity(
        0.6, unit="1", status="assumed", source="sign after Nassauer: one side crosses the line", low=0.0, high=1.5
    )
    escalation: float = quantity(
        0.45, unit="1", status="assumed", source="sign after Nassauer: gear on, missiles thrown", low=0.0, high=1.5
    )
    damage: float = quantity(
        0.4, unit="1", status="assumed", source="sign after Nassauer: property damaged", low=0.0, high=1.5
    )
    no_contact: float = quantity(
        0.35, unit="1", status="assumed", source="sign after Nassauer: nobody talks", low=0.0, high=1.5
    )
    half: float = quantity(
        0.81, unit="1", status="assumed", source="D^2 at which X is half: one sign is weak", low=0.2, high=2.0
    )
    rise_s: float = quantity(60.0, unit="s", status="assumed", source="tension rises over this", low=20.0, high=180.0)
    fall_s: float = quantity(240.0, unit="s", status="assumed", source="and falls over this", low=60.0, high=900.0)


FEWEST = 3
"""Fewer people near a unit make no interface."""
CALM = -1.0
"""The target of a unit with no interface: its officers' stress falls."""
_PRESENT, _OBSTRUCT, _THROW = int(Status.PRESENT), int(Act.OBSTRUCT), int(Act.THROW)


class Tension:
    """X per cell, 0..1, shape (rows, columns)."""

    def __init__(
        self, width_m: float, height_m: float, edge: Edge | None = None, grid: NDArray[np.float64] | None = None
    ) -> None:
        """A calm site of this size."""
        self.width_m, self.height_m = width_m, height_m
        self.edge = edge or Edge()
        rows, columns = int(height_m / CELL_M) + 1, int(width_m / CELL_M) + 1
        self.grid = np.zeros((rows, columns)) if grid is None else grid

    def fork(self) -> "Tension":
        """A copy that can change on its own."""
        return Tension(self.width_m, self.height_m, self.edge, self.grid.copy())

    def at(self, x: float, y: float) -> float:
        """X at a place, m."""
        rows, columns = self.grid.shape
        return float(self.grid[_cell(y, rows), _cell(x, columns)])

    def advance(self, people: People, units: list[Unit], tick: int, in_contact: bool, damage: bool) -> None:
        """One second: signs where units and people touch, relaxation everywhere, officers' stress, people's X."""
        edge = self.edge
        there = [unit for unit in units if unit.on_scene(tick)]
        place = np.array([(u.x, u.y, edge.reach_m + u.radius_m) for u in there]).reshape(len(there), 3)
        near = np.zeros((len(there), 3), dtype=np.int64)
        _count_near(people.status, people.act, people.x, people.y, place, near)
        target = np.full(len(there), CALM)
        for k, (unit, (number, obstructing, throwing)) in enumerate(zip(there, near.tolist(), strict=True)):
            if number >= FEWEST:
                drive = _signs(edge, unit, number, obstructing > 0, throwing > 0, in_contact, damage)
                target[k] = drive * drive / (drive * drive + edge.half)
        stress = np.array([unit.stress for unit in there])
        _relax(
            self.grid,
            place,
            target,
            stress,
            people.status,
            people.x,
            people.y,
            people.tension,
            (edge.rise_s, edge.fall_s),
        )
        for unit, now in zip(there, stress.tolist(), strict=True):
            unit.stress = now


def _signs(
    edge: Edge, unit: Unit, near: int, obstructing: bool, throwing: bool, in_contact: bool, damage: bool
) -> float:
    """D: sum of the weights of the signs present around one unit."""
    drive = 0.0
    if near > 12 * unit.strength and unit.strength < 8 and unit.activity == 0:
        drive += edge.mismanagement
    if unit.advancing or unit.closed or obstructing:
        drive += edge.incursion
    if unit.gear >= Gear.HELMET_ON or throwing:
        drive += edge.escalation
    if damage:
        drive += edge.damage
    if not in_contact:
        drive += edge.no_contact
    return drive


@kernel
def _count_near(status: Bytes, act: Bytes, x: Floats, y: Floats, circles: Floats, near: Longs) -> None:
    """Count the people present in each circle (x, y, radius), and those obstructing and throwing among them."""
    for k in range(len(circles)):
        reach = circles[k, 2] * circles[k, 2]
        for i in range(len(x)):
            dx, dy = x[i] - circles[k, 0], y[i] - circles[k, 1]
            if status[i] == _PRESENT and dx * dx + dy * dy < reach:
                near[k, 0] += 1
                near[k, 1] += act[i] == _OBSTRUCT
                near[k, 2] += act[i] == _THROW


@kernel
def _relax(  # noqa: PLR0913 - arrays one by one
    grid: Floats,
    place: Floats,
    target: Floats,
    stress: Floats,
    status: Bytes,
    x: Floats,
    y: Floats,
    tension: Floats,
    pace: tuple[float, float],
) -> None:
    """One second of relaxation, rising and falling over the seconds in `pace`.

    Written are the grid, the stress of each unit at `place`, and the tension of everybody present.
    """
    rise_s, fall_s = pace
    rows, columns = grid.shape
    for r in range(rows):
        for c in range(columns):
            grid[r, c] -= grid[r, c] / fall_s
    for k in range(len(target)):
        if target[k] < 0.0:
            stress[k] = max(0.0, stress[k] - 1.0 / fall_s)
            continue
        row, column = _cell(place[k, 1], rows), _cell(place[k, 0], columns)
        for r in range(max(0, row - 1), min(rows, row + 2)):
            for c in range(max(0, column - 1), min(columns, column + 2)):
                if target[k] > grid[r, c]:
                    grid[r, c] += (target[k] - grid[r, c]) / rise_s + grid[r, c] / fall_s
        stress[k] += (grid[row, column] - stress[k]) / rise_s
    for i in range(len(x)):
        tension[i] = grid[_cell(y[i], rows), _cell(x[i], columns)] if status[i] == _PRESENT else 0.0


@inlined
def _cell(place: float, cells: int) -> int:
    return min(max(math.floor(place / CELL_M), 0), cells - 1)
