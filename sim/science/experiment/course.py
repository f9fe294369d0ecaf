"""One person at a time down a corridor: whether everybody keeps the speed they are given, and sets off when told."""

from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from sim.core.geometry import Rect
from sim.core.noise import Noise
from sim.core.tick import TICKS_PER_SECOND, to_ticks
from sim.crowd.people import Act
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.walkers import OTHER, Walkers, adults, ground_of, uniforms

_SPEED, _START = OTHER, OTHER + 1
_RUN_UP_M = 2.0


class Course(Experiment):
    """RiMEA tests 1, 5 and 7: lonely walkers of given speeds and given times to react."""

    setup: Literal["course"] = "course"
    people: int = Field(default=10, ge=1, le=1000, description="How many walk, each alone.")
    length_m: float = Field(default=40.0, ge=2.0, le=400.0, description="Length that is timed, m.")
    width_m: float = Field(default=2.0, ge=0.6, le=20.0, description="Width of the corridor, m.")
    least_m_s: float = Field(default=1.33, ge=0.2, le=3.0, description="Speed of the slowest, m/s.")
    most_m_s: float = Field(default=1.33, ge=0.2, le=3.0, description="Speed of the fastest, m/s.")
    least_start_s: float = Field(default=0.0, ge=0.0, le=600.0, description="Shortest time to react, s.")
    most_start_s: float = Field(default=0.0, ge=0.0, le=600.0, description="Longest time to react, s.")
    cell_m: float = Field(default=0.25, ge=0.1, le=1.0, description="Side of a cell of the ground, m.")

    @model_validator(mode="after")
    def _agrees(self) -> "Course":
        if self.least_m_s > self.most_m_s or self.least_start_s > self.most_start_s:
            raise ValueError("the least is not more than the most")
        return self

    def trial(self, noise: Noise) -> Measured:
        """Run once.

        Measures `least_s` and `most_s` (over the timed length, once walking), `slow_by_m_s` and `fast_by_m_s` (most
        that somebody stayed below and went above their own speed), `late_ticks` and `early_ticks` (most that somebody
        moved after and before their time to react), and the series `speeds_m_s`.
        """
        length = self.length_m + 2.0 * _RUN_UP_M
        end = length + 4.0
        ground = ground_of(end, self.width_m, (), (Rect(end - 1.0, 0.0, end, self.width_m),), self.cell_m)
        own = self.least_m_s + (self.most_m_s - self.least_m_s) * uniforms(noise, _SPEED, self.people)
        wait = self.least_start_s + (self.most_start_s - self.least_start_s) * uniforms(noise, _START, self.people)
        times, late = [], []
        for i in range(self.people):
            one = adults(1, noise, self.model, speed_m_s=1.34, drive=0.0)
            one.x[0], one.y[0], one.goal[0] = _RUN_UP_M / 2, self.width_m / 2, 0
            one.spot_x[0], one.spot_y[0] = one.x[0], one.y[0]
            one.free_speed[0] = own[i]
            one.act[0] = int(Act.WATCH)
            walkers = Walkers(one, ground, noise, self.model)
            told = to_ticks(wait[i])
            moved, crossed = -1, [-1.0, -1.0]
            for tick in range(told + to_ticks(3.0 * length / own[i])):
                if tick == told:
                    one.act[0] = int(Act.LEAVE)
                before = float(one.x[0])
                walkers.advance(tick)
                if moved < 0 and float(one.x[0]) != before:
                    moved = tick
                for k, line in enumerate((_RUN_UP_M, _RUN_UP_M + self.length_m)):
                    if before < line <= float(one.x[0]):
                        share = (line - before) / (float(one.x[0]) - before)
                        crossed[k] = (tick + share) / TICKS_PER_SECOND
                if crossed[1] > 0.0:
                    break
            times.append(crossed[1] - crossed[0] if crossed[1] > 0.0 else float("inf"))
            late.append(moved - told)
        speeds = self.length_m / np.array(times)
        return {
            "least_s": min(times),
            "most_s": max(times),
            "slow_by_m_s": float(np.max(own - speeds)),
            "fast_by_m_s": float(np.max(speeds - own)),
            "late_ticks": float(max(late)),
            "early_ticks": float(-min(late)),
            "speeds_m_s": [float(speed) for speed in speeds],
        }
