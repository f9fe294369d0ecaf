"""What a crowd does to bodies: density, the load people pass on to each other, and who comes to harm by it."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import inlined, kernel
from sim.core.lanes import LANES, add_up, count_up, fill, how_many, load, where
from sim.core.lanes import exp as exp_each
from sim.core.maths import exp
from sim.core.noise import Stream, uniform
from sim.crowd.cells import PER_M, runs_of, side_for, sort_into_cells
from sim.crowd.ground import Ground
from sim.crowd.people import Bytes, Floats, Ints, Longs, People, Singles, Status
from sim.crowd.walking import Numbers, Walking

ROUNDS = 10
"""Bodies a push is passed on through in one second (assumed)."""
CUT = 3.0
"""The Gaussian of the density is cut at this many sigmas."""
_CRUSH, _FALL = int(Stream.CRUSH), int(Stream.FALL)
_PRESENT = int(Status.PRESENT)
_TWO_PI = 6.283185307179586
_LN_10 = 2.302585092994046


def advance_pressure(
    people: People, ground: Ground, key: NDArray[np.uint32], tick: int, params: Walking
) -> list[tuple[int, int]]:
    """One second of pressure: density, load and dose are those of now; returns who was hurt and how badly.

    Density is the sum over everybody within three sigmas of a Gaussian that integrates to one person (Helbing et al.
    2007), oneself included. Where it is above `press_from`, everybody leans forward with `push_n` times their drive
    and hands what presses on them to those they touch ahead, dense there or not: the one in a doorway is pressed from
    behind. Loads of those within `even_m` even out, because bodies press sideways too. Harm is drawn per person and
    second: crushing from `crush_from` on, ten times likelier for each person/m2 more; falls of who runs in a dense
    crowd.

    Returns:
        Rows and severities (1 minor, 2 serious, 3 fatal) in row order; nobody is hurt twice at the same severity.
    """
    table = params.table
    wanted = np.equal(people.status, _PRESENT).astype(np.uint8)
    side = side_for(len(people))
    row, start = sort_into_cells(people.x, people.y, wanted, side)
    people.density[wanted == 0] = 0.0
    people.load[wanted == 0] = 0.0
    _density(row, start, side, people.x, people.y, table, people.density)
    if len(row) and float(people.density.max()) > params.press_from:
        _press(
            row, start, side, people.x, people.y, people.ex, people.ey, people.radius, people.drive, people.density,
            table, people.load,
        )  # fmt: skip
    else:
        people.load.fill(0.0)
    hurt = np.zeros(len(people), dtype=np.int32)
    _harm(row, people.density, people.v, people.vulnerability, people.injury, key, tick, table, people.dose, hurt)
    rows: Longs = np.flatnonzero(hurt)
    return [(int(i), int(hurt[i])) for i in rows]


@kernel
def _density(
    row: NDArray[np.uint32], start: NDArray[np.uint32], side: int, x: Floats, y: Floats, p: Numbers, density: Singles
) -> None:
    """Write the Gaussian density at everybody's place."""
    all_x, all_y = np.zeros(len(row) + LANES), np.zeros(len(row) + LANES)
    for k in range(len(row)):
        all_x[k], all_y[k] = x[row[k]], y[row[k]]
    _add_up_density(row, start, side, all_x, all_y, p, density)


@inlined
def _add_up_density(
    row: NDArray[np.uint32],
    start: NDArray[np.uint32],
    side: int,
    x: Floats,
    y: Floats,
    p: Numbers,
    density: Singles,
) -> None:
    """Write the density of everybody in `row`, whose places, in that order, are x and y with room for lanes."""
    sigma = p[0].density_sigma
    reach = CUT * sigma
    cut = CUT * CUT * sigma * sigma
    for k in range(len(row)):
        total = 0.0
        west, east = math.floor((x[k] - reach) * PER_M), math.floor((x[k] + reach) * PER_M)
        for line in range(math.floor((y[k] - reach) * PER_M), math.floor((y[k] + reach) * PER_M) + 1):
            first, past, again, end = runs_of(start, side, west, east, line)
            for _ in range(2 if end > again else 1):
                for j in range(first, past, LANES):
                    dx, dy = load(x, j) - x[k], load(y, j) - y[k]
                    square = dx * dx + dy * dy
                    counts = (square < cut) & (count_up(float(j)) < float(past))
                    if how_many(counts) > 0:
                        weight = exp_each(square * -0.5 / (sigma * sigma))
                        total = add_up(total, where(counts, weight, fill(0.0)))
                first, past = again, end
        density[row[k]] = total / (_TWO_PI * sigma * sigma)


