"""The early-warning desk: who is alerted, what was agreed before anybody came, what the commander foretold."""

from dataclasses import dataclass, field
from enum import IntEnum

from sim.core.twin import twin

RISK_MIN = 15
"""Minutes a stated risk is about."""
ANSWER_MIN = 5
"""Minutes there are to state it."""
UNSTATED = 0.5
"""What not stating it counts as: knowing nothing."""


class Level(IntEnum):
    """How far partners are alerted."""

    NONE = 0
    INFORMATION = 1
    STAND_BY = 2
    SEND = 3


@dataclass(slots=True)
class Forecast:
    """One question of how likely harm or violence is within `RISK_MIN`, and the answer."""

    minute: int
    """Scenario minute it was planned for."""
    asked_tick: int
    stated_tick: int = -1
    """-1 while it has not been answered."""
    violence: float = UNSTATED
    """Chance that somebody is hurt or a violent act happens, 0..1."""
    crush: float = -1.0
    """Chance of a crush, 0..1; -1 when nothing was said of it."""

    def open(self, tick: int) -> bool:
        """Return True while it can still be answered."""
        return self.stated_tick < 0 and 0 <= tick - self.asked_tick <= ANSWER_MIN * 600


@dataclass(slots=True)
class Desk:
    """What the desk has done, as far as it changes what comes."""

    level: int = 0
    """`Level` partners are at."""
    level_tick: int = -1
    credibility: float = 1.0
    """How much weight the next call has with partners, 0..1; an inflated alert lowers it."""
    calls: int = 0
    """Calls to the contact of those concerned that went to their end."""
    agreed: tuple[str, ...] = ()
    """What was agreed with the contact, in that order: `corridor`, `signals`."""
    conceded_tick: int = -1
    """When a small grievance was put right, -1 before."""
    forecasts: list[Forecast] = field(default_factory=list)
    warned: dict[str, int] = field(default_factory=dict)
    """Tick of the last density warning of each place."""

    def fork(self) -> "Desk":
        """Return a copy that can change on its own."""
        other = twin(self)
        other.forecasts = [twin(each) for each in self.forecasts]
        other.warned = dict(self.warned)
        return other

    def question(self, tick: int) -> Forecast | None:
        """Return the question that can be answered now, the oldest of several; None when there is none."""
        return next((each for each in self.forecasts if each.open(tick)), None)
