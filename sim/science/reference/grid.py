"""Epstein's grid: citizens and police take turns on cells and see some cells around; deciding is the product's.

Schedule after Epstein 2002 (PNAS 99, suppl. 3, 7243), model I: once a step everybody has a turn, in an order drawn
anew. How many police and actives are within sight of each cell is kept up to date as they move, so that a turn
costs no look around.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import inlined, kernel
from sim.core.noise import Stream, philox, uniform
from sim.crowd.conduct import perceived_risk, takes_part, urge_to_join
from sim.crowd.parameters import Numbers
from sim.crowd.people import Bytes, Floats, Ints, Longs

EMPTY = -1
FOR_LIFE = 2**31 - 1
"""A term nobody lives to see the end of."""
ORDER, PICK, TERM, WALK = 0, 1, 2, 3
"""What a number is drawn for, in one turn of one person; tries for a free cell follow `WALK` and `BACK`."""
TRIES = 8
BACK = WALK + TRIES + 1
USES = BACK + TRIES

_HALF_WORD = np.uint64(32)
_EXPERIMENT = int(Stream.EXPERIMENT)
_REFERENCE = int(Stream.REFERENCE)


@dataclass(frozen=True, slots=True)
class Rules:
    """What stays the same during a run."""

    shape: tuple[int, int]
    """Rows and columns of cells."""
    ring: bool
    """True when the edges meet."""
    sight: Ints
    """Shape (cells, 2): rows and columns from a citizen's own cell to the cells in view, its own included."""
    spans: Ints
    """The same row by row, shape (rows, 2): how many rows away, and how many cells to either side."""
    police_sight: Ints
    """Cells in view of police, as in `sight`."""
    moves: bool
    """True when people go to a free cell in view in their turn."""
    moves_first: bool
    """True when they go before they decide, rather than after."""
    away: bool
    """True when the arrested leave the grid for their term, rather than their cell staying taken."""


@dataclass(slots=True)
class Grid:
    """Who stands where. Police come after the citizens in all arrays that have a place for everybody."""

    rules: Rules
    hardship: Floats
    aversion: Floats
    cell: Ints
    """By person: the cell, counted row by row; `EMPTY` for who is not on the grid."""
    cells: Ints
    """By cell: who stands there, or `EMPTY`."""
    active: Bytes
    """By citizen."""
    term: Ints
    """By citizen: steps still to be spent in jail."""
    police_near: Ints
    """By cell: police in view from there."""
    actives_near: Ints
    """By cell: active citizens in view from there."""
    step: int = 0

    def advance(
        self, steps: int, legitimacy: float, police: int, longest: int, key: NDArray[np.uint32], p: Numbers
    ) -> tuple[Ints, Ints]:
        """Let so many steps pass; returns how many were active, and how many in jail, after each.

        Args:
            steps: How many.
            legitimacy: L, the same for all.
            police: How many there may be; those beyond are taken off the grid, last come first.
            longest: Longest term in jail, steps; terms are drawn from 0 to this. `FOR_LIFE` is for life.
            key: Of the noise of the run.
            p: The table of `Acting`.
        """
        r = self.rules
        active, jailed = np.zeros(steps, dtype=np.int32), np.zeros(steps, dtype=np.int32)
        _advance(
            self.step,
            legitimacy,
            police,
            longest,
            key,
            p,
            r.shape[0],
            r.shape[1],
            r.ring,
            r.sight,
            r.spans,
            r.police_sight,
            r.moves,
            r.moves_first,
            r.away,
            self.hardship,
            self.aversion,
            self.cell,
            self.cells,
            self.active,
            self.term,
            self.police_near,
            self.actives_near,
            active,
            jailed,
        )
        self.step += steps
        return active, jailed


def populated(rules: Rules, citizens: int, police: int, key: NDArray[np.uint32]) -> Grid:
    """A grid with that many quiet citizens and police on cells drawn at random; H and R are uniform in 0..1."""
    rows, columns = rules.shape
    people = citizens + police
    hardship, aversion, place = _drawn(people, rows * columns, key)
    cell = np.argsort(place, kind="stable")[:people].astype(np.int32)
    cells = np.full(rows * columns, EMPTY, dtype=np.int32)
    cells[cell] = np.arange(people, dtype=np.int32)
    police_near = np.zeros(rows * columns, dtype=np.int32)
    for each in cell[citizens:]:
        _notice(each, 1, rows, columns, rules.ring, rules.spans, police_near)
    return Grid(
        rules=rules,
        hardship=hardship[:citizens],
        aversion=aversion[:citizens],
        cell=cell,
        cells=cells,
        active=np.zeros(citizens, dtype=np.uint8),
        term=np.zeros(citizens, dtype=np.int32),
        police_near=police_near,
        actives_near=np.zeros(rows * columns, dtype=np.int32),
    )


