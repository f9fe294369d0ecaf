"""A journal and a rubric become a score: gates before weights, each line with its evidence, coverage beside it."""

from sim.scoring.card import DimensionScore, Evidence, MeasureScore, Score, TrippedGate
from sim.scoring.facts import facts_of
from sim.scoring.objective import Objective, Task, objectives
from sim.scoring.summary import summary
from sim.scoring.weigh import score

__all__ = [
    "DimensionScore",
    "Evidence",
    "MeasureScore",
    "Objective",
    "Score",
    "Task",
    "TrippedGate",
    "facts_of",
    "objectives",
    "score",
    "summary",
]
