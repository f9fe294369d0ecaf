"""Who perceives what, and how much of it: sight, voice, reading, and the scene around everybody.

Nothing here changes what anybody feels. Sight falls off with distance and density and stops at walls, a
voice has to stand out from the crowd's own noise, a post is read after a while. Chance is keyed to the
stimulus and the person, so a stimulus more or less changes nobody's luck with the others.
"""

import math
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.maths import exp, log, power
from sim.core.noise import Stream, normal
from sim.crowd.body import BodyKind
from sim.crowd.ground import Ground, clear_sight
from sim.crowd.luck import luck
from sim.crowd.parameters import Numbers
from sim.crowd.people import Act, Bytes, Floats, Ints, Longs, Role, Singles, Status
from sim.crowd.squares import Slots
from sim.crowd.stimulus import Channel, Stimulus

VIEW_M = 5.0
"""Side of the squares whose people share one view of the scene, and of the blocks that say where walls are."""

_SEE = int(Stream.SEE)
_ONLINE = int(Stream.ONLINE)
_LOOK = int(Stream.LOOK)
_SIGHT_CHANNEL = int(Channel.SIGHT)
_VOICE_CHANNEL = int(Channel.VOICE)
_ONLINE_CHANNEL = int(Channel.ONLINE)
_PRESENT = int(Status.PRESENT)
_ORGANISER = int(Role.ORGANISER)
_OFFICER = int(BodyKind.OFFICER)
_CHANT = int(Act.CHANT)
_ATTACK = int(Act.ATTACK)
_PER_DECADE = 4.342944819032518
"""10 / ln 10: decibels of a natural logarithm."""
_STANDING = 0.3
"""m/s: below this somebody on an errand stands and looks, above they glance in passing."""
_HALF = 0.7071067811865476
_OCTANTS = (
    (1.0, 0.0), (_HALF, _HALF), (0.0, 1.0), (-_HALF, _HALF),
    (-1.0, 0.0), (-_HALF, -_HALF), (0.0, -1.0), (_HALF, -_HALF),
)  # fmt: skip

NOT_LOOKING, LOOKING, SATED = 0, 1, 2
"""Values of `People.looking`."""

_FIELDS = (
    "serial", "channel", "groups", "subject", "hit", "offenders_hit", "knowledge", "rumour",
    "x", "y", "level_db", "prominence", "reach", "force", "severity", "injustice", "quality", "fear",
    "violent_acts", "hope", "relief", "exits", "welfare", "leave", "asserts",
)  # fmt: skip
_WHOLE = 8
_ROW = np.dtype([("posted", np.int64)] + [(f, np.int64 if k < _WHOLE else np.float64) for k, f in enumerate(_FIELDS)])
_values = attrgetter(*_FIELDS)


class Sight(NamedTuple):
    """What stands in the way of sight."""

    solid: NDArray[np.uint8]
    cell_m: float
    walls: Ints
    """Shape (lines + 1, columns + 1): how many blocks of 5 m hold something solid, summed from the corner."""


def sight_of(ground: Ground) -> Sight:
    """Lines of sight over this ground; worth keeping as long as the ground is the same."""
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


def tabulate(stimuli: Sequence[tuple[int, Stimulus]]) -> NDArray[np.void]:
    """The stimuli of one second, each with the tick it appeared, as the rows kernels read."""
    return np.array([(posted, *_values(stimulus)) for posted, stimulus in stimuli], dtype=_ROW)


