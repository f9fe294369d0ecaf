"""Findings: everything that is worked out about a finished run before its hot wash can be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sim.desktop.course import Course
from sim.desktop.office import Past, Result
from sim.scoring import Score, facts_of, objectives, score, summary
from sim.world.memory import Memory


@dataclass(frozen=True, slots=True)
class Findings:
    """What the run says about itself."""

    score: Score
    figures: Mapping[str, Any]
    """As `run --json` prints them."""
    course: Course

    @classmethod
    def of(cls, past: Past) -> "Findings":
        """Scores the run; a tenth of a second for a long one."""
        facts = facts_of(past.playbook)
        result = score(past.entries, past.playbook.rubric, facts)
        figures = {
            "scenario": past.playbook.scenario.id,
            "seed": past.seed,
            **summary(past.entries),
            "score": result.as_dict(),
            "objectives": [each.as_dict() for each in objectives(past.entries, past.playbook.scenario, facts)],
        }
        questions = past.drill.questions if past.drill is not None else {}
        return cls(result, figures, Course.of(past.playbook, past.entries, questions))


@dataclass(frozen=True, slots=True)
class Kept:
    """What the office keeps about this run and those before it."""

    results: Sequence[Result] = ()
    """Of this scenario, oldest first."""
    seal: Mapping[str, str] = field(default_factory=dict)
    """What an assessed result rests on."""
    left: Memory | None = None
    """What the community takes along; None unless the days after were played."""
