"""What units see and radio in: late, imperfect, and all that a seat ever learns about the crowd.

Every unit looks round every 20 s and its report reaches the seats 20 s later (assumed). It holds what could be seen
from where the unit stood: conduct, never feelings or roles; numbers are off by about a tenth.
"""

from dataclasses import dataclass, field
from enum import IntEnum
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from sim.core.kernel import kernel
from sim.core.noise import Noise, Stream
from sim.crowd.ground import Ground
from sim.crowd.people import Act, Bytes, Floats, Ints, People, Singles, Status
from sim.crowd.state import CrowdState, StateReadout
from sim.crowd.view import in_sight, sight_of
from sim.world.unit import Unit

EVERY_TICKS = 200
_EVERY_S, _APART_S = EVERY_TICKS // 10, 3
"""One unit looks round so many seconds before the next of the roster."""
_SOONER = next(units for units in range(_EVERY_S) if units * _APART_S % _EVERY_S == 1)
"""So many units further on in the roster a look comes one second sooner, round the roster."""
DELAY_TICKS = 200
SIGHT_M = 45.0
"""How far an officer can judge conduct in a crowd (assumed)."""
DRONE_SIGHT_M = 140.0
COUNT_ERROR = 0.1
STALE_TICKS = 3000
"""A report older than five minutes says nothing any more."""
_PRESENT = int(Status.PRESENT)


class Look(IntEnum):
    """What somebody can be seen doing."""

    STANDING = 0
    TAKING_PART = 1
    HOSTILE = 2
    VIOLENT = 3
    LEAVING = 4
    HURT = 5


_LOOK_OF_ACT = np.array(
    [
        Look.STANDING,
        Look.TAKING_PART,
        Look.HOSTILE,
        Look.HOSTILE,
        Look.VIOLENT,
        Look.VIOLENT,
        Look.LEAVING,
        Look.LEAVING,
        Look.HURT,
        Look.STANDING,
    ],
    dtype=np.uint8,
)
assert len(_LOOK_OF_ACT) == len(Act)


@dataclass(frozen=True, slots=True)
class Report:
    """One look round by one unit."""

    unit: str
    seen_tick: int
    due_tick: int
    """When it reaches the seats."""
    x: NDArray[np.float32] = field(compare=False)
    y: NDArray[np.float32] = field(compare=False)
    look: NDArray[np.uint8] = field(compare=False)
    """`Look` of each person seen."""
    estimate: int
    """How many people the unit says it sees."""
    state: int
    """`CrowdState` it judges around it."""
    crush: bool
    density: float
    """Highest density it judges, persons/m2, to the next half."""
    from_x: float
    from_y: float
    """Where the unit stood as it looked, m."""
    overhead: bool = False
    """True when it looked from above: farther, and nothing hides anybody."""
    _gist: str = field(init=False, repr=False, compare=False, default="")
    """What `gist` has returned: it is asked for each second as long as the report is the latest."""

    def gist(self) -> str:
        """Who reported when, and what in sum: what a digest covers, the rest follows from it."""
        if not self._gist:
            object.__setattr__(self, "_gist", f"{self.unit} {self.seen_tick} {self.estimate} {self.state}")
        return self._gist


_SEEN, _STATE = attrgetter("seen_tick"), attrgetter("state")


