"""The score card: what a run is worth, with the evidence for every point."""

from dataclasses import dataclass

from sim.core.phrase import LText, Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One line of the card: when, what could be observed, by which rule, and how many points of the total."""

    source: str
    """Id of the dimension or gate it belongs to."""
    measure: str
    """Name of the measure or gate that found it."""
    minute: float
    observable: Phrase
    rule: Phrase
    points: float
    """Points of the total before caps that it earned (above 0) or cost (below 0)."""
    outcome: bool
    """True for what came of the run; False for what the seat did, or could have done and did not."""
    missed: bool = False
    """True for what was left undone, even where it earned points by how little of it there was."""

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "source": self.source,
            "measure": self.measure,
            "minute": round(self.minute, 2),
            "observable": self.observable.as_dict(),
            "rule": self.rule.as_dict(),
            "points": round(self.points, 2),
            "outcome": self.outcome,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureScore:
    """What one measure of a dimension found."""

    measure: str
    weight: float
    share: float | None
    """Share of what was possible, 0..1; None when not assessed."""
    why: Phrase | None
    """Why it was not assessed."""
    evidence: tuple[Evidence, ...]

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "measure": self.measure,
            "weight": self.weight,
            "share": None if self.share is None else round(self.share, 4),
            "why": None if self.why is None else self.why.as_dict(),
            "evidence": [line.as_dict() for line in self.evidence],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionScore:
    """One dimension: its points and how much of it could be assessed."""

    id: str
    title: LText
    weight: float
    points: float | None
    """0..100, to a tenth; None when nothing of it could be assessed."""
    coverage: float
    """Share of its measures' weight that could be assessed, 0..1."""
    measures: tuple[MeasureScore, ...]

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "id": self.id,
            "title": {"en": self.title.en, "zh": self.title.zh},
            "weight": self.weight,
            "points": self.points,
            "coverage": round(self.coverage, 4),
            "measures": [measure.as_dict() for measure in self.measures],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TrippedGate:
    """A gate that tripped, and the best grade it leaves."""

    id: str
    says: LText
    cap: str
    limit: float
    """The highest total it leaves."""
    evidence: tuple[Evidence, ...]

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {
            "id": self.id,
            "says": {"en": self.says.en, "zh": self.says.zh},
            "cap": self.cap,
            "limit": self.limit,
            "evidence": [line.as_dict() for line in self.evidence],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A whole card. The grade follows from the total as printed, never from hidden digits."""

    rubric: str
    total: float | None
    """0..100, to a tenth, after caps; None when nothing could be assessed and no gate tripped."""
    uncapped: float | None
    """What the total would be without gates; None when nothing could be assessed."""
    grade: str | None
    coverage: float
    """Share of the rubric's weight that this run gave evidence for, 0..1: to be printed beside the total."""
    provisional: bool
    """True until the days after have been played: promises and trust may still turn."""
    gates: tuple[TrippedGate, ...]
    """Those that tripped, in the rubric's order."""
    dimensions: tuple[DimensionScore, ...]
    best: tuple[Evidence, ...]
    """Up to three choices that earned most, the best first."""
    costly: tuple[Evidence, ...]
    """Up to three choices that cost most, what tripped a gate first."""
    question: Phrase
    """One question for the group to talk about."""

    def as_dict(self) -> dict[str, object]:
        """JSON-able form; equal for equal runs, byte for byte once written with sorted keys."""
        return {
            "rubric": self.rubric,
            "total": self.total,
            "uncapped": self.uncapped,
            "grade": self.grade,
            "coverage": round(self.coverage, 4),
            "provisional": self.provisional,
            "gates": [gate.as_dict() for gate in self.gates],
            "dimensions": [dimension.as_dict() for dimension in self.dimensions],
            "best": [line.as_dict() for line in self.best],
            "costly": [line.as_dict() for line in self.costly],
            "question": self.question.as_dict(),
        }
