"""What everybody has in view: lines of sight, and the people, officers and noise around.

People of one square share a view. Where no wall is near, whoever lies within sight is counted eight squares at a time.
"""

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import inlined, kernel
from sim.core.lanes import LANES, count_up, fill, how_many, load, total, where
from sim.core.maths import exp, log
from sim.crowd.body import BodyKind
from sim.crowd.ground import Ground, clear_sight
from sim.crowd.parameters import Numbers
from sim.crowd.people import Act, Bytes, Floats, Ints, Longs, Singles
from sim.crowd.squares import Slots

VIEW_M = 5.0
"""Side of the squares whose people share one view of the scene, and of the blocks that say where walls are."""

PER_DECADE = 4.342944819032518
"""10 / ln 10: decibels of a natural logarithm."""
_OFFICER = int(BodyKind.OFFICER)
_CHANT = int(Act.CHANT)
_ATTACK = int(Act.ATTACK)


class Sight(NamedTuple):
    """What stands in the way of sight."""

    solid: NDArray[np.uint8]
    cell_m: float
    walls: Ints
    """Shape (lines + 1, columns + 1): how many blocks of 5 m hold something solid, summed from the corner."""


@lru_cache(maxsize=8)
def sight_of(ground: Ground) -> Sight:
    """Lines of sight over this ground; made once for each ground."""
    lines, columns = math.ceil(ground.site.height_m / VIEW_M), math.ceil(ground.site.width_m / VIEW_M)
    walls = np.zeros((lines + 1, columns + 1), dtype=np.int32)
    rows, cells = np.nonzero(ground.solid)
    # A cell may straddle two blocks: both of them hold it.
    for edge_r in (0.0, 1.0):
        for edge_c in (0.0, 1.0):
            block_r = np.minimum(((rows + edge_r) * ground.cell_m / VIEW_M).astype(np.int64), lines - 1)
            block_c = np.minimum(((cells + edge_c) * ground.cell_m / VIEW_M).astype(np.int64), columns - 1)
            walls[block_r + 1, block_c + 1] = 1
    return Sight(ground.solid, ground.cell_m, walls.cumsum(axis=0).cumsum(axis=1).astype(np.int32))


@inlined
def in_sight(solid: NDArray[np.uint8], cell_m: float, walls: Ints, x0: float, y0: float, x1: float, y1: float) -> bool:
    """Return whether one place can be seen from another, quickly when nothing solid is anywhere between."""
    lines, columns = walls.shape[0] - 1, walls.shape[1] - 1
    west = min(max(math.floor(min(x0, x1) / VIEW_M), 0), columns - 1)
    east = min(max(math.floor(max(x0, x1) / VIEW_M), 0), columns - 1) + 1
    south = min(max(math.floor(min(y0, y1) / VIEW_M), 0), lines - 1)
    north = min(max(math.floor(max(y0, y1) / VIEW_M), 0), lines - 1) + 1
    if walls[north, east] - walls[south, east] - walls[north, west] + walls[south, west] == 0:
        return True
    return clear_sight(solid, cell_m, x0, y0, x1, y1)


@kernel
def _open(walls: Ints, line: int, column: int, steps: int) -> bool:
    """Return whether nothing solid is within some blocks of a block."""
    west, east = max(0, column - steps), min(walls.shape[1] - 1, column + steps + 1)
    south, north = max(0, line - steps), min(walls.shape[0] - 1, line + steps + 1)
    return bool(walls[north, east] - walls[south, east] - walls[north, west] + walls[south, west] == 0)


@kernel
def _summarise(
    found: int, start: Slots, member: Slots, x: Floats, y: Floats, density: Singles, active: Bytes, act: Bytes
) -> Floats:
    """Shape (squares, 6): mean x, mean y, mean density, people, actives and chanters of each square."""
    about = np.zeros((found, 6))
    for s in range(found):
        for k in range(start[s], start[s + 1]):
            i = member[k]
            about[s, 0] += x[i]
            about[s, 1] += y[i]
            about[s, 2] += density[i]
            about[s, 3] += 1.0
            about[s, 4] += 1.0 if active[i] else 0.0
            about[s, 5] += 1.0 if _CHANT <= act[i] <= _ATTACK else 0.0
        for c in range(3):
            about[s, c] /= about[s, 3]
    return about


