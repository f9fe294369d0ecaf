"""Who perceives what, and how much of it: sight, voice, reading; and who looks on or is closed in.

Nothing here changes what anybody feels. Sight falls off with distance and density and stops at walls, a
voice has to stand out from the crowd's own noise, a post is read after a while. Chance is keyed to the
stimulus and the person, so a stimulus more or less changes nobody's luck with the others.
"""

import math
from collections.abc import Sequence
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.maths import exp, log, power
from sim.core.noise import Stream, normal
from sim.crowd.luck import luck
from sim.crowd.parameters import Numbers
from sim.crowd.people import Bytes, Floats, Ints, Longs, Role, Singles, Status
from sim.crowd.squares import Slots
from sim.crowd.stimulus import Channel, Stimulus
from sim.crowd.view import PER_DECADE, in_sight

_SEE = int(Stream.SEE)
_ONLINE = int(Stream.ONLINE)
_LOOK = int(Stream.LOOK)
_SIGHT_CHANNEL = int(Channel.SIGHT)
_VOICE_CHANNEL = int(Channel.VOICE)
_ONLINE_CHANNEL = int(Channel.ONLINE)
_PRESENT = int(Status.PRESENT)
_ORGANISER = int(Role.ORGANISER)
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


def tabulate(stimuli: Sequence[tuple[int, Stimulus]]) -> NDArray[np.void]:
    """The stimuli of one second, each with the tick it appeared, as the rows kernels read."""
    return np.array([(posted, *_values(stimulus)) for posted, stimulus in stimuli], dtype=_ROW)


@kernel
def understood_share(level_db: float, distance_m: float, noise_db: float, p: Numbers) -> float:
    """Return the share of speech understood, 0..1, `level_db` being its level at 1 m.

    The signal to noise ratio, mapped as the speech transmission index maps it: clip((SNR + 15) / 30, 0, 1).
    """
    q = p[0]
    ratio = level_db - 2.0 * PER_DECADE * log(max(1.0, distance_m)) - noise_db
    return float(min(1.0, max(0.0, (ratio - q.voice_floor_db) / q.voice_span_db)))


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