@kernel
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
def understood_share(level_db: float, distance_m: float, noise_db: float, p: Numbers) -> float:
    """Return the share of speech understood, 0..1, `level_db` being its level at 1 m.

    The signal to noise ratio, mapped as the speech transmission index maps it: clip((SNR + 15) / 30, 0, 1).
    """
    q = p[0]
    ratio = level_db - 2.0 * _PER_DECADE * log(max(1.0, distance_m)) - noise_db
    return float(min(1.0, max(0.0, (ratio - q.voice_floor_db) / q.voice_span_db)))


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
    full = exp((q.noise_chant_db - q.noise_calm_db) / _PER_DECADE) - 1.0
    columns = slot.shape[1]
    steps = math.floor(q.sight_m / VIEW_M) + 1
    within = np.empty(found)
    # What each square has in view, itself included: people, actives, chanters next door.
    there = about[:, 3:].copy()
    for s in range(found):
        reach = q.sight_m / (1.0 + q.sight_crowding * about[s, 2])
        within[s] = reach * reach
    officers = np.flatnonzero(body_kind == _OFFICER)
    for s in range(found):
        cx, cy = about[s, 0], about[s, 1]
        line, column = square[s] // columns, square[s] % columns
        # Squares and blocks are the same grid: without a wall around there is no line of sight to follow.
        clear = _open(walls, line, column, steps)
        for r in range(line, min(slot.shape[0], line + steps + 1)):
            first = column + 1 if r == line else max(0, column - steps)
            for c in range(first, min(columns, column + steps + 1)):
                t = slot[r, c]
                if t < 0:
                    continue
                if r - line <= 1 and abs(c - column) <= 1:
                    there[s, 2] += about[t, 5]
                    there[t, 2] += about[s, 5]
                dx, dy = about[t, 0] - cx, about[t, 1] - cy
                apart = dx * dx + dy * dy
                if apart > within[s] and apart > within[t]:
                    continue
                if clear or in_sight(solid, cell_m, walls, cx, cy, about[t, 0], about[t, 1]):
                    for k in range(2):
                        there[s, k] += about[t, 3 + k] if apart <= within[s] else 0.0
                        there[t, k] += about[s, 3 + k] if apart <= within[t] else 0.0
        police = 0.0
        for j in officers:
            dx, dy = body_x[j] - cx, body_y[j] - cy
            near = dx * dx + dy * dy <= within[s]
            if near and (clear or in_sight(solid, cell_m, walls, cx, cy, body_x[j], body_y[j])):
                police += 1.0
        for k in range(start[s], start[s + 1]):
            police_seen[member[k]] = police
    for s in range(found):
        noise_db[s] = q.noise_calm_db
        if there[s, 2] > 0.0:
            noise_db[s] += _PER_DECADE * log(1.0 + full * min(1.0, there[s, 2] / q.chanters_full))
        for k in range(start[s], start[s + 1]):
            i = member[k]
            people_seen[i] = there[s, 0]
            actives_seen[i] = there[s, 1] if active[i] else there[s, 1] + 1.0


@kernel
def hear(
    rows: Longs,
    at: Slots,
    noise_db: Floats,
    x: Floats,
    y: Floats,
    solid: NDArray[np.uint8],
    cell_m: float,
    walls: Ints,
    p: Numbers,
    from_x: float,
    from_y: float,
    level_db: float,
    share: Floats,
) -> None:
    """Write how much each of `rows` understands of a voice, 0..1; a building in between takes 20 dB."""
    q = p[0]
    for i in rows:
        dx, dy = x[i] - from_x, y[i] - from_y
        distance = math.sqrt(dx * dx + dy * dy)
        share[i] = understood_share(level_db, distance, noise_db[at[i]], p)
        if share[i] > 0.0 and not in_sight(solid, cell_m, walls, from_x, from_y, x[i], y[i]):
            share[i] = understood_share(level_db - q.wall_loss_db, distance, noise_db[at[i]], p)


@kernel
def _relay(rows: Longs, role: Bytes, x: Floats, y: Floats, p: Numbers, share: Floats) -> None:
    """Let organisers who understood something pass part of it on to the people around them."""
    q = p[0]
    said = share.copy()
    for o in rows:
        if role[o] == _ORGANISER and said[o] > 0.0:
            for i in rows:
                dx, dy = x[i] - x[o], y[i] - y[o]
                if dx * dx + dy * dy <= q.relay_m * q.relay_m:
                    share[i] = max(share[i], q.relay_share * said[o])


