"""Interface tension: what rises where police and crowd touch, on a 10 m grid, and what it does to officers.

X_inf = D^2 / (D^2 + 0.81) with D the sum of the weights of the signs present; X relaxes to X_inf in 60 s when rising
and 240 s when falling. The Hill form makes one sign weak and combinations strong without naming any combination
(signs after Nassauer's comparison of 30 protests; weights and time constants `assumed`).
"""

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.crowd.people import Act, Bytes, Floats, Longs, People, Status
from sim.world.unit import Gear, Unit

CELL_M = 10.0
REACH_M = 12.0
"""Police and crowd touch within this distance."""
MISMANAGEMENT = 0.6
INCURSION = 0.6
ESCALATION_SIGN = 0.45
DAMAGE = 0.4
NO_CONTACT = 0.35
RISE_S = 60.0
FALL_S = 240.0
HALF = 0.81
FEWEST = 3
"""Fewer people near a unit make no interface."""
_PRESENT, _OBSTRUCT, _THROW = int(Status.PRESENT), int(Act.OBSTRUCT), int(Act.THROW)


class Tension:
    """X per cell, 0..1, shape (rows, columns)."""

    def __init__(self, width_m: float, height_m: float, grid: NDArray[np.float64] | None = None) -> None:
        """A calm site of this size."""
        self.width_m, self.height_m = width_m, height_m
        rows, columns = int(height_m / CELL_M) + 1, int(width_m / CELL_M) + 1
        self.grid = np.zeros((rows, columns)) if grid is None else grid

    def fork(self) -> "Tension":
        """A copy that can change on its own."""
        return Tension(self.width_m, self.height_m, self.grid.copy())

    def _cells(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        rows, columns = self.grid.shape
        return (
            np.clip(np.floor(y / CELL_M).astype(np.int64), 0, rows - 1),
            np.clip(np.floor(x / CELL_M).astype(np.int64), 0, columns - 1),
        )

    def advance(self, people: People, units: list[Unit], tick: int, in_contact: bool, damage: bool) -> None:
        """One second: signs where units and people touch, relaxation everywhere, officers' stress, people's X."""
        self.grid += (0.0 - self.grid) / FALL_S
        there = [unit for unit in units if unit.on_scene(tick)]
        near = np.zeros((len(there), 3), dtype=np.int64)
        _count_near(
            people.status,
            people.act,
            people.x,
            people.y,
            np.array([(u.x, u.y, REACH_M + u.radius_m) for u in there]).reshape(len(there), 3),
            near,
        )
        for unit, (number, obstructing, throwing) in zip(there, near.tolist(), strict=True):
            if number < FEWEST:
                unit.stress = max(0.0, unit.stress - 1.0 / FALL_S)
                continue
            drive = _signs(unit, number, obstructing > 0, throwing > 0, in_contact, damage)
            target = drive * drive / (drive * drive + HALF)
            row = min(max(int(unit.y / CELL_M), 0), self.grid.shape[0] - 1)
            column = min(max(int(unit.x / CELL_M), 0), self.grid.shape[1] - 1)
            block = self.grid[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2]
            block += np.where(target > block, (target - block) / RISE_S + block / FALL_S, 0.0)
            unit.stress += (float(self.grid[row, column]) - unit.stress) / RISE_S
        rows, columns = self._cells(people.x, people.y)
        people.tension[:] = np.where(people.status == int(Status.PRESENT), self.grid[rows, columns], 0.0)


def _signs(unit: Unit, near: int, obstructing: bool, throwing: bool, in_contact: bool, damage: bool) -> float:
    """D: sum of the weights of the signs present around one unit."""
    drive = 0.0
    if near > 12 * unit.strength and unit.strength < 8 and unit.activity == 0:
        drive += MISMANAGEMENT
    if unit.advancing or unit.closed or obstructing:
        drive += INCURSION
    if unit.gear >= Gear.HELMET_ON or throwing:
        drive += ESCALATION_SIGN
    if damage:
        drive += DAMAGE
    if not in_contact:
        drive += NO_CONTACT
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
