"""Detours: how crowding and closed lines lengthen the way to each destination, and how far that bends it.

People weigh time rather than distance: they walk round a jam and round the end of a police line. On a coarse grid
the potential of `sim.crowd.ground` is solved twice, |grad phi| = 1/c, once for the empty site and once with c the
share of the free speed that the density leaves (Weidmann 1993) and closed lines as walls. What the second is more
than the first is the detour; its gradient is added to the fine field of the empty site, so that corners and doors
keep their detail. Where nothing is crowded or closed nothing is added, to the last bit.

News of a line or a jam is taken to reach everybody within five seconds; what people know of exits is kept elsewhere.
"""

import math
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import inlined, kernel
from sim.crowd.body import Bodies
from sim.crowd.ground import FAR, Ground, Mask, Raster, sweep
from sim.crowd.people import Bytes, Floats, Ints, Longs

Ways: TypeAlias = NDArray[np.float32]
"""Shape (fields, rows, columns, 2)."""

COARSE_M = 2.0
"""Side of a coarse cell, about: a whole number of the ground's cells."""
MOST_CELLS = 60_000
"""Coarse cells of a site; larger sites have larger cells."""
_AT_ONCE = 64
"""Cells of which it is asked at once whether there is anything to be seen to."""
_STEPS = np.array([16, 24, 32, 48, 64])
"""Sixteenths of a person per m2 from which a cell counts as slower: 1, 1.5, 2, 3 and 4 per m2."""
_TIMES = np.array([1.0, 1.4, 1.9, 3.0, 5.7, 8.6])
"""How many times its length a cell counts at each step: free speed over Weidmann's (1993) speed at 0, 1.25, 1.75, 2.5,
3.5 and 4 persons/m2."""
_AROUND = ((-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))
MARGIN_M = 30.0
"""How far around crowding ways are worked out anew (assumed)."""
WIDEST_GAP_M = 2.5
"""Officers farther apart do not close the gap between them."""


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """The empty site on the coarse grid; follows from the ground alone and is shared by all runs on it."""

    cell_m: float
    solid: Mask
    """Shape (rows, columns): 1 where nobody can walk."""
    seeds: Mask
    """Shape (fields, rows, columns): 1 inside a destination."""
    phi: Floats
    """Shape (fields, rows + 2, columns + 2), padded: metres to the destination over the empty site."""
    cost: Floats
    """Shape (rows + 2, columns + 2), padded: metres it costs to cross a cell."""


@dataclass(frozen=True, eq=False)
class Detours:
    """How ways differ now from those over the empty site. Never changed; shared by forks."""

    survey: Survey
    crowding: Bytes
    """Shape (rows, columns): sixteenths of a person per m2, smoothed over time."""
    closed: Mask
    """Shape (rows, columns): 1 where a closed line stands."""
    base: Floats
    """Like `Survey.phi`, with the closed lines as walls."""
    extra: Raster
    """Shape (fields, rows, columns): metres more than over the empty site; FAR where a line cuts the way off."""
    bend: Ways
    """Minus the gradient of `extra`; no fields at all as long as nothing is crowded or closed."""

    @property
    def cell_m(self) -> float:
        """Side of a coarse cell, m."""
        return self.survey.cell_m

    @cached_property
    def state(self) -> dict[str, NDArray[np.generic]]:
        """What a digest covers: everything else follows from it."""
        where = np.flatnonzero(self.crowding)
        return {"where": where, "crowding": self.crowding.reshape(-1)[where], "closed": np.flatnonzero(self.closed)}