@kernel
def _read(
    posted: int,
    serial: int,
    reach: float,
    since: int,
    now: int,
    key: NDArray[np.uint32],
    status: Bytes,
    online: Bytes,
    p: Numbers,
    share: Floats,
) -> None:
    """Mark with 1 everybody whose moment to read a post lies after tick `since` and not after `now`."""
    q = p[0]
    if now - posted > q.post_life_s * 10.0:
        return
    for i in range(len(status)):
        if online[i] and status[i] <= _PRESENT and luck(key, _ONLINE, 2 * serial, i) < reach:
            delay = q.post_median_s * exp(q.post_sigma * normal(key, _ONLINE, 2 * serial + 1, i))
            if since < posted + delay * 10.0 <= now:
                share[i] = 1.0


@kernel
def perceive(
    table: NDArray[np.void],
    since: int,
    now: int,
    key: NDArray[np.uint32],
    rows: Longs,
    status: Bytes,
    role: Bytes,
    group: Ints,
    online: Bytes,
    x: Floats,
    y: Floats,
    density: Singles,
    at: Slots,
    noise_db: Floats,
    solid: NDArray[np.uint8],
    cell_m: float,
    walls: Ints,
    p: Numbers,
) -> Floats:
    """Return how much each person perceives of each stimulus, 0..1: shape (stimuli, people).

    0 means not at all. A sight is seen or not (p = exp(-d / r_s)), a voice understood in part, a post
    read once after its reader's own delay, a word told heard by its subject alone. Those not addressed
    get half of it.

    `table` is what `tabulate` gives, `since` the tick after which the reading of a post is new, `rows`
    the people present, `at` the square of each of them, `noise_db` what `look_around` wrote; `solid`,
    `cell_m` and `walls` are those of `Sight`, `p` is the table of `Perceiving`, everything else an array
    of `People`.
    """
    q = p[0]
    shares = np.zeros((len(table), len(status)))
    for s in range(len(table)):
        e = table[s]
        share = shares[s]
        if e.channel == _VOICE_CHANNEL:
            hear(rows, at, noise_db, x, y, solid, cell_m, walls, p, e.x, e.y, e.level_db, share)
            _relay(rows, role, x, y, p, share)
        elif e.channel == _ONLINE_CHANNEL:
            _read(e.posted, e.serial, e.reach, since, now, key, status, online, p, share)
        elif e.channel == _SIGHT_CHANNEL:
            for i in rows:
                dx, dy = x[i] - e.x, y[i] - e.y
                reach = e.prominence * q.sight_m / (1.0 + q.sight_crowding * density[i])
                chance = exp(-math.sqrt(dx * dx + dy * dy) / reach) if reach > 0.0 else 0.0
                seen = chance >= q.sight_cut and luck(key, _SEE, e.serial, i) < chance
                if seen and in_sight(solid, cell_m, walls, e.x, e.y, x[i], y[i]):
                    share[i] = 1.0
        if e.groups != 0:
            for i in range(len(status)):
                if (e.groups >> np.int64(group[i])) & 1 == 0:
                    share[i] *= q.others_share
        subject = e.subject
        if 0 <= subject < len(status) and status[subject] == _PRESENT and e.channel != _ONLINE_CHANNEL:
            share[subject] = 1.0
    return shares


