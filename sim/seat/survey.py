"""Survey: a few short questions to whoever commanded, asked before the machine says what it thinks.

Whoever has seen a score explains it; whoever has not says what they saw. So these come first, and with them the points
one gives oneself.
"""

from dataclasses import dataclass

from sim.core.phrase import Phrase

SCALE = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the survey."""

    id: str
    asks: Phrase
    low: Phrase | None = None
    """What 1 means; None for a question answered in words."""
    high: Phrase | None = None

    @property
    def scaled(self) -> bool:
        """True when it is answered from 1 to 5."""
        return self.low is not None


QUESTIONS = (
    Question(
        "picture",
        Phrase("How well did you know what was going on?"),
        Phrase("hardly at all"),
        Phrase("at every moment"),
    ),
    Question(
        "load",
        Phrase("How much was there to think of at once?"),
        Phrase("little"),
        Phrase("too much"),
    ),
    Question(
        "time",
        Phrase("How often did you decide before you had to?"),
        Phrase("never"),
        Phrase("almost always"),
    ),
    Question("hardest", Phrase("Which decision was the hardest, and what did you not know then?")),
    Question("again", Phrase("What would you do in another way, and what in the same way again?")),
)
"""In the order they are asked."""


def answered(survey: dict[str, str]) -> list[tuple[Question, str]]:
    """Every question with an answer; what stands in a file under another name is passed over."""
    return [(each, text) for each in QUESTIONS if (text := survey.get(each.id, "").strip())]
