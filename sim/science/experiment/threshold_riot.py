"""A riot of thresholds, after Granovetter 1978: everybody joins once enough others have, in the product's own minds."""

import math
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from sim.core.noise import Noise, Stream
from sim.core.phrase import Phrase
from sim.crowd.people import Floats, Longs
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.standing import FIRST_FREE, ORDER, STILL, Standing, open_ground, people_at
from sim.world.numbers import Numbers


class ThresholdRiot(Experiment):
    """People on open ground who all want to take part, and each of whom waits for a number of others."""

    setup: Literal["threshold_riot"] = "threshold_riot"
    people: int = Field(default=100, ge=1, le=20_000, description="How many people.")
    thresholds: Literal["ladder", "normal", "uniform", "given"] = Field(
        default="ladder",
        description="How many others each waits for: 0, 1, 2 ... (`ladder`), drawn around a mean, drawn evenly up to "
        "twice the mean, or `given` one by one.",
    )
    given: tuple[float, ...] = Field(default=(), description="The thresholds, persons, when they are given.")
    mean: float = Field(default=25.0, ge=0.0, description="Mean of drawn thresholds, persons.")
    deviation: float = Field(default=12.2, ge=0.0, description="Standard deviation of normal thresholds, persons.")
    changed: dict[int, float] = Field(
        default={}, description="People whose threshold is another, by number from 0, after all that: {1: 2}."
    )
    gate: bool = Field(default=True, description="False lets nobody wait for anybody.")
    side_m: float = Field(default=20.0, ge=2.0, le=1000.0, description="Side of the square they stand on, m.")
    sight_m: float = Field(
        default=1e6, gt=0.0, description="How far people see each other, m; thresholds are shares of whom one sees."
    )
    shuffled: bool = Field(default=False, description="Whether numbers and places are dealt out at random.")
    seconds: int = Field(default=200, ge=1, le=100_000, description="How long it goes on, s.")

    @model_validator(mode="after")
    def _given(self) -> Self:
        if self.thresholds == "given" and len(self.given) != self.people:
            raise ValueError(
                Phrase("{n} people need as many thresholds, not {given}", n=self.people, given=len(self.given))
            )
        if any(not 0 <= who < self.people for who in self.changed):
            raise ValueError(Phrase("`changed` names people from 0 to {last}", last=self.people - 1))
        return self

    @property
    def model(self) -> Numbers:
        """Nobody feels anything and taking part is all there is, unless `numbers` say otherwise."""
        return Numbers().changed(STILL | {"feeling.anger_rest": 0.0, "perceiving.sight_m": self.sight_m} | self.numbers)

    def trial(self, noise: Noise) -> Measured:
        """Run once; measures `joined` (who takes part at the end), `settled_s` (when that last changed), `active`."""
        order = self._order(noise)
        wide = math.ceil(math.sqrt(self.people))
        step = (self.side_m - 1.0) / wide
        column, line = (order % wide).astype(np.float64), (order // wide).astype(np.float64)
        people = people_at(0.5 + step * (0.5 + column), 0.5 + step * (0.5 + line))
        people.grievance[:] = 1.0
        people.legitimacy[:] = 0.0
        people.join_threshold[:] = self._thresholds(noise)[order] / self.people if self.gate else 0.0
        standing = Standing(people, open_ground(self.side_m, self.side_m), self.model, noise)
        active = []
        for _ in range(self.seconds):
            standing.think()
            active.append(float(people.active.sum()))
        return {
            "joined": active[-1],
            "settled_s": float(next((s + 2 for s in range(self.seconds - 2, -1, -1) if active[s] != active[-1]), 1)),
            "active": active,
        }

    def _order(self, noise: Noise) -> Longs:
        """The number dealt to each row."""
        if not self.shuffled:
            return np.arange(self.people)
        drawn = [noise.uniform(Stream.EXPERIMENT, ORDER, i) for i in range(self.people)]
        return np.argsort(drawn, kind="stable")

    def _thresholds(self, noise: Noise) -> Floats:
        """Persons each number waits for."""
        numbers = range(self.people)
        if self.thresholds == "given":
            waits = np.array(self.given)
        elif self.thresholds == "normal":
            waits = np.array(
                [self.mean + self.deviation * noise.normal(Stream.EXPERIMENT, FIRST_FREE, i) for i in numbers]
            )
        elif self.thresholds == "uniform":
            waits = np.array([2.0 * self.mean * noise.uniform(Stream.EXPERIMENT, FIRST_FREE + 1, i) for i in numbers])
        else:
            waits = np.arange(self.people, dtype=np.float64)
        for who, others in self.changed.items():
            waits[who] = others
        return waits.clip(0.0)
