"""Bodies without minds: people of the production crowd who only walk, with their ways out and their drive given.

What a mind would change every second (what one does, where one wants to go, how hard one pushes) is settled by the
experiment, so that a flow or a density is measured at one drive. Walking, choice among known ways out, arrival,
pressure and harm are those of the product, in the order of a product's second.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import BadInput
from sim.core.geometry import Rect
from sim.core.kernel import kernel
from sim.core.noise import Noise, Stream, uniform
from sim.core.phrase import Phrase
from sim.core.tick import TICKS_PER_SECOND
from sim.crowd.body import Bodies
from sim.crowd.cast import GroupSpec, draw_people
from sim.crowd.goals import steer
from sim.crowd.ground import Destination, Ground, Site, compile_ground
from sim.crowd.motion import advance_motion, obstacles_of
from sim.crowd.obstacle import Obstacles
from sim.crowd.people import Act, Bytes, Floats, Longs, People, Role, Status
from sim.crowd.plan import GroupPlan
from sim.crowd.pressure import advance_pressure
from sim.world.numbers import Numbers

_EXPERIMENT = int(Stream.EXPERIMENT)
_ADULT_M_S = 1.34
"""Mean free speed of the product's adults, the one speeds are drawn around."""

SHUFFLE, JITTER_X, JITTER_Y, OTHER = 0, 1, 2, 3
"""What a number of the stream EXPERIMENT is for, in place of a tick; experiments count on from `OTHER`."""


@dataclass(slots=True)
class Walkers:
    """People on a ground, and the rows of what each may use as a way out."""

    people: People
    ground: Ground
    noise: Noise
    numbers: Numbers
    exits: Bytes | None = None
    """Shape (groups, destinations): 1 for a way out known to the group, from which everybody takes the shortest and is
    gone on arriving; None when goals are given and nobody ever leaves."""
    drive: Floats = field(init=False)
    """Each person's drive, 0..1; the product's `steer` would set it from fear and anger."""
    hurt: list[tuple[int, int]] = field(init=False, default_factory=list)
    """Rows of the people hurt so far and how badly."""
    _nobody: Bodies = field(init=False)
    _free: Obstacles = field(init=False)

    def __post_init__(self) -> None:
        """Keep the drive people have now."""
        self.drive = self.people.drive.copy()
        self._nobody = Bodies.blank(0)
        self._free = obstacles_of(self._nobody, self.numbers.walking)

    def press(self, tick: int) -> None:
        """Do what comes first in a second: pressure and who is hurt; afterwards goals are those of this second."""
        people = self.people
        self.hurt += advance_pressure(people, self.ground, self.noise.key, tick, self.numbers.walking)
        if self.exits is not None:
            self._steer(tick)

    def step(self, tick: int, ticks: int = 1) -> None:
        """Move everybody on by some ticks of one second."""
        walking = self.numbers.walking
        advance_motion(self.people, self.ground, self._nobody, self.noise.key, tick, walking, self._free, ticks)

    def advance(self, tick: int) -> None:
        """Make one tick, and before it, at the first of a second, pressure and goals."""
        if tick % TICKS_PER_SECOND == 0:
            self.press(tick)
        self.step(tick)

    def _steer(self, tick: int) -> None:
        people, land, none = self.people, self.ground.land, self._nobody
        assert self.exits is not None
        groups, fields = self.exits.shape
        rows: Longs = np.flatnonzero(people.present)
        steer(
            rows,
            tick,
            self.noise.key,
            land.solid,
            land.phi,
            land.cell,
            np.zeros((0, 1, 1), np.float32),
            land.coarse,
            none.x,
            none.y,
            none.closed,
            np.full(groups, -1, np.int32),
            np.full(groups, -1, np.int32),
            self.exits,
            np.zeros((groups, 4)),
            np.zeros((fields, 2)),
            self.numbers.acting.table,
            people.group,
            people.party,
            people.act,
            people.anger,
            people.fear,
            np.zeros(len(people), np.uint8),
            people.last_seen_force,
            people.knowledge,
            people.x,
            people.y,
            people.status,
            people.known_exits,
            people.goal,
            people.spot_x,
            people.spot_y,
            people.drive,
        )
        people.drive[:] = self.drive


