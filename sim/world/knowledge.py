"""What the police know, as against what is so: signals and rumours with their checks, and what was published."""

from dataclasses import dataclass

from sim.core.phrase import LText, Phrase
from sim.core.twin import twin


@dataclass(slots=True)
class Claim:
    """A signal or rumour the seat has heard of, and how far it is checked."""

    id: str
    text: LText
    truth: str
    """`true`, `false` or `unclear`: hidden until verified."""
    heard_tick: int
    is_rumour: bool = False
    checking_since: int = -1
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

    def fork(self) -> "Claim":
        """A copy that can change on its own."""
        return twin(self)

    def numbers(self) -> tuple[str | int | bool, ...]:
        """What can change, after the id: what a digest covers."""
        return (
            self.id,
            self.heard_tick,
            self.checking_since,
            self.verified_tick,
            self.corrected_tick,
            self.acted_hard_tick,
            self.evidence,
            self.public_tick,
            self.shown,
        )

    @property
    def verified(self) -> bool:
        """True once checked."""
        return self.verified_tick >= 0


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