@inlined
def _touch(i: int, j: int, x: Floats, y: Floats, ex: Floats, ey: Floats, radius: Floats, reach: float) -> float:
    """How squarely i leans on j, 0..1: the cosine between i's heading and the way to j where they touch, else 0."""
    dx, dy = x[j] - x[i], y[j] - y[i]
    square = dx * dx + dy * dy
    gap = radius[i] + radius[j] + reach
    if i == j or square > gap * gap or square == 0.0:
        return 0.0
    lean: float = max(0.0, (dx * ex[i] + dy * ey[i]) / math.sqrt(square))
    return lean


@kernel
def _press(
    row: NDArray[np.uint32],
    start: NDArray[np.uint32],
    side: int,
    x: Floats,
    y: Floats,
    ex: Floats,
    ey: Floats,
    radius: Floats,
    drive: Floats,
    density: Singles,
    p: Numbers,
    load: Singles,
) -> None:
    """Hand every push on through `ROUNDS` bodies; `load` is what presses on bodies around each, N per m of width."""
    w = p[0]
    n = len(row)
    ahead = np.zeros(n)
    force = np.zeros(n)
    pressed = np.zeros(n, np.uint8)
    for k in range(n):
        i = row[k]
        force[k] = load[i] * 2.0 * radius[i]
        west, south = math.floor(x[i] * PER_M) - 2, math.floor(y[i] * PER_M) - 2
        for line in range(south, south + 5):
            a, b, c, d = runs_of(start, side, west, west + 4, line)
            for run in range(2):
                for j in range(a if run == 0 else c, b if run == 0 else d):
                    lean = _touch(i, row[j], x, y, ex, ey, radius, w.contact_m)
                    ahead[k] += lean
                    if lean > 0.0 and density[i] > w.press_from:
                        pressed[j] = 1
    for _ in range(ROUNDS):
        passed = np.zeros(n)
        for k in range(n):
            if pressed[k] == 0:
                continue
            i = row[k]
            west, south = math.floor(x[i] * PER_M) - 2, math.floor(y[i] * PER_M) - 2
            for line in range(south, south + 5):
                a, b, c, d = runs_of(start, side, west, west + 4, line)
                for run in range(2):
                    for j in range(a if run == 0 else c, b if run == 0 else d):
                        if ahead[j] > 0.0 and density[row[j]] > w.press_from:
                            lean = _touch(row[j], i, x, y, ex, ey, radius, w.contact_m)
                            passed[k] += w.pass_on * (force[j] + w.push_n * drive[row[j]]) * lean / ahead[j]
        force = passed
    for k in range(n):
        i = row[k]
        total, weight = 0.0, 0.0
        west, south = math.floor(x[i] * PER_M) - 2, math.floor(y[i] * PER_M) - 2
        for line in range(south, south + 5):
            a, b, c, d = runs_of(start, side, west, west + 4, line)
            for run in range(2):
                for j in range(a if run == 0 else c, b if run == 0 else d):
                    dx, dy = x[row[j]] - x[i], y[row[j]] - y[i]
                    square = dx * dx + dy * dy
                    if square < w.even_m * w.even_m:
                        total += force[j]
                        weight += 2.0 * radius[row[j]]
        load[i] = total / weight


@kernel
def _harm(
    row: NDArray[np.uint32],
    density: Singles,
    v: Floats,
    vulnerability: Floats,
    injury: Bytes,
    key: NDArray[np.uint32],
    tick: int,
    p: Numbers,
    dose: Singles,
    hurt: Ints,
) -> None:
    """Draw who is hurt in this second and how badly, and add up everybody's expected harm."""
    w: Any = p[0]
    for k in range(len(row)):
        i = row[k]
        if density[i] > w.crush_from:
            rate = w.crush_rate * exp((density[i] - 6.0) * _LN_10) * vulnerability[i]
            dose[i] += rate
            draw = uniform(key, _CRUSH, tick, i)
            if draw < rate:
                share = draw / rate
                hurt[i] = 3 if share < w.crush_fatal else 2 if share < w.crush_fatal + w.crush_serious else 1
        if v[i] > w.fall_speed and density[i] > w.fall_density:
            rate = w.fall_rate * vulnerability[i]
            draw = uniform(key, _FALL, tick, i)
            if draw < rate:
                hurt[i] = max(hurt[i], 2 if draw < rate * w.fall_serious else 1)
        if hurt[i] <= injury[i]:
            hurt[i] = 0
