"""A room full of people and its doors: how fast it empties, through which doors, and who gets hurt."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.core.geometry import Rect
from sim.core.noise import Noise
from sim.core.tick import TICKS_PER_SECOND, to_ticks
from sim.crowd.people import Floats, Ints, Longs
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.walkers import OTHER, Walkers, adults, crowded, ground_of, middle_flow, scatter, uniforms

_APRON_M = 5.0
"""Ground outside the room on every side."""
_WALL_M = 0.5
_FIRST = OTHER

Side = Literal["west", "east", "south", "north"]


class Doorway(BaseModel):
    """One door of a room."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    side: Side = Field(default="east", description="The wall it is in.")
    at_m: float = Field(ge=0.0, le=200.0, description="Where its middle is along that wall, from west or south, m.")
    width_m: float = Field(default=1.0, ge=0.5, le=40.0, description="Clear width, m.")


class Door(Experiment):
    """Everybody leaves a room by the doors they know."""

    setup: Literal["door"] = "door"
    people: int = Field(default=200, ge=1, le=20_000, description="How many are in the room.")
    length_m: float = Field(default=15.0, ge=2.0, le=200.0, description="The room from west to east, m.")
    width_m: float = Field(default=15.0, ge=2.0, le=200.0, description="The room from south to north, m.")
    doors: tuple[Doorway, ...] = Field(
        default=(Doorway(at_m=7.5),), min_length=1, max_length=16, description="Its doors."
    )
    known: tuple[tuple[int, ...], ...] = Field(
        default=(),
        description="For each group of people the numbers of the doors they know, from 0; empty: all know all doors.",
    )
    shares: tuple[float, ...] = Field(default=(), description="Sizes of those groups, as shares; empty: all the same.")
    fill_m: float | None = Field(
        default=None, gt=0.0, description="People stand within this of the east wall, m; None: everywhere."
    )
    speed_m_s: float = Field(default=1.34, ge=0.2, le=6.0, description="Mean free speed, m/s.")
    drive: float = Field(default=0.0, ge=0.0, le=1.0, description="How much people press on.")
    until: float = Field(default=1.0, gt=0.0, le=1.0, description="Share of the people out at which a run ends.")
    middle: float = Field(default=0.6, gt=0.0, le=1.0, description="Middle share of the passages the flow is of.")
    jam_s: int = Field(default=60, ge=5, le=3600, description="Seconds without a passage that count as a deadlock.")
    longest_s: int = Field(default=3600, ge=10, le=36_000, description="A run ends here at the latest, s.")
    cell_m: float = Field(default=0.25, ge=0.1, le=1.0, description="Side of a cell of the ground, m.")

    @model_validator(mode="after")
    def _agrees(self) -> "Door":
        for k, door in enumerate(self.doors):
            wall = self.width_m if door.side in {"west", "east"} else self.length_m
            if not door.width_m / 2 <= door.at_m <= wall - door.width_m / 2:
                raise ValueError(f"door {k} is not in the {door.side} wall")
        if any(not group or not all(0 <= k < len(self.doors) for k in group) for group in self.known):
            raise ValueError("every group knows at least one door, and only doors there are")
        if self.shares and (len(self.shares) != len(self.known) or min(self.shares) < 0.0 or sum(self.shares) <= 0.0):
            raise ValueError("one share for each group in `known`, none below 0 and not all 0")
        if self.fill_m is not None and self.fill_m > self.length_m:
            raise ValueError("`fill_m` is more than the room is long")
        return self

    def trial(self, noise: Noise) -> Measured:
        """Run once.

        Measures `out` (people), `time_s` (until the share `until` is out; the whole run when it never is),
        `deadlock` (0 or 1), `flow_per_s` and `flow_per_m_s` (the middle passages), `peak_per_m2` (the densest place,
        1 s means), `hurt` (people), `wall_m` (how close the middle of anybody came to a wall), `obeyed` (share that
        used a door they know), and the series `passages_s` and `used` (people by door).
        """
        crowded(self.people, self.width_m * (self.fill_m or self.length_m))
        room = _Room.of(self, noise)
        walkers, people = room.walkers, room.walkers.people
        wanted = max(1, min(self.people, round(self.until * self.people)))
        through = np.full(self.people, -1)
        passages: list[float] = []
        peak, nearest, last = 0.0, np.inf, 0.0
        tick = 0
        for tick in range(to_ticks(self.longest_s)):
            walkers.advance(tick)
            now = np.flatnonzero((through < 0) & ~room.inside())
            if len(now):
                through[now] = room.nearest_door(now)
                last = (tick + 1) / TICKS_PER_SECOND
                passages += [last] * len(now)
            if tick % TICKS_PER_SECOND == 0:
                peak = max(peak, float(people.density.max()))
                nearest = min(nearest, room.wall_m())
            if len(passages) >= wanted or (tick + 1) / TICKS_PER_SECOND - last >= self.jam_s:
                break
        out = len(passages)
        flow = middle_flow(passages, self.middle)
        allowed = [self.known[g] if self.known else range(len(self.doors)) for g in people.group]
        used = np.bincount(through[through >= 0], minlength=len(self.doors))
        return {
            "out": float(out),
            "time_s": passages[wanted - 1] if out >= wanted else (tick + 1) / TICKS_PER_SECOND,
            "deadlock": float(out < wanted),
            "flow_per_s": flow,
            "flow_per_m_s": flow / sum(door.width_m for door in self.doors),
            "peak_per_m2": peak,
            "hurt": float(len({row for row, _ in walkers.hurt})),
            "wall_m": nearest,
            "obeyed": float(
                np.mean([through[i] in allowed[i] for i in range(self.people) if through[i] >= 0] or [False])
            ),
            "passages_s": passages,
            "used": [float(count) for count in used],
        }


