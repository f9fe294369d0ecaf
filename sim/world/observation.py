"""What one seat can know now: built from reports, messages and its own orders, never from the crowd's true state."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.core.phrase import LText, Phrase
from sim.world.activity import Activity, OrderView
from sim.world.aftermath import TERMS, Duty, Task
from sim.world.crowding import CHECKED
from sim.world.facts import Tally
from sim.world.head_count import Looks
from sim.world.knowledge import Claim, Statement
from sim.world.message import Message
from sim.world.metric import people_held
from sim.world.press import PressDesk, press_desk
from sim.world.setting import Place
from sim.world.sightings import near, seen_vehicles, told_apart
from sim.world.table import NO_TALKS, TableView, demands_promised, table_of
from sim.world.talks import Promise
from sim.world.unit import Unit
from sim.world.world import World


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit as the command post tracks it."""

    id: str
    code: str
    strength: int
    x: float
    y: float
    gear: int
    eta_s: float
    """Seconds until it is on scene, 0 when it is."""
    travelling: bool
    activity: str
    """Response it is busy with, "" when free."""
    bound_for: tuple[float, float] | None = None
    """Where it is walking to, m; None while it stands."""
    officers: tuple[tuple[float, float], ...] = ()
    """Where each of its officers stands, m; empty before it is on scene."""
    closed: bool = False
    """True when it stands as a line or ring through which nobody passes."""
    mandate: bool = False
    """True when it is known that it may decide for its department."""
    may_decide: str = ""
    """Of officials: `yes` or `no` once it is known whether they may decide; "" before and for everybody else."""

    @property
    def free(self) -> bool:
        """True when it can be sent without calling it away from something."""
        return self.eta_s <= 0.0 and not self.activity


@dataclass(frozen=True, slots=True)
class SourceView:
    """Somebody who can be asked about a claim."""

    id: str
    name: LText
    how: LText
    """How they come to know it."""
    grade: str
    minutes: float
    """How long asking takes; 0 when the response says it."""
    asking: bool
    says: str
    """What they said, "" while they have not been asked."""


@dataclass(frozen=True, slots=True)
class ForecastView:
    """A question of the risk in the next quarter of an hour, and what was answered."""

    minute: int
    asked_tick: int
    open: bool
    stated_tick: int
    """-1 when it was not answered."""
    percent: float
    """What was stated; 50 while nothing was."""


