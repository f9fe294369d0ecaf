"""A pavement on which some people stand and look up: how many of those who pass look too, and how many stop."""

import math
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from sim.core.geometry import Rect
from sim.core.noise import Noise, Stream
from sim.core.phrase import Phrase
from sim.core.tick import TICKS_PER_SECOND
from sim.crowd.body import Bodies
from sim.crowd.cast import GroupSpec, draw_people
from sim.crowd.crowd import Crowd
from sim.crowd.ground import Destination, Ground, Site, compile_ground
from sim.crowd.people import People, Role, Status
from sim.crowd.perception import LOOKING
from sim.crowd.plan import GroupPlan
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.standing import FIRST_FREE
from sim.world.numbers import Numbers

END_M = 1.5
"""Length of either end, where people come from and go to."""


class Pavement(Experiment):
    """Passers-by walk the length of a pavement, one after another, past a group that stands and looks."""

    setup: Literal["pavement"] = "pavement"
    lookers: int = Field(default=1, ge=0, le=200, description="People who stand and look.")
    passers: int = Field(default=400, ge=1, le=5000, description="Passers-by.")
    length_m: float = Field(default=30.0, ge=10.0, le=500.0, description="Length of the pavement, m.")
    width_m: float = Field(default=4.0, ge=1.5, le=50.0, description="Width of the pavement, m.")
    every_s: float = Field(default=3.0, gt=0.0, le=3600.0, description="Mean time from one passer-by to the next, s.")
    back_share: float = Field(default=0.0, ge=0.0, le=1.0, description="Share of passers-by who walk the other way.")
    spacing_m: float = Field(default=0.6, ge=0.45, le=5.0, description="From one looker to the next, m.")
    longest_s: int = Field(default=20_000, ge=10, description="When a run is given up, s.")

    @model_validator(mode="after")
    def _room(self) -> Self:
        wide, deep = self._rows()
        if deep * self.spacing_m > self.width_m - 1.0 or wide * self.spacing_m > self.length_m - 6.0 * END_M:
            raise ValueError(
                Phrase("so many lookers leave no way past: make the pavement wider, or let them stand closer")
            )
        return self

    @property
    def model(self) -> Numbers:
        """Nobody tires of standing there or feels for a new place, unless `numbers` say otherwise."""
        return Numbers().changed({"acting.mill_s": math.inf, "feeling.tiring": 0.0} | self.numbers)

    def _rows(self) -> tuple[int, int]:
        """People along the kerb, and rows of them."""
        wide = max(1, math.ceil(math.sqrt(self.lookers)))
        return wide, max(1, math.ceil(self.lookers / wide))

    def trial(self, noise: Noise) -> Measured:
        """Run until everybody has passed.

        Measures `looked` and `stopped` (shares of the passers-by who ever did), `passed` (share who got to the other
        end) and `seconds`.
        """
        ground = self._ground()
        crowd = self._crowd(ground, noise)
        people, nobody = crowd.people, Bodies.blank(0)
        watch, pass_by = people.group == 0, people.group > 0
        looked: NDArray[np.bool_] = np.zeros(len(people), dtype=np.bool_)
        stopped = looked.copy()
        second = 0
        while second < self.longest_s and bool((people.status[pass_by] <= int(Status.PRESENT)).any()):
            people.looking[watch] = LOOKING
            crowd.advance(ground, nobody, (), noise, second * TICKS_PER_SECOND)
            here = pass_by & people.present
            looked |= here & (people.looking == LOOKING)
            stopped |= here & (people.goal < 0)
            crowd.advance(ground, nobody, (), noise, second * TICKS_PER_SECOND + 1, ticks=TICKS_PER_SECOND - 1)
            second += 1
        return {
            "looked": float(looked.sum()) / self.passers,
            "stopped": float(stopped.sum()) / self.passers,
            "passed": float((people.status[pass_by] == int(Status.LEFT)).sum()) / self.passers,
            "seconds": float(second),
        }

    def _ground(self) -> Ground:
        west = Rect(0.0, 0.0, END_M, self.width_m)
        east = Rect(self.length_m - END_M, 0.0, self.length_m, self.width_m)
        return compile_ground(
            Site(self.length_m, self.width_m, 0.25, (), (Destination("east", (east,)), Destination("west", (west,))))
        )

    def _crowd(self, ground: Ground, noise: Noise) -> Crowd:
        """Lookers in the middle by the kerb, passers-by with a moment each to come."""
        edge = 0.4
        west = Rect(END_M + 0.2, edge, END_M + 1.2, self.width_m - edge)
        east = Rect(self.length_m - END_M - 1.2, edge, self.length_m - END_M - 0.2, self.width_m - edge)
        back = round(self.back_share * self.passers)
        numbers = self.model
        groups = [
            _group("lookers", self.lookers, -1, west, numbers),
            _group("eastward", self.passers - back, 0, west, numbers),
            _group("westward", back, 1, east, numbers),
        ]
        people = draw_people(groups, noise, ground)
        self._stand(people)
        self._come(people, noise)
        return Crowd(people, groups, numbers.minds, numbers.walking)

    def _stand(self, people: People) -> None:
        wide, _ = self._rows()
        k = np.arange(self.lookers)
        column, line = (k % wide).astype(np.float64), (k // wide).astype(np.float64)
        x = 0.5 * self.length_m + self.spacing_m * (column - 0.5 * (wide - 1))
        y = self.width_m - 0.5 - self.spacing_m * line
        people.x[: self.lookers], people.y[: self.lookers] = x, y
        people.spot_x[: self.lookers], people.spot_y[: self.lookers] = x, y
        people.grievance[: self.lookers] = 0.0
        people.arrival_tick[: self.lookers] = 0

    def _come(self, people: People, noise: Noise) -> None:
        """Spread arrivals evenly over the time it takes, in an order drawn anew."""
        span = self.every_s * self.passers * TICKS_PER_SECOND
        for i in range(self.lookers, len(people)):
            people.arrival_tick[i] = 1 + math.floor(span * noise.uniform(Stream.EXPERIMENT, FIRST_FREE, i))


def _group(name: str, n: int, errand: int, spawn: Rect, numbers: Numbers) -> GroupSpec:
    """Bystanders who pass through, or stay when they have no errand."""
    plan = GroupPlan(name=name, participant=False, post=-1, errand=errand, exits=(), patience_min=1e9)
    roles = ((Role.BYSTANDER, 1.0),)
    return GroupSpec(name=name, n=n, roles=roles, spawn=(spawn,), plan=plan, drawing=numbers.drawing)