@kernel
def look_around(
    found: int,
    slot: Slots,
    square: Slots,
    start: Slots,
    member: Slots,
    x: Floats,
    y: Floats,
    density: Singles,
    active: Bytes,
    act: Bytes,
    body_x: Floats,
    body_y: Floats,
    body_kind: Bytes,
    solid: NDArray[np.uint8],
    cell_m: float,
    walls: Ints,
    p: Numbers,
    police_seen: Floats,
    actives_seen: Floats,
    people_seen: Floats,
    noise_db: Floats,
) -> None:
    """Write what everybody has in view: officers, actives (oneself counted), people; and the noise.

    People of one square share a view, taken from the middle of them to the middle of others, r_s far at
    most. `noise_db` is written by square, the others by person.
    """
    q = p[0]
    about = _summarise(found, start, member, x, y, density, active, act)
    full = exp((q.noise_chant_db - q.noise_calm_db) / PER_DECADE) - 1.0
    steps = math.floor(q.sight_m / VIEW_M) + 1
    within, clear = np.empty(found), np.zeros(found, np.uint8)
    for s in range(found):
        reach = q.sight_m / (1.0 + q.sight_crowding * about[s, 2])
        within[s] = reach * reach
        # Squares and blocks are the same grid: without a wall around there is no line of sight to follow.
        clear[s] = 1 if _open(walls, square[s] // slot.shape[1], square[s] % slot.shape[1], steps) else 0
    there = _count_in_view(about, slot, square, steps, within, clear, solid, cell_m, walls)
    officer_x, officer_y, officers = _officers(body_x, body_y, body_kind)
    for s in range(found):
        cx, cy = about[s, 0], about[s, 1]
        if clear[s]:
            police = _officers_openly(cx, cy, within[s], officers, officer_x, officer_y)
        else:
            police = 0.0
            for first in range(0, officers, LANES):
                # Hardly any are near enough; those eight are looked at one by one where one of them is.
                if _how_many_near(cx, cy, within[s], first, officers, officer_x, officer_y) == 0:
                    continue
                for j in range(first, min(first + LANES, officers)):
                    dx, dy = officer_x[j] - cx, officer_y[j] - cy
                    near = dx * dx + dy * dy <= within[s]
                    if near and in_sight(solid, cell_m, walls, cx, cy, officer_x[j], officer_y[j]):
                        police += 1.0
        for k in range(start[s], start[s + 1]):
            police_seen[member[k]] = police
    for s in range(found):
        noise_db[s] = q.noise_calm_db
        if there[s, 2] > 0.0:
            noise_db[s] += PER_DECADE * log(1.0 + full * min(1.0, there[s, 2] / q.chanters_full))
        for k in range(start[s], start[s + 1]):
            i = member[k]
            people_seen[i] = there[s, 0]
            actives_seen[i] = there[s, 1] if active[i] else there[s, 1] + 1.0


@kernel
def _count_in_view(
    about: Floats,
    slot: Slots,
    square: Slots,
    steps: int,
    within: Floats,
    clear: Bytes,
    solid: NDArray[np.uint8],
    cell_m: float,
    walls: Ints,
) -> Floats:
    """Return people and actives that each square has in view and chanters next door to it, itself included.

    Shape (squares, 3). All are whole numbers, so that the order in which they are added up does not matter.
    """
    there, columns = about[:, 3:].copy(), slot.shape[1]
    by_line, x, y, people, active = _by_line(about, square, slot.shape[0], columns)
    up, across = min(steps, slot.shape[0]), min(steps, columns)
    known = np.zeros((len(about), (up + 1) * (2 * across + 1)), np.uint8)
    for s in range(len(about)):
        cx, cy, line, column = about[s, 0], about[s, 1], square[s] // columns, square[s] % columns
        for r in range(max(0, line - 1), min(slot.shape[0], line + 2)):
            for c in range(max(0, column - 1), min(columns, column + 2)):
                if slot[r, c] >= 0 and slot[r, c] != s:
                    there[s, 2] += about[slot[r, c], 5]
        south, north = max(0, line - steps), min(slot.shape[0], line + steps + 1)
        if clear[s]:
            seen = _seen_openly(cx, cy, within[s], by_line[south], by_line[north], x, y, people, active)
            there[s, 0], there[s, 1] = seen
            continue
        # Lines without a wall between them and this one lie next to each other: they are looked at in one go.
        low, high = line, line
        if _lines_open(walls, line, line, column, steps):
            while low > south and _lines_open(walls, low - 1, line, column, steps):
                low -= 1
            high += 1
            while high < north and _lines_open(walls, line, high, column, steps):
                high += 1
        there[s, 0], there[s, 1] = _seen_openly(cx, cy, within[s], by_line[low], by_line[high], x, y, people, active)
        for r in range(south, north):
            if low <= r < high or by_line[r] == by_line[r + 1]:
                continue
            seen = _seen_past_walls(s, line, column, steps, r, about, slot, within[s], solid, cell_m, walls, known)
            there[s, 0] += seen[0]
            there[s, 1] += seen[1]
    return there


@inlined
def _lines_open(walls: Ints, first: int, last: int, column: int, steps: int) -> bool:
    """Return whether nothing solid is in these lines of blocks, some to either side of a column."""
    west, east = max(0, column - steps), min(walls.shape[1] - 1, column + steps + 1)
    high = min(walls.shape[0] - 1, last + 1)
    return bool(walls[high, east] - walls[first, east] - walls[high, west] + walls[first, west] == 0)


@kernel
def _by_line(about: Floats, square: Slots, lines: int, columns: int) -> tuple[Longs, Floats, Floats, Floats, Floats]:
    """Return where each line of squares begins, and the squares' middles, people and actives line by line."""
    start, listed = np.zeros(lines + 2, np.int64), np.zeros((4, len(about) + LANES))
    # Counted two lines on and filled one on, which leaves each start where it belongs.
    for s in range(len(about)):
        start[square[s] // columns + 2] += 1
    for line in range(lines + 1):
        start[line + 1] += start[line]
    for s in range(len(about)):
        line = square[s] // columns
        k = start[line + 1]
        listed[0, k], listed[1, k], listed[2, k], listed[3, k] = about[s, 0], about[s, 1], about[s, 3], about[s, 4]
        start[line + 1] += 1
    return start, listed[0], listed[1], listed[2], listed[3]


@inlined
def _seen_openly(
    cx: float, cy: float, within: float, first: int, past: int, x: Floats, y: Floats, people: Floats, active: Floats
) -> tuple[float, float]:
    """Return people and actives of the listed squares in view from (cx, cy); the squares from there are included."""
    many, loud = fill(0.0), fill(0.0)
    for k in range(first, past, LANES):
        dx, dy = load(x, k) - cx, load(y, k) - cy
        near = (dx * dx + dy * dy <= within) & (count_up(float(k)) < float(past))
        many, loud = many + where(near, load(people, k), fill(0.0)), loud + where(near, load(active, k), fill(0.0))
    return float(total(many)), float(total(loud))


@kernel
def _officers(body_x: Floats, body_y: Floats, body_kind: Bytes) -> tuple[Floats, Floats, int]:
    """Return where officers stand, with spare room for lanes, and how many they are."""
    x, y, count = np.zeros(len(body_x) + LANES), np.zeros(len(body_x) + LANES), 0
    for j in range(len(body_x)):
        if body_kind[j] == _OFFICER:
            x[count], y[count] = body_x[j], body_y[j]
            count += 1
    return x, y, count


@inlined
def _officers_openly(cx: float, cy: float, within: float, count: int, x: Floats, y: Floats) -> float:
    """Return how many of the officers are in view from (cx, cy), where nothing hides them."""
    many = 0
    for k in range(0, count, LANES):
        many += _how_many_near(cx, cy, within, k, count, x, y)
    return float(many)


@inlined
def _how_many_near(cx: float, cy: float, within: float, first: int, count: int, x: Floats, y: Floats) -> int:
    """Return how many of the eight from `first` on, `count` in all, are no farther from (cx, cy) than the root."""
    dx, dy = load(x, first) - cx, load(y, first) - cy
    return int(how_many((dx * dx + dy * dy <= within) & (count_up(float(first)) < float(count))))


@inlined
def _seen_past_walls(
    s: int,
    line: int,
    column: int,
    steps: int,
    r: int,
    about: Floats,
    slot: Slots,
    within: float,
    solid: NDArray[np.uint8],
    cell_m: float,
    walls: Ints,
    known: Bytes,
) -> tuple[float, float]:
    """Return people and actives in line r in view from square s, itself included; walls may stand in between.

    `known` says of each square and each of those further on in the grid whether it was found hidden (1) or in view (2)
    from there; 0 until somebody asks.
    """
    many, loud = 0.0, 0.0
    cx, cy = about[s, 0], about[s, 1]
    south, north = min(r, line), max(r, line) + 1
    for c in range(max(0, column - steps), min(slot.shape[1], column + steps + 1)):
        t = slot[r, c]
        if t < 0:
            continue
        tx, ty = about[t, 0], about[t, 1]
        if (tx - cx) * (tx - cx) + (ty - cy) * (ty - cy) > within:
            continue
        # As `in_sight`, for places whose blocks are known; both see each other along the same line or not at all.
        west, east = min(c, column), max(c, column) + 1
        free = t == s or walls[north, east] - walls[south, east] - walls[north, west] + walls[south, west] == 0
        if not free:
            across = min(steps, slot.shape[1])
            place = abs(r - line) * (2 * across + 1) + across
            if r < line or (r == line and c < column):
                place += column - c
                if known[t, place] == 0:
                    known[t, place] = 2 if clear_sight(solid, cell_m, tx, ty, cx, cy) else 1
                free = known[t, place] == 2
            else:
                place += c - column
                if known[s, place] == 0:
                    known[s, place] = 2 if clear_sight(solid, cell_m, cx, cy, tx, ty) else 1
                free = known[s, place] == 2
        if free:
            many += about[t, 3]
            loud += about[t, 4]
    return many, loud
