"""Weigh a run: gates first, then each dimension from 0 to 100, then the total, then the caps, then the grade."""

import math
from collections.abc import Iterable

from sim.measures import Assessment, Facts, Line, Record
from sim.scenario.rubric import CappedGate, Dimension, Grade, Rubric
from sim.scoring.card import DimensionScore, Evidence, MeasureScore, Score, TrippedGate
from sim.scoring.choices import best_choices, costly_choices, question_for
from sim.world.journal import Entry

GRADES: tuple[Grade, ...] = ("F", "D", "C", "B", "A")
"""Worst first."""


def score(entries: Iterable[Entry], rubric: Rubric, facts: Facts | None = None) -> Score:
    """The score of a journal, or of its entries read back from a file; a function of its arguments and nothing else.

    A dimension counts with its whole weight as soon as one of its measures could be assessed; how much that leaves
    open is the coverage. No weight lifts a total above the cap of a gate that tripped.
    """
    record = Record.of(entries, facts)
    found = {d.id: [measure.assess(record) for measure in d.measures] for d in rubric.dimensions}
    weighed = [d for d in rubric.dimensions if any(a.share is not None for a in found[d.id])]
    whole = math.fsum(d.weight for d in weighed)
    dimensions = tuple(_dimension(d, found[d.id], whole) for d in rubric.dimensions)
    uncapped = _total(dimensions)
    gates = tuple(_gate(gate, lines, rubric, uncapped) for gate in rubric.gates if (lines := gate.gate.tripped(record)))
    total = _capped(uncapped, gates)
    evidence = [e for d in dimensions for m in d.measures for e in m.evidence]
    best, costly = best_choices(evidence), costly_choices(evidence, gates)
    return Score(
        rubric=rubric.id,
        total=total,
        uncapped=uncapped,
        grade=None if total is None else _grade(total, rubric),
        coverage=math.fsum(d.weight * d.coverage for d in dimensions) / math.fsum(d.weight for d in dimensions),
        provisional=not record.whole,
        gates=gates,
        dimensions=dimensions,
        best=best,
        costly=costly,
        question=question_for(best, costly, gates),
    )


def _dimension(dimension: Dimension, found: list[Assessment], whole: float) -> DimensionScore:
    assessed = math.fsum(m.weight for m, a in zip(dimension.measures, found, strict=True) if a.share is not None)
    points = None
    if assessed > 0.0:
        earned = math.fsum(
            m.weight * a.share for m, a in zip(dimension.measures, found, strict=True) if a.share is not None
        )
        points = round(100.0 * earned / assessed, 1)
    measures = []
    for measure, assessment in zip(dimension.measures, found, strict=True):
        # What the whole share of this measure is worth in points of the total.
        worth = 100.0 * dimension.weight / whole * measure.weight / assessed if assessed > 0.0 else 0.0
        measures.append(
            MeasureScore(
                measure=measure.measure,
                weight=measure.weight,
                share=assessment.share,
                why=assessment.why,
                evidence=tuple(_evidence(dimension.id, measure.measure, line, worth) for line in assessment.lines),
            )
        )
    return DimensionScore(
        id=dimension.id,
        title=dimension.title.text,
        weight=dimension.weight,
        points=points,
        coverage=assessed / math.fsum(m.weight for m in dimension.measures),
        measures=tuple(measures),
    )


def _evidence(source: str, measure: str, line: Line, worth: float) -> Evidence:
    return Evidence(
        source=source,
        measure=measure,
        minute=line.minute,
        observable=line.observable,
        rule=line.rule,
        points=line.points * worth,
        outcome=line.outcome,
        missed=line.missed,
    )


def _total(dimensions: tuple[DimensionScore, ...]) -> float | None:
    """Weighted mean of the dimensions' points as printed, over those that could be assessed."""
    assessed = [(d.weight, d.points) for d in dimensions if d.points is not None]
    if not assessed:
        return None
    return round(math.fsum(weight * points for weight, points in assessed) / math.fsum(w for w, _ in assessed), 1)


def _gate(gate: CappedGate, lines: tuple[Line, ...], rubric: Rubric, uncapped: float | None) -> TrippedGate:
    limit = rubric.caps[gate.cap]
    lost = min(0.0, limit - uncapped) if uncapped is not None else 0.0
    evidence = [_evidence(gate.id, gate.gate.gate, line, 0.0) for line in lines]
    first = lines[0]
    evidence[0] = Evidence(
        source=gate.id,
        measure=gate.gate.gate,
        minute=first.minute,
        observable=first.observable,
        rule=first.rule,
        points=lost,
        outcome=first.outcome,
    )
    return TrippedGate(id=gate.id, says=gate.says.text, cap=gate.cap, limit=limit, evidence=tuple(evidence))


def _capped(uncapped: float | None, gates: tuple[TrippedGate, ...]) -> float | None:
    limit = min((gate.limit for gate in gates), default=None)
    if uncapped is None:
        # A run of which nothing else could be assessed still ends below the line a gate draws.
        return None if limit is None else 0.0
    return uncapped if limit is None else min(uncapped, limit)


def _grade(total: float, rubric: Rubric) -> Grade:
    """The best grade whose band begins at or below the total."""
    return [grade for grade in GRADES if rubric.bands[grade] <= total][-1]
