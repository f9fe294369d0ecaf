"""Sampled incidents: a gathering drawn at random on a square, policed in a friendly or a harsh way."""

import math
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from sim.core.noise import Noise, Stream
from sim.effects import Content
from sim.effects.deploy import Deploy
from sim.effects.push import Push
from sim.effects.talk import Talk
from sim.scenario.cast import RoleName
from sim.scenario.response import Response
from sim.scenario.scenario import Scenario
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.experiment.force import MIX
from sim.science.policed import Policed, assumed, response_of, scenario_of
from sim.science.standing import FIRST_FREE
from sim.science.statistics import gini
from sim.science.watch import Watch, clusters
from sim.world.unit import Formation

MARGIN_M = 20.0
STEP_MPS = 0.5
"""How fast a line walks against people."""
PATROL, TALK, LINE, PUSH = "patrol", "talk", "line", "push"
DRAWN = ("people", "legitimacy", "hardship", "density_per_m2", "arrival_min", "minutes")
"""What is drawn anew in each trial, each from its range."""


class SampledIncident(Experiment):
    """A gathering whose size, mood, room and length are drawn anew in each trial, from the ranges given.

    Facilitating police are a few patrols in soft hats at the edge and a dialogue team among the people. Harsh police
    are lines with helmets and shields that walk against the crowd now and then, and nobody who talks.
    """

    setup: Literal["sampled_incident"] = "sampled_incident"
    policing: Literal["facilitating", "harsh"] = Field(default="facilitating", description="How it is policed.")
    people: tuple[int, int] = Field(default=(150, 800), description="Fewest and most people.")
    legitimacy: tuple[float, float] = Field(default=(0.45, 0.65), description="Lowest and highest mean L they bring.")
    hardship: tuple[float, float] = Field(default=(0.3, 0.55), description="Lowest and highest mean H.")
    density_per_m2: tuple[float, float] = Field(default=(0.4, 1.4), description="Lowest and highest density, 1/m2.")
    arrival_min: tuple[float, float] = Field(default=(3.0, 15.0), description="Shortest and longest arrival, min.")
    minutes: tuple[float, float] = Field(default=(30.0, 60.0), description="Shortest and longest run, min.")
    roles: dict[RoleName, float] = Field(default=MIX, description="Share of each role.")
    persons_per_officer: float = Field(default=25.0, ge=2.0, le=1000.0, description="People for each officer.")
    team: int = Field(default=4, ge=1, le=60, description="Officers in a patrol.")
    line: int = Field(default=10, ge=1, le=60, description="Officers in a line.")
    contact_every_s: float = Field(default=30.0, ge=5.0, le=600.0, description="Seconds between two conversations.")
    push_every_min: float = Field(default=8.0, ge=1.0, le=120.0, description="Minutes between two advances of lines.")
    push_m: float = Field(default=6.0, ge=0.0, le=60.0, description="How far a line walks each time, m.")
    push_force: float = Field(default=0.4, ge=0.0, le=1.0, description="Force with which it pushes.")
    cluster_m: float = Field(default=3.0, gt=0.0, le=50.0, description="Acts this near belong together, m.")
    cluster_s: float = Field(default=20.0, gt=0.0, le=600.0, description="Acts this close in time belong together, s.")
    cluster_acts: int = Field(default=3, ge=1, le=50, description="Acts together that make an attack.")
    window_s: int = Field(default=30, ge=1, le=3600, description="Stretch over which the violent are counted, s.")

    @model_validator(mode="after")
    def _ranges(self) -> Self:
        wrong = [name for name in DRAWN if getattr(self, name)[0] > getattr(self, name)[1]]
        if wrong:
            raise ValueError(f"the lowest is above the highest: {', '.join(wrong)}")
        if self.people[0] < 10 or self.people[1] > 2000 or self.density_per_m2[0] < 0.05:
            raise ValueError("people: 10 to 2000; density_per_m2: at least 0.05")
        if self.arrival_min[0] < 0.0 or self.minutes[0] < 1.0:
            raise ValueError("arrival_min: at least 0; minutes: at least 1")
        return self

    def trial(self, noise: Noise) -> Measured:
        """Draw an incident, let it pass, and measure who was violent, how many at once and in what clusters.

        Measures `people`, `clash` (0 or 1), `acts`, `actors`, `violent_share` (largest share of those present who were
        violent within `window_s`), `gini` (of acts, over everybody), `gini_of_actors` (over those who were violent),
        `clustered` (share of acts in an attack) and `cluster_sizes` (people in each attack).
        """
        drawn = {name: self._drawn(noise, k, name) for k, name in enumerate(DRAWN)}
        people, seconds = round(drawn["people"]), round(60.0 * drawn["minutes"])
        side = math.ceil(math.sqrt(people / drawn["density_per_m2"]))
        teams = max(1, round(people / self.persons_per_officer / self._strength))
        run = Policed.opened(self._scenario(drawn, people, side, teams), self._responses(), noise, self.model)
        names = self._drawn_up(run, side, teams)
        watch, every = Watch(), round(60.0 * self.push_every_min)
        for second in range(seconds):
            if self.policing == "harsh" and second > 0 and second % every == 0:
                run.order(PUSH, MARGIN_M + 0.5 * side, MARGIN_M + side, *names)
            run.advance()
            watch.note(run.world)
        counts = np.bincount([act.person for act in watch.acts], minlength=people).tolist()
        found = clusters(watch.acts, within_m=self.cluster_m, within_s=self.cluster_s, least=self.cluster_acts)
        return {
            "people": float(people),
            "clash": float(watch.clash_s >= 0),
            "acts": float(len(watch.acts)),
            "actors": float(sum(1 for count in counts if count)),
            "violent_share": watch.most_violent(self.window_s),
            "gini": gini(counts),
            "gini_of_actors": gini([count for count in counts if count]),
            "clustered": sum(len(cluster) for cluster in found) / max(1, len(watch.acts)),
            "cluster_sizes": [float(len({act.person for act in cluster})) for cluster in found],
        }

    @property
    def _strength(self) -> int:
        return self.team if self.policing == "facilitating" else self.line

    def _drawn(self, noise: Noise, k: int, name: str) -> float:
        lowest, highest = getattr(self, name)
        return float(lowest + (highest - lowest) * noise.uniform(Stream.EXPERIMENT, FIRST_FREE + k))

    def _scenario(self, drawn: dict[str, float], people: int, side: int, teams: int) -> Scenario:
        size = side + 2.0 * MARGIN_M
        group = {
            "id": "crowd",
            "people": people,
            "roles": self.roles,
            "legitimacy": assumed(drawn["legitimacy"]),
            "hardship": assumed(drawn["hardship"]),
            "arrives": {"from_min": 0.0, "to_min": drawn["arrival_min"]},
            "spawn": ["west", "east"],
            "post": ["square"],
        }
        units = [{"id": f"POU-{k + 1}", "code": "POU", "strength": self._strength, "at": "edge"} for k in range(teams)]
        units.append({"id": "LIA-1", "code": "LIA", "strength": 2, "at": "square"})
        return scenario_of(
            width_m=size,
            height_m=size,
            places={
                "square": (MARGIN_M, MARGIN_M, MARGIN_M + side, MARGIN_M + side),
                "edge": (MARGIN_M, MARGIN_M + side + 2.0, MARGIN_M + side, MARGIN_M + side + 6.0),
                "west": (0.5, 5.0, 3.5, 15.0),
                "east": (size - 3.5, 5.0, size - 0.5, 15.0),
            },
            groups=[group],
            units=units if self.policing == "facilitating" else units[:-1],
            minutes=math.ceil(drawn["minutes"]) + 1,
            exits=("west", "east"),
        )

    def _responses(self) -> list[Response]:
        talk = Talk(do="talk", every_s=assumed(self.contact_every_s), content=Content(quality=0.7, hope=0.1))
        push = Push(
            do="push",
            speed_mps=assumed(STEP_MPS),
            force=assumed(self.push_force),
            minor_odds=assumed(0.001),
            serious_odds=assumed(0.0),
        )
        return [
            response_of(PATROL, [Deploy(do="deploy", formation="pairs")], run_min=0.0, remote=True),
            response_of(TALK, [talk], run_min=0.0, remote=True),
            response_of(LINE, [Deploy(do="deploy", formation="line", gear="shield")], run_min=0.0, remote=True),
            response_of(PUSH, [push], run_min=self.push_m / STEP_MPS / 60.0, remote=True),
        ]

    def _drawn_up(self, run: Policed, side: int, teams: int) -> list[str]:
        """The units at their places and at work; returns the names of those at the edge."""
        harsh = self.policing == "harsh"
        edge = [unit for unit in run.world.units if unit.code == "POU"]
        for k, unit in enumerate(edge):
            unit.x, unit.y = MARGIN_M + side * (k + 0.5) / teams, MARGIN_M + side + 4.0
            unit.facing_x, unit.facing_y = 0.0, -1.0
            unit.formation = Formation.LINE if harsh else Formation.PAIRS
        names = [unit.id for unit in edge]
        run.order(LINE if harsh else PATROL, 0.0, 0.0, *names)
        if not harsh:
            run.order(TALK, 0.0, 0.0, "LIA-1")
        return names
