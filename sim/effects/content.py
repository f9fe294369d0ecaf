"""What a voice, a sight or a text means to whoever perceives it: the part stimuli have in common."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.crowd.people import Knows

Fact = Literal[
    "reason",
    "route",
    "deadline",
    "facts",
    "next_update",
    "rights",
    "meeting",
    "commitment",
    "order",
    "appeal",
    "help",
]


class Content(BaseModel):
    """Meaning of one stimulus: all strengths are what somebody takes from it who perceives it fully (assumed)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tells: tuple[Fact, ...] = Field(default=(), description="What people know afterwards.")
    quality: float = Field(
        default=0.0, ge=0, le=1, description="Fairness of the contact: voice, neutrality, respect, motive."
    )
    hope: float = Field(default=0.0, ge=-1, le=1, description="How far it shows that talk works.")
    relief: float = Field(default=0.0, ge=0, le=1, description="How far a demand really moved.")
    exits: float = Field(default=0.0, ge=-1, le=1, description="What it shows about being free to leave.")
    welfare: float = Field(default=0.0, ge=0, le=1, description="Discomfort taken away.")
    leave: float = Field(
        default=0.0, ge=0, le=1, description="How strongly people are asked (0.3) or ordered (1) to leave."
    )
    injustice: float = Field(
        default=0.0, ge=0, le=1, description="Unfairness shown without force: an insult, a broken word."
    )
    fear: float = Field(default=0.0, ge=0, le=0.5, description="Fear at the spot, falling with distance.")
    violent_acts: float = Field(default=0.0, ge=0, le=5, description="Violent acts of the crowd it shows.")

    def knowledge(self) -> int:
        """The `Knows` bits it tells."""
        bits = 0
        for fact in self.tells:
            bits |= int(Knows[fact.upper()])
        return bits

    def as_stimulus(self, strength: float = 1.0, fairness: float = 1.0) -> dict[str, float | int]:
        """Fields of a `Stimulus`, all meanings scaled by `strength` and the quality also by `fairness`."""
        return {
            "knowledge": self.knowledge(),
            "quality": min(1.0, self.quality * fairness * strength),
            "hope": self.hope * strength,
            "relief": self.relief * strength,
            "exits": self.exits * strength,
            "welfare": self.welfare * strength,
            "leave": self.leave * strength,
            "injustice": self.injustice * strength,
            "fear": self.fear * strength,
            "violent_acts": self.violent_acts * strength,
        }


TONE = {"warm": 1.0, "plain": 0.85, "stern": 0.55}
"""How far the tone carries the quality of a contact (assumed)."""
