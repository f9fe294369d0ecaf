"""What the police know, as against what is so: signals and rumours with their checks, and what was published."""

from dataclasses import dataclass

from sim.core.phrase import LText, Phrase
from sim.core.twin import twin

ORIGIN = "origin"
"""Root of a source that only repeats what the signal itself rests on: asking it confirms nothing."""
ENOUGH = 2
"""So many sources that do not rest on each other settle a claim (doctrine of the field; the number is usual)."""
GRADES = "ABCDE"
SAYS = {"true": "supports", "false": "contradicts", "unclear": "cannot_say"}
"""What somebody who knows says, by what is so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Somebody who can be asked whether a claim is so."""

    id: str
    name: LText
    how: LText
    """How they come to know it: what tells a commander whether two sources are independent."""
    grade: str
    """Reliability, A (own eyes) .. E (unknown)."""
    root: str
    """What their knowledge rests on; two sources with one root are one source."""
    says: str = ""
    """`supports`, `contradicts` or `cannot_say`, whatever is so; "" for what is so. Hidden until asked."""
    ticks: int = 0
    """How long asking takes; 0 shares the time of the response evenly."""


def usual_sources() -> tuple[Source, ...]:
    """Return the two there are for a claim whose author names none: own people, and the office in charge."""
    return (
        Source(
            id="own_people",
            name=LText("Our own people near there", "附近的本单位人员"),
            how=LText("go and look", "到现场看"),
            grade="B",
            root="own_people",
        ),
        Source(
            id="office_in_charge",
            name=LText("The office in charge of it", "主管此事的单位"),
            how=LText("looks into its own records", "查本单位记录"),
            grade="B",
            root="office_in_charge",
        ),
    )


@dataclass(slots=True)
class Claim:
    """A signal or rumour the seat has heard of, and how far it is checked."""

    id: str
    text: LText
    truth: str
    """`true`, `false` or `unclear`: hidden until verified."""
    heard_tick: int
    is_rumour: bool = False
    verified_tick: int = -1
    """When two independent sources had confirmed or refuted it."""
    evidence: bool = False
    """True when something can be shown."""
    corrected_tick: int = -1
    acted_hard_tick: int = -1
    """When the police answered it with a show of force before it was verified."""
    public_tick: int = -1
    """When everybody could see what is so: by evidence that appeared, or because we showed ours."""
    shown: str = ""
    """What that evidence showed, `true` or `false`; "" before."""
    found: LText | None = None
    """What is so, in words that can be said, once it is checked."""
    grade: str = "C"
    """Reliability of whoever brought it."""
    sources: tuple[Source, ...] = ()
    """Who can be asked."""
    asked: tuple[str, ...] = ()
    """Sources that have answered, in that order."""
    said: tuple[str, ...] = ()
    """What each of them said."""
    asking: tuple[str, ...] = ()
    """Sources being asked now."""

    def fork(self) -> "Claim":
        """A copy that can change on its own."""
        return twin(self)

    def numbers(self) -> tuple[str | int | bool, ...]:
        """What can change, after the id: what a digest covers."""
        return (
            self.id,
            self.heard_tick,
            self.verified_tick,
            self.corrected_tick,
            self.acted_hard_tick,
            self.evidence,
            self.public_tick,
            self.shown,
            "+".join(self.asked),
            "+".join(self.said),
            "+".join(self.asking),
        )

    @property
    def verified(self) -> bool:
        """True once checked."""
        return self.verified_tick >= 0

    def source(self, name: str) -> Source | None:
        """Return the source of that id, None when there is none."""
        return next((each for each in self.sources if each.id == name), None)

    def answer_of(self, source: Source) -> str:
        """Return what this source says when it is asked now."""
        return source.says or SAYS[self.truth]

    def roots(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return what these sources rest on, each once, echoes of the signal itself left out."""
        found: list[str] = []
        for source in self.sources:
            if source.id in names and source.root != ORIGIN and source.root not in found:
                found.append(source.root)
        return tuple(found)

    def best_left(self) -> tuple[str, ...]:
        """Return the sources an experienced desk asks next: the best by grade that rest on nothing asked already.

        As many as are needed to settle the claim, fewer when there are not so many.
        """
        known = list(self.roots((*self.asked, *self.asking)))
        chosen: list[str] = []
        for source in sorted(self.sources, key=lambda each: GRADES.index(each.grade)):
            if len(known) < ENOUGH and source.root != ORIGIN and source.root not in known:
                known.append(source.root)
                chosen.append(source.id)
        return tuple(chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something the police or somebody beside them said to the public."""

    tick: int
    response: str
    source: str
    """`police`, `department`, `hospital` or `leader`."""
    true: bool
    """Whether nothing in it was known, or is found, to be otherwise; nobody on the scene can know this at once."""
    evidence: bool
    """True when something was shown for it."""
    empathy: bool
    next_update: bool
    about: str = ""
    """Rumour id it answers, if any."""
    audience: str = "public"
    channel: str = "online"
    stand: str = "open"
    """`refute`, `confirm` or `open`: what it says about the rumour it answers."""
    slots: tuple[str, ...] = ()
    """What it has in it, by slot."""
    facts: tuple[str, ...] = ()
    """Ids of the facts it states."""
    told: tuple[Phrase, ...] = ()
    """The same facts as they were worded."""
    words: tuple[Phrase, ...] = ()
    """The whole text, sentence by sentence."""
    beyond: int = 0
    """How many things it stated as facts that nobody had checked."""
    unfounded: bool = False
    """True when it said that something had been checked which had not been."""
    quality: float = 0.0
    """0..1: how well it was made, by the rules of the composer."""
    repeats: int = 0
    """How often the same had been said to the same people in the hour before."""
    reach: float = 0.0
    """Share of those addressed whom its channel reaches in the end, as the press desk expects it."""
    next_tick: int = -1
    """When the next word was promised for, -1 when it was not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """Something said aloud to the crowd, and how many could understand it."""

    tick: int
    response: str
    x: float
    y: float
    understood: float
    """Share of the participants within 80 m who understood it, 0..1."""
    leave: float
    """0 information, 0.3 appeal, 1 order."""
    power_named: bool
    route_named: bool
    time_given: bool
    quality: float = 1.0
    """0..1: respectful, complete and not contradicted by what is done at the same time."""
    contradicted: bool = False
    edge: float = 0.0
    """Share of those farthest from any speaker who understood it, 0..1: the far edge of the crowd."""
