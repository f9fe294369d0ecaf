"""Schedules of published models that have rules of their own; what people decide in them is the product's kernels."""

__all__ = ["grid", "hearsay"]
