"""Whereabouts: where an order goes that does not say where, from what the seat knows and nothing else."""

import numpy as np

from sim.world.message import About
from sim.world.report import SIGHT_M
from sim.world.sightings import seen_vehicles, told_apart
from sim.world.world import World

FEWEST_SEEN = 10
"""Fewer people in one spot do not say where the crowd is."""
SPOT_M = 15.0
"""People in a square of so many metres and the eight round it stand together (assumed)."""
CALLED_IN = 60
"""A call about a gathering that nobody of ours can see weighs like so many people seen elsewhere (assumed)."""


def crowd_middle(world: World) -> tuple[float, float]:
    """The middle of the largest number of people standing together as last reported.

    A place a gathering was called in from, and that nobody of ours can see, comes before a smaller number in sight.
    Before any report or call it is where the first group gathers.
    """
    called = _called_in(world)
    reports = told_apart(world)
    number = sum(len(r.x) for r in reports)
    if number:
        xs = np.concatenate([r.x for r in reports]).astype(np.float64)
        ys = np.concatenate([r.y for r in reports]).astype(np.float64)
        rows = _together(xs, ys)
        if len(rows) >= (CALLED_IN if called else FEWEST_SEEN):
            return sorted(xs[rows].tolist())[len(rows) // 2], sorted(ys[rows].tolist())[len(rows) // 2]
    return called or (world.setting.gathering.x, world.setting.gathering.y)


def _together(xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
    """Rows of the most people in one square and the eight round it; of equal ones the most south-western."""
    columns, rows = (xs // SPOT_M).astype(np.int64), (ys // SPOT_M).astype(np.int64)
    columns, rows = columns - columns.min() + 1, rows - rows.min() + 1
    here = np.zeros((int(rows.max()) + 2, int(columns.max()) + 2), np.int64)
    np.add.at(here, (rows, columns), 1)
    around = sum(
        here[1 + a : here.shape[0] - 1 + a, 1 + b : here.shape[1] - 1 + b] for a in (-1, 0, 1) for b in (-1, 0, 1)
    )
    row, column = divmod(int(np.argmax(around)), here.shape[1] - 2)
    return np.flatnonzero((np.abs(rows - 1 - row) <= 1) & (np.abs(columns - 1 - column) <= 1))


def _called_in(world: World) -> tuple[float, float] | None:
    """Where the latest call about a gathering came from, while nobody of ours can see that place."""
    calls = [m for m in world.messages if m.about == About.GATHERING and m.place and m.tick <= world.tick]
    if not calls:
        return None
    centre = world.place(max(calls, key=lambda m: (m.tick, m.serial)).place).centre
    watching = {r.unit for r in world.reports.fresh(world.tick)}
    for unit in world.units:
        dx, dy = unit.x - centre.x, unit.y - centre.y
        if unit.id in watching and dx * dx + dy * dy <= SIGHT_M * SIGHT_M:
            return None
    return centre.x, centre.y


def lanes_in_question(world: World) -> list[str]:
    """Every lane, the one it makes most sense to ask for first.

    Once vehicles are seen on lanes ambulances use, or an ambulance has said that it waits, that is the one of those
    with the fewest: keeping the last free one comes before emptying a full one. Otherwise it is the blocked lane with
    the fewest vehicles, else the first listed.
    """
    lanes = list(world.setting.lanes.values())
    standing = dict.fromkeys(world.setting.lanes, 0)
    for vehicle in seen_vehicles(world):
        standing[vehicle.lane] += 1
    waiting = any(a.arrived_tick < 0 and a.reported > 0 for a in world.road.ambulances)
    urgent = waiting or any(standing[lane.id] for lane in lanes if lane.emergency)
    if urgent:
        lanes.sort(key=lambda lane: (not lane.emergency, standing[lane.id]))
    else:
        lanes.sort(key=lambda lane: (not standing[lane.id], standing[lane.id]))
    return [lane.id for lane in lanes]
