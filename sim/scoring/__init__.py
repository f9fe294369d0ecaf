"""A journal and a rubric become a score: gates before weights, each line with its evidence, coverage beside it."""

from sim.scoring.card import DimensionScore, Evidence, MeasureScore, Score, TrippedGate
from sim.scoring.facts import facts_of
from sim.scoring.summary import summary
from sim.scoring.weigh import score

__all__ = ["DimensionScore", "Evidence", "MeasureScore", "Score", "TrippedGate", "facts_of", "score", "summary"]
