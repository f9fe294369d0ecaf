"""The after-action review: run it again from each decision, compare, explain."""

from sim.review.review import Comparison, Moment, Review, review

__all__ = ["Comparison", "Moment", "Review", "review"]
