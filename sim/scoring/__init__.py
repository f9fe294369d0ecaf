"""A journal and a rubric become a score: gates before weights, every line with its evidence, coverage beside the total."""

from sim.scoring.card import DimensionScore, Evidence, MeasureScore, Score, TrippedGate
from sim.scoring.summary import summary
from sim.scoring.weigh import score

__all__ = ["DimensionScore", "Evidence", "MeasureScore", "Score", "TrippedGate", "score", "summary"]
