"""Interface tension: what rises where police and crowd touch, on a 10 m grid, and what it does to officers.

Every unit that people stand around shows signs of trouble; what shows in one place adds up there, whoever shows it:
D is the sum of the weights of the signs present, X_inf = D^p / (D^p + half^(p/2)) with p = 3, and X relaxes to X_inf
in 60 s when rising and 240 s when falling. The power makes one sign weak and combinations strong without naming any
combination (signs after Nassauer's comparison of 30 protests; weights, time constants `assumed`, power `fitted`).
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import inlined, kernel
from sim.core.maths import power
from sim.crowd.people import Act, Bytes, Floats, Longs, People, Status
from sim.crowd.quantity import quantity
from sim.world.unit import Formation, Gear, Unit

CELL_M = 10.0


@dataclass(frozen=True)
class Edge:
    """How signs of trouble add up where police and crowd touch, and what officers under stress do."""

    reach_m: float = quantity(
        12.0, unit="m", status="assumed", source="police and crowd touch within this", low=6.0, high=25.0
    )
    mismanagement: float = quantity(
        0.6, unit="1", status="assumed", source="sign after Nassauer: a unit with no task, swamped", low=0, high=1.5
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
        0.81, unit="1", status="assumed", source="square of the D at which X is half", low=0.2, high=2.0
    )
    power: float = quantity(
        3.0, unit="1", status="fitted", source="p: one sign is weak, several are strong (Nassauer)", low=1, high=5
    )
    rise_s: float = quantity(60.0, unit="s", status="assumed", source="tension rises over this", low=20.0, high=180.0)
    fall_s: float = quantity(240.0, unit="s", status="assumed", source="and falls over this", low=60.0, high=900.0)
    memory_s: float = quantity(
        600.0, unit="s", status="assumed", source="how long an incursion or damage stays a sign", low=60.0, high=1800.0
    )
    contact_s: float = quantity(
        900.0, unit="s", status="assumed", source="a conversation this long ago still counts", low=180.0, high=3600.0
    )
    swamped: float = quantity(
        12.0, unit="persons", status="assumed", source="people near per officer that swamp a unit", low=5.0, high=30.0
    )
    spill: float = quantity(
        0.05, unit="1", status="assumed", source="chance that force spills over without tension", low=0.0, high=0.2
    )
    spill_tension: float = quantity(
        0.4, unit="1", status="assumed", source="and what full tension adds", low=0.0, high=0.9
    )
    spill_near: float = quantity(
        0.3, unit="1", status="assumed", source="of those within 1.5 m, how many are in the way", low=0.1, high=1.0
    )
    defence: float = quantity(
        0.3, unit="1", status="assumed", source="force of an officer who is struck", low=0.1, high=0.6
    )
    push_answered: float = quantity(
        0.5, unit="1", status="assumed", source="chance that a push is answered with force", low=0.0, high=1.0
    )
    surrounded: float = quantity(
        6.0, unit="1", status="assumed", source="of the eight sides, how many with people surround", low=4.0, high=8.0
    )


FEWEST = 3
"""Fewer people near a unit make no interface."""
SEVERAL = 2
"""So many pushing, or throwing, at once are a sign; what one does is not the crowd's (assumed)."""
_PRESENT, _OBSTRUCT, _THROW = int(Status.PRESENT), int(Act.OBSTRUCT), int(Act.THROW)
_BITS = 20
"""Of a number that counts three things at once: bits of each. So many people, a million, are nowhere."""
_EACH = (1 << _BITS) - 1
_MISMANAGEMENT, _INCURSION, _ESCALATION, _DAMAGE, _NO_CONTACT = 1, 2, 4, 8, 16
_NOTHING = 32
"""Signs as bits; an interface without any sign has the last alone."""
_SHOWN = (
    "x", "y", "radius_m", "stress", "activity", "strength", "closed", "formation", "advancing", "crossed_tick", "gear",
)  # fmt: skip
"""What of a unit counts here, in the order of its row."""
_SHOWING = attrgetter(*_SHOWN)
_X, _Y, _RADIUS, _STRESS, _ACTIVITY, _STRENGTH, _CLOSED, _FORMATION, _ADVANCING, _CROSSED, _GEAR = range(len(_SHOWN))
_RING, _HELMET = float(Formation.RING), float(Gear.HELMET_ON)


