"""Office: what the window asks of the house around it - scenarios, saved runs, results, preferences - and nothing else.

The window touches no file. Whoever opens it hands it an office that does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from sim.core.phrase import Language, LText, Phrase
from sim.core.speech import Speech
from sim.desktop.preference import Preferences
from sim.drill.drill import Drill
from sim.drill.progress import Played
from sim.drill.session import Session
from sim.drill.squad import Squad
from sim.exercise.exercise import Exercise
from sim.review import Moment, Review
from sim.review.futures import Futures
from sim.scenario.scenario import Playbook, Scenario
from sim.seat.aside import Aside
from sim.world.journal import Entry
from sim.world.memory import Memory

Progress = Callable[[float], bool]
"""Called with a share, 0 .. 1; False asks for the work to be given up."""


class Given(Exception):  # noqa: N818 - nothing went wrong, somebody thought better of it
    """The work was given up because somebody asked for that."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A run on the disk."""

    path: Path
    scenario: str
    title: LText
    clock: str
    """Scenario time of its last entry."""
    when: str
    """Date and time it was written last."""
    assessed: bool
    finished: bool


@dataclass(frozen=True, slots=True)
class Result:
    """How one finished run was scored."""

    scenario: str
    when: str
    total: float
    grade: str
    assessed: bool
    journal: str


@dataclass(slots=True)
class Sitting:
    """A run somebody sits at."""

    run: Exercise | Session
    path: Path
    save: Callable[[], None]
    """Writes what is new; returns when it is on the disk."""
    close: Callable[[], None]
    keep_aside: Callable[[], None]
    aside: Aside
    assessed: bool = False
    drill: Drill | None = None
    """The drill it is a run of, if it is one."""


@dataclass(frozen=True, slots=True)
class Past:
    """A finished or interrupted run, to be looked at again."""

    playbook: Playbook
    seed: int
    entries: Sequence[Entry]
    aside: Aside
    assessed: bool
    path: Path
    memory: Memory | None = None
    """What the community brought along."""
    drill: Drill | None = None
    """The drill it was a run of, if it was one."""


@dataclass(frozen=True, slots=True)
class OldRun:
    """A run that cannot be computed again: another version of the program made it, or its files have changed."""

    playbook: Playbook
    """As its files are today, for the names of things."""
    entries: Sequence[Entry]
    aside: Aside
    version: str
    """Of the program that wrote it."""
    why: Phrase
    """Why it cannot be computed again."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a report is wanted."""

    weights: Mapping[str, float] = field(default_factory=dict)
    """An instructor's own weights, by dimension."""
    paper: bool = False
    """Whether it is printed to a PDF, too."""


@dataclass(frozen=True, slots=True)
class Written:
    """A report on the disk."""

    page: Path
    paper: Path | None = None
    not_printed: Phrase | None = None
    """Why there is no PDF although one was wanted."""


class Reviewer(Protocol):
    """A review that goes on by itself while somebody looks at what it has found."""

    review: Review | None
    """What is known; None while nothing is."""
    whole: bool
    """True once every decision is settled."""

    @property
    def seconds(self) -> float:
        """How long it has been at it."""

    @property
    def going(self) -> bool:
        """True while more may be found."""

    @property
    def failed(self) -> bool:
        """True when it ended before it was done although nobody asked for that."""

    def stop(self) -> None:
        """Asks for the end; what was found stays."""

    def end(self) -> None:
        """Returns once everything it needed is gone."""


class Doors(Protocol):
    """Where a room with phones can be entered."""

    @property
    def screen(self) -> str:
        """Link of the shared screen, for this computer."""

    @property
    def control(self) -> str:
        """Link of the instructor's page, for this computer."""

    @property
    def phones(self) -> tuple[str, ...]:
        """Addresses phones can open, the likeliest first."""

    @property
    def code(self) -> str:
        """What is typed there."""

    @property
    def qr(self) -> tuple[tuple[str, ...], ...]:
        """A QR code for each address, as rows of 0 and 1."""

    @property
    def alone(self) -> bool:
        """True when this computer is in no network, so that no phone can come in."""

    @property
    def tls(self) -> bool:
        """True when the line is encrypted."""


class Hosted(Protocol):
    """A room with phones that goes on by itself while the window is used for other things."""

    drill: Drill
    share: float
    """How far it is played up to the drill, until it can be entered."""

    @property
    def doors(self) -> Doors | None:
        """Where it can be entered; None until then."""

    waiting: int
    """People on the waiting list."""
    seated: int
    phase: str
    """`lobby`, `running`, `paused` or `over`."""
    wrong: Phrase | None
    """Why it could not be opened, or ended."""

    def close(self) -> None:
        """Ends it; everything is on the disk when this returns."""


