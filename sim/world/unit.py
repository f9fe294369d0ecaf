"""Units: who they are, where they stand, how they travel, what they wear and what they are busy with."""

import math
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from operator import attrgetter

from sim.core.maths import cos, sin
from sim.core.twin import twin
from sim.crowd.people import NEVER

SPACING_M = 1.2
"""Distance between officers of a line (assumed)."""
CLUSTER_M, PAIRS_M = 1.0, 4.0
"""Distance between officers standing together, and walking in pairs (assumed)."""
CIRCLE = 6.283185307179586


CHANGING = (
    "arrives_tick", "x", "y", "gear", "formation", "facing_x", "facing_y", "radius_m", "closed", "advancing",
    "crossed_tick", "speaking", "activity", "stress", "fatigue", "contacts",
)  # fmt: skip
"""Everything about a unit that can change but its way points."""
_CHANGING = attrgetter(*CHANGING)
_STANDING = attrgetter("formation", "strength", "x", "y", "facing_x", "facing_y", "radius_m")


class Gear(IntEnum):
    """Posture ladder: what people see an officer wear."""

    SOFT_HAT = 0
    HELMET_AT_BELT = 1
    HELMET_ON = 2
    SHIELD = 3


TIRING_PER_H = (0.06, 0.07, 0.15, 0.25)
"""How fast an officer on scene tires, by gear: fit for a shift in a soft hat, for four hours in full gear (assumed)."""


class Formation(IntEnum):
    """How the officers of a unit stand."""

    CLUSTER = 0
    PAIRS = 1
    LINE = 2
    RING = 3


@dataclass(slots=True)
class Unit:
    """One team. Units are finite, travel, tire and cannot be in two places."""

    id: str
    code: str
    """What kind of unit: CMD LIA PAT TRF POU MED PIO GOV ..."""
    strength: int
    arrives_tick: int
    """When it reaches the scene; before that nobody can order it."""
    x: float
    y: float
    speed_mps: float
    mandate: bool = False
    """GOV: may decide on demands."""
    gear: int = 0
    formation: int = Formation.CLUSTER
    facing_x: float = 0.0
    """Unit vector; RING: towards the beginning of its arc, as long as the arc's share of the circle."""
    facing_y: float = 1.0
    radius_m: float = 0.0
    """RING: radius of the ring."""
    closed: bool = False
    """True when nobody may pass between its officers."""
    advancing: bool = False
    """True while a line moves against people."""
    crossed_tick: int = NEVER
    """When it last moved against people, onto ground that was theirs."""
    speaking: bool = False
    path: list[tuple[float, float]] = field(default_factory=list)
    """Way points still ahead, m."""
    activity: int = 0
    """Number of the activity it is busy with, 0 when free."""
    stress: float = 0.0
    """0..1; follows the tension where it stands."""
    fatigue: float = 0.0
    """0..1; grows with hours and gear."""
    contacts: int = 0
    """People it has spoken with."""

    def fork(self) -> "Unit":
        """A copy that can change on its own."""
        other = twin(self)
        other.path = list(self.path)
        return other

    def numbers(self) -> tuple[float, ...]:
        """Everything about it that can change but its way points, as numbers: what a digest covers."""
        numbers: tuple[float, ...] = _CHANGING(self)
        return numbers

    def sum(self) -> float:
        """The sum of all about it that is not whole: no number when one of them is none."""
        return self.x + self.y + self.facing_x + self.facing_y + self.radius_m + self.stress + self.fatigue

    def on_scene(self, tick: int) -> bool:
        """True from its arrival on."""
        return tick >= self.arrives_tick

    @property
    def travelling(self) -> bool:
        """True while way points lie ahead."""
        return bool(self.path)

    def tire(self, seconds: float) -> None:
        """Grows its fatigue by that much time on scene."""
        self.fatigue = min(1.0, self.fatigue + TIRING_PER_H[self.gear] * seconds / 3600.0)

    def go(self, path: list[tuple[float, float]]) -> None:
        """Starts along the way points, giving up its line or ring while it walks."""
        self.path = list(path)
        self.formation = Formation.CLUSTER
        self.closed = False
        self.advancing = False

    def travel(self, seconds: float) -> bool:
        """Moves along the path; True when it moved."""
        left = self.speed_mps * (1.0 - 0.3 * self.fatigue) * seconds
        moved = bool(self.path)
        while self.path and left > 0.0:
            px, py = self.path[0]
            dx, dy = px - self.x, py - self.y
            d = math.sqrt(dx * dx + dy * dy)
            if d <= left:
                self.x, self.y = px, py
                left -= d
                self.path.pop(0)
            else:
                self.x += dx / d * left
                self.y += dy / d * left
                self.facing_x, self.facing_y = dx / d, dy / d
                left = 0.0
        return moved

    def officers(self) -> tuple[tuple[float, float], ...]:
        """Where each officer stands, in the unit's formation, m."""
        return _places(*_STANDING(self))


@lru_cache(maxsize=4096)
def _places(
    formation: int, strength: int, x: float, y: float, facing_x: float, facing_y: float, radius_m: float
) -> tuple[tuple[float, float], ...]:
    """Where each of so many officers stands, m."""
    if formation == Formation.LINE:
        steps = [(k - (strength - 1) / 2) * SPACING_M for k in range(strength)]
        return tuple((x - facing_y * step, y + facing_x * step) for step in steps)
    if formation == Formation.RING:
        return tuple((x + radius_m * east, y + radius_m * north) for east, north in _arc(strength, facing_x, facing_y))
    gap = PAIRS_M if formation == Formation.PAIRS else CLUSTER_M
    return tuple((x + dx, y + dy) for dx, dy in _square(strength, gap))


@lru_cache(maxsize=256)
def _square(strength: int, gap: float) -> tuple[tuple[float, float], ...]:
    """Places of so many officers in rows around the middle, m."""
    width = max(1, math.ceil(math.sqrt(strength)))
    middle = (width - 1) / 2
    return tuple(((k % width - middle) * gap, (k // width - middle) * gap) for k in range(strength))


def _arc(strength: int, begins_x: float, begins_y: float) -> list[tuple[float, float]]:
    """Directions of so many officers from one end of their arc to the other, evenly; the ends of two arcs meet."""
    share = math.sqrt(begins_x * begins_x + begins_y * begins_y)
    turn = CIRCLE * share / max(1, strength - 1)
    ex, ey = begins_x / share, begins_y / share
    turned = [(cos(k * turn), sin(k * turn)) for k in range(strength)]
    return [(ex * c - ey * s, ex * s + ey * c) for c, s in turned]
