"""Feelings left to themselves: groups of people who stand together and feel differently, while nothing happens."""

import math
from collections.abc import Sequence
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from sim.core.noise import Noise, Stream
from sim.core.phrase import Phrase
from sim.crowd.people import Floats, Longs, People
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.reference.absorption import weights
from sim.science.standing import FIRST_FREE, STILL, Standing, open_ground, people_at, scattered
from sim.world.numbers import Numbers

Range = tuple[float, float]
"""Lowest and highest, drawn evenly between."""

APART_M = 15.0
"""Groups at least this far apart have no squares that pass feelings to each other."""


class Contagion(Experiment):
    """People in one or more squares beside each other; feelings pass between them, and nothing else changes these."""

    setup: Literal["contagion"] = "contagion"
    people: int = Field(default=500, ge=1, le=5000, description="People in each group.")
    density_per_m2: float = Field(default=1.0, gt=0.0, le=8.0, description="Density of a group, persons/m2.")
    anger: tuple[Range, ...] = Field(
        default=((0.1, 0.7),), min_length=1, max_length=20, description="Lowest and highest anger, group by group."
    )
    fear: tuple[Range, ...] = Field(
        default=((0.0, 0.5),), min_length=1, max_length=20, description="Lowest and highest fear, group by group."
    )
    gap_m: float = Field(default=30.0, ge=0.0, le=500.0, description="From one group to the next, m.")
    expressiveness: Range = Field(default=(0.2, 0.9), description="Lowest and highest eps.")
    receptivity: Range = Field(default=(0.2, 0.9), description="Lowest and highest del.")
    amplification: float = Field(default=0.0, ge=0.0, le=1.0, description="How far company heats feelings up.")
    seconds: int = Field(default=3600, ge=1, le=100_000, description="How long it goes on, s.")

    @model_validator(mode="after")
    def _in_range(self) -> Self:
        if len(self.anger) != len(self.fear):
            raise ValueError(Phrase("anger and fear must name as many groups"))
        for low, high in (*self.anger, *self.fear, self.expressiveness, self.receptivity):
            if not 0.0 <= low <= high <= 1.0:
                raise ValueError(Phrase("a range goes from its lowest to its highest, both from 0 to 1"))
        if self.receptivity[0] <= 0.0:
            raise ValueError(Phrase("receptivity must be above 0, or feelings need not meet"))
        return self

    @property
    def model(self) -> Numbers:
        """Nothing wears off, and nothing happens, unless `numbers` say otherwise."""
        usual = {name: value for name, value in STILL.items() if name != "feeling.contagion"}
        return Numbers().changed(usual | {"feeling.amplification": self.amplification} | self.numbers)

    def trial(self, noise: Noise) -> Measured:
        """Run once.

        Measures `outside` (farthest that anybody's anger or fear ever was outside what there was at first in the groups
        that can reach each other), `apart` (largest difference between two people of such groups at the end), `missed`
        (largest distance of their mean from the fixed point, as a share of it), and for the first group by minute
        `anger_least`, `anger_mean` and `anger_most`.
        """
        numbers, groups = self.model, len(self.anger)
        side = math.sqrt(self.people / self.density_per_m2)
        width = groups * side + (groups - 1) * self.gap_m
        n = groups * self.people
        x, y = scattered(n, 1.0, 1.0, side, side, noise)
        group = np.arange(n) // self.people
        people = people_at(x + group * (side + self.gap_m), y)
        people.expressiveness[:] = _between([self.expressiveness] * groups, group, noise, 0)
        people.receptivity[:] = _between([self.receptivity] * groups, group, noise, 1)
        people.anger[:] = _between(self.anger, group, noise, 2)
        people.fear[:] = _between(self.fear, group, noise, 3)
        parts = [group == g for g in range(groups)] if self.gap_m >= APART_M else [group >= 0]
        feelings = (people.anger, people.fear)
        hulls = [[(float(f[part].min()), float(f[part].max())) for f in feelings] for part in parts]
        foretold = [_fixed_point(people, part, numbers) for part in parts]
        standing = Standing(people, open_ground(width + 2.0, side + 2.0), numbers, noise)
        outside = 0.0
        least, middle, most = [], [], []
        for second in range(self.seconds):
            standing.think()
            for part, hull in zip(parts, hulls, strict=True):
                for f, (low, high) in zip(feelings, hull, strict=True):
                    outside = max(outside, low - float(f[part].min()), float(f[part].max()) - high)
            if second % 60 == 59:
                first = people.anger[: self.people]
                least.append(float(first.min()))
                middle.append(float(first.mean()))
                most.append(float(first.max()))
        ends = [[float(f[part].mean()) for f in feelings] for part in parts]
        return {
            "outside": outside,
            "apart": max(float(np.ptp(f[part])) for part in parts for f in feelings),
            "missed": max(
                abs(end - sure) / sure
                for pair in zip(ends, foretold, strict=True)
                for end, sure in zip(*pair, strict=True)
                if sure > 0.0
            ),
            "anger_least": least,
            "anger_mean": middle,
            "anger_most": most,
        }


def _fixed_point(people: People, part: NDArray[np.bool_], numbers: Numbers) -> tuple[float, float]:
    """Anger and fear that people who can reach each other end up with."""
    q = numbers.feeling
    traits = (people.x[part], people.y[part], people.expressiveness[part], people.receptivity[part])
    weight = weights(*traits, q.contagion_m, q.contagion_cut_m, q.contagion_mass)
    return float((weight * people.anger[part]).sum()), float((weight * people.fear[part]).sum())


def _between(ranges: Sequence[Range], group: Longs, noise: Noise, use: int) -> Floats:
    """A number for everybody, drawn evenly from the range of their group."""
    drawn = np.array([noise.uniform(Stream.EXPERIMENT, FIRST_FREE + use, i) for i in range(len(group))])
    low, high = np.array(ranges)[group].T
    between: Floats = low + (high - low) * drawn
    return between