class Tension:
    """X per cell, 0..1, shape (rows, columns)."""

    def __init__(
        self, width_m: float, height_m: float, edge: Edge | None = None, grid: NDArray[np.float64] | None = None
    ) -> None:
        """A calm site of this size."""
        self.width_m, self.height_m = width_m, height_m
        self.edge = edge or Edge()
        self._targets = targets(self.edge)
        rows, columns = int(height_m / CELL_M) + 1, int(width_m / CELL_M) + 1
        self.grid = np.zeros((rows, columns)) if grid is None else grid

    def fork(self) -> "Tension":
        """A copy that can change on its own."""
        return Tension(self.width_m, self.height_m, self.edge, self.grid.copy())

    def at(self, x: float, y: float) -> float:
        """X at a place, m."""
        rows, columns = self.grid.shape
        return float(self.grid[_cell(y, rows), _cell(x, columns)])

    def advance(self, people: People, units: list[Unit], tick: int, contact_tick: int, damage_tick: int) -> None:
        """One second: signs where units and people touch, relaxation everywhere, officers' stress, people's X.

        `contact_tick` is when the police and somebody of the crowd last talked, `damage_tick` when property was last
        damaged; `NEVER` when they were not.
        """
        edge = self.edge
        there = [unit for unit in units if unit.on_scene(tick)]
        shared = _DAMAGE if tick - damage_tick < edge.memory_s * 10.0 else 0
        shared |= 0 if tick - contact_tick < edge.contact_s * 10.0 else _NO_CONTACT
        table = np.fromiter(chain.from_iterable(map(_SHOWING, there)), np.float64, len(_SHOWN) * len(there))
        table = table.reshape(len(there), len(_SHOWN))
        _relax(
            self.grid,
            table,
            shared,
            tick,
            self._targets,
            (edge.reach_m, edge.swamped, edge.surrounded, edge.memory_s),
            (edge.rise_s, edge.fall_s),
            people.status,
            people.act,
            people.x,
            people.y,
            people.tension,
        )
        for unit, now in zip(there, table[:, _STRESS].tolist(), strict=True):
            unit.stress = now


@lru_cache(maxsize=16)
def targets(edge: Edge) -> Floats:
    """X_inf of every combination of signs, by the sum of their bits."""
    weights = (edge.mismanagement, edge.incursion, edge.escalation, edge.damage, edge.no_contact)
    drives = [sum(w for bit, w in enumerate(weights) if signs >> bit & 1) for signs in range(2 * _NOTHING)]
    half = power(edge.half, 0.5 * edge.power)
    return np.array([power(d, edge.power) / (power(d, edge.power) + half) for d in drives])