class AtTable(Protocol):
    """A squad around one keyboard; everything is kept as in a room with phones."""

    assessed: bool

    @property
    def squad(self) -> Squad:
        """The squad."""

    def do(self, seat: str, kind: str, data: Mapping[str, object]) -> None:
        """One thing a seat or the instructor does; on the disk when this returns. Raises `Refused`."""

    def pass_time(self, ticks: int) -> None:
        """Lets so many ticks pass."""

    def past(self) -> "Past":
        """The run of the squad, once it is over."""

    def close(self) -> None:
        """Everything is on the disk when this returns."""


class Office(Protocol):
    """What whoever opens the window provides. Every method may raise `CommonGroundError`."""

    fonts: Path
    home: Path
    version: str
    reviews_at_once: bool
    """Whether a review begins with the hot wash, not only when its tab is opened."""

    def speech(self, language: Language) -> Speech:
        """A voice."""

    def system_language(self) -> Language:
        """The language of this computer."""

    def scenarios(self) -> Sequence[Scenario]:
        """Every scenario there is, first steps first."""

    def playbook(self, scenario: str) -> Playbook:
        """Everything a run of this scenario is made from."""

    def memory(self, playbook: Playbook) -> Memory | None:
        """What the community of this scenario brings along; None where nothing is kept of it."""

    def left_by(self, past: Past) -> Memory | None:
        """What a finished run leaves behind; None unless its days after were played."""

    def remember(self, past: Past) -> None:
        """Keeps what a finished run leaves behind, where such things are kept."""

    def seed(self) -> int:
        """A seed nobody chose."""

    def open(self, run: Exercise, *, assessed: bool) -> Sitting:
        """Begins to keep a new run."""

    def saved(self) -> Sequence[Saved]:
        """Every run on the disk, newest first."""

    def resume(self, saved: Saved, progress: Progress) -> Sitting:
        """Goes on with an unfinished run; raises `Given` when given up."""

    def retry(self, past: Past, tick: int, progress: Progress) -> Sitting:
        """The same run again, to be played on from this tick and kept beside the first; raises `Given`."""

    def review(self, past: Past) -> Reviewer:
        """Begins to try every decision of a run again with its alternatives."""

    def futures(self, past: Past, moment: Moment, other: int, progress: Progress) -> Futures:
        """One trial carried on with what was done and with another alternative; raises `Given` when given up."""

    def past(self, saved: Saved) -> Past:
        """A saved run's record."""

    def as_recorded(self, saved: Saved) -> OldRun | None:
        """A saved run that cannot be computed again; None for one that can."""

    def keep_aside(self, past: Past) -> None:
        """Keeps what was added to a run that is being looked at."""

    def results(self) -> Sequence[Result]:
        """Results of finished runs, oldest first."""

    def keep_result(self, result: Result) -> None:
        """Adds a result."""

    def seal(self, past: Past, figures: Mapping[str, Any]) -> Mapping[str, str]:
        """Writes and returns what an assessed result rests on: versions and digests."""

    def report(self, past: Past, language: Language, review: Review | None, progress: Progress, wish: Wish) -> Written:
        """Writes the report of a run, with what a review has found; raises `Given`."""

    def drills(self) -> Sequence[Drill]:
        """Every drill there is."""

    def played(self) -> Sequence[Played]:
        """The drills that were played, the oldest first."""

    def begin_drill(self, drill: str, progress: Progress, *, assessed: bool = False) -> Sitting:
        """Begins to keep a drill for one, once its lead-in has been played; raises `Given`."""

    def host(self, drill: Drill, squads: int, *, assessed: bool, called: str = "") -> Hosted:
        """Opens a room with phones, its first squad `called` so; one that was open before is closed."""

    def hosted(self) -> Hosted | None:
        """The room that is open."""

    def table(
        self, drill: str, seats: Sequence[str], progress: Progress, *, assessed: bool, called: str = ""
    ) -> AtTable:
        """Seats a squad `called` so around this keyboard, once the lead-in has been played; raises `Given`."""

    def browse(self, link: str) -> bool:
        """Opens a page in the browser; False where there is none."""

    def picture_file(self) -> Path:
        """A new empty file for a picture of the window, nobody else's."""

    def preferences(self) -> Preferences:
        """As kept."""

    def keep_preferences(self, preferences: Preferences) -> None:
        """Keeps them."""
