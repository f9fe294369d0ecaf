"""Rooms in a row: the crowd of the first goes through a door into the next, and from the last into the open."""

from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from sim.core.geometry import Rect
from sim.core.noise import Noise
from sim.core.tick import TICKS_PER_SECOND, to_ticks
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.walkers import Walkers, adults, crowded, ground_of, middle_flow, scatter

_EDGE_M = 2.0
_WALL_M = 0.5
_OPEN_M = 6.0


class Rooms(Experiment):
    """Serial bottlenecks: RiMEA test 12 and its variations."""

    setup: Literal["rooms"] = "rooms"
    people: int = Field(default=150, ge=1, le=20_000, description="How many are in the first room.")
    lengths_m: tuple[float, ...] = Field(
        default=(10.0, 10.0), min_length=1, max_length=12, description="Length of each room from west to east, m."
    )
    doors_m: tuple[float, ...] = Field(
        default=(1.0, 1.0), min_length=1, max_length=12, description="Width of the door in each room's east wall, m."
    )
    width_m: float = Field(default=10.0, ge=2.0, le=100.0, description="All rooms from south to north, m.")
    speed_m_s: float = Field(default=1.34, ge=0.2, le=6.0, description="Mean free speed, m/s.")
    drive: float = Field(default=0.0, ge=0.0, le=1.0, description="How much people press on.")
    jam_s: int = Field(default=60, ge=5, le=3600, description="Seconds without any passage that count as a deadlock.")
    longest_s: int = Field(default=3600, ge=10, le=36_000, description="A run ends here at the latest, s.")
    cell_m: float = Field(default=0.25, ge=0.1, le=1.0, description="Side of a cell of the ground, m.")

    @model_validator(mode="after")
    def _agrees(self) -> "Rooms":
        if len(self.doors_m) != len(self.lengths_m):
            raise ValueError("one door for each room")
        if not all(0.5 <= door <= self.width_m for door in self.doors_m) or min(self.lengths_m) < 1.0:
            raise ValueError("doors are from 0.5 m to as wide as the rooms, and rooms at least 1 m long")
        return self

    def trial(self, noise: Noise) -> Measured:
        """Run once.

        Measures `flow_1_per_s`, `flow_2_per_s`, ... (the middle 60 % of the passages of each door), `mean_1_per_m2`,
        ... (mean density of each room while half to a tenth of the people have yet to leave the first), `deadlock`
        (0 or 1) and `time_s`.
        """
        crowded(self.people, self.width_m * self.lengths_m[0])
        walkers, doors = self._people(noise)
        people = walkers.people
        passages: list[list[float]] = [[] for _ in doors]
        counts: list[list[int]] = []
        passed = np.zeros(self.people, np.int64)
        last, tick = 0.0, 0
        for tick in range(to_ticks(self.longest_s)):
            walkers.advance(tick)
            now = (tick + 1) / TICKS_PER_SECOND
            for k, door in enumerate(doors):
                through = np.flatnonzero((passed == k) & (people.x > door))
                passed[through] = k + 1
                passages[k] += [now] * len(through)
                last = now if len(through) else last
            if tick % TICKS_PER_SECOND == 0 and 0.1 <= float(np.mean(passed == 0)) <= 0.5:
                counts.append([int((passed == k).sum()) for k in range(len(doors))])
            if len(passages[-1]) == self.people or now - last >= self.jam_s:
                break
        measured: Measured = {
            "deadlock": float(len(passages[-1]) < self.people),
            "time_s": (tick + 1) / TICKS_PER_SECOND,
        }
        for k, seconds in enumerate(passages):
            area = self.lengths_m[k] * self.width_m
            measured[f"flow_{k + 1}_per_s"] = middle_flow(seconds, 0.6)
            measured[f"mean_{k + 1}_per_m2"] = float(np.mean([count[k] for count in counts])) / area if counts else 0.0
        return measured

    def _people(self, noise: Noise) -> tuple[Walkers, list[float]]:
        """Return the people in the first room, and where the outer faces of the doors are."""
        x, solids, doors = _EDGE_M, [], []
        north = _EDGE_M + self.width_m
        end = _EDGE_M + sum(self.lengths_m) + _WALL_M * len(self.lengths_m) + _OPEN_M
        solids.append(Rect(0.0, 0.0, end, _EDGE_M))
        solids.append(Rect(0.0, north, end, north + _EDGE_M))
        solids.append(Rect(0.0, _EDGE_M, _EDGE_M, north))
        middle = _EDGE_M + self.width_m / 2
        for length, door in zip(self.lengths_m, self.doors_m, strict=True):
            x += length
            if door < self.width_m:
                solids.append(Rect(x, _EDGE_M, x + _WALL_M, middle - door / 2))
                solids.append(Rect(x, middle + door / 2, x + _WALL_M, north))
            x += _WALL_M
            doors.append(x)
        ground = ground_of(end, north + _EDGE_M, solids, (Rect(end - 1.5, _EDGE_M, end, north),), self.cell_m)
        people = adults(self.people, noise, self.model, speed_m_s=self.speed_m_s, drive=self.drive)
        first = Rect(_EDGE_M + 0.3, _EDGE_M + 0.3, _EDGE_M + self.lengths_m[0] - 0.3, north - 0.3)
        people.x[:], people.y[:] = scatter(first, self.people, noise)
        people.group[:] = 0
        return Walkers(people, ground, noise, self.model, np.ones((1, 1), np.uint8)), doors