@kernel
def attend(
    rows: Longs,
    passing: Bytes,
    tick: int,
    key: NDArray[np.uint32],
    slot: Slots,
    start: Slots,
    member: Slots,
    size_m: float,
    x: Floats,
    y: Floats,
    ex: Floats,
    ey: Floats,
    v: Floats,
    active: Bytes,
    p: Numbers,
    looking: Bytes,
    stopped: Bytes,
) -> None:
    """Let passers-by copy the attention of people who stand and look, and let attention end.

    Of n standing lookers (or people taking part) within 5 m ahead, p_look = 1 - 0.58 n^-0.525 make one
    look too and p_stop = 0.04 n^0.85 make one stop (fits to Milgram, Bickman and Berkowitz 1969).
    Everybody has one number for both for the whole run, so the chance is that of the encounter, however
    many seconds it lasts, and whoever stops is one of those who look.
    """
    q = p[0]
    before = looking.copy()
    for i in rows:
        n = 0
        if passing[i] and before[i] != SATED:
            n = _lookers_ahead(i, passing, slot, start, member, size_m, x, y, ex, ey, v, active, before, q.look_m)
            if n > 0 and luck(key, _LOOK, 0, i) < 1.0 - q.look_missed * power(float(n), q.look_exponent):
                looking[i] = LOOKING
        if looking[i] == LOOKING and passing[i] and not stopped[i]:
            stopped[i] = luck(key, _LOOK, 0, i) < q.stop_one * power(float(max(n, 1)), q.stop_exponent)
        if before[i] == LOOKING and (stopped[i] or n == 0) and luck(key, _LOOK, tick + 2, i) < 1.0 / q.attention_s:
            looking[i] = SATED
            stopped[i] = 0
        elif before[i] == SATED and luck(key, _LOOK, tick + 2, i) < 1.0 / q.sated_s:
            looking[i] = NOT_LOOKING


@kernel
def _lookers_ahead(
    i: int,
    passing: Bytes,
    slot: Slots,
    start: Slots,
    member: Slots,
    size_m: float,
    x: Floats,
    y: Floats,
    ex: Floats,
    ey: Floats,
    v: Floats,
    active: Bytes,
    looking: Bytes,
    reach_m: float,
) -> int:
    """Return how many people stand and look, or take part, within reach and ahead of person i.

    Who is on their way and has not stopped only glances; who is here for good looks, even while stepping aside.
    """
    n = 0
    line, column = math.floor(y[i] / size_m), math.floor(x[i] / size_m)
    steps = math.floor(reach_m / size_m) + 1
    for r in range(max(0, line - steps), min(slot.shape[0], line + steps + 1)):
        for c in range(max(0, column - steps), min(slot.shape[1], column + steps + 1)):
            s = slot[r, c]
            if s < 0:
                continue
            for k in range(start[s], start[s + 1]):
                j = member[k]
                glances = passing[j] and v[j] > _STANDING
                if j == i or glances or not (looking[j] == LOOKING or active[j]):
                    continue
                dx, dy = x[j] - x[i], y[j] - y[i]
                if dx * dx + dy * dy <= reach_m * reach_m and dx * ex[i] + dy * ey[i] > 0.0:
                    n += 1
    return n


@kernel
def closed_in(
    found: int,
    start: Slots,
    member: Slots,
    x: Floats,
    y: Floats,
    body_x: Floats,
    body_y: Floats,
    body_closed: Bytes,
    solid: NDArray[np.uint8],
    cell_m: float,
    walls: Ints,
    reach_m: float,
    shut: Bytes,
) -> None:
    """Write 1 for those with closed lines or walls on all eight sides within reach, 0 for others."""
    for s in range(found):
        n = start[s + 1] - start[s]
        cx = cy = 0.0
        for k in range(start[s], start[s + 1]):
            cx += x[member[k]] / n
            cy += y[member[k]] / n
        sides = 0
        lines = 0
        for dx, dy in _OCTANTS:
            met = False
            for j in range(len(body_x)):
                bx, by = body_x[j] - cx, body_y[j] - cy
                square = bx * bx + by * by
                ahead = bx * dx + by * dy
                # Within 22.5 degrees of the middle of the octant: cos^2 = 0.8536.
                if body_closed[j] and square <= reach_m * reach_m and ahead > 0.0:
                    met = met or ahead * ahead >= 0.8535533905932737 * square
            if met:
                lines += 1
                sides += 1
            elif not in_sight(solid, cell_m, walls, cx, cy, cx + reach_m * dx, cy + reach_m * dy):
                sides += 1
        for k in range(start[s], start[s + 1]):
            shut[member[k]] = 1 if sides == 8 and lines > 0 else 0
