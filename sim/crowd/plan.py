"""What a group came for, as far as its feet are concerned: where it gathers and leaves, or that it only passes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPlan:
    """One group's movements; field numbers index `Ground.fields`."""

    name: str
    participant: bool
    """True when the group came for the incident (it gathers, has demands, can join in and can be asked to leave)."""
    post: int
    """Flow field towards where the group gathers; -1 when people walk straight to their spot."""
    errand: int
    """Flow field of the destination of people who only pass through and are gone on arrival; -1 for who stays."""
    exits: tuple[int, ...]
    """Flow fields of the exits this group may leave by."""
    patience_min: float
    """Scale of the Weibull (shape 2) time after which somebody goes home unprompted, minutes; `assumed`."""