@kernel
def _drawn(people: int, cells: int, key: NDArray[np.uint32]) -> tuple[Floats, Floats, Floats]:
    """Return H and R of each person, and a number for each cell that says in which order cells are filled."""
    hardship, aversion, place = np.empty(people), np.empty(people), np.empty(cells)
    for i in range(people):
        hardship[i] = uniform(key, _EXPERIMENT, 0, i)
        aversion[i] = uniform(key, _EXPERIMENT, 1, i)
    for c in range(cells):
        place[c] = uniform(key, _EXPERIMENT, 2, c)
    return hardship, aversion, place


@inlined
def _wrapped(place: int, size: int, ring: bool) -> int:
    """Return a row or column that may lie beyond the edge as one on the grid, `EMPTY` when there is none."""
    if 0 <= place < size:
        return place
    if not ring:
        return EMPTY
    return place + size if place < 0 else place - size


@kernel
def _notice(cell: int, change: int, rows: int, columns: int, ring: bool, spans: Ints, near: Ints) -> None:
    """Let everybody who has this cell in view see one more there, or one less."""
    row, column = cell // columns, cell % columns
    for k in range(len(spans)):
        r = _wrapped(row + spans[k, 0], rows, ring)
        if r == EMPTY:
            continue
        low, high = column - spans[k, 1], column + spans[k, 1] + 1
        line = r * columns
        for c in range(max(low, 0), min(high, columns)):
            near[line + c] += change
        if ring:
            for c in range(low + columns, columns):
                near[line + c] += change
            for c in range(high - columns):
                near[line + c] += change


@inlined
def _below(n: int, word: int) -> int:
    """Return a number from 0 to n - 1 made of 32 random bits."""
    return np.int64((np.uint64(word) * np.uint64(n)) >> _HALF_WORD)  # type: ignore[return-value]  # an integer once compiled


@inlined
def _words(key: NDArray[np.uint32], step: int, person: int, use: int) -> tuple[int, int, int, int]:
    """Return the four words that belong to one use in one person's turn."""
    return philox(step, person * USES + use, _REFERENCE, key[2], key[0], key[1])


@inlined
def _free_cell(
    cell: int,
    step: int,
    person: int,
    key: NDArray[np.uint32],
    rows: int,
    columns: int,
    ring: bool,
    sight: Ints,
    cells: Ints,
) -> int:
    """Return one of the free cells in view, each as likely as the next; `EMPTY` when all are taken."""
    row, column = cell // columns, cell % columns
    for attempt in range(TRIES):
        for word in _words(key, step, person, WALK + attempt):
            at = _below(len(sight), word)
            r, c = _wrapped(row + sight[at, 0], rows, ring), _wrapped(column + sight[at, 1], columns, ring)
            if r != EMPTY and c != EMPTY and cells[r * columns + c] == EMPTY:
                return r * columns + c
    wanted = -1
    for counting in (True, False):
        free = 0
        for k in range(len(sight)):
            r, c = _wrapped(row + sight[k, 0], rows, ring), _wrapped(column + sight[k, 1], columns, ring)
            if r != EMPTY and c != EMPTY and cells[r * columns + c] == EMPTY:
                if not counting and free == wanted:
                    return r * columns + c
                free += 1
        if counting and free > 0:
            wanted = _below(free, _words(key, step, person, WALK + TRIES)[0])
    return EMPTY


@kernel
def _caught(
    cell: int,
    step: int,
    person: int,
    key: NDArray[np.uint32],
    rows: int,
    columns: int,
    ring: bool,
    sight: Ints,
    cells: Ints,
    active: Bytes,
) -> int:
    """Return one of the active citizens in view of a cell, each as likely as the next; -1 when there is none."""
    row, column = cell // columns, cell % columns
    wanted = -1
    for counting in (True, False):
        found = 0
        for k in range(len(sight)):
            r, c = _wrapped(row + sight[k, 0], rows, ring), _wrapped(column + sight[k, 1], columns, ring)
            if r == EMPTY or c == EMPTY:
                continue
            who = cells[r * columns + c]
            if 0 <= who < len(active) and active[who]:
                if not counting and found == wanted:
                    return int(who)
                found += 1
        if counting and found == 0:
            return -1
        if counting:
            wanted = _below(found, _words(key, step, person, PICK)[0])
    return -1


