"""What the police know, as against what is so: signals and rumours with their checks, and what was published."""

from dataclasses import dataclass

from sim.core.phrase import LText
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

    def fork(self) -> "Claim":
        """A copy that can change on its own."""
        return twin(self)

    def numbers(self) -> tuple[str, int, int, int, int, int, bool]:
        """What can change, after the id: what a digest covers."""
        return (
            self.id,
            self.heard_tick,
            self.checking_since,
            self.verified_tick,
            self.corrected_tick,
            self.acted_hard_tick,
            self.evidence,
        )

    @property
    def verified(self) -> bool:
        """True once checked."""
        return self.verified_tick >= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something the police or the department said to the public."""

    tick: int
    response: str
    source: str
    true: bool
    evidence: bool
    empathy: bool
    next_update: bool
    about: str = ""
    """Rumour id it answers, if any."""


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
    edge: float = 0.0
    """Share of those farthest from any speaker who understood it, 0..1: the far edge of the crowd."""
