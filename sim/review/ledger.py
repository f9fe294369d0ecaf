"""Ledger: how much of what became of a run was skill, how much luck, and how much was an instructor's hand.

After backgammon: before each decision the run is worth what its best alternative is worth; the choice moves it to
what the choice is worth (skill, never much above 0), and what happens until the next decision moves it on (luck).
skill + luck + interventions = final - initial, whatever the estimates: the sum telescopes.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One decision in the ledger, in points of value."""

    decision: int
    before: float
    """Worth of the best that could have been done."""
    after: float
    """Worth of what was done."""
    skill: float
    luck: float
    """From here to the next decision, or to the end."""
    intervention: float
    """The same where an instructor changed the run in between: then luck and hand cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole run."""

    initial: float
    final: float
    steps: tuple[Step, ...]

    @property
    def skill(self) -> float:
        """Sum over all decisions."""
        return math.fsum(step.skill for step in self.steps)

    @property
    def luck(self) -> float:
        """Sum over all stretches nobody touched."""
        return math.fsum(step.luck for step in self.steps)

    @property
    def intervention(self) -> float:
        """Sum over all stretches an instructor touched."""
        return math.fsum(step.intervention for step in self.steps)

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "initial": self.initial,
            "final": self.final,
            "skill": self.skill,
            "luck": self.luck,
            "intervention": self.intervention,
            "steps": [
                {
                    "decision": step.decision,
                    "before": step.before,
                    "after": step.after,
                    "skill": step.skill,
                    "luck": step.luck,
                    "intervention": step.intervention,
                }
                for step in self.steps
            ],
        }


def ledger(worth: Sequence[tuple[int, int, float, float]], final: float, nudges: Sequence[int] = ()) -> Ledger | None:
    """The ledger of a run; None when no decision was looked at.

    Args:
        worth: (decision, its place among the run's inputs, worth of the best, worth of what was done), oldest first.
        final: What the run was worth in the end.
        nudges: Places among the run's inputs of what an instructor did.
    """
    if not worth:
        return None
    steps = []
    for k, (decision, place, before, after) in enumerate(worth):
        onward = worth[k + 1][2] if k + 1 < len(worth) else final
        until = worth[k + 1][1] if k + 1 < len(worth) else math.inf
        touched = any(place <= nudge < until for nudge in nudges)
        gain = onward - after
        steps.append(Step(decision, before, after, after - before, 0.0 if touched else gain, gain if touched else 0.0))
    return Ledger(initial=worth[0][2], final=final, steps=tuple(steps))
