"""The after-action review: run it again from each decision, compare, judge by regret, explain."""

from sim.review.review import Alternative, Moment, Review, Reviewing, carry_out, review
from sim.review.study import Effort, Study, Work

__all__ = ["Alternative", "Effort", "Moment", "Review", "Reviewing", "Study", "Work", "carry_out", "review"]