@lru_cache(maxsize=8)
def survey_of(ground: Ground) -> Survey:
    """Return the ground on the coarse grid; made once for each ground."""
    site = ground.site
    rows, columns = ground.solid.shape
    wanted = max(COARSE_M, math.sqrt(site.width_m * site.height_m / MOST_CELLS))
    step = max(1, math.ceil(wanted / ground.cell_m - 1e-9))
    shape = (-(-rows // step), -(-columns // step))
    free = np.zeros(shape)
    slow = np.zeros(shape)
    seeds = np.zeros((len(ground.phi), *shape), np.uint8)
    _coarsen(ground.solid, ground.slow, ground.phi, step, free, slow, seeds)
    solid = (free < 0.5 * step * step).astype(np.uint8)
    cell = step * ground.cell_m
    cost = np.full((shape[0] + 2, shape[1] + 2), FAR)
    ease = np.where(free > 0.0, slow / np.maximum(free, 1.0), 1.0)
    cost[1:-1, 1:-1] = np.where(solid == 1, FAR, cell / ease)
    phi = np.full((len(seeds), shape[0] + 2, shape[1] + 2), FAR)
    for field in range(len(seeds)):
        phi[field, 1:-1, 1:-1][(seeds[field] == 1) & (solid == 0)] = 0.0
        sweep(phi[field], cost, 0.01 * cell)
    return Survey(cell, solid, seeds, phi, cost)


def no_detours(survey: Survey) -> Detours:
    """Return the detours of an empty site: none."""
    rows, columns = survey.solid.shape
    return Detours(
        survey,
        np.zeros((rows, columns), np.uint8),
        np.zeros((rows, columns), np.uint8),
        survey.phi,
        np.zeros((0, rows, columns), np.float32),
        np.zeros((0, rows, columns, 2), np.float32),
    )


def look_again(before: Detours, x: Floats, y: Floats, rows: Longs, bodies: Bodies) -> Detours:
    """Return the detours now that these people and bodies are where they are; `before` when none changed.

    Crowding is halfway between what it was and what it is, so that nobody turns about at every look.
    """
    survey = before.survey
    shape = survey.solid.shape
    count, crowding, closed = np.zeros(shape, np.int64), np.zeros(shape, np.uint8), np.zeros(shape, np.uint8)
    _count(rows, x, y, survey.cell_m, count)
    slower = _smooth(count, before.crowding, survey.cell_m * survey.cell_m, crowding)
    _close(bodies.x, bodies.y, bodies.closed, bodies.unit, survey.cell_m, closed)
    same_lines = closed.tobytes() == before.closed.tobytes()
    if same_lines and not slower:
        return replace(before, crowding=crowding)
    return detours_of(survey, crowding, closed, before.base if same_lines else None)


def detours_of(survey: Survey, crowding: Bytes, closed: Mask, base: Floats | None = None) -> Detours:
    """Return the detours that follow from this crowding and these lines, the two that make up their state.

    `base` is that of other detours with the same lines, when it is at hand.
    """
    level = _levels(crowding)
    if not closed.any() and not level.any():
        return replace(no_detours(survey), crowding=crowding)
    if base is None:
        base = _potentials(survey, _cost(survey, np.zeros_like(level), closed)) if closed.any() else survey.phi
    phi = base
    if level.any():
        phi = _around_crowding(survey, base, _cost(survey, level, closed), level)
    extra = np.zeros(survey.seeds.shape, np.float32)
    bend = np.zeros((*survey.seeds.shape, 2), np.float32)
    for field in range(len(extra)):
        _compare(phi[field], survey.phi[field], closed, survey.cell_m, extra[field], bend[field])
    return Detours(survey, crowding, closed, base, extra, bend)


def _levels(crowding: Bytes) -> Bytes:
    """Return how crowded each cell is, in the steps that change how fast one walks there: 0 for not at all."""
    level: Bytes = np.searchsorted(_STEPS, crowding, side="right").astype(np.uint8)
    return level


def _cost(survey: Survey, level: Bytes, closed: Mask) -> Floats:
    """Return metres it costs to cross each cell, padded, in this crowding and with these lines as walls."""
    cost = survey.cost.copy()
    inner = cost[1:-1, 1:-1]
    slowed = inner * _TIMES[level]
    cost[1:-1, 1:-1] = np.where((closed == 1) | (inner >= FAR), FAR, slowed)
    return cost


def _potentials(survey: Survey, cost: Floats) -> Floats:
    """Return the potential of every destination at this cost, over the whole site."""
    phi = np.full_like(survey.phi, FAR)
    for field in range(len(phi)):
        phi[field, 1:-1, 1:-1][(survey.seeds[field] == 1) & (cost[1:-1, 1:-1] < FAR)] = 0.0
        sweep(phi[field], cost, 0.01 * survey.cell_m)
    return phi


def _around_crowding(survey: Survey, base: Floats, cost: Floats, level: Bytes) -> Floats:
    """Return `base` solved anew at this cost within `MARGIN_M` of where it is crowded; farther off it stays."""
    rows, columns = np.nonzero(level)
    margin = math.ceil(MARGIN_M / survey.cell_m)
    r0, r1 = max(0, int(rows.min()) - margin), min(level.shape[0], int(rows.max()) + margin + 1)
    c0, c1 = max(0, int(columns.min()) - margin), min(level.shape[1], int(columns.max()) + margin + 1)
    phi = base.copy()
    for field in range(len(phi)):
        part = phi[field, r0 : r1 + 2, c0 : c1 + 2]
        inside = survey.seeds[field, r0:r1, c0:c1] == 1
        part[1:-1, 1:-1] = np.where(inside & (part[1:-1, 1:-1] < FAR), 0.0, FAR)
        sweep(part, cost[r0 : r1 + 2, c0 : c1 + 2], 0.01 * survey.cell_m)
    return phi


@kernel
def _coarsen(solid: Mask, slow: Raster, phi: Raster, step: int, free: Floats, ease: Floats, seeds: Mask) -> None:
    """Count the free cells in each coarse one, add up how easy they are, and mark the destinations they hold."""
    for row in range(solid.shape[0]):
        for column in range(solid.shape[1]):
            if solid[row, column] == 0:
                r, c = row // step, column // step
                free[r, c] += 1.0
                ease[r, c] += np.float64(slow[row, column])
                for field in range(len(phi)):
                    if phi[field, row, column] <= 0.0:
                        seeds[field, r, c] = 1


@kernel
def _count(rows: Longs, x: Floats, y: Floats, cell: float, count: Longs) -> None:
    """Count people by coarse cell; who is off the grid counts in the nearest."""
    for i in rows:
        r = min(count.shape[0] - 1, max(0, math.floor(y[i] / cell)))
        c = min(count.shape[1] - 1, max(0, math.floor(x[i] / cell)))
        count[r, c] += 1


@kernel
def _smooth(count: Longs, before: Bytes, m2: float, crowding: Bytes) -> bool:
    """Write how crowded each cell of so many m2 is, where that is 0; returns whether any is now in another of `_STEPS`.

    That is halfway between what it was and what it is; 1 is nothing, and 255 is the most.
    """
    people, past, written, changed = count.reshape(-1), before.reshape(-1), crowding.reshape(-1), False
    for first in range(0, len(people), _AT_ONCE):
        # Most of a site is empty and was.
        if first + _AT_ONCE <= len(people) and _nobody(people, past, first):
            continue
        for k in range(first, min(first + _AT_ONCE, len(people))):
            was = np.int64(past[k])
            now = min(255, (was + math.floor(16 * people[k] / m2) + 1) // 2) if was + people[k] > 0 else 0
            now = 0 if now == 1 else now
            written[k] = now
            if now != was:
                for step in _STEPS:
                    changed = changed or (was >= step) != (now >= step)
    return changed


@inlined
def _nobody(people: Longs, past: Bytes, first: int) -> bool:
    """Return whether so many cells from the first on hold nobody and were not crowded."""
    some, was = np.int64(0), np.uint8(0)
    for k in range(_AT_ONCE):
        some |= people[first + k]
        was |= past[first + k]
    return bool(some == 0 and was == 0)


@kernel
def _close(x: Floats, y: Floats, shut: Bytes, unit: Ints, cell: float, closed: Mask) -> None:
    """Mark every cell that closed officers, or the gaps they close, stand on."""
    for b in range(len(x)):
        if shut[b] == 0:
            continue
        end = b
        if b + 1 < len(x) and shut[b + 1] != 0 and unit[b + 1] == unit[b]:
            dx, dy = x[b + 1] - x[b], y[b + 1] - y[b]
            if dx * dx + dy * dy <= WIDEST_GAP_M * WIDEST_GAP_M:
                end = b + 1
        for k in range(5):
            share = 0.25 * k
            r = math.floor((y[b] + share * (y[end] - y[b])) / cell)
            c = math.floor((x[b] + share * (x[end] - x[b])) / cell)
            if 0 <= r < closed.shape[0] and 0 <= c < closed.shape[1]:
                closed[r, c] = 1


@kernel
def _compare(now: Floats, empty: Floats, closed: Mask, cell: float, extra: Raster, bend: Raster) -> None:
    """Write what padded potential `now` is more than `empty`, and minus its gradient."""
    rows, columns = extra.shape
    for r in range(rows):
        for c in range(columns):
            if now[r + 1, c + 1] < FAR:
                extra[r, c] = max(0.0, now[r + 1, c + 1] - empty[r + 1, c + 1])
            elif empty[r + 1, c + 1] < FAR:
                extra[r, c] = FAR
    for r in range(rows):
        for c in range(columns):
            if now[r + 1, c + 1] < FAR:
                bend[r, c, 0] = -_slope(now, empty, r + 1, c + 1, 0, 1) / cell
                bend[r, c, 1] = -_slope(now, empty, r + 1, c + 1, 1, 0) / cell
    # In the very cell of a line ways bend as beside it, where the way round is longest.
    for r in range(rows):
        for c in range(columns):
            if closed[r, c] == 0:
                continue
            extra[r, c] = FAR
            worst = -1.0
            for k in range(8):
                nr, nc = r + _AROUND[k][0], c + _AROUND[k][1]
                if 0 <= nr < rows and 0 <= nc < columns and now[nr + 1, nc + 1] < FAR and extra[nr, nc] > worst:
                    worst = np.float64(extra[nr, nc])
                    bend[r, c, 0], bend[r, c, 1] = bend[nr, nc, 0], bend[nr, nc, 1]


@inlined
def _slope(now: Floats, empty: Floats, r: int, c: int, up: int, across: int) -> float:
    """Return by how much the detour grows from one cell to the next, over those neighbours that can be walked to."""
    total, sides = 0.0, 0.0
    here = now[r, c] - empty[r, c]
    if now[r + up, c + across] < FAR:
        total += now[r + up, c + across] - empty[r + up, c + across] - here
        sides += 1.0
    if now[r - up, c - across] < FAR:
        total += here - (now[r - up, c - across] - empty[r - up, c - across])
        sides += 1.0
    return total / sides if sides > 0.0 else 0.0


@kernel
def extra_at(extra: Raster, cell: float, field: int, x: float, y: float) -> float:
    """Return the detour, m, of the coarse cell (x, y) is in; `FAR` where a line stands or cuts the way off."""
    if len(extra) == 0:
        return 0.0
    r = min(extra.shape[1] - 1, max(0, math.floor(y / cell)))
    c = min(extra.shape[2] - 1, max(0, math.floor(x / cell)))
    return float(extra[field, r, c])
