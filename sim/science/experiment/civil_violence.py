"""Civil violence on a grid, after Epstein 2002: grievance against the risk of arrest, by the product's kernels."""

import math
from collections.abc import Sequence
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from sim.core.noise import Noise
from sim.core.phrase import Phrase
from sim.crowd.parameters import Numbers as Table
from sim.crowd.people import Ints
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.reference.grid import FOR_LIFE, Grid, Rules, populated
from sim.science.statistics import median
from sim.world.numbers import Numbers

Schedule = tuple[tuple[int, float], ...]
"""From which step on which value holds, in the order of the steps."""

ROUNDINGS = {"none": 0.0, "down": 1.0, "nearest": 2.0}


class CivilViolence(Experiment):
    """Citizens rebel when grievance outweighs the risk they see; police arrest who rebels in their view."""

    setup: Literal["civil_violence"] = "civil_violence"
    width_cells: int = Field(default=40, ge=4, le=1000, description="Columns of the grid.")
    height_cells: int = Field(default=40, ge=4, le=1000, description="Rows of the grid.")
    edges: Literal["joined", "closed"] = Field(
        default="joined", description="`joined`: who walks out on one side comes in on the other (a torus)."
    )
    citizens_share: float = Field(default=0.70, gt=0.0, le=1.0, description="Citizens for each cell.")
    police_share: float = Field(default=0.04, ge=0.0, le=1.0, description="Police for each cell.")
    police_left: Schedule = Field(
        default=(), description="From which step on which share of the police is left: [[100, 0.9], [200, 0.5]]."
    )
    vision_cells: float = Field(default=7.0, ge=1.0, le=200.0, description="How far citizens see, cells.")
    police_vision_cells: float = Field(default=7.0, ge=1.0, le=200.0, description="How far police see, cells.")
    view: Literal["circle", "diamond", "square"] = Field(
        default="circle",
        description="Cells in view: within that distance as the crow flies, in steps along rows and columns, or in "
        "steps of a king.",
    )
    legitimacy: float = Field(default=0.82, ge=0.0, le=1.0, description="Legitimacy of the regime at first.")
    legitimacy_from: Schedule = Field(
        default=(), description="From which step on which legitimacy holds: [[100, 0.7]] is one fall at step 100."
    )
    jail_most_steps: int | None = Field(
        default=30, ge=0, le=1_000_000, description="Longest term in jail, steps; none is for life."
    )
    jailed: Literal["away", "in_place"] = Field(
        default="away", description="Whether the jailed leave the grid for their term or their cell stays taken."
    )
    risk_k: float = Field(default=2.3, ge=0.0, le=100.0, description="k of the risk: P = 1 - exp(-k C/A).")
    rounding: Literal["down", "nearest", "none"] = Field(
        default="down", description="What becomes of C/A before that; without `down` or `nearest` there are no bursts."
    )
    threshold: float = Field(default=0.1, ge=-1.0, le=1.0, description="T: who rebels when grievance - risk > T.")
    movement: bool = Field(default=True, description="Whether people go to a free cell in view in their turn.")
    moves: Literal["first", "last"] = Field(default="first", description="Whether they go before or after they decide.")
    steps: int = Field(default=2000, ge=1, le=1_000_000, description="Steps of one trial.")
    burst_above: int = Field(default=50, ge=0, description="More actives than this are a burst.")
    quiet_most: int = Field(default=5, ge=0, description="Up to so many actives a step counts as quiet.")

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.citizens_share + self.police_share > 1.0:
            raise ValueError(Phrase("citizens and police together need more cells than there are"))
        narrow = min(self.width_cells, self.height_cells)
        if self.edges == "joined" and 2 * max(self.vision_cells, self.police_vision_cells) >= narrow:
            raise ValueError(Phrase("on a grid whose edges meet nobody may see half-way round it"))
        for name in ("legitimacy_from", "police_left"):
            schedule: Schedule = getattr(self, name)
            begins = [step for step, _ in schedule]
            if begins != sorted(set(begins)) or any(step < 0 for step in begins):
                raise ValueError(Phrase("the steps of {name} must rise, from 0 on", name=name))
            if any(not 0.0 <= value <= 1.0 for _, value in schedule):
                raise ValueError(Phrase("the values of {name} lie from 0 to 1", name=name))
        return self

    @property
    def model(self) -> Numbers:
        """Deciding as Epstein has it, unless `numbers` say otherwise: no anger, no fear, no waiting for others."""
        rules = {
            "acting.risk_k": self.risk_k,
            "acting.risk_floored": ROUNDINGS[self.rounding],
            "acting.risk_cut": 0.0,
            "acting.join_on": self.threshold,
            "acting.join_off": self.threshold,
            "acting.join_risk": 1.0,
        }
        return Numbers().changed(rules | self.numbers)

    @property
    def citizens(self) -> int:
        """How many citizens there are."""
        return round(self.citizens_share * self.width_cells * self.height_cells)

    @property
    def police(self) -> int:
        """How many police there are at first."""
        return round(self.police_share * self.width_cells * self.height_cells)

    def opened(self, noise: Noise) -> "Rebellion":
        """The grid before its first step, to be moved on step by step."""
        rules = Rules(
            shape=(self.height_cells, self.width_cells),
            ring=self.edges == "joined",
            sight=_in_view(self.vision_cells, self.view),
            spans=_spans(self.vision_cells, self.view),
            police_sight=_in_view(self.police_vision_cells, self.view),
            moves=self.movement,
            moves_first=self.moves == "first",
            away=self.jailed == "away",
        )
        return Rebellion(self, populated(rules, self.citizens, self.police, noise.key), noise)

    def trial(self, noise: Noise) -> Measured:
        """Run once.

        Measures `active` and `jailed` (series by step), `peak` (most active), `peak_step`, `median_active`,
        `bursts_per_100` (times the number of actives rises above `burst_above`), `quiet_share` (of the steps), and
        `first_burst_step` (-1 without one).
        """
        active, jailed = self.opened(noise).advance(self.steps)
        return burst_figures(active, self.burst_above, self.quiet_most) | {
            "active": active.tolist(),
            "jailed": jailed.tolist(),
        }


