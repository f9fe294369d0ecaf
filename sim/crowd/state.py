"""The state of the crowd as a trainer would call it: a read-out that never feeds back into anybody.

Each 20 m sector, and the crowd as a whole, climbs from calm to clash on thresholds that must hold for a
while and falls back on lower ones that must hold longer. The whole crowd can also be dispersing or
resolved, and a crush alarm lies over everything. Only participants count: passers-by neither calm a crowd
nor disperse it.
"""

from enum import IntEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from sim.crowd.people import Act, Longs, People

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
_EMPTY, _SETTLED = 0.20, 0.20


class CrowdState(IntEnum):
    """What the crowd is; the first four are levels a sector can have."""

    CALM = 0
    TENSE = 1
    AGITATED = 2
    CLASH = 3
    DISPERSING = 4
    RESOLVED = 5


class Dwell:
    """How many seconds in a row a condition has held, for several places at once."""

    def __init__(self, held: NDArray[np.int32]) -> None:
        """Go on from these counts."""
        self.held = held

    def lasts(self, condition: NDArray[np.bool_], seconds: int) -> NDArray[np.bool_]:
        """Count one more second and return where the condition has held for that long."""
        self.held = np.where(condition, self.held + 1, 0).astype(np.int32)
        lasting: NDArray[np.bool_] = self.held >= seconds
        return lasting


_DWELLS = ("up_tense", "up_agitated", "up_clash", "down_tense", "down_agitated", "down_clash", "alarm", "eased")
_WHOLE_DWELLS = ("dispersing", "trickling", "settled")


