"""Talks between the police, the department and the crowd: rapport, representatives, seats at the table, promises."""

from dataclasses import dataclass, field

from sim.core.twin import twin
from sim.crowd.people import NEVER

INFLUENCE_RAPPORT = 0.5
"""Rapport from which influence works (assumed, after the behavioural change stairway: listening comes first)."""


@dataclass(slots=True)
class Promise:
    """One commitment with an owner and a due time."""

    number: int
    demand: str
    owner: str
    """Unit code that gave it."""
    given_tick: int
    due_min: float
    """Scenario minute by which it is due."""
    dated: bool
    within_authority: bool
    """False when whoever promised could not decide it."""
    told_crowd: bool = False
    """True once it was reported back to the crowd."""
    kept: bool | None = None
    """None while still open."""


@dataclass(slots=True)
class Talks:
    """State of the dialogue with the whole crowd and each group."""

    rapport: dict[str, float] = field(default_factory=dict)
    """Per group id, 0..1; grows only from listening."""
    listened: int = 0
    """Listening rounds finished."""
    first_contact_tick: int = -1
    contact_tick: int = NEVER
    """When somebody last talked with the police."""
    representatives: tuple[int, ...] = ()
    """Persons the crowd chose, empty before it did."""
    chosen_tick: int = -1
    meeting_tick: int = -1
    """When representatives sat down with somebody who can decide, -1 before."""
    met_without_mandate_tick: int = -1
    reported_back_tick: int = -1
    procedure_agreed_tick: int = -1
    heard: tuple[str, ...] = ()
    """Demands the police have listened to, in the order they came up."""
    promises: list[Promise] = field(default_factory=list)

    def fork(self) -> "Talks":
        """A copy that can change on its own."""
        other = twin(self)
        other.rapport = dict(self.rapport)
        other.promises = [twin(p) for p in self.promises]
        return other

    def best_rapport(self) -> float:
        """Highest rapport with any group, 0 before any contact."""
        return max(self.rapport.values(), default=0.0)

    def agreement(self) -> bool:
        """True when a dated commitment within authority was reported back to the crowd and not broken."""
        return any(p.dated and p.within_authority and p.told_crowd and p.kept is not False for p in self.promises)