def adults(n: int, noise: Noise, numbers: Numbers, *, speed_m_s: float, drive: float) -> People:
    """Return n adults as the product draws them, present and on their way out, all at the origin.

    Args:
        n: How many.
        noise: Traits are keyed by person.
        numbers: `drawing` has their spread, radius and time gap.
        speed_m_s: Mean free speed; the spread keeps its share of it.
        drive: 0..1.
    """
    here = Rect(0.0, 0.0, 0.0, 0.0)
    plan = GroupPlan(name="people", participant=False, post=-1, errand=-1, exits=(), patience_min=1e6)
    group = GroupSpec(
        name="people",
        n=n,
        roles=((Role.BYSTANDER, 1.0),),
        spawn=(here,),
        window=(0, 0),
        plan=plan,
        drawing=numbers.drawing,
    )
    people = draw_people([group], noise)
    people.status[:] = int(Status.PRESENT)
    people.act[:] = int(Act.LEAVE)
    people.free_speed[:] *= speed_m_s / _ADULT_M_S
    people.drive[:] = drive
    return people


def scatter(area: Rect, n: int, noise: Noise, *, jitter: float = 0.15) -> tuple[Floats, Floats]:
    """Return n places spread evenly over an area, in no order: a lattice with some places left out, shaken.

    Args:
        area: Where.
        n: How many; at least 1.
        noise: Which places are left out, who gets which, and the shaking.
        jitter: Largest displacement along each axis, in spacings.
    """
    width, height = area.x1 - area.x0, area.y1 - area.y0
    columns = max(1, int(np.ceil(np.sqrt(n * width / height))))
    rows = -(-n // columns)
    spare = uniforms(noise, SHUFFLE, columns * rows)
    places: Longs = np.argsort(spare, kind="stable")[:n]
    across, up = width / columns, height / rows
    dx, dy = uniforms(noise, JITTER_X, n), uniforms(noise, JITTER_Y, n)
    x: Floats = area.x0 + across * (places % columns + 0.5 + jitter * (2.0 * dx - 1.0))
    y: Floats = area.y0 + up * (places // columns + 0.5 + jitter * (2.0 * dy - 1.0))
    return x, y


def ground_of(
    width_m: float, height_m: float, solids: Sequence[Rect], destinations: Sequence[Rect], cell_m: float
) -> Ground:
    """Return a compiled site with these solids, and these destinations called 0, 1, ..."""
    named = tuple(Destination(str(k), (region,)) for k, region in enumerate(destinations))
    return compile_ground(Site(width_m, height_m, cell_m, tuple(solids), named))


def uniforms(noise: Noise, what: int, n: int) -> Floats:
    """Return n numbers in [0, 1), one for each person, for one purpose of an experiment."""
    return _uniforms(noise.key, what, n)


@kernel
def _uniforms(key: NDArray[np.uint32], what: int, n: int) -> Floats:
    values = np.empty(n)
    for i in range(n):
        values[i] = uniform(key, _EXPERIMENT, what, i)
    return values


def crowded(people: float, area_m2: float, *, most: float = 10.0) -> None:
    """Raise BadInput when so many people do not find room on so much ground."""
    if people > most * area_m2:
        raise BadInput.of(
            "too-crowded",
            Phrase("{people:.0f} people do not fit on {area:.0f} m2", people=people, area=area_m2),
        )


def middle_flow(passages: list[float], middle: float) -> float:
    """Return persons/s over the middle share of the passages; 0 when there are fewer than two."""
    n = len(passages)
    first = int(n * (1.0 - middle) / 2.0)
    last = max(first, n - 1 - first)
    seconds = passages[last] - passages[first] if n else 0.0
    return (last - first) / seconds if seconds > 0.0 else 0.0
