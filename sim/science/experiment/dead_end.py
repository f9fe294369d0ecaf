"""A street that ends at a shut gate, and a crowd that wants through: how dense it gets and who is hurt."""

from typing import Literal

import numpy as np
from pydantic import Field

from sim.core.geometry import Rect
from sim.core.noise import Noise
from sim.core.tick import TICKS_PER_SECOND
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.walkers import Walkers, adults, crowded, ground_of, scatter

_BEYOND_M = 10.0
"""Ground behind the gate, where everybody wants to be."""
_GATE_M = 1.0


class DeadEnd(Experiment):
    """Everybody makes for a place behind a gate that stays shut."""

    setup: Literal["dead_end"] = "dead_end"
    people: int = Field(default=400, ge=1, le=10_000, description="How many are in the street.")
    width_m: float = Field(default=8.0, ge=1.0, le=100.0, description="Width of the street, m.")
    length_m: float = Field(default=60.0, ge=5.0, le=400.0, description="Street before the gate, m.")
    drive: float = Field(default=0.0, ge=0.0, le=1.0, description="How much people press on.")
    speed_m_s: float = Field(default=1.34, ge=0.2, le=6.0, description="Mean free speed, m/s.")
    seconds: int = Field(default=180, ge=1, le=7200, description="How long they press on, s.")
    alarm_per_m2: float = Field(default=5.0, ge=0.5, le=12.0, description="Density that is looked for, persons/m2.")
    held_s: int = Field(default=20, ge=1, le=600, description="Seconds for which it has to hold, s.")
    cell_m: float = Field(default=0.25, ge=0.1, le=1.0, description="Side of a cell of the ground, m.")

    def trial(self, noise: Noise) -> Measured:
        """Run once.

        Measures `peak_per_m2` (highest density anybody stood in, one look a second), `end_per_m2` (the highest when the
        time is over), `mean_per_m2` (over the people, then), `alarm_m2` (the largest area denser than `alarm_per_m2`
        for `held_s` running), `load_n_m` (the highest), `hurt` (people), `hurt_below_4` (of those, where it was less
        dense than 4 persons/m2), `dose` (people expected to be hurt), and the series `densities_per_m2` (the highest in
        each second).
        """
        crowded(self.people, self.width_m * self.length_m, most=6.0)
        model, end = self.model, self.length_m + _GATE_M + _BEYOND_M
        gate = Rect(self.length_m, 0.0, self.length_m + _GATE_M, self.width_m)
        ground = ground_of(end, self.width_m, (gate,), (Rect(end - 1.0, 0.0, end, self.width_m),), self.cell_m)
        people = adults(self.people, noise, model, speed_m_s=self.speed_m_s, drive=self.drive)
        street = Rect(0.3, 0.3, self.length_m - 0.3, self.width_m - 0.3)
        people.x[:], people.y[:] = scatter(street, self.people, noise)
        people.goal[:] = -1
        people.spot_x[:], people.spot_y[:] = end - 1.0, people.y
        walkers = Walkers(people, ground, noise, model)
        densities: list[float] = []
        areas: list[float] = []
        load, below = 0.0, 0
        for second in range(self.seconds):
            before = len(walkers.hurt)
            walkers.press(second * TICKS_PER_SECOND)
            densities.append(float(people.density.max()))
            areas.append(float(np.sum(1.0 / people.density[people.density > self.alarm_per_m2])))
            load = max(load, float(people.load.max()))
            below += sum(bool(people.density[row] < 4.0) for row, _ in walkers.hurt[before:])
            walkers.step(second * TICKS_PER_SECOND, TICKS_PER_SECOND)
        return {
            "peak_per_m2": max(densities),
            "end_per_m2": densities[-1],
            "mean_per_m2": float(np.mean(people.density)),
            "alarm_m2": max(min(areas[k : k + self.held_s]) for k in range(max(1, self.seconds - self.held_s + 1))),
            "load_n_m": load,
            "hurt": float(len({row for row, _ in walkers.hurt})),
            "hurt_below_4": float(below),
            "dose": float(people.dose.sum()),
            "densities_per_m2": densities,
        }