class StateReadout:
    """Reads the state off the people once a second. Forkable; nothing it holds is ever an input to the crowd."""

    def __init__(self, width_m: float, height_m: float) -> None:
        """A calm site of this size; the last place of every array is the crowd as a whole."""
        self.columns = int(width_m / SECTOR_M) + 1
        self.lines = int(height_m / SECTOR_M) + 1
        places = self.lines * self.columns + 1
        self.level = np.zeros(places, dtype=np.uint8)
        """`CrowdState` of each sector, CALM to CLASH; the whole crowd's is last."""
        self.crush = np.zeros(places, dtype=np.bool_)
        """Where the crush alarm is on."""
        self.acts = np.zeros((60, places), dtype=np.int32)
        """Violent acts of the last 60 seconds, one row a second."""
        self.present = np.zeros(60, dtype=np.int32)
        """Participants present in the last 60 seconds."""
        self.peak = 0
        self.gathered = False
        self.whole = CrowdState.CALM
        """CALM, or DISPERSING or RESOLVED as long as that holds."""
        self.overall = CrowdState.CALM
        """What is shown: a clash anywhere, else how the whole crowd goes, else the worst sector."""
        self._dwells = {name: Dwell(np.zeros(places, dtype=np.int32)) for name in _DWELLS}
        self._dwells |= {name: Dwell(np.zeros(1, dtype=np.int32)) for name in _WHOLE_DWELLS}

    def fork(self) -> Self:
        """A read-out that goes on by itself from here."""
        other = object.__new__(type(self))
        other.columns, other.lines = self.columns, self.lines
        other.level, other.crush = self.level.copy(), self.crush.copy()
        other.acts, other.present = self.acts.copy(), self.present.copy()
        other.peak, other.gathered = self.peak, self.gathered
        other.whole, other.overall = self.whole, self.overall
        other._dwells = {name: Dwell(dwell.held) for name, dwell in self._dwells.items()}
        return other

    def state(self) -> dict[str, object]:
        """What a digest covers."""
        return {
            "level": self.level,
            "crush": self.crush,
            "acts": (np.flatnonzero(self.acts), self.acts[np.nonzero(self.acts)]),
            "present": self.present,
            "peak": self.peak,
            "gathered": self.gathered,
            "whole": self.whole,
            "overall": self.overall,
            "dwells": {name: dwell.held for name, dwell in self._dwells.items()},
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
        rows = np.flatnonzero(people.present & participant)
        sector = self._sector(people.x[rows], people.y[rows])
        second = tick // SECOND % 60
        offended = rows[people.last_offence[rows] == tick]
        self.acts[second] = self._sums(self._sector(people.x[offended], people.y[offended]))
        self.present[second] = len(rows)
        self.peak = max(self.peak, len(rows))
        expected = int(participant.sum())
        self.gathered = self.gathered or len(rows) >= max(2, min(GATHERED, (expected + 1) // 2))
        self._levels(people, rows, sector, tick)
        self._alarm(people)
        self._whole(people, rows, agreement, tick)
        worst = CrowdState(int(self.level.max()))
        before = self.overall
        self.overall = worst if worst == CrowdState.CLASH or self.whole == CrowdState.CALM else self.whole
        return (before, self.overall) if before != self.overall else None

    def around(self, x: float, y: float, reach_m: float) -> tuple[CrowdState, bool]:
        """The worst level and whether a crush alarm is on in the sectors within reach of a place."""
        west, east = max(0, int((x - reach_m) / SECTOR_M)), min(self.columns - 1, int((x + reach_m) / SECTOR_M))
        south, north = max(0, int((y - reach_m) / SECTOR_M)), min(self.lines - 1, int((y + reach_m) / SECTOR_M))
        shape = (self.lines, self.columns)
        level = self.level[:-1].reshape(shape)[south : north + 1, west : east + 1]
        crush = self.crush[:-1].reshape(shape)[south : north + 1, west : east + 1]
        return CrowdState(int(level.max(initial=0))), bool(crush.any())

    def _sector(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> Longs:
        """Sector of each place."""
        column = np.minimum(np.maximum(x / SECTOR_M, 0.0).astype(np.int64), self.columns - 1)
        line = np.minimum(np.maximum(y / SECTOR_M, 0.0).astype(np.int64), self.lines - 1)
        return line * self.columns + column

    def _sums(self, sector: Longs, weights: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """Sums by sector with the sum over all of them last."""
        sums = np.bincount(sector, weights=weights, minlength=len(self.level)).astype(np.float64)
        sums[-1] = len(sector) if weights is None else np.cumsum(weights)[-1] if len(weights) else 0.0
        return sums

    def _levels(self, people: People, rows: Longs, sector: Longs, tick: int) -> None:
        """Move the level of every sector and of the whole by at most one step."""
        count = self._sums(sector)
        enough = count >= FEWEST
        each = np.maximum(count, 1.0)
        anger = self._sums(sector, people.anger[rows]) / each
        tension = self._sums(sector, people.tension[rows]) / each
        active = self._sums(sector, people.active[rows].astype(np.float64)) / each
        actors = self._sums(sector, (tick - people.last_offence[rows] < 60 * SECOND).astype(np.float64))
        acts = 100.0 * self.acts.sum(axis=0) / each
        dwells, level = self._dwells, self.level.astype(np.int64)
        tense = dwells["up_tense"].lasts(enough & ((anger > _ANGRY) | (tension > _TENSE)), 30)
        agitated = dwells["up_agitated"].lasts(enough & (active > _ACTIVE), 30)
        agitated |= enough & (actors > _OFFENDING * count)
        clash = dwells["up_clash"].lasts(enough & (acts >= _ACTS) & (actors >= _ACTORS), 1)
        eased = dwells["down_tense"].lasts(~enough | ((anger < _CALMED) & (tension < _EASED)), 120)
        quiet = dwells["down_agitated"].lasts(~enough | (active < _QUIET), 120)
        peaceful = dwells["down_clash"].lasts(~enough | (acts < _FEW_ACTS), 180)
        up = np.where(clash, 3, np.where(agitated, 2, np.where(tense, 1, 0)))
        down = (
            ((level == CrowdState.CLASH) & peaceful)
            | ((level == CrowdState.AGITATED) & quiet & ~agitated)
            | ((level == CrowdState.TENSE) & eased)
        )
        self.level = np.where(up > level, up, np.where(down, level - 1, level)).astype(np.uint8)

    def _alarm(self, people: People) -> None:
        """Sound or end the crush alarm: the area where everybody present, of whatever group, stands too close."""
        tight = np.flatnonzero(people.present & (people.density > CRUSH_EASED))
        density = people.density[tight]
        sector = self._sector(people.x[tight], people.y[tight])
        over = density > CRUSH_DENSITY
        area = self._sums(sector[over], 1.0 / density[over])
        area[-1] = area[:-1].max(initial=0.0)
        sound = self._dwells["alarm"].lasts(area >= CRUSH_AREA_M2, 20)
        end = self._dwells["eased"].lasts(self._sums(sector) == 0.0, 60)
        self.crush = sound | (self.crush & ~end)

    def _whole(self, people: People, rows: Longs, agreement: bool, tick: int) -> None:
        """Say whether the whole crowd disperses or the matter is settled; neither before it ever gathered."""
        heading_out = (people.act[rows] == int(Act.LEAVE)) | (people.act[rows] == int(Act.FLEE))
        share_out = float(heading_out.sum()) / max(1, len(rows))
        minute_ago = int(self.present[(tick // SECOND + 1) % 60])
        outflow = (minute_ago - len(rows)) / max(1, minute_ago)
        anger = float(self._sums(np.zeros(len(rows), np.int64), people.anger[rows])[-1]) / max(1, len(rows))
        disperses = self._dwells["dispersing"].lasts(np.array([share_out >= _HEADING_OUT and outflow > _OUTFLOW]), 1)[0]
        trickles = self._dwells["trickling"].lasts(np.array([outflow < _TRICKLE]), 120)[0]
        settles = self._dwells["settled"].lasts(np.array([agreement and anger < _SETTLED]), 300)[0]
        resolved = len(rows) < _EMPTY * self.peak or bool(settles)
        if not self.gathered:
            return
        if self.whole == CrowdState.RESOLVED:
            if anger > _ANGRY and not len(rows) < _EMPTY * self.peak:
                self.whole = CrowdState.CALM
        elif resolved:
            self.whole = CrowdState.RESOLVED
        elif self.whole == CrowdState.DISPERSING:
            if trickles:
                self.whole = CrowdState.CALM
        elif disperses:
            self.whole = CrowdState.DISPERSING
