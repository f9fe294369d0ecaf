"""Everything that can change in a run, in one object that can be forked and digested."""

import math
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import chain, islice

import numpy as np

from sim.core.digest import Written, digest
from sim.core.errors import NotFinite
from sim.core.finite import all_finite
from sim.core.noise import Noise
from sim.core.phrase import LText, Phrase
from sim.core.twin import twin
from sim.crowd.crowd import Crowd
from sim.crowd.ground import Ground
from sim.crowd.people import NEVER, Floats, Status
from sim.crowd.route import route
from sim.crowd.state import StateReadout
from sim.crowd.stimulus import Channel, Stimulus
from sim.world.activity import Activity
from sim.world.aftermath import Aftermath, Task
from sim.world.casualty import Casualty
from sim.world.desk import Desk
from sim.world.gate import Gate
from sim.world.journal import Journal
from sim.world.knowledge import Announcement, Claim, Statement
from sim.world.memory import Memory
from sim.world.message import About, Message, Via
from sim.world.opinion import Opinion
from sim.world.report import Reports
from sim.world.road import Road
from sim.world.setting import Place, Setting
from sim.world.suspect import Suspect
from sim.world.talks import Talks
from sim.world.tension import Tension
from sim.world.timeline import InjectState
from sim.world.unit import CHANGING, Unit

_SELDOM = ("claims", "flags", "injects", "reports")
"""Parts of the state that hold texts and whole numbers alone and change once in a while."""
OFFENCE_FRESH_TICKS = 600
"""Somebody counts as an offender for 60 s after their own offence."""


@dataclass(slots=True)
class Counts:
    """Running totals the endings and the score ask for."""

    arrests: int = 0
    arrests_with_evidence: int = 0
    arrests_of_representatives: int = 0
    receipts: int = 0
    """People who were heard at a desk and went away with a receipt."""
    lane_blocked_ticks: int = 0
    """How long no emergency lane was free while an ambulance waited."""
    crush_ticks: int = 0
    """How long at least 6 persons/m2 stood without a break; reset when relieved."""
    crush_worst_ticks: int = 0
    tight_ticks: int = 0
    """How long at least 5 persons/m2 stood without a break; reset when relieved."""
    tight_worst_ticks: int = 0
    peak_density: float = 0.0
    peak_present: int = 0
    deeds: int = 0
    """Violent acts so far."""
    contained_ticks: int = 0
    left_voluntarily: int = 0
    left_moved: int = 0
    protected: int = 0
    """Offences stopped by officers who stood by."""
    damage_tick: int = NEVER
    """When property was last damaged."""
    disrupted_ticks: int = 0
    """How long vehicles have stood on every lane ambulances use, without a break; reset when one is free."""


