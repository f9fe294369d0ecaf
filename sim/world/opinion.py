"""Public opinion of the handling, for the four publics the aftermath counts, and how far each source is believed."""

from dataclasses import dataclass, field

from sim.core.twin import twin

PUBLICS = ("participants", "bystanders", "workers", "public")
CREDIBILITY = {"police": 0.85, "department": 0.75, "hospital": 0.95, "leader": 0.85}
"""How far a source is believed that has said nothing untrue yet, 0..1 (assumed)."""
RECOVERY = 0.002
"""Share of what is missing that comes back in a minute without a further untruth: half of it in six hours (assumed)."""


@dataclass(slots=True)
class Opinion:
    """How each public judges the handling, 0..1; moves with what is published, filmed, lived through and not said."""

    bystanders: float = 0.5
    workers: float = 0.5
    """Safety feeling of people doing their work here."""
    public: float = 0.5
    """The wider public, which knows only what is filmed or published."""
    uncertainty: float = 0.3
    """The wider public's unmet need to know; grows while nobody speaks."""
    false_told: int = 0
    """False official statements not corrected by ourselves."""
    participants: float = 0.5
    """Those who take part; moves only by what they live through."""
    credibility: dict[str, float] = field(default_factory=lambda: dict(CREDIBILITY))
    """How far each source of statements is believed, 0..1."""
    lived: dict[str, float] = field(default_factory=dict)
    """Mean change of legitimacy among each public on the spot when it was looked at last."""
    judged_tick: int = -1
    """Up to when what was filmed and done has been judged."""

    def fork(self) -> "Opinion":
        """A copy that can change on its own."""
        other = twin(self)
        other.credibility = dict(self.credibility)
        other.lived = dict(self.lived)
        return other

    def judge(self, who: str, change: float) -> None:
        """Moves one public's judgement towards 1 (change > 0) or 0 (change < 0) by that share of the way."""
        value = getattr(self, who)
        setattr(self, who, value + change * (1.0 - value) if change > 0.0 else value + change * value)

    def believe(self, source: str, factor: float) -> None:
        """Lets a source lose belief (factor below 1), or win part of what it lacks of 1 (1.1 is a tenth)."""
        now = self.credibility.get(source, 0.5)
        self.credibility[source] = now * factor if factor <= 1.0 else now + (factor - 1.0) * (1.0 - now)

    def recover(self) -> None:
        """One minute in which nothing untrue came out: every source wins back a little of what it had at first."""
        for source, first in CREDIBILITY.items():
            now = self.credibility[source]
            self.credibility[source] = now + RECOVERY * max(0.0, first - now)
