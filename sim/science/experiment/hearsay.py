"""How far a rumour gets: one person tells it, and it goes from mouth to mouth until nobody tells it any more."""

import math
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from sim.core.maths import exp
from sim.core.noise import Noise
from sim.core.phrase import Phrase
from sim.core.tick import TICKS_PER_SECOND
from sim.crowd.mind import FELT, NEAR_M, TALE, whisper
from sim.crowd.people import RUMOURS, Bits, Bytes, Floats, Knows, Rumour, Status
from sim.crowd.squares import Squares
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.reference.hearsay import spread
from sim.science.standing import scattered
from sim.world.numbers import Numbers

EVERYTHING = sum(int(bit) for bit in Knows)
"""What somebody knows whose belief no uncertainty raises."""
MEETINGS_EACH = 10_000
"""Meetings for each person at which a run of meetings is given up."""


class Hearsay(Experiment):
    """A crowd in which one rumour goes round; nobody leaves, nobody corrects it."""

    setup: Literal["hearsay"] = "hearsay"
    people: int = Field(default=10_000, ge=2, le=1_000_000, description="How many people.")
    tellers: int = Field(default=1, ge=1, description="How many tell it at first.")
    schedule: Literal["seconds", "tellings", "pairs"] = Field(
        default="seconds",
        description="Who meets whom: by the second as in the product, each teller telling now and then; one telling "
        "after another by a teller drawn at random; or pairs with a teller in them, drawn at random.",
    )
    stops: Literal["teller", "both"] = Field(
        default="teller",
        description="Who stops when a teller meets a teller: the one who called (Maki and Thompson) or both (Daley "
        "and Kendall).",
    )
    failures: int = Field(default=1, ge=1, le=200, description="Tellings in vain after which a teller stops.")
    believed: float = Field(default=1.0, gt=0.0, le=1.0, description="Chance that who hears it takes it up.")
    reach_m: float | None = Field(
        default=None, gt=0.0, le=1000.0, description="How far a telling reaches, m; none mixes everybody."
    )
    density_per_m2: float = Field(default=1.0, gt=0.0, le=10.0, description="People on each square metre.")
    tellings_per_s: float = Field(default=1 / 45, gt=0.0, le=0.5, description="Tellings of a teller, 1/s.")
    longest_s: int = Field(default=86_400, ge=1, description="When a run by the second is given up, s.")

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.tellers > self.people:
            raise ValueError(Phrase("there are fewer people than tellers"))
        if self.schedule != "seconds" and self.reach_m is not None:
            raise ValueError(
                Phrase("meetings one by one mix everybody: leave reach_m out, or take the schedule seconds")
            )
        return self

    @property
    def model(self) -> Numbers:
        """The product's rumours with what this set-up says of them, unless `numbers` say otherwise."""
        rules = {
            "feeling.rumour_m": math.inf if self.reach_m is None else self.reach_m,
            "feeling.rumour_rate": self.tellings_per_s,
            "feeling.rumour_certain": self.believed,
            "feeling.rumour_failures": float(self.failures),
            "feeling.rumour_both": 1.0 if self.stops == "both" else 0.0,
        }
        return Numbers().changed(rules | self.numbers)

    def trial(self, noise: Noise) -> Measured:
        """Run once.

        Measures `ignorant` (share who never took it up), `tellers_most` (largest share telling at once; by the second
        only, else 0), `lasted` (seconds or meetings), `told` (1 when nobody tells it any more, 0 when given up).
        """
        n, numbers = self.people, self.model
        rumour = np.zeros((n, RUMOURS), dtype=np.uint8)
        rumour[: self.tellers, 0] = int(Rumour.SPREADER)
        knowledge = np.full(n, EVERYTHING, dtype=np.uint32)
        refused = np.zeros((n, RUMOURS), dtype=np.uint8)
        most = 0.0
        if self.schedule == "seconds":
            lasted, most = self._by_the_second(noise, numbers, knowledge, refused, rumour)
        else:
            pairs, both = self.schedule == "pairs", self.stops == "both"
            limit = MEETINGS_EACH * n
            lasted = spread(pairs, both, limit, noise.key, knowledge, numbers.feeling.table, refused, rumour)
        return {
            "ignorant": float((rumour[:, 0] == int(Rumour.IGNORANT)).mean()),
            "tellers_most": most,
            "lasted": float(lasted),
            "told": float(not (rumour[:, 0] == int(Rumour.SPREADER)).any()),
        }

    def _by_the_second(
        self, noise: Noise, numbers: Numbers, knowledge: Bits, refused: Bytes, rumour: Bytes
    ) -> tuple[int, float]:
        """Let the product's tellings go on until nobody tells; returns the seconds and the largest share telling."""
        n = self.people
        side = math.sqrt(n / self.density_per_m2)
        x, y = scattered(n, 0.0, 0.0, side, side, noise) if self.reach_m is not None else _anywhere(n)
        rows = np.arange(n)
        squares = Squares.blank(side, side, NEAR_M, n)
        squares.fill(rows, x, y)
        near = squares.table
        status, online = np.full(n, int(Status.PRESENT), dtype=np.uint8), np.zeros(n, dtype=np.uint8)
        tales, felt = np.zeros((RUMOURS, TALE)), np.zeros((n, FELT))
        most = 0
        for second in range(self.longest_s):
            telling = int((rumour[:, 0] == int(Rumour.SPREADER)).sum())
            most = max(most, telling)
            if telling == 0:
                return second, most / n
            whisper(
                rows,
                second * TICKS_PER_SECOND,
                noise.key,
                near.slot,
                near.start,
                near.member,
                x,
                y,
                status,
                online,
                knowledge,
                numbers.feeling.table,
                tales,
                refused,
                rumour,
                felt,
            )
        return self.longest_s, most / n


def _anywhere(n: int) -> tuple[Floats, Floats]:
    """Places of people who mix completely: one for all."""
    return np.zeros(n), np.zeros(n)


def never_heard(failures: float = 1.0, believed: float = 1.0) -> float:
    """Return the share who never take up a rumour in a large crowd that mixes completely.

    The root below 1 of y = exp((1 + m b)(y - 1)), m tellings in vain before a teller stops and b the chance of being
    believed: Sudbury 1985 for m = b = 1. In general each who takes it up tells it, on average, to 1/b ignorant people
    for each who takes it up in turn and to m in vain, and who is never reached by any of these calls never hears it.
    """
    low, high = 0.0, 1.0 - 1e-9
    rate = 1.0 + failures * believed
    for _ in range(100):
        middle = 0.5 * (low + high)
        if middle < exp(rate * (middle - 1.0)):
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)