@dataclass(frozen=True, slots=True)
class DeskView:
    """What the early-warning desk has done and knows."""

    level: int = 0
    """`Level` partners are at."""
    level_tick: int = -1
    trusted: bool = True
    """False once partners have answered a call that rested on nothing."""
    calls: int = 0
    agreed: tuple[str, ...] = ()
    ground_checked: bool = False
    departments: bool = False
    """True once departments have said who decides."""
    conceded: bool = False
    forecasts: tuple[ForecastView, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A signal or rumour as the seat knows it."""

    id: str
    text: LText
    is_rumour: bool
    checking: bool
    verdict: str
    """`` while unchecked, then `true`, `false` or `unclear`."""
    evidence: bool
    heard_tick: int
    corrected: bool
    grade: str = "C"
    """Reliability of whoever brought it."""
    sources: tuple[SourceView, ...] = ()


@dataclass(frozen=True, slots=True)
class CasualtyView:
    """Somebody hurt or ill whom the seat knows of."""

    number: int
    x: float
    y: float
    severity: int
    waiting: bool
    known_since: int


@dataclass(frozen=True, slots=True)
class ActivityView:
    """Something the seat ordered and how far it is."""

    number: int
    response: str
    target: str
    units: tuple[str, ...]
    stage: int
    since_tick: int
    run_ticks: int


@dataclass(frozen=True, slots=True)
class VehicleView:
    """A vehicle standing in a lane that somebody on scene can see."""

    lane: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class ExitView:
    """A way out as the seat knows it."""

    place: str
    watched: bool
    """True while one of our people is near enough to see that it can be walked through."""
    held: bool
    """True while officers of ours stand closed across it, so that nobody gets out that way."""
    width_m: float = 0.0
    """Width, 0 while nobody has checked the ground."""
    hazard: LText | None = None
    """What makes it dangerous, known once the ground has been checked."""


@dataclass(frozen=True, slots=True)
class TaskView:
    """One thing that is owed in the days after."""

    number: int
    duty: str
    title: Phrase
    due_tick: int
    people: int
    """How many participants it concerns, as far as they are known; 0 when it concerns nobody in particular."""
    status: str
    """`open`, `late`, `done` or `done_late`."""


@dataclass(frozen=True, slots=True)
class DaysView:
    """The days after as the desk has them."""

    began_tick: int
    ends_tick: int
    day: int
    """Whole days since people went home."""
    tasks: tuple[TaskView, ...]
    """Known ones, soonest due first."""
    risk: float
    """The information cell's judgement that the same people come again, 0..1; off by some points."""
    public: float
    """What the last survey found the wider public to think of the handling, 0..1; off by some points."""
    held: int
    """People still detained."""
    injured: int
    """People hurt or taken ill on the day."""


@dataclass(frozen=True, slots=True)
class Observation:
    """Everything one seat can know at one tick."""

    seat: str
    tick: int
    minute: float
    state: int
    """`CrowdState` as the worst fresh report judges it."""
    state_age_s: float
    """Age of the report it rests on; -1 when nobody can see the crowd."""
    crush: bool
    density: float
    """Highest density reported lately, persons/m2."""
    estimate: int
    """Numbers of the reports added up, less reports from within 45 m of a newer one: too many where looks overlap.

    What automatic players and statements go by; whoever is to be told how many there are is told `people`.
    """
    x: NDArray[np.float32]
    y: NDArray[np.float32]
    look: NDArray[np.uint8]
    """`Look` of each person reported, at the place they were seen."""
    age_s: NDArray[np.float32]
    units: tuple[UnitView, ...]
    messages: tuple[Message, ...]
    """All that have arrived, oldest first."""
    claims: tuple[ClaimView, ...]
    casualties: tuple[CasualtyView, ...]
    activities: tuple[ActivityView, ...]
    """Live ones."""
    orders: tuple[OrderView, ...]
    """Accepted ones, oldest first."""
    demands_heard: tuple[str, ...]
    """Demands people have put to the police, in the order they came up."""
    promises: tuple[Promise, ...]
    """On demands; the police's own words stand in the table's ledger."""
    statements: tuple[Statement, ...]
    lanes_blocked: tuple[str, ...]
    """Lanes some unit on the road can see are blocked."""
    emergency_waiting: bool
    """An ambulance has reported that it cannot get through."""
    contact_made: bool
    rapport: str
    """`none`, `some` or `good`: the liaison officers' own judgement."""
    representatives: bool
    meeting: bool
    procedure: bool
    vehicles: tuple[VehicleView, ...] = ()
    """Vehicles standing in lanes, as far as somebody on the road can see them."""
    exits: tuple[ExitView, ...] = ()
    """Every way out, in the order of the site."""
    phase: int = 0
    """`Phase`: where the incident is."""
    days: DaysView | None = None
    """The days after; None while the on-scene part lasts."""
    gates_open: tuple[str, ...] = ()
    """Gates that are open, by id; the others stand closed."""
    press: PressDesk = field(default_factory=PressDesk)
    """What could be said to the public now, and what has been."""
    reported: tuple[str, ...] = ()
    """Units whose report has reached the seat, the latest first."""
    looks: Looks = field(kw_only=True, repr=False)
    table: TableView = NO_TALKS
    """The talks: groups, terms, ledger."""
    desk: DeskView = DeskView()

    @property
    def people(self) -> int:
        """How many people there are as far as the units can tell, to the next ten from twenty on; nobody twice."""
        number = self.looks.people()
        return round(number, -1) if number > 20 else number

    def summary(self) -> dict[str, object]:
        """Plain, exact form for digests and journals: what could be seen, without the arrays of positions."""
        return {
            "seat": self.seat,
            "tick": self.tick,
            "state": self.state,
            "crush": self.crush,
            "estimate": self.estimate,
            "density": self.density,
            "units": [(u.id, u.eta_s, u.travelling, u.activity) for u in self.units],
            "messages": [m.serial for m in self.messages],
            "claims": [(c.id, c.verdict, *(s.says for s in c.sources)) for c in self.claims],
            "casualties": [(c.number, c.waiting) for c in self.casualties],
            "desk": (self.desk.level, self.desk.agreed, self.desk.ground_checked, self.desk.departments),
        }


_NOBODY = np.empty(0, np.float32)

EXIT_SIGHT_M = 60.0
"""From how far one sees whether people get out (assumed)."""
EXIT_REACH_M = 3.0
"""A closed line so near to the middle of an exit shuts it (assumed)."""


def observe(world: World, seat: str) -> Observation:
    """What `seat` can know now. Later seats differ by what is sent to them; the commander gets everything."""
    tick = world.tick
    reports = world.reports.fresh(tick)
    worst = max(reports, key=lambda r: (r.state, r.seen_tick), default=None)
    told = told_apart(world)
    estimate = sum(report.estimate for report in told)
    officers = [u for u in world.units if u.on_scene(tick)]
    going_on = world.live()
    under_way = {activity.number: activity for activity in going_on}
    vehicles = seen_vehicles(world)
    rapport = world.talks.best_rapport()
    return Observation(
        seat=seat,
        tick=tick,
        minute=world.minute,
        state=worst.state if worst else 0,
        state_age_s=(tick - worst.seen_tick) / 10.0 if worst else -1.0,
        crush=any(r.crush for r in reports),
        density=max((r.density for r in reports), default=0.0),
        estimate=estimate,
        x=np.concatenate([*(r.x for r in told), _NOBODY]),
        y=np.concatenate([*(r.y for r in told), _NOBODY]),
        look=np.concatenate([*(r.look for r in told), _NOBODY.astype(np.uint8)]),
        age_s=np.concatenate([*(np.full(len(r.x), (tick - r.seen_tick) / 10.0, np.float32) for r in told), _NOBODY]),
        units=tuple(_unit(u, under_way, world) for u in world.units),
        messages=tuple(sorted((m for m in world.messages if m.tick <= tick), key=lambda m: (m.tick, m.serial))),
        claims=tuple(_claim(c) for c in world.claims.values()),
        casualties=tuple(
            CasualtyView(c.number, c.x, c.y, c.severity, c.waiting, c.tick)
            for c in world.casualties
            if tick - c.tick >= 100 or any(near(u, c.x, c.y, 25.0) for u in officers)
        ),
        activities=tuple(_activity(a) for a in going_on if not a.source.startswith("inject:")),
        orders=tuple(a.as_given() for a in world.activities if not a.source.startswith("inject:")),
        demands_heard=world.talks.heard,
        promises=demands_promised(world),
        statements=tuple(world.statements),
        lanes_blocked=tuple(lane for lane in world.setting.lanes if any(v.lane == lane for v in vehicles)),
        emergency_waiting=any(a.arrived_tick < 0 and a.reported > 0 for a in world.road.ambulances),
        contact_made=world.talks.first_contact_tick >= 0,
        rapport="good" if rapport >= 0.5 else "some" if rapport > 0.1 else "none",
        representatives=bool(world.talks.representatives),
        meeting=world.talks.meeting_tick >= 0,
        procedure=world.talks.procedure_agreed_tick >= 0,
        vehicles=tuple(VehicleView(v.lane, v.x, v.y) for v in vehicles),
        reported=tuple(r.unit for r in sorted(world.reports.latest.values(), key=lambda r: (-r.seen_tick, r.unit))),
        looks=Looks(reports, world.ground),
        exits=tuple(
            _exit(place, officers, known=CHECKED in world.flags)
            for place in world.setting.places.values()
            if place.exit_width_m > 0.0
        ),
        phase=world.phase,
        days=_days(world) if world.aftermath.on else None,
        gates_open=tuple(gate.id for gate in world.gates if gate.open),
        press=press_desk(world, Tally(estimate, frozenset(v.lane for v in vehicles))),
        table=table_of(world),
        desk=_desk(world),
    )


def _claim(claim: Claim) -> ClaimView:
    said = dict(zip(claim.asked, claim.said, strict=True))
    return ClaimView(
        id=claim.id,
        text=claim.text,
        is_rumour=claim.is_rumour,
        checking=bool(claim.asking) and not claim.verified,
        verdict=claim.truth if claim.verified else "",
        evidence=claim.evidence,
        heard_tick=claim.heard_tick,
        corrected=claim.corrected_tick >= 0,
        grade=claim.grade,
        sources=tuple(
            SourceView(
                id=source.id,
                name=source.name,
                how=source.how,
                grade=source.grade,
                minutes=source.ticks / 600.0,
                asking=source.id in claim.asking,
                says=said.get(source.id, ""),
            )
            for source in claim.sources
        ),
    )


def _desk(world: World) -> DeskView:
    desk, tick = world.desk, world.tick
    return DeskView(
        level=desk.level,
        level_tick=desk.level_tick,
        trusted=desk.credibility >= 1.0,
        calls=desk.calls,
        agreed=desk.agreed,
        ground_checked=CHECKED in world.flags,
        departments="departments_settled" in world.flags,
        conceded=desk.conceded_tick >= 0,
        forecasts=tuple(
            ForecastView(
                minute=each.minute,
                asked_tick=each.asked_tick,
                open=each.open(tick),
                stated_tick=each.stated_tick,
                percent=100.0 * each.violence,
            )
            for each in desk.forecasts
        ),
    )


def _days(world: World) -> DaysView:
    state, tick = world.aftermath, world.tick
    known = sorted((t for t in state.tasks if t.known(tick)), key=lambda t: (t.due_tick, t.number))
    return DaysView(
        began_tick=state.began_tick,
        ends_tick=state.ends_tick,
        day=state.day(tick),
        tasks=tuple(
            TaskView(t.number, t.duty, TERMS[Duty(t.duty)].title, t.due_tick, len(t.people), _standing(t))
            for t in known
        ),
        risk=state.risk_seen,
        public=state.public_seen,
        held=int(people_held(world)),
        injured=len(world.casualties),
    )


def _standing(task: Task) -> str:
    if task.open:
        return "late" if task.missed else "open"
    return "done_late" if task.missed else "done"


def _exit(place: Place, officers: list[Unit], *, known: bool) -> ExitView:
    centre = place.centre
    closed = [spot for unit in officers if unit.closed for spot in unit.officers()]
    reach = max(0.5 * place.exit_width_m, EXIT_REACH_M)
    return ExitView(
        place=place.id,
        watched=any(near(u, centre.x, centre.y, EXIT_SIGHT_M) for u in officers),
        held=any((x - centre.x) * (x - centre.x) + (y - centre.y) * (y - centre.y) <= reach * reach for x, y in closed),
        width_m=place.exit_width_m if known else 0.0,
        hazard=place.hazard if known else None,
    )


def _unit(unit: Unit, under_way: Mapping[int, Activity], world: World) -> UnitView:
    busy = under_way.get(unit.activity)
    may_decide = _mandate(unit, world)
    return UnitView(
        id=unit.id,
        code=unit.code,
        strength=unit.strength,
        x=unit.x,
        y=unit.y,
        gear=unit.gear,
        eta_s=max(0.0, (unit.arrives_tick - world.tick) / 10.0),
        travelling=unit.travelling,
        activity=busy.source if busy else "",
        bound_for=unit.path[-1] if unit.path else None,
        officers=unit.officers() if unit.on_scene(world.tick) else (),
        closed=unit.closed,
        mandate=may_decide == "yes",
        may_decide=may_decide,
    )


def _mandate(unit: Unit, world: World) -> str:
    """Whether an official may decide shows once departments were asked, or when they have come."""
    if unit.code != "GOV" or not (unit.on_scene(world.tick) or "departments_settled" in world.flags):
        return ""
    return "yes" if unit.mandate else "no"


def _activity(activity: Activity) -> ActivityView:
    return ActivityView(
        number=activity.number,
        response=activity.source,
        target=activity.order.target,
        units=activity.units,
        stage=int(activity.stage),
        since_tick=activity.stage_tick,
        run_ticks=activity.run_ticks,
    )
