"""A corridor that turns left: how long a group takes round the corner, and whether anybody ends up in a wall."""

from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from sim.core.geometry import Rect
from sim.core.noise import Noise
from sim.core.tick import TICKS_PER_SECOND, to_ticks
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.walkers import Walkers, adults, crowded, ground_of, scatter

_EDGE_M = 1.0
_START_M = 6.0


class Corner(Experiment):
    """RiMEA test 6: a group walks round a corner."""

    setup: Literal["corner"] = "corner"
    people: int = Field(default=20, ge=1, le=2000, description="How many walk.")
    width_m: float = Field(default=2.0, ge=0.6, le=20.0, description="Width of the corridor before and after, m.")
    before_m: float = Field(default=12.0, ge=8.0, le=200.0, description="Outer length before the corner, m.")
    after_m: float = Field(default=12.0, ge=8.0, le=200.0, description="Outer length after it, m.")
    speed_m_s: float = Field(default=1.34, ge=0.2, le=6.0, description="Mean free speed, m/s.")
    drive: float = Field(default=0.0, ge=0.0, le=1.0, description="How much people press on.")
    body_m: float = Field(default=0.1, ge=0.01, le=0.3, description="Nobody's middle may come nearer to a wall, m.")
    longest_s: int = Field(default=600, ge=10, le=7200, description="A run ends here at the latest, s.")
    cell_m: float = Field(default=0.25, ge=0.1, le=1.0, description="Side of a cell of the ground, m.")

    @model_validator(mode="after")
    def _agrees(self) -> "Corner":
        if self.width_m > min(self.before_m, self.after_m) - 2.0:
            raise ValueError("a corridor is at least 2 m longer than it is wide")
        return self

    def trial(self, noise: Noise) -> Measured:
        """Run once.

        Measures `time_s` (until the last is round and at the end), `out` (people), `wall_m` (the nearest anybody's
        middle came to a wall) and `crossings` (people who came nearer than `body_m`, or into a wall).
        """
        start = min(_START_M, self.before_m - self.width_m)
        crowded(self.people, start * self.width_m, most=6.0)
        edge, east = _EDGE_M, _EDGE_M + self.before_m
        north, inner = _EDGE_M + self.after_m, _EDGE_M + self.before_m - self.width_m
        solids = (
            Rect(0.0, 0.0, east + edge, edge),
            Rect(0.0, edge, edge, edge + self.width_m),
            Rect(east, edge, east + edge, north + edge),
            Rect(0.0, edge + self.width_m, inner, north + edge),
        )
        end = Rect(inner, north - 0.5, east, north + edge)
        ground = ground_of(east + edge, north + edge, solids, (end,), self.cell_m)
        people = adults(self.people, noise, self.model, speed_m_s=self.speed_m_s, drive=self.drive)
        side = min(0.3, 0.2 * self.width_m)
        place = Rect(edge + 0.3, edge + side, edge + start, edge + self.width_m - side)
        people.x[:], people.y[:] = scatter(place, self.people, noise)
        people.group[:] = 0
        walkers = Walkers(people, ground, noise, self.model, np.ones((1, 1), np.uint8))
        touched = np.zeros(self.people, np.bool_)
        nearest, tick = np.inf, 0
        for tick in range(to_ticks(self.longest_s)):
            walkers.advance(tick)
            rows = np.flatnonzero(people.present)
            if not len(rows):
                break
            gaps = np.array([ground.distance_at(people.x[i], people.y[i]) for i in rows])
            nearest = min(nearest, float(gaps.min()))
            # A hair less: the distance is read from single-precision grids.
            touched[rows] |= gaps < self.body_m - 1e-3
        return {
            "time_s": (tick + 1) / TICKS_PER_SECOND,
            "out": float(self.people - len(np.flatnonzero(people.present))),
            "wall_m": nearest,
            "crossings": float(touched.sum()),
        }
