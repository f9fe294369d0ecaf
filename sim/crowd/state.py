"""The state of the crowd as a trainer would call it: a read-out that never feeds back into anybody.

Each 20 m sector, and the crowd as a whole, climbs from calm to clash on thresholds that must hold for a
while and falls back on lower ones that must hold longer. The whole crowd can also be dispersing or
resolved, and a crush alarm lies over everything. Only participants count: passers-by neither calm a crowd
nor disperse it.
"""

import math
from copy import copy
from enum import IntEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import inlined, kernel
from sim.crowd.people import Act, Bytes, Floats, Ints, Longs, People, Singles, Status

SECTOR_M = 20.0
SECOND = 10
"""Ticks between two looks."""
FEWEST = 5
"""A sector with fewer participants says nothing about a crowd (assumed)."""
GATHERED = 20
"""Participants that make a gathering; smaller groups count once half of them have come (assumed)."""
CRUSH_DENSITY, CRUSH_EASED, CRUSH_AREA_M2 = 5.0, 4.0, 4.0
"""Fruin 1993: above 5 persons/m2 it is dangerous."""

_ANGRY, _CALMED, _TENSE, _EASED = 0.30, 0.22, 0.40, 0.25
_ACTIVE, _QUIET, _OFFENDING = 0.25, 0.15, 0.03
_ACTS, _FEW_ACTS, _ACTORS = 1.0, 0.2, 5
"""Violent acts per minute and 100 present; different people who committed them."""
_OUTFLOW, _TRICKLE, _HEADING_OUT = 0.05, 0.02, 0.30
_EMPTY, _SETTLED, _SETTLED_S = 0.20, 0.20, 300


class CrowdState(IntEnum):
    """What the crowd is; the first four are levels a sector can have."""

    CALM = 0
    TENSE = 1
    AGITATED = 2
    CLASH = 3
    DISPERSING = 4
    RESOLVED = 5


_LEVELS = tuple(CrowdState)
_CALM, _TENSE_UP, _AGITATED_UP, _CLASH_UP = 0, 1, 2, 3
_UP_TENSE, _UP_AGITATED, _DOWN_TENSE, _DOWN_AGITATED, _DOWN_CLASH, _SOUND, _END = range(7)
_FLEETING, _LASTING, _PEACEFUL, _PRESSED, _RELIEVED = 30, 120, 180, 20, 60
"""Seconds: to climb; to fall to calm or tense; out of a clash; to sound the crush alarm; to end it."""
_PRESENT, _LEAVE, _FLEE = int(Status.PRESENT), int(Act.LEAVE), int(Act.FLEE)


