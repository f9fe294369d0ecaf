"""What a crowd does to bodies: density, the load people pass on to each other, and who comes to harm by it."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import inlined, kernel
from sim.core.lanes import LANES, add_up, count_up, fill, how_many, load, pack, where
from sim.core.lanes import exp as exp_each
from sim.core.maths import exp
from sim.core.noise import Stream, uniform
from sim.crowd.cells import PER_M, runs_of, side_for, sort_into_cells
from sim.crowd.ground import Ground
from sim.crowd.people import Bytes, Floats, Ints, People, Singles, Status
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
    hurt = _second(
        people.status,
        people.x,
        people.y,
        people.ex,
        people.ey,
        people.v,
        people.radius,
        people.drive,
        people.vulnerability,
        people.injury,
        key,
        tick,
        params.table,
        side_for(len(people)),
        people.density,
        people.load,
        people.dose,
    )
    return [(i, severity) for i, severity in enumerate(hurt.tolist()) if severity] if len(hurt) else []


@kernel
def _second(
    status: Bytes,
    x: Floats,
    y: Floats,
    ex: Floats,
    ey: Floats,
    v: Floats,
    radius: Floats,
    drive: Floats,
    vulnerability: Floats,
    injury: Bytes,
    key: NDArray[np.uint32],
    tick: int,
    p: Numbers,
    side: int,
    density: Singles,
    load: Singles,
    dose: Singles,
) -> Ints:
    """Make one second of it; returns by person who was hurt how badly, or no rows at all when nobody was."""
    row, start = sort_into_cells(x, y, _who_is_there(status, density, load), side)
    _density(row, start, side, x, y, p, density)
    if len(row) > 0 and density.max() > p[0].press_from:
        _press(row, start, side, x, y, ex, ey, radius, drive, density, p, load)
    else:
        load[:] = 0.0
    hurt = np.zeros(len(status), np.int32)
    _harm(row, density, v, vulnerability, injury, key, tick, p, dose, hurt)
    return hurt if len(row) > 0 and hurt.max() > 0 else hurt[:0]


@kernel
def _who_is_there(status: Bytes, density: Singles, load: Singles) -> Bytes:
    """Return 1 for everybody present, 0 for the others, whom nothing presses on any more."""
    there = np.zeros(len(status), np.uint8)
    for i in range(len(status)):
        if status[i] == _PRESENT:
            there[i] = 1
        else:
            density[i], load[i] = 0.0, 0.0
    return there


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
    columns = np.zeros((3, n + LANES))
    all_x, all_y, wide = columns[0], columns[1], columns[2]
    push, force, ahead = np.empty(n), np.empty(n), np.zeros(n)
    for k in range(n):
        i = row[k]
        all_x[k], all_y[k], wide[k] = x[i], y[i], radius[i]
        push[k], force[k] = w.push_n * drive[i], load[i] * 2.0 * radius[i]
    # Who leans on whom, and how squarely, stays the same through all rounds.
    begin = np.zeros(n + 1, np.int64)
    place, lean = np.empty(4 * n, np.int64), np.empty(4 * n)
    found = np.empty((4, n + LANES))
    for k in range(n):
        i = row[k]
        count = _touching(k, start, side, all_x, all_y, wide, w.contact_m, found[0], found[1], found[2], found[3])
        begin[k + 1] = begin[k]
        if begin[k] + count > len(place):
            place, lean = (
                np.append(place, np.empty(len(place) + count, np.int64)),
                np.append(lean, np.empty(len(lean) + count)),
            )
        for f in range(count):
            j = int(found[0, f])
            dx, dy, apart = found[1, f], found[2, f], math.sqrt(found[3, f])
            ahead[k] += max(0.0, (dx * ex[i] + dy * ey[i]) / apart)
            on_me = max(0.0, (-dx * ex[row[j]] - dy * ey[row[j]]) / apart)
            if on_me > 0.0 and density[row[j]] > w.press_from:
                place[begin[k + 1]], lean[begin[k + 1]] = j, on_me
                begin[k + 1] += 1
    for _ in range(ROUNDS):
        passed = np.zeros(n)
        for k in range(n):
            for c in range(begin[k], begin[k + 1]):
                j = place[c]
                passed[k] += w.pass_on * (force[j] + push[j]) * lean[c] / ahead[j]
        force = passed
    _even_out(row, start, side, all_x, all_y, wide, np.append(force, np.zeros(LANES)), w.even_m, load)


@inlined
def _touching(
    k: int,
    start: NDArray[np.uint32],
    side: int,
    x: Floats,
    y: Floats,
    wide: Floats,
    reach: float,
    place: Floats,
    dx: Floats,
    dy: Floats,
    square: Floats,
) -> int:
    """Write who touches the one at place k, where they are from there and how far, squared; returns how many."""
    count = 0
    west, south = math.floor(x[k] * PER_M) - 2, math.floor(y[k] * PER_M) - 2
    for line in range(south, south + 5):
        first, past, again, end = runs_of(start, side, west, west + 4, line)
        for _ in range(2 if end > again else 1):
            for j in range(first, past, LANES):
                there = count_up(float(j))
                to_x, to_y, gap = load(x, j) - x[k], load(y, j) - y[k], load(wide, j) + wide[k] + reach
                apart = to_x * to_x + to_y * to_y
                touches = (apart <= gap * gap) & (apart > 0.0) & (there < float(past)) & (there != float(k))
                if how_many(touches) > 0:
                    pack(place, count, there, touches)
                    pack(dx, count, to_x, touches)
                    pack(dy, count, to_y, touches)
                    pack(square, count, apart, touches)
                    count += how_many(touches)
            first, past = again, end
    return count


@inlined
def _even_out(
    row: NDArray[np.uint32],
    start: NDArray[np.uint32],
    side: int,
    x: Floats,
    y: Floats,
    wide: Floats,
    force: Floats,
    reach: float,
    pressing: Singles,
) -> None:
    """Write into `pressing` the force on everybody's body and on those within reach, over the width of all of them."""
    for k in range(len(row)):
        total, weight = 0.0, 0.0
        west, south = math.floor(x[k] * PER_M) - 2, math.floor(y[k] * PER_M) - 2
        for line in range(south, south + 5):
            first, past, again, end = runs_of(start, side, west, west + 4, line)
            for _ in range(2 if end > again else 1):
                for j in range(first, past, LANES):
                    dx, dy = load(x, j) - x[k], load(y, j) - y[k]
                    counts = (dx * dx + dy * dy < reach * reach) & (count_up(float(j)) < float(past))
                    if how_many(counts) > 0:
                        total = add_up(total, where(counts, load(force, j), fill(0.0)))
                        weight = add_up(weight, where(counts, load(wide, j) * 2.0, fill(0.0)))
                first, past = again, end
        pressing[row[k]] = total / weight


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
            # Nobody is hurt more than surely in one second.
            rate = min(1.0, w.crush_rate * exp((density[i] - 6.0) * _LN_10) * vulnerability[i])
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
