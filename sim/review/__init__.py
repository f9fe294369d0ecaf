"""The after-action review: run it again from each decision, compare, judge by regret, explain."""

from sim.review.first_look import FirstLook
from sim.review.review import Alternative, Moment, Review, Reviewing, carry_out, carry_out_each, review
from sim.review.study import Study
from sim.review.work import Effort, Work

__all__ = [
    "Alternative",
    "Effort",
    "FirstLook",
    "Moment",
    "Review",
    "Reviewing",
    "Study",
    "Work",
    "carry_out",
    "carry_out_each",
    "review",
]