class Rebellion:
    """One run of `CivilViolence`, moved on as far as wanted."""

    def __init__(self, rules: CivilViolence, grid: Grid, noise: Noise) -> None:
        """The run at step 0."""
        self.rules, self.grid, self.noise = rules, grid, noise
        self._table: Table = rules.model.acting.table

    def advance(self, steps: int) -> tuple[Ints, Ints]:
        """Let so many steps pass; returns how many were active, and how many in jail, after each."""
        rules, grid = self.rules, self.grid
        end = grid.step + steps
        active, jailed = [], []
        longest = FOR_LIFE if rules.jail_most_steps is None else rules.jail_most_steps
        while grid.step < end:
            legitimacy, until_legitimacy = _value(rules.legitimacy_from, grid.step, rules.legitimacy, end)
            left, until_police = _value(rules.police_left, grid.step, 1.0, end)
            some, in_jail = grid.advance(
                min(until_legitimacy, until_police) - grid.step,
                legitimacy,
                round(left * rules.police),
                longest,
                self.noise.key,
                self._table,
            )
            active.append(some)
            jailed.append(in_jail)
        return np.concatenate(active), np.concatenate(jailed)


def burst_figures(active: Ints, above: int, quiet: int) -> dict[str, float | list[float]]:
    """What is told of a series of actives; see `CivilViolence.trial`."""
    over = active > above
    rises = np.flatnonzero(over & ~np.concatenate(([False], over[:-1])))
    return {
        "peak": float(active.max()),
        "peak_step": float(active.argmax()),
        "median_active": median(active.tolist()),
        "bursts_per_100": 100.0 * len(rises) / len(active),
        "quiet_share": float((active <= quiet).mean()),
        "first_burst_step": float(rises[0]) if len(rises) else -1.0,
    }


def _value(schedule: Sequence[tuple[int, float]], step: int, first: float, end: int) -> tuple[float, int]:
    """What holds at a step, and the step at which something else will, at most `end`."""
    value, until = first, end
    for begins, then in schedule:
        if begins <= step:
            value = then
        else:
            until = min(until, begins)
            break
    return value, until


def _spans(reach: float, view: str) -> Ints:
    """Rows in view as rows away and how many cells to either side are in view there."""
    most = int(reach)
    spans = []
    for r in range(-most, most + 1):
        aside = math.isqrt(int(reach * reach) - r * r) if view == "circle" else most
        spans.append((r, most - abs(r) if view == "diamond" else aside))
    return np.array(spans, dtype=np.int32)


def _in_view(reach: float, view: str) -> Ints:
    """Cells in view as rows and columns away, row by row, one's own included."""
    spans = _spans(reach, view).tolist()
    return np.array([(r, c) for r, aside in spans for c in range(-aside, aside + 1)], dtype=np.int32)
