"""Aftermath: what is owed once people have gone home, to whom, by when, and how much of it is done."""

from dataclasses import dataclass, field
from enum import StrEnum

from sim.core.phrase import Phrase
from sim.core.twin import twin

HOUR = 36_000
"""Ticks of one hour, the step of the days after."""
DAY = 24 * HOUR


class Duty(StrEnum):
    """What kind of thing is owed."""

    HOT_DEBRIEF = "hot_debrief"
    FORCE_REPORT = "force_report"
    RELATIVES = "relatives"
    DETAINED = "detained"
    REVIEW = "review"
    INJURED = "injured"
    STATEMENT = "statement"
    TRACKER = "tracker"
    COMPLAINT = "complaint"
    PROPERTY = "property"
    DEBRIEF = "debrief"
    LESSONS = "lessons"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one kind of duty is about. Hours are `sourced` where a line says so; what a missed one does is assumed."""

    title: Phrase
    hours: float
    """From when it arises until it is due."""
    injustice: float = 0.0
    """What it is to those concerned that it was not done, 0..1."""
    reach: float = 0.0
    """Share of the people online who read that it was not done."""
    public: float = 0.0
    """What that does to the wider public's judgement, -1..1."""


TERMS: dict[Duty, Terms] = {
    # A debrief within two hours, reports within a day: practice of police reviews.
    Duty.HOT_DEBRIEF: Terms(title=Phrase("Hot debrief of the units"), hours=2),
    Duty.FORCE_REPORT: Terms(
        title=Phrase("Report on a use of force"), hours=24, reach=0.1, injustice=0.15, public=-0.03
    ),
    # UN Basic Principles on the Use of Force, principle 5: relatives are told as early as possible.
    Duty.RELATIVES: Terms(
        title=Phrase("Relatives of the injured told"), hours=4, injustice=0.35, reach=0.15, public=-0.04
    ),
    Duty.DETAINED: Terms(
        title=Phrase("Detained people told why; family and lawyer informed"),
        hours=4,
        injustice=0.4,
        reach=0.15,
        public=-0.04,
    ),
    Duty.REVIEW: Terms(
        title=Phrase("Each detention reviewed, who did nothing released"),
        hours=24,
        injustice=0.5,
        reach=0.25,
        public=-0.06,
    ),
    Duty.INJURED: Terms(title=Phrase("Injured people visited"), hours=72, injustice=0.2, reach=0.05, public=-0.01),
    Duty.STATEMENT: Terms(
        title=Phrase("The public told what happened and what comes next"),
        hours=24,
        reach=0.2,
        injustice=0.1,
        public=-0.06,
    ),
    Duty.TRACKER: Terms(title=Phrase("List of demands and promises published"), hours=24, injustice=0.1, reach=0.2),
    Duty.COMPLAINT: Terms(
        title=Phrase("Complaint passed on and answered"), hours=168, injustice=0.3, reach=0.2, public=-0.05
    ),
    Duty.PROPERTY: Terms(title=Phrase("Property and vehicles returned"), hours=168, injustice=0.2, reach=0.05),
    Duty.DEBRIEF: Terms(title=Phrase("Debrief with participants and partners"), hours=336),
    Duty.LESSONS: Terms(title=Phrase("Lessons entered in the risk register"), hours=672),
}
"""The terms of each kind of duty."""


@dataclass(slots=True)
class Task:
    """One thing that is owed."""

    number: int
    duty: str
    """A `Duty`."""
    about: str
    """What it came from: an activity, casualty, day or complaint, as a short id."""
    known_tick: int
    """From when on the seat knows of it."""
    due_tick: int
    people: tuple[int, ...] = ()
    """Rows of the participants it concerns."""
    done_tick: int = -1
    missed: bool = False
    """True once the due time passed with it undone; it can still be done, late."""

    @property
    def open(self) -> bool:
        """True until it is done."""
        return self.done_tick < 0

    def known(self, tick: int) -> bool:
        """True once the seat can know of it."""
        return self.known_tick <= tick


@dataclass(slots=True)
class Aftermath:
    """State of the days after; all empty before they begin."""

    began_tick: int = -1
    ends_tick: int = -1
    tasks: list[Task] = field(default_factory=list)
    pressed: dict[str, float] = field(default_factory=dict)
    """By promise number: how far its owner was followed up, as a chance of keeping it that this added."""
    rounds: dict[str, int] = field(default_factory=dict)
    """How often each response has called on people: the same visit again does less."""
    released: tuple[int, ...] = ()
    """Rows of detained people who were let go."""
    risk_seen: float = -1.0
    """The information cell's judgement of the risk that it happens again, 0..1; -1 before its first."""
    public_seen: float = -1.0
    """What the last survey found the wider public to think, 0..1; -1 before the first."""
    reprisals: int = 0
    """Acts against people for having been there."""

    def fork(self) -> "Aftermath":
        """A copy that can change on its own."""
        other = twin(self)
        other.tasks = [twin(task) for task in self.tasks]
        other.pressed = dict(self.pressed)
        other.rounds = dict(self.rounds)
        return other

    @property
    def on(self) -> bool:
        """True once the days after have begun."""
        return self.began_tick >= 0

    def owe(self, tick: int, duty: Duty, about: str, *, wait_ticks: int = 0, people: tuple[int, ...] = ()) -> Task:
        """Adds a task and returns it: due its hours after it becomes known."""
        known = tick + wait_ticks
        due = known + round(TERMS[duty].hours * HOUR)
        task = Task(len(self.tasks) + 1, duty.value, about, known, due, people)
        self.tasks.append(task)
        return task

    def open_tasks(self, tick: int, *duties: str) -> list[Task]:
        """What is known and not done, of these kinds or of any, soonest due first."""
        found = [t for t in self.tasks if t.open and t.known(tick) and (not duties or t.duty in duties)]
        return sorted(found, key=lambda t: (t.due_tick, t.number))

    def day(self, tick: int) -> int:
        """Whole days since people went home; 0 on the first."""
        return max(0, tick - self.began_tick) // DAY if self.on else 0
