"""Force against everybody in an area, or against one offender: the same crowd and moments, two ways of policing."""

from dataclasses import replace
from typing import Literal

from pydantic import Field

from sim.core.noise import Noise
from sim.core.tick import TICKS_PER_SECOND
from sim.crowd.people import NEVER, Role
from sim.effects.area_force import AreaForce
from sim.effects.detain import Detain
from sim.effects.effect import Effect
from sim.scenario.cast import RoleName
from sim.science.experiment.experiment import Experiment, Measured
from sim.science.policed import Policed, assumed, response_of, scenario_of
from sim.world.activity import Activity
from sim.world.nearby import middle_of, participants_near
from sim.world.pointing_out import secure_evidence
from sim.world.world import OFFENCE_FRESH_TICKS, World

MIX: dict[RoleName, float] = {
    "core": 0.20,
    "organiser": 0.02,
    "sympathiser": 0.50,
    "bystander": 0.20,
    "agitator": 0.02,
    "journalist": 0.02,
    "vulnerable": 0.04,
}
"""Shares of the roles (assumed)."""
ARMS = ("none", "targeted", "area")
AREA, DETAIN = "area", "detain"
PAUSE_S = 10.0
"""Between two discharges, and before the first; an arrest is seen as often (`sim.effects.detain`)."""


class ForceOnASquare(Experiment):
    """A crowd on a square and police who answer violence: not at all, by taking out offenders, or by area force.

    Three runs of the same crowd. In the second, a team takes out whoever offended last, a while after each offence; in
    the third, force is used against everybody round the last offence at exactly the same moments. What people see of
    either is computed from who was really hit, by the same effects that orders of an exercise have.
    """

    setup: Literal["force_on_a_square"] = "force_on_a_square"
    people: int = Field(default=600, ge=10, le=2000, description="People of the crowd.")
    side_m: float = Field(default=40.0, ge=5.0, le=200.0, description="Side of the square they stand on, m.")
    roles: dict[RoleName, float] = Field(default=MIX, description="Share of each role.")
    legitimacy: float = Field(default=0.55, ge=0.0, le=1.0, description="Mean legitimacy the police have at first.")
    anger: float | None = Field(default=None, ge=0.0, le=1.0, description="Mean anger at first; none is the usual.")
    minutes: float = Field(default=30.0, ge=1.0, le=600.0, description="Length of a run, minutes.")
    start_min: float = Field(default=2.0, ge=0.0, description="First minute at which police answer violence.")
    every_min: float = Field(default=2.0, ge=0.1, description="Shortest time between two interventions, minutes.")
    most: int = Field(default=10, ge=0, le=1000, description="Interventions at most.")
    officers: int = Field(default=8, ge=1, le=60, description="Officers of the team that intervenes.")
    goes_in: bool = Field(
        default=False, description="Whether the team walks to the place, rather than acting from aside."
    )
    away_m: float = Field(default=30.0, ge=0.0, le=200.0, description="How far off the square they wait, m.")
    area_force: float = Field(default=0.8, ge=0.0, le=1.0, description="Force level of area force.")
    discharges: int = Field(default=1, ge=1, le=100, description="Discharges of one intervention, 10 s apart.")
    area_radius_m: float = Field(default=15.0, gt=0.0, le=200.0, description="Radius within which it hits, m.")
    arrest_force: float = Field(default=0.5, ge=0.0, le=1.0, description="Force level of an arrest.")
    arrest_reach_m: float = Field(default=25.0, gt=0.0, le=200.0, description="How near an offender has to be, m.")
    arrest_struggle_s: float = Field(default=25.0, ge=0.0, le=600.0, description="Shortest time an arrest takes, s.")
    injury_odds: float = Field(default=0.064, ge=0.0, le=1.0, description="Injuries for each person hit by area force.")
    as_offenders: bool = Field(
        default=False,
        description="Appraise area force as if everybody it hit had offended, as severely as the force is.",
    )

    def trial(self, noise: Noise) -> Measured:
        """Run all three.

        Measures for each of them, as `none.acts` and so on: `acts` (violent acts), `legitimacy` and `identity` (means
        at the end of those still there), `violent` (people who were violent), `ordinary` (share of these who are no
        agitators; 0 without any), `interventions`, `present`, `anger` and `fear` (means), `most_violent` (largest share
        violent within 30 s), and by minute `legitimacy_by_minute` and `acts_by_minute` (so far).
        """
        start = self._opened(noise)
        moments: list[int] = []
        found: Measured = {}
        for arm in ARMS:
            run = start.fork()
            told = _Told()
            for second in range(round(60.0 * self.minutes)):
                if arm == "targeted":
                    # How the team comes to know who did it is not what is asked here.
                    secure_evidence(run.world, 0.0, 0.0, 1e9, OFFENCE_FRESH_TICKS)
                if arm == "targeted" and self._due(run.world, second, moments):
                    moments.append(second)
                    _intervene(run, DETAIN)
                elif arm == "area" and second in moments:
                    _intervene(run, AREA)
                run.advance()
                told.note(run.world, second)
            found |= {f"{arm}.{name}": value for name, value in told.figures(run.world).items()}
        return found

    def _opened(self, noise: Noise) -> Policed:
        """The crowd on its square and the team beside it."""
        size = self.side_m + 2.0 * self.away_m + 20.0
        low, high = 0.5 * (size - self.side_m), 0.5 * (size + self.side_m)
        wait = max(0.0, low - self.away_m - 2.0)
        group = {
            "id": "crowd",
            "people": self.people,
            "roles": self.roles,
            "legitimacy": assumed(self.legitimacy),
            "anger": None if self.anger is None else assumed(self.anger),
            "patience_min": assumed(1e6),
            "spawn": ["square"],
            "post": ["square"],
        }
        scenario = scenario_of(
            width_m=size,
            height_m=size,
            places={"square": (low, low, high, high), "aside": (wait, 0.5 * size - 2.0, wait + 2.0, 0.5 * size + 2.0)},
            groups=[group],
            units=[{"id": "POU-1", "code": "POU", "strength": self.officers, "at": "aside"}],
            minutes=int(self.minutes) + 1,
        )
        responses = (
            response_of(
                AREA, [self._area()], run_min=(self.discharges * PAUSE_S + 1.0) / 60.0, remote=not self.goes_in
            ),
            response_of(DETAIN, [self._detain()], run_min=self.every_min, remote=not self.goes_in),
        )
        return Policed.opened(scenario, responses, noise, self.model)

    def _area(self) -> Effect:
        kind = _AsOffenders if self.as_offenders else AreaForce
        minor = assumed(0.94 * self.injury_odds)
        return kind(
            do="area_force",
            radius_m=assumed(self.area_radius_m),
            every_s=assumed(PAUSE_S),
            force=assumed(self.area_force),
            minor_odds=minor,
            serious_odds=assumed(0.06 * self.injury_odds),
        )

    def _detain(self) -> Effect:
        kind = Detain if self.goes_in else _FromAside
        return kind(
            do="detain",
            reach_m=assumed(self.arrest_reach_m),
            force=assumed(self.arrest_force),
            struggle_s=assumed(self.arrest_struggle_s),
        )

    def _due(self, world: World, second: int, moments: list[int]) -> bool:
        """Whether there is somebody to answer, and time for it."""
        if len(moments) >= self.most or second < 60.0 * self.start_min:
            return False
        if moments and second - moments[-1] < 60.0 * self.every_min:
            return False
        return _last_offender(world) >= 0