class StateReadout:
    """Reads the state off the people once a second. Forkable; nothing it holds is ever an input to the crowd."""

    def __init__(self, width_m: float, height_m: float) -> None:
        """A calm site of this size; the last place of every array is the crowd as a whole."""
        self.columns = int(width_m / SECTOR_M) + 1
        self.lines = int(height_m / SECTOR_M) + 1
        places = self.lines * self.columns + 1
        self.level = np.zeros(places, dtype=np.uint8)
        """`CrowdState` of each sector, CALM to CLASH; the whole crowd's is last."""
        self.crush = np.zeros(places, dtype=np.uint8)
        """1 where the crush alarm is on."""
        self.held = np.zeros((7, places), dtype=np.uint8)
        """Seconds in a row, 255 at most, that each place has met the condition of each way up or down."""
        self.acts: list[tuple[int, Longs]] = []
        """Violent acts of the last 60 seconds: their tick, and the sector of each."""
        self.present = np.zeros(60, dtype=np.int32)
        """Participants present in the last 60 seconds."""
        self.trickled_s = 0
        """Seconds in a row that hardly anybody has left."""
        self.settled_s = 0
        """Seconds in a row that an agreement has held in a crowd without anger."""
        self.peak = 0
        self.gathered = False
        self.whole = CrowdState.CALM
        """CALM, or DISPERSING or RESOLVED as long as that holds."""
        self.overall = CrowdState.CALM
        """What is shown: a clash anywhere, else how the whole crowd goes, else the worst sector."""

    def fork(self) -> Self:
        """A read-out that goes on by itself from here."""
        other = copy(self)
        other.level, other.crush, other.held = self.level.copy(), self.crush.copy(), self.held.copy()
        other.acts, other.present = list(self.acts), self.present.copy()
        return other

    def state(self) -> dict[str, object]:
        """What a digest covers."""
        return {
            "level": self.level,
            "crush": self.crush,
            "held": self.held,
            "acts": self.acts,
            "present": self.present,
            "whole": (self.trickled_s, self.settled_s, self.peak, self.gathered, int(self.whole), int(self.overall)),
        }

    def advance(
        self, people: People, participant: NDArray[np.bool_], agreement: bool, tick: int
    ) -> tuple[CrowdState, CrowdState] | None:
        """Take one look, once a second.

        Args:
            people: Read, never changed.
            participant: Who came for the incident.
            agreement: Whether an agreement between crowd and authorities holds.
            tick: This tick; acts of `last_offence` at this tick are those of this second.

        Returns:
            The overall state before and after when it changed, else None.
        """
        while self.acts and tick - self.acts[0][0] >= 60 * SECOND:
            del self.acts[0]
        acts, offended = np.zeros(len(self.level)), np.empty(len(people), np.int64)
        for _, where in self.acts:
            acts += np.bincount(where, minlength=len(acts))
        offences, count, anger, heading_out, highest = _read(
            people.status,
            participant,
            people.x,
            people.y,
            people.anger,
            people.tension,
            people.active,
            people.act,
            people.last_offence,
            people.density,
            acts,
            offended,
            tick,
            self.columns,
            self.lines,
            self.held,
            self.level,
            self.crush,
        )
        if offences:
            self.acts.append((tick, offended[:offences].copy()))
        self.present[tick // SECOND % 60] = count
        self.peak = max(self.peak, count)
        if not self.gathered:
            self.gathered = count >= max(2, min(GATHERED, (int(participant.sum()) + 1) // 2))
        self._judge_whole(count, anger, heading_out, agreement, tick)
        worst = _LEVELS[highest]
        before = self.overall
        self.overall = worst if worst == CrowdState.CLASH or self.whole == CrowdState.CALM else self.whole
        return (before, self.overall) if before != self.overall else None

    def around(self, x: float, y: float, reach_m: float) -> tuple[CrowdState, bool]:
        """The worst level and whether a crush alarm is on in the sectors within reach of a place."""
        west, east = max(0, int((x - reach_m) / SECTOR_M)), min(self.columns - 1, int((x + reach_m) / SECTOR_M))
        south, north = max(0, int((y - reach_m) / SECTOR_M)), min(self.lines - 1, int((y + reach_m) / SECTOR_M))
        level, crush = _worst(self.level, self.crush, self.columns, west, east, south, north)
        return _LEVELS[level], bool(crush)

    def _judge_whole(self, count: int, anger: float, heading_out: float, agreement: bool, tick: int) -> None:
        """Say whether the whole crowd disperses or the matter is settled; neither before it ever gathered.

        `anger` is the mean, `heading_out` the share of participants on their way out.
        """
        minute_ago = int(self.present[(tick // SECOND + 1) % 60])
        outflow = (minute_ago - count) / max(1, minute_ago)
        self.trickled_s = self.trickled_s + 1 if outflow < _TRICKLE else 0
        self.settled_s = self.settled_s + 1 if agreement and anger < _SETTLED else 0
        empty = count < _EMPTY * self.peak
        if not self.gathered:
            return
        if self.whole == CrowdState.RESOLVED:
            if anger > _ANGRY and not empty:
                self.whole = CrowdState.CALM
        elif empty or self.settled_s >= _SETTLED_S:
            self.whole = CrowdState.RESOLVED
        elif self.whole == CrowdState.DISPERSING:
            if self.trickled_s >= _LASTING:
                self.whole = CrowdState.CALM
        elif heading_out >= _HEADING_OUT and outflow > _OUTFLOW:
            self.whole = CrowdState.DISPERSING


@inlined
def _sector(x: float, y: float, columns: int, lines: int) -> int:
    """Return the sector of a place."""
    column = min(max(math.floor(x / SECTOR_M), 0), columns - 1)
    line = min(max(math.floor(y / SECTOR_M), 0), lines - 1)
    return line * columns + column


@kernel
def _worst(level: Bytes, crush: Bytes, columns: int, west: int, east: int, south: int, north: int) -> tuple[int, int]:
    """Return the highest level and whether an alarm is on in the sectors from `west` to `east`, `south` to `north`."""
    worst, alarm = 0, 0
    for line in range(south, north + 1):
        for column in range(west, east + 1):
            worst = max(worst, int(level[line * columns + column]))
            alarm = max(alarm, int(crush[line * columns + column]))
    return worst, alarm


@inlined
def _lasts(held: Bytes, way: int, place: int, holds: bool, seconds: int) -> bool:
    """Count one more second of a condition and return whether it has held for that long."""
    held[way, place] = min(held[way, place] + 1, 255) if holds else 0
    return bool(held[way, place] >= seconds)


@inlined
def _stir(held: Bytes, level: Bytes, crush: Bytes, stirred: Bytes) -> None:
    """Write 0 for every place that has been calm for long, which one more second without people leaves as it is."""
    for p in range(len(level)):
        above = held[_UP_TENSE, p] | held[_UP_AGITATED, p] | held[_SOUND, p] | level[p] | crush[p]
        calm = held[_DOWN_TENSE, p] & held[_DOWN_AGITATED, p] & held[_DOWN_CLASH, p] & held[_END, p]
        stirred[p] = above | (calm ^ 255)


@kernel
def _read(
    status: Bytes,
    participant: NDArray[np.bool_],
    x: Floats,
    y: Floats,
    anger: Floats,
    tension: Floats,
    active: Bytes,
    act: Bytes,
    last_offence: Ints,
    density: Singles,
    acts: Floats,
    offended: Longs,
    tick: int,
    columns: int,
    lines: int,
    held: Bytes,
    level: Bytes,
    crush: Bytes,
) -> tuple[int, int, float, float, int]:
    """Move the level and the alarm of every sector and of the whole, which is last, by at most one step.

    Args:
        acts: Violent acts of the minute before by sector; those of this second are added, and those of the whole.
        offended: Filled with the sectors of this second's acts. held, level, crush: Changed in place; as in
        `StateReadout`.

    Returns:
        Violent acts of this second, participants present, their mean anger, the share of them on their way out, and
        the highest level.
    """
    places = len(level)
    sums = np.zeros((7, places))
    count, angry, tense, engaged, actors, tight, area = sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6]
    offences, out, highest = 0, 0.0, 0
    for i in range(len(status)):
        if status[i] != _PRESENT:
            continue
        s = _sector(x[i], y[i], columns, lines)
        if density[i] > CRUSH_EASED:
            tight[s] += 1.0
            tight[places - 1] += 1.0
            if density[i] > CRUSH_DENSITY:
                area[s] += 1.0 / density[i]
        if not participant[i]:
            continue
        if last_offence[i] == tick:
            offended[offences] = s
            acts[s] += 1.0
            offences += 1
        if act[i] == _LEAVE or act[i] == _FLEE:
            out += 1.0
        for p in (s, places - 1):
            count[p] += 1.0
            angry[p] += anger[i]
            tense[p] += tension[i]
            engaged[p] += active[i]
            if tick - last_offence[i] < 60 * SECOND:
                actors[p] += 1.0
    stirred = np.empty(places, np.uint8)
    _stir(held, level, crush, stirred)
    for s in range(places - 1):
        if tight[s] > 0.0:
            area[places - 1] = max(area[places - 1], area[s])
        if acts[s] > 0.0:
            acts[places - 1] += acts[s]
    for p in range(places):
        if stirred[p] == 0 and count[p] < FEWEST and tight[p] == 0.0:
            continue
        each = max(count[p], 1.0)
        enough = count[p] >= FEWEST
        a, t, e, rate = angry[p] / each, tense[p] / each, engaged[p] / each, 100.0 * acts[p] / each
        up = _CALM
        if _lasts(held, _UP_TENSE, p, enough and (a > _ANGRY or t > _TENSE), _FLEETING):
            up = _TENSE_UP
        agitated = _lasts(held, _UP_AGITATED, p, enough and e > _ACTIVE, _FLEETING)
        agitated = agitated or (enough and actors[p] > _OFFENDING * count[p])
        if agitated:
            up = _AGITATED_UP
        if enough and rate >= _ACTS and actors[p] >= _ACTORS:
            up = _CLASH_UP
        eased = _lasts(held, _DOWN_TENSE, p, not enough or (a < _CALMED and t < _EASED), _LASTING)
        quiet = _lasts(held, _DOWN_AGITATED, p, not enough or e < _QUIET, _LASTING)
        peaceful = _lasts(held, _DOWN_CLASH, p, not enough or rate < _FEW_ACTS, _PEACEFUL)
        now = level[p]
        if up > now:
            level[p] = up
        elif (
            (now == _CLASH_UP and peaceful)
            or (now == _AGITATED_UP and quiet and not agitated)
            or (now == _TENSE_UP and eased)
        ):
            level[p] = now - 1
        if _lasts(held, _SOUND, p, area[p] >= CRUSH_AREA_M2, _PRESSED):
            crush[p] = 1
        if _lasts(held, _END, p, tight[p] == 0.0, _RELIEVED):
            crush[p] = 0
        highest = max(highest, int(level[p]))
    each = max(count[places - 1], 1.0)
    return offences, int(count[places - 1]), angry[places - 1] / each, out / each, highest
