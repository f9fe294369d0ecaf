"""Public opinion of the handling, for the four publics the aftermath counts."""

from dataclasses import dataclass

from sim.core.twin import twin

PUBLICS = ("participants", "bystanders", "workers", "public")


@dataclass(slots=True)
class Opinion:
    """How each public judges the handling, 0..1; moves with what is published, filmed and not said."""

    bystanders: float = 0.5
    workers: float = 0.5
    """Safety feeling of people doing their work here."""
    public: float = 0.5
    """The wider public, which knows only what is filmed or published."""
    uncertainty: float = 0.3
    """The wider public's unmet need to know; grows while nobody speaks."""
    false_told: int = 0
    """False official statements not corrected by ourselves."""

    def fork(self) -> "Opinion":
        """A copy that can change on its own."""
        return twin(self)

    def judge(self, who: str, change: float) -> None:
        """Moves one public's judgement towards 1 (change > 0) or 0 (change < 0) by that share of the way."""
        value = getattr(self, who)
        setattr(self, who, value + change * (1.0 - value) if change > 0.0 else value + change * value)