@kernel
def _advance(
    first: int,
    legitimacy: float,
    police: int,
    longest: int,
    key: NDArray[np.uint32],
    p: Numbers,
    rows: int,
    columns: int,
    ring: bool,
    sight: Ints,
    spans: Ints,
    police_sight: Ints,
    moves: bool,
    moves_first: bool,
    away: bool,
    hardship: Floats,
    aversion: Floats,
    cell: Ints,
    cells: Ints,
    active: Bytes,
    term: Ints,
    police_near: Ints,
    actives_near: Ints,
    counted: Ints,
    jailed: Ints,
) -> None:
    """Let one step pass for each place in `counted`; see `Grid.advance`."""
    citizens, people = len(active), len(cell)
    for gone in range(citizens + police, people):
        if cell[gone] != EMPTY:
            _notice(cell[gone], -1, rows, columns, ring, spans, police_near)
            cells[cell[gone]], cell[gone] = EMPTY, EMPTY
    order = np.arange(people)
    for done in range(len(counted)):
        step = first + done
        _shuffle(order, step, key)
        for turn in range(people):
            i = int(order[turn])
            if i >= citizens + police:
                continue
            if i < citizens and term[i] > 0:
                if term[i] != FOR_LIFE:
                    term[i] -= 1
                continue
            if cell[i] == EMPTY:
                _come_back(i, step, key, cell, cells)
            if cell[i] == EMPTY:
                continue
            near = actives_near if i < citizens else police_near
            view = sight if i < citizens else police_sight
            if moves and moves_first:
                shows = bool(i >= citizens or active[i] != 0)
                _walk(i, step, key, rows, columns, ring, view, spans, cell, cells, shows, near)
            if i < citizens:
                here = cell[i]
                seen = actives_near[here] + (0.0 if active[i] else 1.0)
                risk = aversion[i] * perceived_risk(float(police_near[here]), seen, p)
                urge = urge_to_join(hardship[i], legitimacy, 0.0, 0.0, risk, 0.0, p)
                now = takes_part(active[i] != 0, urge, 1.0, 0.0, p)
                if now != (active[i] != 0):
                    _notice(here, 1 if now else -1, rows, columns, ring, spans, actives_near)
                    active[i] = now
            else:
                taken = _caught(cell[i], step, i, key, rows, columns, ring, police_sight, cells, active)
                if taken >= 0:
                    _notice(cell[taken], -1, rows, columns, ring, spans, actives_near)
                    active[taken] = 0
                    served = _below(longest + 1, _words(key, step, i, TERM)[0])
                    term[taken] = served if longest != FOR_LIFE else FOR_LIFE
                    if away and term[taken] > 0:
                        cells[cell[taken]], cell[taken] = EMPTY, EMPTY
            if moves and not moves_first:
                shows = bool(i >= citizens or active[i] != 0)
                _walk(i, step, key, rows, columns, ring, view, spans, cell, cells, shows, near)
        for citizen in range(citizens):
            counted[done] += active[citizen]
            jailed[done] += term[citizen] > 0


@inlined
def _shuffle(order: Longs, step: int, key: NDArray[np.uint32]) -> None:
    """Put everybody in an order drawn for this step, each as likely as the next (Fisher and Yates)."""
    for k in range(len(order)):
        order[k] = k
    last = len(order) - 1
    while last > 0:
        for word in _words(key, step, last, ORDER):
            other = _below(last + 1, word)
            order[last], order[other] = order[other], order[last]
            last = max(0, last - 1)


@kernel
def _come_back(i: int, step: int, key: NDArray[np.uint32], cell: Ints, cells: Ints) -> None:
    """Put person i, out of jail, on a free cell anywhere; while there is none, they wait outside."""
    start = 0
    for k in range(TRIES):
        start = _below(len(cells), _words(key, step, i, BACK + k)[0])
        if cells[start] == EMPTY:
            break
    for k in range(len(cells)):
        there = (start + k) % len(cells)
        if cells[there] == EMPTY:
            cell[i], cells[there] = there, i
            return


@inlined
def _walk(
    i: int,
    step: int,
    key: NDArray[np.uint32],
    rows: int,
    columns: int,
    ring: bool,
    view: Ints,
    spans: Ints,
    cell: Ints,
    cells: Ints,
    shows: bool,
    near: Ints,
) -> None:
    """Let person i go to a free cell in view, if there is one; if it `shows`, they are counted where they are seen."""
    to = _free_cell(cell[i], step, i, key, rows, columns, ring, view, cells)
    if to == EMPTY:
        return
    if shows:
        _notice(cell[i], -1, rows, columns, ring, spans, near)
        _notice(to, 1, rows, columns, ring, spans, near)
    cells[cell[i]], cells[to], cell[i] = EMPTY, i, to
