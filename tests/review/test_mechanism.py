"""Why two futures part: said from the mean courses of the trials, in one or two sentences."""

import numpy as np
import pytest

from sim.core.phrase import LText
from sim.review.branch import COUNTED, FEELINGS, Branch, Course
from sim.review.mechanism import explain
from sim.review.study import Paths

GROUPS = [LText("drivers", "司机"), LText("shopkeepers", "店主")]
RUMOURS = [LText("a driver is dead", "有司机死了"), LText("permits are sold", "许可在卖")]
MINUTES = 6


def course(
    *, anger: float = 0.2, hurt: int = 0, talks: int = 0, untrue: int = 0, told: tuple[float, ...] = (0.0, 0.0)
) -> Course:
    """The second group's anger rises to this by the fourth minute."""
    groups = np.full((MINUTES, 2, len(FEELINGS) + 1), 0.2, np.float32)
    groups[..., -1] = 40.0
    groups[3:, 1, FEELINGS.index("anger")] = anger
    counts = tuple(
        {"injury": hurt, "talk": talks, "statement": untrue, "untrue": untrue}.get(name, 0) for name in COUNTED
    )
    return Course(groups, np.zeros((MINUTES, 4), np.float32), counts, told)


def said(ours: Course, theirs: Course) -> list[str]:
    paths = []
    for each in (ours, theirs):
        path = Paths()
        for _ in range(2):
            path.add(Branch(50.0, (), each))
        paths.append(path)
    return [phrase.english() for phrase in explain(*paths, GROUPS, RUMOURS)]


def test_it_names_the_group_the_feeling_and_the_minute_from_which_they_part() -> None:
    assert ["From about 4 min on, more anger there among: shopkeepers (+0.30)"] == said(course(), course(anger=0.5))


def test_a_rumour_fewer_pass_on_is_named_with_both_shares() -> None:
    found = said(course(told=(0.31, 0.1)), course(told=(0.04, 0.1), talks=2))
    assert ["In the mean of the trials 4% instead of 31% of those there passed on: “a driver is dead”"] == found


@pytest.mark.parametrize("hurt", [1, 3])
def test_people_hurt_are_said_before_a_rumour(hurt: int) -> None:
    found = said(course(told=(0.31, 0.1), hurt=hurt), course(told=(0.04, 0.1)))
    assert [f"In the mean of the trials: people hurt, 0.0 instead of {hurt}.0"] == found


def test_an_untrue_statement_that_was_taken_back_before_it_was_out_is_said_before_everything() -> None:
    found = said(course(hurt=3), course(untrue=1, told=(0.4, 0.1)))
    assert ["In the mean of the trials: untrue public statements, 1.0 instead of 0.0"] == found


def test_of_two_futures_that_hardly_differ_nothing_is_said() -> None:
    assert [] == said(course(told=(0.30, 0.1)), course(told=(0.32, 0.1), anger=0.21))