@inlined
def _signs_of(
    unit: Floats,
    shared: int,
    tick: int,
    limits: tuple[float, float, float, float],
    x: Floats,
    y: Floats,
    doing: Longs,
) -> int:
    """The signs one unit shows, as bits: what is true of it and of the people around it; 0 when nobody is around.

    Of people (`x`, `y`, `doing`) those within reach count, and of the eight sides those on which there is somebody.
    """
    reach_m, swamped, surrounded, memory_s = limits
    reach = reach_m + unit[_RADIUS]
    from_x, from_y, within = unit[_X], unit[_Y], reach * reach
    found, sides = np.int64(0), np.int64(0)
    # No branch, so that several people are looked at at once.
    for i in range(len(x)):
        dx, dy = x[i] - from_x, y[i] - from_y
        here = np.int64(dx * dx + dy * dy < within)
        towards = 4 * np.int64(dx > 0.0) + 2 * np.int64(dy > 0.0) + np.int64(abs(dx) > abs(dy))
        found += here * doing[i]
        sides |= here << towards
    near, obstructing, throwing = int(found & _EACH), int(found >> _BITS & _EACH), int(found >> 2 * _BITS)
    if near < FEWEST:
        return 0
    around = 0
    for side in range(8):
        around += int(sides >> side & 1)
    signs = _NOTHING | shared
    if unit[_ACTIVITY] == 0.0 and (near > swamped * unit[_STRENGTH] or around >= surrounded):
        signs |= _MISMANAGEMENT
    held = unit[_CLOSED] != 0.0 and unit[_FORMATION] == _RING
    crossed = unit[_ADVANCING] != 0.0 or tick - unit[_CROSSED] < memory_s * 10.0
    if crossed or held or obstructing >= SEVERAL:
        signs |= _INCURSION
    if unit[_GEAR] >= _HELMET or throwing >= SEVERAL:
        signs |= _ESCALATION
    return signs


@kernel
def _relax(  # noqa: PLR0913 - arrays one by one
    grid: Floats,
    units: Floats,
    shared: int,
    tick: int,
    targets: Floats,
    limits: tuple[float, float, float, float],
    pace: tuple[float, float],
    status: Bytes,
    act: Bytes,
    x: Floats,
    y: Floats,
    tension: Floats,
) -> None:
    """One second of relaxation, rising and falling over the seconds in `pace`.

    `units` has a row of `_SHOWN` for each; `shared` are the signs all of them show who have people around; `targets`
    are X_inf by bits; `limits` are reach, swamped, surrounded and memory of `Edge`. Written are the grid, the stress
    of each unit, and the tension of everybody present.
    """
    rise_s, fall_s = pace
    rows, columns = grid.shape
    shown, signs = np.zeros((rows, columns), np.uint8), np.zeros(len(units), np.int64)
    here_x, here_y, doing, here = np.empty(len(x)), np.empty(len(x)), np.empty(len(x), np.int64), 0
    for i in range(len(x)):
        if status[i] == _PRESENT:
            here_x[here], here_y[here] = x[i], y[i]
            doing[here] = 1 | (act[i] == _OBSTRUCT) << _BITS | (act[i] == _THROW) << 2 * _BITS
            here += 1
    for k in range(len(units)):
        signs[k] = _signs_of(units[k], shared, tick, limits, here_x[:here], here_y[:here], doing[:here])
        row, column = _cell(units[k, _Y], rows), _cell(units[k, _X], columns)
        for r in range(max(0, row - 1), min(rows, row + 2)):
            for c in range(max(0, column - 1), min(columns, column + 2)):
                shown[r, c] |= np.uint8(signs[k])
    calm = targets[0] == 0.0
    for r in range(rows):
        for c in range(columns):
            if shown[r, c] == 0 and grid[r, c] == 0.0 and calm:
                continue
            target = targets[shown[r, c]]
            grid[r, c] += (target - grid[r, c]) / (rise_s if target > grid[r, c] else fall_s)
    for k in range(len(units)):
        stress = units[k, _STRESS]
        if signs[k] == 0:
            # Not `max`, which would turn what is no number into 0 and hide it.
            units[k, _STRESS] = 0.0 if stress < 1.0 / fall_s else stress - 1.0 / fall_s
        else:
            here = grid[_cell(units[k, _Y], rows), _cell(units[k, _X], columns)]
            units[k, _STRESS] = stress + (here - stress) / rise_s
    for i in range(len(x)):
        tension[i] = grid[_cell(y[i], rows), _cell(x[i], columns)] if status[i] == _PRESENT else 0.0


@inlined
def _cell(place: float, cells: int) -> int:
    return min(max(math.floor(place / CELL_M), 0), cells - 1)