@dataclass(slots=True)
class World:
    """The state of one run at one tick."""

    setting: Setting
    ground: Ground
    crowd: Crowd
    noise: Noise
    tension: Tension
    readout: StateReadout
    first_legitimacy: Floats
    """L everybody brings with them; never changed."""
    journal: Journal
    tick: int = 0
    units: list[Unit] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    road: Road = field(default_factory=Road)
    casualties: list[Casualty] = field(default_factory=list)
    talks: Talks = field(default_factory=Talks)
    claims: dict[str, Claim] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    announcements: list[Announcement] = field(default_factory=list)
    opinion: Opinion = field(default_factory=Opinion)
    desk: Desk = field(default_factory=Desk)
    messages: list[Message] = field(default_factory=list)
    reports: Reports = field(default_factory=Reports)
    injects: dict[str, InjectState] = field(default_factory=dict)
    """By inject id, in timeline order."""
    flags: dict[str, int] = field(default_factory=dict)
    """Named facts with the tick they became true."""
    counts: Counts = field(default_factory=Counts)
    pending: list[Stimulus] = field(default_factory=list)
    """What can be perceived in the coming second."""
    serial: int = 0
    """Last serial number given to a stimulus or promise."""
    rain: bool = False
    phase: int = 0
    """`Phase`: where the incident is."""
    phase_tick: int = 0
    """Since when."""
    aftermath: Aftermath = field(default_factory=Aftermath)
    memory: Memory = field(default_factory=Memory)
    """What the community brings along; settled before the first tick."""
    heat: bool = False
    dark: bool = False
    gates: list[Gate] = field(default_factory=list)
    """In the order of the site."""
    suspects: dict[int, Suspect] = field(default_factory=dict)
    """Who can be pointed out for an offence, by row, in the order it became known."""
    _going_on: list[Activity] = field(init=False, repr=False, compare=False, default_factory=list)
    """What of the first `_looked_through` activities may still be live; no part of the state."""
    _roster: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)
    """Where each unit stands in `units`, which never loses one; no part of the state."""
    _rows: dict[tuple[str, ...], list[int]] = field(init=False, repr=False, compare=False, default_factory=dict)
    """Where those stand whom some activity has; no part of the state."""
    _looked_through: int = field(init=False, repr=False, compare=False, default=0)
    _codes: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)
    """The catalogue codes of the first `_filed` activities; no part of the state."""
    _by_source: dict[str, list[Activity]] = field(init=False, repr=False, compare=False, default_factory=dict)
    """The same activities by the response or inject they came from."""
    _written: Written = field(init=False, repr=False, compare=False, default_factory=Written)
    """What of `_SELDOM` was digested last."""
    _filed: int = field(init=False, repr=False, compare=False, default=0)

    # ---- identity of a state

    def fork(self, trial: int | None = None) -> "World":
        """A world that goes on by itself; with a trial number its further noise differs from this one's."""
        return World(
            setting=self.setting,
            ground=self.ground,
            crowd=self.crowd.fork(),
            noise=self.noise if trial is None else Noise(self.noise.seed, trial),
            tension=self.tension.fork(),
            readout=self.readout.fork(),
            first_legitimacy=self.first_legitimacy,
            journal=self.journal.fork(),
            tick=self.tick,
            units=[unit.fork() for unit in self.units],
            activities=[activity.fork() for activity in self.activities],
            road=self.road.fork(),
            casualties=[casualty.fork() for casualty in self.casualties],
            talks=self.talks.fork(),
            claims={name: claim.fork() for name, claim in self.claims.items()},
            statements=list(self.statements),
            announcements=list(self.announcements),
            opinion=self.opinion.fork(),
            desk=self.desk.fork(),
            messages=list(self.messages),
            reports=self.reports.fork(),
            injects={name: state.fork() for name, state in self.injects.items()},
            flags=dict(self.flags),
            counts=twin(self.counts),
            pending=list(self.pending),
            serial=self.serial,
            rain=self.rain,
            phase=self.phase,
            phase_tick=self.phase_tick,
            aftermath=self.aftermath.fork(),
            memory=self.memory,
            heat=self.heat,
            dark=self.dark,
            gates=[gate.fork() for gate in self.gates],
            suspects=dict(self.suspects),
        )

    def parts(self, *, packed: bool = False) -> dict[str, object]:
        """The state by name, as a digest covers it: two worlds are the same when all parts are.

        With `packed` the people come as two arrays instead of one a quality.

        Of what is only ever added to and never changed (messages, statements, finished activities) the number counts:
        each of them is a consequence of the rest, and stands in the journal that the digests run along.
        """
        return {
            "crowd": self.crowd.state(packed=packed),
            "tension": self.tension.grid,
            "readout": self.readout.state(),
            "tick": self.tick,
            "units": self._unit_table(),
            "paths": [unit.path for unit in self.units if unit.path],
            "activities": [activity.numbers() for activity in self.live()],
            "vehicles": np.array([(v.x, v.y, v.owner, v.leaves_tick) for v in self.road.vehicles]),
            "ambulances": self.road.ambulances,
            "casualties": np.array(
                [(c.severity, c.helped_tick, c.cared_tick, c.worsens_tick) for c in self.casualties]
            ),
            "talks": self.talks,
            "claims": [claim.numbers() for claim in self.claims.values()],
            "said": (len(self.activities), len(self.statements), len(self.announcements), len(self.messages)),
            "opinion": self.opinion,
            "desk": self.desk,
            "reports": self.reports.state(),
            "injects": [s.status for s in self.injects.values()],
            "answers": np.array([(s.fired_tick, s.first_answer_tick, s.shift_min) for s in self.injects.values()]),
            "flags": dict(self.flags),
            "counts": self.counts,
            "pending": [stimulus.serial for stimulus in self.pending],
            "serial": self.serial,
            "rain": self.rain,
            "phase": (self.phase, self.phase_tick),
            "aftermath": self.aftermath,
            "heat": self.heat,
            "dark": self.dark,
            "gates": [gate.open for gate in self.gates],
            "suspects": np.array([(row, s.tick, s.on_record) for row, s in self.suspects.items()], dtype=np.int64),
        }

    def _unit_table(self) -> Floats:
        """Everything of the units that can change but their way points, one row a unit."""
        numbers = chain.from_iterable(map(Unit.numbers, self.units))
        return np.fromiter(numbers, np.float64, len(CHANGING) * len(self.units)).reshape(-1, len(CHANGING))

    def digest(self) -> str:
        """Digest of the exact state, 32 hex characters.

        Raises:
            NotFinite: a number is not one; for people, array and person are named.
        """
        parts = self.parts(packed=True)
        self._guard(parts["units"])  # type: ignore[arg-type]  # one of very different parts
        for name in _SELDOM:
            parts[name] = self._written.of(name, parts[name])
        return digest(parts)

    def guard(self) -> None:
        """Raise NotFinite, with array and row, when a number of people, tension or units is infinite or none at all."""
        # Any wrong number makes the sum wrong; which one it is, is looked for when one is.
        wrong = not math.isfinite(sum(map(Unit.sum, self.units)))
        self._guard(self._unit_table() if wrong else np.zeros((0, len(CHANGING))))

    def _guard(self, units: Floats) -> None:
        self.crowd.people.guard()
        for name, table in (("tension", self.tension.grid), ("units", units)):
            if not all_finite(table):
                raise NotFinite(name, person=int(np.flatnonzero(~np.isfinite(table).all(axis=1))[0]))

    # ---- looking things up

    @property
    def minute(self) -> float:
        """Scenario minute now."""
        return self.setting.minute(self.tick)

    def place(self, name: str) -> Place:
        """The place of that id; KeyError if there is none (orders and scenarios are checked before)."""
        return self.setting.places[name]

    def unit(self, name: str) -> Unit:
        """The unit of that id."""
        return next(u for u in self.units if u.id == name)

    def on_scene(self, *codes: str) -> list[Unit]:
        """Units of these codes that have arrived, in roster order."""
        return [u for u in self.units if u.code in codes and u.on_scene(self.tick)]

    def staff(self, activity: Activity) -> list[Unit]:
        """The units carrying out an activity."""
        if not activity.units:
            return []
        if len(self._roster) != len(self.units):
            self._roster, self._rows = {unit.id: row for row, unit in enumerate(self.units)}, {}
        rows = self._rows.get(activity.units)
        if rows is None:
            rows = sorted({self._roster[name] for name in activity.units if name in self._roster})
            self._rows[activity.units] = rows
        return [self.units[row] for row in rows]

    def live(self, *sources: str) -> list[Activity]:
        """Activities still going on that came from these responses, in the order they began; all when none is named."""
        if self._looked_through > len(self.activities):
            self._looked_through, self._going_on = 0, []
        new = islice(self.activities, self._looked_through, None)
        # What is over never begins again, so it need not be looked at twice.
        self._going_on = [a for a in chain(self._going_on, new) if a.live]
        self._looked_through = len(self.activities)
        return [a for a in self._going_on if a.source in sources] if sources else list(self._going_on)

    def codes(self) -> Collection[str]:
        """The catalogue codes of all activities so far."""
        self._file()
        return self._codes

    def ordered(self, response: str) -> list[Activity]:
        """Every activity that came from this response, oldest first."""
        self._file()
        return list(self._by_source.get(response, ()))

    def _file(self) -> None:
        """Enter the activities that have come since the last time under what they came from."""
        if self._filed > len(self.activities):
            self._filed, self._codes, self._by_source = 0, {}, {}
        for activity in islice(self.activities, self._filed, None):
            self._codes.setdefault(activity.catalogue, activity.number)
            self._by_source.setdefault(activity.source, []).append(activity)
        self._filed = len(self.activities)

    def ordered_coded(self, catalogue: str) -> list[Activity]:
        """Every activity that came from a response of this catalogue code, oldest first."""
        return [a for a in self.activities if a.catalogue == catalogue]

    def is_offender(self, person: int) -> bool:
        """True when this person offended in the last 60 s."""
        return self.tick - int(self.crowd.people.last_offence[person]) <= OFFENCE_FRESH_TICKS

    # ---- making things happen

    def next_serial(self) -> int:
        """A number no other stimulus or promise of this run has."""
        self.serial += 1
        return self.serial

    def emit(self, channel: Channel, **content: object) -> Stimulus:
        """Puts something perceivable into the coming second and returns it."""
        stimulus = Stimulus(serial=self.next_serial(), channel=channel, **content)  # type: ignore[arg-type]
        self.pending.append(stimulus)
        return stimulus

    def tell(  # noqa: PLR0913 - a message has that many parts, all by name
        self,
        via: Via,
        about: About,
        text: LText | Phrase,
        *,
        sender: str = "",
        place: str = "",
        ref: str = "",
        grade: str = "B",
        delay_s: float = 0.0,
        needs_answer: bool = False,
        answer_min: float = 0.0,
    ) -> None:
        """Sends a message to the seats; it reaches them after the delay."""
        due = self.tick + round(delay_s * 10)
        self.messages.append(
            Message(
                # A count of its own: being told something must not change who perceives what, which serials key.
                serial=len(self.messages) + 1,
                tick=due,
                via=via,
                about=about,
                text=text,
                sender=sender,
                place=place,
                ref=ref,
                grade=grade,
                needs_answer=needs_answer,
                answer_by_tick=due + round(answer_min * 600) if answer_min else 0,
            )
        )

    def consequence(self, what: str, **data: object) -> None:
        """Writes a consequence into the journal."""
        self.journal.append(self.tick, "consequence", what=what, **data)

    def flag(self, name: str) -> None:
        """Makes a named fact true from now on; keeps the first tick."""
        self.flags.setdefault(name, self.tick)

    def send(self, unit: Unit, x: float, y: float) -> None:
        """Sets a unit walking to a point by a way round the solids."""
        unit.go(route(self.ground, unit.x, unit.y, x, y))

    def release(self, activity: Activity, stage: int) -> None:
        """Ends an activity and frees its units."""
        activity.stage = stage
        activity.stage_tick = self.tick
        for unit in self.staff(activity):
            if unit.activity == activity.number:
                unit.activity = 0
                unit.speaking = False
                unit.advancing = False
        self.journal.append(self.tick, "activity", number=activity.number, source=activity.source, stage=int(stage))

    def finish(self, task: Task, response: str) -> None:
        """What was owed is done, by this response, in time or late."""
        task.done_tick = self.tick
        self.consequence("task_done", duty=task.duty, number=task.number, response=response, late=task.missed)

    def hurt(self, person: int, severity: int, cause: str, x: float, y: float) -> Casualty:
        """Records an injury: marks the person (if a member of the crowd) and adds a casualty who needs care."""
        people = self.crowd.people
        if person >= 0:
            people.injury[person] = max(int(people.injury[person]), severity)
        casualty = Casualty(
            number=len(self.casualties) + 1,
            tick=self.tick,
            x=x,
            y=y,
            severity=severity,
            cause=cause,
            person=person,
        )
        self.casualties.append(casualty)
        names = ("", "minor", "serious", "fatal")
        self.consequence("injury", severity=names[severity], cause=cause, person=person, x=round(x, 1), y=round(y, 1))
        return casualty

    def remove(self, person: int, status: Status) -> None:
        """Takes a person off the ground with this status."""
        self.crowd.people.status[person] = int(status)