@dataclass(slots=True)
class Reports:
    """The latest report of each unit that has reached the seats, and those still on their way."""

    latest: dict[str, Report] = field(default_factory=dict)
    """Another dict whenever one has come: it is never written into."""
    coming: list[Report] = field(default_factory=list)
    _fresh: tuple[Report, ...] = field(init=False, repr=False, compare=False, default=())
    """What of `_of` still says something in the ticks of `_holds`; worked out, no part of the state."""
    _worst: int = field(init=False, repr=False, compare=False, default=0)
    _of: dict[str, Report] | None = field(init=False, repr=False, compare=False, default=None)
    _holds: tuple[int, int] = field(init=False, repr=False, compare=False, default=(0, 0))

    def fork(self) -> "Reports":
        """A copy that can change on its own; reports themselves never change."""
        return Reports(dict(self.latest), list(self.coming))

    def state(self) -> dict[str, object]:
        """What a digest covers: who reported when, and what they said in sum."""
        return {
            "latest": [r.gist() for r in self.latest.values()],
            "coming": [r.gist() for r in self.coming],
        }

    def advance(
        self,
        units: list[Unit],
        people: People,
        ground: Ground,
        readout: StateReadout,
        noise: Noise,
        tick: int,
    ) -> None:
        """One second: delivers what is due and lets the units whose turn it is look round."""
        # They come as they were sent, each as long after it was seen as the others.
        if self.coming and self.coming[0].due_tick <= tick:
            due = [r for r in self.coming if r.due_tick <= tick]
            self.latest = self.latest | {report.unit: report for report in due}
            self.coming = self.coming[len(due) :]
        for index in range(-(tick // 10) * _SOONER % _EVERY_S, len(units), _EVERY_S):
            if units[index].on_scene(tick):
                self.coming.append(_look_round(index, units[index], people, ground, readout, noise, tick))

    def fresh(self, tick: int) -> tuple[Report, ...]:
        """Reports that still say something, in unit order of arrival."""
        self._look_through(tick)
        return self._fresh

    def worst(self, tick: int) -> int:
        """The worst `CrowdState` that a report judges which still says something; CALM when there is none."""
        self._look_through(tick)
        return self._worst

    def _look_through(self, tick: int) -> None:
        """Find out which reports still say something, when another has come or the oldest of them has become stale."""
        first, last = self._holds
        if self._of is self.latest and first <= tick <= last:
            return
        self._of, fresh = self.latest, tuple(self.latest.values())
        oldest = min(map(_SEEN, fresh), default=tick)
        if tick - oldest > STALE_TICKS:
            fresh = tuple(report for report in fresh if tick - report.seen_tick <= STALE_TICKS)
            oldest = min(map(_SEEN, fresh), default=tick)
        self._fresh, self._worst = fresh, max(map(_STATE, fresh), default=int(CrowdState.CALM))
        self._holds = (tick, oldest + STALE_TICKS)


def _look_round(
    index: int, unit: Unit, people: People, ground: Ground, readout: StateReadout, noise: Noise, tick: int
) -> Report:
    overhead = unit.code == "DRN"
    sight = sight_m(overhead=overhead)
    x, y, look, densest = _in_view(
        people.status, people.act, people.density, people.x, people.y, unit.x, unit.y, sight, overhead,
        *sight_of(ground),
    )  # fmt: skip
    error = 1.0 + COUNT_ERROR * noise.normal(Stream.REPORT, tick, index)
    state, crush = readout.around(unit.x, unit.y, sight)
    return Report(
        unit=unit.id,
        seen_tick=tick,
        due_tick=tick + DELAY_TICKS,
        x=x,
        y=y,
        look=look,
        estimate=max(0, round(len(x) * error)),
        state=int(state) if len(x) else int(CrowdState.CALM),
        crush=crush,
        density=round(densest * 2.0) / 2.0,
        from_x=unit.x,
        from_y=unit.y,
        overhead=overhead,
    )


def sight_m(*, overhead: bool) -> float:
    """How far a unit judges what people do, m."""
    return DRONE_SIGHT_M if overhead else SIGHT_M


def in_view_of(report: Report, x: NDArray[np.float32], y: NDArray[np.float32], ground: Ground) -> NDArray[np.bool_]:
    """Which of these places lay in view of this look: whoever stood there is in it."""
    number = len(x)
    there_x, there_y, _, _ = _in_view(
        np.full(number, _PRESENT, np.uint8), np.zeros(number, np.uint8), np.zeros(number, np.float32),
        x.astype(np.float64), y.astype(np.float64), report.from_x, report.from_y,
        sight_m(overhead=report.overhead), report.overhead, *sight_of(ground),
    )  # fmt: skip
    return np.isin(_bits(x, y), _bits(there_x, there_y))


def _bits(x: Singles, y: Singles) -> NDArray[np.uint64]:
    """One number for each place, the same for the same place alone."""
    return x.view(np.uint32).astype(np.uint64) << np.uint64(32) | y.view(np.uint32)


@kernel
def _in_view(  # noqa: PLR0913 - arrays one by one
    status: Bytes,
    act: Bytes,
    density: Singles,
    x: Floats,
    y: Floats,
    from_x: float,
    from_y: float,
    sight: float,
    overhead: bool,
    solid: Bytes,
    cell_m: float,
    walls: Ints,
) -> tuple[Singles, Singles, Bytes, float]:
    """Return everybody present within sight of a place, in row order: places, looks, and the highest density there.

    Nothing hides anybody from overhead.
    """
    count, densest = 0, 0.0
    seen_x, seen_y = np.empty(len(x), np.float32), np.empty(len(x), np.float32)
    looks = np.empty(len(x), np.uint8)
    for i in range(len(x)):
        dx, dy = x[i] - from_x, y[i] - from_y
        if status[i] != _PRESENT or dx * dx + dy * dy >= sight * sight:
            continue
        if overhead or in_sight(solid, cell_m, walls, from_x, from_y, x[i], y[i]):
            seen_x[count], seen_y[count], looks[count] = x[i], y[i], _LOOK_OF_ACT[act[i]]
            densest = max(densest, np.float64(density[i]))
            count += 1
    return seen_x[:count].copy(), seen_y[:count].copy(), looks[:count].copy(), densest