@dataclass(slots=True)
class _Room:
    """The room with everybody in it."""

    walkers: Walkers
    box: tuple[float, float, float, float]
    """West, south, east and north: inside of the outer faces of its walls one has not left."""
    middles: list[tuple[float, float]]
    """Of the doors."""

    @classmethod
    def of(cls, door: Door, noise: Noise) -> "_Room":
        """Return the room of this set-up, nobody having moved."""
        west, south = _APRON_M, _APRON_M
        east, north = west + door.length_m, south + door.width_m
        solids, ends, middles = [], [], []
        walls: dict[Side, tuple[float, float]] = {
            "west": (west - _WALL_M, south), "east": (east, south), "south": (west, south - _WALL_M),
            "north": (west, north),
        }  # fmt: skip
        for side, (x, y) in walls.items():
            upright = side in {"west", "east"}
            long = door.width_m if upright else door.length_m
            start = -_WALL_M
            for one in sorted((d for d in door.doors if d.side == side), key=lambda d: d.at_m):
                solids.append(_piece(x, y, upright, start, one.at_m - one.width_m / 2))
                start = one.at_m + one.width_m / 2
            solids.append(_piece(x, y, upright, start, long + _WALL_M))
        for one in door.doors:
            x, y = walls[one.side]
            upright = one.side in {"west", "east"}
            outward = {"west": -_APRON_M + _WALL_M, "east": _APRON_M - 1.0}.get(one.side, 0.0)
            upward = {"south": -_APRON_M + _WALL_M, "north": _APRON_M - 1.0}.get(one.side, 0.0)
            low, high = one.at_m - one.width_m / 2 - 0.5, one.at_m + one.width_m / 2 + 0.5
            if upright:
                ends.append(Rect(x + outward, y + low, x + outward + 1.0, y + high))
                middles.append((x + _WALL_M / 2, y + one.at_m))
            else:
                ends.append(Rect(x + low, y + upward, x + high, y + upward + 1.0))
                middles.append((x + one.at_m, y + _WALL_M / 2))
        ground = ground_of(east + _APRON_M, north + _APRON_M, solids, ends, door.cell_m)
        model = door.model
        people = adults(door.people, noise, model, speed_m_s=door.speed_m_s, drive=door.drive)
        filled = door.length_m if door.fill_m is None else door.fill_m
        people.x[:], people.y[:] = scatter(
            Rect(east - filled + 0.3, south + 0.3, east - 0.3, north - 0.3), door.people, noise
        )
        people.group[:] = _groups(door, noise)
        people.goal[:] = -1
        exits = np.zeros((max(1, len(door.known)), len(door.doors)), np.uint8)
        for g, known in enumerate(door.known or (tuple(range(len(door.doors))),)):
            exits[g, list(known)] = 1
        box = (west - _WALL_M, south - _WALL_M, east + _WALL_M, north + _WALL_M)
        return cls(Walkers(people, ground, noise, model, exits), box, middles)

    def inside(self) -> NDArray[np.bool_]:
        """Return who has not left the room."""
        people, (west, south, east, north) = self.walkers.people, self.box
        within: NDArray[np.bool_] = (people.x > west) & (people.x < east) & (people.y > south) & (people.y < north)
        return within

    def nearest_door(self, rows: Longs) -> Longs:
        """Return the door each of these people is nearest to."""
        people = self.walkers.people
        square = [(people.x[rows] - x) * (people.x[rows] - x) + (people.y[rows] - y) * (people.y[rows] - y)
                  for x, y in self.middles]  # fmt: skip
        nearest: Longs = np.argmin(np.array(square), axis=0)
        return nearest

    def wall_m(self) -> float:
        """Return how close the middle of anybody present is to a wall."""
        people, ground = self.walkers.people, self.walkers.ground
        rows = np.flatnonzero(people.present)
        return min((ground.distance_at(people.x[i], people.y[i]) for i in rows), default=np.inf)


def _piece(x: float, y: float, upright: bool, start: float, end: float) -> Rect:
    """Return the piece of a wall whose corner is (x, y), from `start` to `end` along it."""
    if upright:
        return Rect(x, y + start, x + _WALL_M, y + max(start, end))
    return Rect(x + start, y, x + max(start, end), y + _WALL_M)


def _groups(door: Door, noise: Noise) -> Ints:
    """Return everybody's group, in the shares given, mixed by chance."""
    n, groups = door.people, max(1, len(door.known))
    shares = np.array(door.shares or (1.0,) * groups)
    edge: Floats = np.cumsum(shares) / np.sum(shares)
    place = (np.argsort(np.argsort(uniforms(noise, _FIRST, n), kind="stable"), kind="stable") + 0.5) / n
    group: Ints = np.searchsorted(edge, place).astype(np.int32)
    return np.minimum(group, groups - 1)