class _FromAside(Detain):
    """An arrest by a team that is not seen to walk through the crowd, so that nothing but the arrest is perceived."""

    def _reached(self, world: World, activity: Activity, person: int) -> bool:
        """Always: the team stays aside."""
        return True


class _AsOffenders(AreaForce):
    """Area force as it would look if it hit nobody but offenders."""

    def second(self, world: World, activity: Activity) -> None:
        """A discharge when due, shown as an answer, in proportion, to what everybody it hit has done."""
        before = len(world.pending)
        super().second(world, activity)
        for k in range(before, len(world.pending)):
            shown = world.pending[k]
            if shown.hit:
                world.pending[k] = replace(shown, offenders_hit=shown.hit, severity=shown.force)


def _last_offender(world: World) -> int:
    """Row of the participant still there who offended last, within a minute; -1 for none."""
    people = world.crowd.people
    fresh = [int(i) for i in participants_near(world, 0.0, 0.0, 1e9) if world.is_offender(int(i))]
    return max(fresh, key=lambda i: (int(people.last_offence[i]), -i)) if fresh else -1


def _intervene(run: Policed, response: str) -> None:
    """Send the team to the last offence, or to the middle of the crowd when there is none to see."""
    world = run.world
    people, who = world.crowd.people, _last_offender(world)
    if who >= 0:
        x, y = float(people.x[who]), float(people.y[who])
    else:
        x, y = middle_of(world, participants_near(world, 0.0, 0.0, 1e9))
    run.order(response, x, y, "POU-1")


class _Told:
    """What is noted of one run as it goes on."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.most_violent = 0.0
        self.legitimacy: list[float] = []
        self.acts: list[float] = []

    def note(self, world: World, second: int) -> None:
        """Look at a second that has passed."""
        people = world.crowd.people
        present = people.present
        if second % 30 == 29:
            lately = present & (world.tick - people.last_offence <= 30 * TICKS_PER_SECOND)
            self.most_violent = max(self.most_violent, float(lately.sum()) / max(1, int(present.sum())))
        if second % 60 == 59:
            self.legitimacy.append(float(people.legitimacy[present].mean()))
            self.acts.append(float(world.counts.deeds))

    def figures(self, world: World) -> Measured:
        """What `ForceOnASquare.trial` tells of the run."""
        people = world.crowd.people
        present = people.present
        violent = people.last_offence > NEVER
        ordinary = violent & (people.role != int(Role.AGITATOR))
        return {
            "acts": float(world.counts.deeds),
            "legitimacy": float(people.legitimacy[present].mean()),
            "identity": float(people.identity[present].mean()),
            "anger": float(people.anger[present].mean()),
            "fear": float(people.fear[present].mean()),
            "violent": float(violent.sum()),
            "ordinary": float(ordinary.sum()) / max(1, int(violent.sum())),
            "present": float(present.sum()),
            "interventions": float(len(world.activities)),
            "most_violent": self.most_violent,
            "legitimacy_by_minute": self.legitimacy,
            "acts_by_minute": self.acts,
        }
