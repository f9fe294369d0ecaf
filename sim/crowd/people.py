"""The people of a run: one array per quality, one row per person, rows never move.

Somebody who has not come yet, or who has left, keeps their row and is only marked in `status`, so that every
draw of noise keyed by person stays with that person for the whole run.

All arrays of the state lie side by side in one block of memory, the floats first: a fork is one copy of it, and a
digest one pass over it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import NotFinite
from sim.core.finite import all_finite

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
"""For what is worked out anew each second or only added up, where half the digits are plenty."""
Longs = NDArray[np.int64]
Ints = NDArray[np.int32]
Bytes = NDArray[np.uint8]
Bits = NDArray[np.uint32]

RUMOURS = 6
"""How many rumours a run can hold: the width of `People.rumour`."""

NEVER = -(10**9)
"""The tick of something that has not happened."""


class Role(IntEnum):
    """What brings a person here; means and spreads per role stand in `sim.crowd.parameters`."""

    CORE = 0
    ORGANISER = 1
    SYMPATHISER = 2
    BYSTANDER = 3
    AGITATOR = 4
    JOURNALIST = 5
    VULNERABLE = 6
    WORKER = 7
    """Somebody doing their job here (a working driver, a shopkeeper, a company's man): can be harmed, does not join."""


class Status(IntEnum):
    """Whether a person is on the ground, and if not, why not."""

    ABSENT = 0
    PRESENT = 1
    LEFT = 2
    """Left on their own feet, or drove off, by their own decision."""
    MOVED = 3
    """Left because a line, a push or force drove them."""
    DETAINED = 4
    EVACUATED = 5
    """Taken to hospital."""


class Act(IntEnum):
    """What a person is doing, from least to most harmful; the last four are not rungs of the ladder."""

    WATCH = 0
    CHANT = 1
    HOSTILE = 2
    """Hostile words."""
    OBSTRUCT = 3
    """Pushing or obstructing."""
    THROW = 4
    ATTACK = 5
    LEAVE = 6
    FLEE = 7
    INJURED = 8
    HELD = 9


class Knows(IntEnum):
    """Bits of `People.knowledge`: what a person has understood."""

    REASON = 1
    """Why the police act."""
    ROUTE = 2
    """A way out that is open."""
    DEADLINE = 4
    """By when something is asked."""
    FACTS = 8
    """What has happened so far, from a source."""
    NEXT_UPDATE = 16
    """When somebody will speak again."""
    RIGHTS = 32
    """What one may and may not do here."""
    MEETING = 64
    """Somebody who can decide is meeting representatives."""
    COMMITMENT = 128
    """A dated commitment exists."""
    ORDER = 256
    """A formal order to leave was given."""
    APPEAL = 512
    """People were asked, not ordered, to leave or to make room."""
    HELP = 1024
    """Where help, water or care is."""


class Rumour(IntEnum):
    """Where a person stands towards one rumour."""

    IGNORANT = 0
    SPREADER = 1
    STIFLER = 2
    """Heard it and no longer tells it."""
    DISBELIEVER = 3
    """Heard a correction and believes that."""


@dataclass(slots=True, eq=False, init=False)
class People:
    """Struct of arrays over `n` people; all arrays have length n unless a shape is given.

    Arrays are written into, never put in place of one another: those of the state are views of `block`, laid out
    when the first is asked for.
    """

    # ---- what a person is (drawn once)
    role: Bytes
    """`Role`."""
    group: Ints
    """Index of the scenario's group."""
    party: Ints
    """Row of the first of the people this person came with; their own when they came alone."""
    hardship: Floats
    """H, 0..1."""
    aversion: Floats
    """R, risk aversion, 0..1."""
    base_identity: Floats
    """iota0, identification with the crowd on arrival, 0..1."""
    disposition: Floats
    """kappa, disposition to violence, 0..1."""
    violence_threshold: Floats
    """tv."""
    join_threshold: Floats
    """tau, share of visible actives at which this person joins, 0..0.6."""
    expressiveness: Floats
    """eps, how strongly feelings show, 0..1."""
    receptivity: Floats
    """del, how strongly others' feelings are taken up, 0..1."""
    free_speed: Floats
    """v0, m/s."""
    radius: Floats
    """Body radius at ease, m."""
    gap_s: Floats
    """T, time gap of the speed law, s."""
    vulnerability: Floats
    """Multiplier of injury odds."""
    online: Bytes
    """1 when this person reads the online channel."""
    arrival_tick: Ints
    """When the person comes; `NEVER` when only an inject brings them."""
    # ---- where they are and what their body does
    status: Bytes
    """`Status`."""
    x: Floats
    y: Floats
    ex: Floats
    """Heading, unit vector."""
    ey: Floats
    v: Floats
    """Speed, m/s."""
    soft_radius: Floats
    """Radius in a squeeze, m (shoulder turned)."""
    stuck_s: Floats
    """Jam timer, s."""
    drive: Floats
    """m, motivation 0..1: shortens the gap and raises the free speed."""
    goal: Ints
    """Index of the flow field followed, -1 for none (walk straight to the spot, or stand)."""
    spot_x: Floats
    """Where this person wants to stand, m."""
    spot_y: Floats
    disturbed: Bytes
    """1 when somebody moving came close last tick, so that a standing body must give way."""
    density: Singles
    """Local density, persons/m2 (Gaussian kernel, sigma 0.7 m)."""
    load: Singles
    """Compressive load, N/m."""
    dose: Singles
    """Crush dose, expected injuries accumulated."""
    # ---- what they feel, believe and do
    anger: Floats
    fear: Floats
    legitimacy: Floats
    """L, perceived legitimacy of the police."""
    identity: Floats
    """I, shared antagonistic identity."""
    empowerment: Floats
    grievance: Floats
    """g, starts at H, falls only when a demand really moves."""
    hope: Floats
    """HOP, belief that talk will work."""
    exit_belief: Floats
    """EXI, belief that one can leave freely."""
    fatigue: Floats
    knowledge: Bits
    """`Knows` bits."""
    known_exits: Bits
    """One bit for each flow field that leads to a way out this person came by or has seen."""
    rumour: Bytes
    """Shape (n, RUMOURS): `Rumour`."""
    active: Bytes
    """1 when taking part actively (the ladder of `Act` from CHANT to ATTACK)."""
    act: Bytes
    """`Act`."""
    last_offence: Ints
    """Tick of the last own offence, `NEVER` if none."""
    last_seen_force: Ints
    """Tick at which force was last seen, `NEVER` if none."""
    violence_seen: Floats
    """Violent acts seen lately, decaying over 30 s."""
    police_seen: Floats
    """C, officers in view."""
    actives_seen: Floats
    """A_vis, active people in view, self included."""
    tension: Floats
    """X, interface tension felt here in this second, 0..1 (given by the world)."""
    looking: Bytes
    """1 when attending to the incident."""
    injury: Bytes
    """0 none, 1 minor, 2 serious, 3 fatal."""

    block: Bytes = field(repr=False)
    """The memory of the whole state: floats, then ticks and other whole numbers, then bytes; zero between them."""
    _traits: tuple[NDArray[Any], ...] = field(repr=False)
    """The arrays that never change."""

    @classmethod
    def blank(cls, n: int) -> Self:
        """n absent people with neutral values: zeros, `NEVER` for ticks, headings east, radius 0.205 m."""
        people = cls()
        people.block = np.zeros(_Plan.of(n).size, np.uint8)
        people._traits = tuple(np.zeros(n, _KINDS[name]) for name in _TRAITS)
        people.party[:] = np.arange(n)
        people.arrival_tick[:] = NEVER
        people.last_offence[:] = NEVER
        people.last_seen_force[:] = NEVER
        people.ex[:] = 1.0
        people.radius[:] = 0.205
        people.soft_radius[:] = 0.205
        people.gap_s[:] = 0.575
        people.free_speed[:] = 1.34
        people.vulnerability[:] = 1.0
        people.goal[:] = -1
        people.legitimacy[:] = 0.5
        people.exit_belief[:] = 0.8
        return people

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NDArray[np.generic]:
            """Lay out all arrays when one is asked for that is not there yet, and return it."""
            if name not in _KINDS:
                raise AttributeError(name)
            self._lay_out()
            return getattr(self, name)

    def _lay_out(self) -> None:
        """Point every array at its place in the block; what is worked out each second is blank."""
        n, block = len(self), self.block
        arrays: list[NDArray[Any]] = [*self._traits, *np.zeros((len(SEEN), n))]
        for kind, shape, first in _Plan.of(n).parts:
            arrays.extend(np.ndarray(shape, kind, block, first))
        arrays.append(np.ndarray((n, RUMOURS), np.uint8, block, _Plan.of(n).rumour))
        for name, array in zip(_MADE, arrays, strict=True):
            setattr(self, name, array)

    def __len__(self) -> int:
        """Number of rows, present or not."""
        return len(self._traits[0])

    def fork(self) -> Self:
        """A copy that can change on its own; what a person is (drawn once) is shared, not copied.

        What is worked out anew each second (`SEEN`) is blank in it until the next one.
        """
        other = type(self)()
        other.block = self.block.copy()
        other._traits = self._traits
        return other

    def with_traits(self, changed: Mapping[str, NDArray[Any]]) -> Self:
        """The same people, their state shared with these, with other values of some of what never changes."""
        other = type(self)()
        other.block = self.block
        kept = dict(zip(_TRAITS, self._traits, strict=True))
        other._traits = tuple(changed.get(name, kept[name]) for name in _TRAITS)
        return other

    def fill(self, block: Bytes) -> None:
        """Take over the state of people as many as these, from a copy of their `block`."""
        self.block[:] = block

    @property
    def present(self) -> NDArray[np.bool_]:
        """Mask of the people on the ground now."""
        return np.equal(self.status, int(Status.PRESENT))

    def state(self) -> dict[str, NDArray[np.generic]]:
        """The arrays that can change during a run, by name: what a digest covers."""
        return {name: getattr(self, name) for name in _STATE}

    def packed(self) -> tuple[Floats, Singles, Bytes]:
        """The same as `state` in three pieces, for a digest that need not say where a number is."""
        plan = _Plan.of(len(self))
        floats, singles = self.block[: plan.floats], self.block[plan.floats : plan.singles]
        return floats.view(np.float64), singles.view(np.float32), self.block[plan.singles :]

    def guard(self) -> None:
        """Raise NotFinite, with array and person, when any number of the state is infinite or none at all."""
        floats, singles, _ = self.packed()
        if not (all_finite(floats) and all_finite(singles)):
            for name, column in self.state().items():
                wrong = np.flatnonzero(~np.isfinite(column))
                if len(wrong):
                    raise NotFinite(name, person=int(wrong[0]))


TRAITS = frozenset(
    {
        "role",
        "group",
        "party",
        "hardship",
        "aversion",
        "base_identity",
        "disposition",
        "violence_threshold",
        "join_threshold",
        "expressiveness",
        "receptivity",
        "free_speed",
        "radius",
        "gap_s",
        "vulnerability",
        "online",
    }
)
"""Names of the arrays that never change after the draw: shared between forks and left out of digests."""

SEEN = ("police_seen", "actives_seen", "empowerment", "tension")
"""Names of the arrays that are written each second before anything reads them: no part of the state either."""

_DTYPES: dict[object, type[np.generic]] = {
    Floats: np.float64,
    Singles: np.float32,
    Ints: np.int32,
    Bytes: np.uint8,
    Bits: np.uint32,
}
_KINDS: dict[str, type[np.generic]] = {
    f.name: _DTYPES[f.type] for f in fields(People) if f.name not in {"block", "_traits"}
}
_TRAITS = tuple(name for name in _KINDS if name in TRAITS)
_STATE = tuple(name for name in _KINDS if name not in TRAITS and name not in SEEN)
_BY_KIND = tuple(
    (kind, tuple(name for name in _STATE if _KINDS[name] is kind and name != "rumour"))
    for kind in (np.float64, np.float32, np.int32, np.uint32, np.uint8)
)
_MADE = [*_TRAITS, *SEEN, *(name for _, names in _BY_KIND for name in names), "rumour"]
"""The order in which arrays are laid out."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where each array of the state lies in the block of n people."""

    parts: tuple[tuple[type[np.generic], tuple[int, int], int], ...]
    """Type, shape (arrays, n) and first byte of the arrays of each type, in the order of `_BY_KIND`."""
    rumour: int
    """First byte of `rumour`, which is wider than the others."""
    floats: int
    """How many bytes the floats take."""
    singles: int
    """How many bytes the floats and the singles take."""
    size: int

    @classmethod
    @lru_cache(maxsize=64)
    def of(cls, n: int) -> Self:
        """The plan for n people; each type begins at a multiple of eight bytes."""
        parts, end = [], 0
        for kind, names in _BY_KIND:
            parts.append((kind, (len(names), n), end))
            end += len(names) * n * np.dtype(kind).itemsize
            end += -end % 8
        return cls(tuple(parts), rumour=end, floats=parts[1][2], singles=parts[2][2], size=end + n * RUMOURS)
