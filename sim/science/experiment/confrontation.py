"""Confrontation: two police lines face a crowd, and signs of trouble appear one by one or together."""

import math
from collections.abc import Callable
from functools import partial
from typing import Literal

from pydantic import Field

from sim.core.noise import Noise
from sim.effects import Content
from sim.effects.damage import Damage
from sim.effects.deploy import Deploy
from sim.effects.push import Push
from sim.effects.talk import Talk
from sim.scenario.cast import RoleName
from sim.scenario.response import Response
from sim.scenario.scenario import Scenario
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.experiment.force import MIX
from sim.science.policed import Policed, assumed, response_of, scenario_of
from sim.science.watch import Watch
from sim.world.activity import Stage
from sim.world.unit import SPACING_M, Formation, Unit

MARGIN_M = 20.0
STEP_MPS = 0.5
"""How fast a line walks against people."""
INTO_M = 4.0
"""How far lines that are called off stray into the crowd."""
HOLD, DRESS, FORWARD, TALK, SMASH = "hold", "dress", "forward", "talk", "smash"


class Confrontation(Experiment):
    """A crowd, and police lines in soft hats that come and hold their ground while others talk; then signs appear.

    Every sign is what units and people really do: the lines are called off into the crowd and left there without a
    task; they walk forward against it; they put on helmets and take shields; some of the crowd break something; and
    where there is no contact, nobody talks with the crowd from the start.
    """

    setup: Literal["confrontation"] = "confrontation"
    people: int = Field(default=400, ge=20, le=2000, description="People of the crowd.")
    density_per_m2: float = Field(default=1.2, ge=0.1, le=3.0, description="Density at which they stand, persons/m2.")
    front_m: float = Field(default=40.0, ge=10.0, le=150.0, description="Width of the crowd along the lines, m.")
    legitimacy: float = Field(default=0.5, ge=0.0, le=1.0, description="Mean L they bring.")
    hardship: float | None = Field(default=None, ge=0.0, le=1.0, description="Mean H; that of the roles when left out.")
    roles: dict[RoleName, float] = Field(default=MIX, description="Share of each role.")
    lines: int = Field(default=2, ge=1, le=8, description="Police lines side by side.")
    officers: int = Field(default=10, ge=2, le=60, description="Officers in each line.")
    stand_off_m: float = Field(default=4.0, ge=1.0, le=15.0, description="From the lines to the edge of the crowd, m.")
    mismanagement: bool = Field(default=False, description="The lines are called off into the crowd and left there.")
    incursion: bool = Field(default=False, description="The lines walk forward against the crowd.")
    escalation: bool = Field(default=False, description="The lines put on helmets and take shields.")
    damage: bool = Field(default=False, description="Some of the crowd break something.")
    no_contact: bool = Field(default=False, description="Nobody talks with the crowd.")
    advance_m: float = Field(default=4.0, ge=0.0, le=50.0, description="How far they walk into the crowd's ground, m.")
    advance_force: float = Field(default=0.1, ge=0.0, le=1.0, description="Force with which they push whom they meet.")
    damagers: int = Field(default=2, ge=1, le=20, description="How many break something.")
    contact_every_s: float = Field(default=30.0, ge=5.0, le=600.0, description="Seconds between two conversations.")
    police_at_min: float = Field(default=1.0, ge=0.0, le=60.0, description="Minute at which the lines come.")
    signs_at_min: float = Field(default=2.0, ge=0.0, le=60.0, description="Minute at which the signs appear.")
    minutes: float = Field(default=20.0, ge=1.0, le=240.0, description="Minutes watched from then on.")
    to_clash: bool = Field(default=True, description="Whether to stop watching at the first clash.")

    def trial(self, noise: Noise) -> Measured:
        """Put it up, let the signs appear, and say whether and when it came to a clash.

        Measures `clash` (0 or 1), `clash_min` (minutes after the signs; `minutes` when it never came to one), `acts`,
        `actors`, `tension` (largest X so far anywhere), `anger` and `legitimacy` (means at the end), and
        `tension_by_minute`.
        """
        run = Policed.opened(self._scenario(), self._responses(), noise, self.model)
        lines, world = self._drawn_up(run), run.world
        run.order(HOLD, 0.0, 0.0, *(unit.id for unit in lines))
        if not self.no_contact:
            run.order(TALK, 0.0, 0.0, "LIA-1")
        watch, start = Watch(), round(60.0 * self.signs_at_min)
        steps = self._steps(run, lines)
        tension: list[float] = []
        for second in range(start + round(60.0 * self.minutes)):
            step = steps.get(second - start)
            if step is not None:
                step()
            run.advance()
            watch.note(world)
            if second % 60 == 59:
                tension.append(float(world.tension.grid.max()))
            if self.to_clash and watch.clash_s >= 0:
                break
        people = world.crowd.people
        present = people.present
        clash = watch.clash_s >= 0
        return {
            "clash": float(clash),
            "clash_min": (watch.clash_s - start) / 60.0 if clash else self.minutes,
            "acts": float(len(watch.acts)),
            "actors": float(len({act.person for act in watch.acts})),
            "tension": max(tension, default=0.0),
            "anger": float(people.anger[present].mean()) if present.any() else 0.0,
            "legitimacy": float(people.legitimacy[present].mean()) if present.any() else 0.0,
            "tension_by_minute": tension,
        }

    @property
    def _depth_m(self) -> float:
        return self.people / self.density_per_m2 / self.front_m

    def _scenario(self) -> Scenario:
        width, depth = self.front_m + 2.0 * MARGIN_M, self._depth_m
        front = MARGIN_M + depth
        group = {
            "id": "crowd",
            "people": self.people,
            "roles": self.roles,
            "legitimacy": assumed(self.legitimacy),
            "hardship": None if self.hardship is None else assumed(self.hardship),
            "spawn": ["ground"],
            "post": ["ground"],
        }
        units = [
            {
                "id": f"POU-{k + 1}",
                "code": "POU",
                "strength": self.officers,
                "at": "behind",
                "arrives_min": self.police_at_min,
                "speed_mps": assumed(1.2),
            }
            for k in range(self.lines)
        ]
        if not self.no_contact:
            units.append({"id": "LIA-1", "code": "LIA", "strength": 2, "at": "ground", "arrives_min": 0})
        return scenario_of(
            width_m=width,
            height_m=front + 2.0 * MARGIN_M,
            places={
                "ground": (MARGIN_M, MARGIN_M, MARGIN_M + self.front_m, front),
                "behind": (MARGIN_M, front + 1.0, MARGIN_M + self.front_m, front + 1.0 + 2.0 * self.stand_off_m),
                "west": (0.5, 5.0, 3.5, 15.0),
                "east": (width - 3.5, 5.0, width - 0.5, 15.0),
            },
            groups=[group],
            units=units,
            minutes=math.ceil(self.signs_at_min + self.minutes) + 1,
            exits=("west", "east"),
        )

    def _responses(self) -> list[Response]:
        none = assumed(0.0)
        walk = Push(
            do="push",
            speed_mps=assumed(STEP_MPS),
            force=assumed(self.advance_force),
            gear="helmet_at_belt",
            minor_odds=none,
            serious_odds=none,
        )
        talk = Talk(do="talk", every_s=assumed(self.contact_every_s), content=Content(quality=0.7, hope=0.1))
        return [
            response_of(HOLD, [Deploy(do="deploy", formation="line")], run_min=0.0, remote=True),
            response_of(DRESS, [Deploy(do="deploy", formation="line", gear="shield")], run_min=0.0, remote=True),
            response_of(FORWARD, [walk], run_min=self._walk_s / 60.0, remote=True),
            response_of(TALK, [talk], run_min=0.0, remote=True),
            response_of(SMASH, [Damage(do="damage", offenders=self.damagers)], run_min=0.0, remote=True),
        ]

    @property
    def _walk_s(self) -> float:
        return (self.stand_off_m + self.advance_m) / STEP_MPS

    def _drawn_up(self, run: Policed) -> list[Unit]:
        """The lines side by side before the crowd, facing it, and whoever talks at the edge of it."""
        front, middle = MARGIN_M + self._depth_m, MARGIN_M + 0.5 * self.front_m
        lines = [unit for unit in run.world.units if unit.code == "POU"]
        for k, unit in enumerate(lines):
            unit.x = middle + (k - 0.5 * (self.lines - 1)) * SPACING_M * self.officers
            unit.y = front + self.stand_off_m
            unit.facing_x, unit.facing_y = 0.0, -1.0
            unit.formation = Formation.LINE
        for unit in run.world.units:
            if unit.code == "LIA":
                unit.x, unit.y = middle, front - 1.0
        return lines

    def _steps(self, run: Policed, lines: list[Unit]) -> dict[int, Callable[[], object]]:
        """What happens at which second after the signs begin."""
        front, middle = MARGIN_M + self._depth_m, MARGIN_M + 0.5 * self.front_m
        names = [unit.id for unit in lines]
        steps: dict[int, Callable[[], object]] = {}
        done = 1
        if self.damage:
            steps[0] = partial(run.order, SMASH, middle, front - 2.0)
        if self.incursion:
            steps[done] = partial(run.order, FORWARD, middle, front, *names)
            done += math.ceil(self._walk_s) + 2
        if self.escalation or self.incursion:
            steps[done] = partial(run.order, DRESS if self.escalation else HOLD, middle, front, *names)
            done += 2
        if self.mismanagement:
            steps[done] = partial(_call_off, run, lines, front - INTO_M)
        return steps


def _call_off(run: Policed, lines: list[Unit], y: float) -> None:
    """Ends whatever the lines do and lets them walk into the crowd, where nobody gives them a task."""
    world = run.world
    for activity in world.live():
        if lines[0].id in activity.units:
            world.release(activity, Stage.STOPPED)
    for unit in lines:
        world.send(unit, unit.x, y)
