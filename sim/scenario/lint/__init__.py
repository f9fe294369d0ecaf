"""What is wrong with a scenario although every name and number in it can be read: one file for each family of doubt.

Nothing here keeps a scenario from being played; `check` lists it as warnings.
"""

from collections.abc import Iterator

from sim.scenario.lint import geometry, law, learning, people, reach, resources, timing, wording
from sim.scenario.lint.case import Case
from sim.scenario.problem import Problem

FAMILIES = (geometry, timing, reach, resources, people, law, learning)
"""Each has `doubts(case)`; texts are looked at in `wording`, in files of every kind."""


def doubts(case: Case) -> Iterator[Problem]:
    """Everything that is doubtful about a scenario, family by family."""
    for family in FAMILIES:
        yield from family.doubts(case)


__all__ = ["FAMILIES", "Case", "doubts", "wording"]
