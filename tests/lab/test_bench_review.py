"""What the speed row of the review goes on with: what may still differ, nothing that is surely the same or worse."""

from sim.lab.bench_review import standing


def test_who_is_surely_the_same_as_the_best_stays_but_is_not_gone_on_with() -> None:
    values = {k: [60.0, 61.0 + 0.01 * k] for k in range(8)}
    assert ([7, 6, 5, 4, 3, 2, 1, 0], [7]) == standing(values, list(values), list(values))


def test_who_is_surely_worse_by_far_is_gone() -> None:
    values = {0: [60.0, 61.0], 1: [40.0, 41.0], 2: [60.0, 61.0], 3: [60.0, 61.0], 4: [60.0, 61.0]}
    assert ([0, 2, 3, 4], [0]) == standing(values, list(values), list(values))


def test_who_may_still_differ_is_gone_on_with_beside_the_best() -> None:
    values = {0: [60.0, 61.0], 1: [60.0, 61.0], 2: [60.0, 61.1], 3: [60.0, 61.0], 4: [60.6, 60.4]}
    left, going_on = standing(values, list(values), list(values))
    assert {0, 1, 2, 3, 4} == set(left)
    assert [2, 4] == going_on


def test_who_was_not_tried_on_is_held_against_the_others_by_the_trials_they_share() -> None:
    """The last two trials were bad luck for all of them; that makes those who missed them no better."""
    values = {0: [60.0, 62.0, 40.0, 42.0], 1: [59.5, 61.5], 2: [60.5, 61.9, 41.0, 41.9]}
    assert [2, 0, 1] == standing(values, [0, 1, 2], [0, 2])[0]
