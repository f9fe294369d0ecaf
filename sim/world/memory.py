"""Memory: what a community brings from one incident to the next: trust, promises, opinion, and who comes again."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.core.errors import BadInput
from sim.core.phrase import Phrase

LEAST_TURNOUT, MOST_TURNOUT = 0.5, 1.6
"""Between these shares of the scenario's people a community comes again (assumed)."""
MOST_SHIFT = 0.3
"""What people bring along moves by no more than this from one incident to the next (assumed)."""
MANY = 1_000_000
PUBLICS = ("public", "bystanders", "workers")
"""Publics whose judgement is remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is left of earlier incidents with one community. Settled before a run and never changed in it."""

    community: str = ""
    """Id of the scenario, or of the group of scenarios, whose people remember."""
    incidents: int = 0
    """How many incidents it remembers."""
    trust: float = 0.5
    """Trust that is left in what police and department say, 0..1; 0.5 where nobody knows them."""
    kept: int = 0
    """Promises kept so far."""
    broken: int = 0
    """Promises broken so far."""
    opinion: Mapping[str, float] = field(default_factory=dict)
    """Judgement of the handling by public, 0..1; what is left out begins as in any run."""
    legitimacy_shift: float = 0.0
    """Added to the legitimacy every participant brings."""
    grievance_shift: float = 0.0
    """Added to the grievance every participant brings."""
    hope_shift: float = 0.0
    """Added to the hope every participant brings."""
    turnout_factor: float = 1.0
    """Times the number of participants the scenario names."""

    def __post_init__(self) -> None:
        """Raise BadInput for a number outside its range."""
        ranges = {
            "trust": (self.trust, 0.0, 1.0),
            "kept": (self.kept, 0, MANY),
            "broken": (self.broken, 0, MANY),
            "legitimacy_shift": (self.legitimacy_shift, -MOST_SHIFT, MOST_SHIFT),
            "grievance_shift": (self.grievance_shift, -MOST_SHIFT, MOST_SHIFT),
            "hope_shift": (self.hope_shift, -MOST_SHIFT, MOST_SHIFT),
            "turnout_factor": (self.turnout_factor, LEAST_TURNOUT, MOST_TURNOUT),
            **{f"opinion.{name}": (value, 0.0, 1.0) for name, value in self.opinion.items()},
        }
        for name, (value, low, high) in ranges.items():
            if not low <= value <= high:
                raise BadInput.of(
                    "bad-memory",
                    Phrase("{name} of a memory is a number from {low:g} to {high:g}", name=name, low=low, high=high),
                    path=name,
                )

    @property
    def distrust(self) -> float:
        """Share of the promises made so far that were broken, 0..1; 0 where none was made."""
        made = self.kept + self.broken
        return self.broken / made if made else 0.0

    def as_dict(self) -> dict[str, object]:
        """JSON-able form, the publics in their own order."""
        return {
            "community": self.community,
            "incidents": self.incidents,
            "trust": self.trust,
            "kept": self.kept,
            "broken": self.broken,
            "opinion": {name: self.opinion[name] for name in PUBLICS if name in self.opinion},
            "legitimacy_shift": self.legitimacy_shift,
            "grievance_shift": self.grievance_shift,
            "hope_shift": self.hope_shift,
            "turnout_factor": self.turnout_factor,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> "Memory":
        """The memory that `as_dict` wrote.

        Raises:
            BadInput: a part is missing, of another kind or out of range.
        """
        opinion = data.get("opinion")
        numbers = ("trust", "legitimacy_shift", "grievance_shift", "hope_shift", "turnout_factor")
        try:
            assert isinstance(opinion, Mapping)
            return cls(
                community=str(data["community"]),
                incidents=int(str(data["incidents"])),
                kept=int(str(data["kept"])),
                broken=int(str(data["broken"])),
                opinion={name: float(opinion[name]) for name in PUBLICS if name in opinion},
                **{name: float(str(data[name])) for name in numbers},
            )
        except (AssertionError, KeyError, TypeError, ValueError) as wrong:
            raise BadInput.of(
                "bad-memory", Phrase("what a community remembers is damaged, or from another version")
            ) from wrong
