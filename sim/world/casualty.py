"""People who are hurt or ill, until somebody has cared for them."""

from dataclasses import dataclass

from sim.core.twin import twin


@dataclass(slots=True)
class Casualty:
    """One person who needs care."""

    number: int
    tick: int
    x: float
    y: float
    severity: int
    """1 minor, 2 serious, 3 fatal."""
    cause: str
    """`police`, `crowd`, `crush`, `illness`, `traffic` or `officer` (an officer was hurt)."""
    person: int = -1
    """Row in `People`, -1 for somebody who is no member of the crowd."""
    helped_tick: int = -1
    """When officers near by began first aid; -1 before."""
    cared_tick: int = -1
    worsens_tick: int = -1
    """When it gets worse unless cared for; -1 never."""

    def fork(self) -> "Casualty":
        """A copy that can change on its own."""
        return twin(self)

    @property
    def waiting(self) -> bool:
        """True until somebody has cared for this person."""
        return self.cared_tick < 0
