"""Grades that turn when a number is moved, told apart from what luck does."""

from sim.review.fragile import Move, fragility, moves
from sim.review.rehearsal import Part, Rehearsed
from tests.small import small_playbook


def run(total: float, grade: str, seed: int = 1) -> Rehearsed:
    return Rehearsed(
        player="doctrine", seed=seed, without=Part(), total=total, grade=grade, won=(), lost=(), all_won=False,
        minutes=10.0, orders=(), refused=0, opened=frozenset(), injects={}, calls=(), hurt=0, trust=0.0,
    )  # fmt: skip


def test_a_grade_that_turns_farther_than_luck_does_is_fragile() -> None:
    luck = [run(82.0, "B"), run(78.0, "B", 2)]
    card = fragility(
        0.2, 4, luck, [(Move("feeling.contagion", "higher"), run(60.0, "C")), (Move("a", "lower"), run(79.0, "B"))]
    )
    assert ("feeling.contagion",) == card.fragile
    assert [("B", "C", -22.0)] == [(flip.grade, flip.turned, flip.points) for flip in card.flips]


def test_a_grade_that_other_luck_turns_as_well_is_not_fragile() -> None:
    luck = [run(71.0, "B"), run(66.0, "C", 2)]
    card = fragility(0.2, 3, luck, [(Move("a", "lower"), run(68.0, "C"))])
    assert [False] == [flip.fragile for flip in card.flips]
    assert () == card.fragile


def test_the_numbers_of_the_groups_are_moved_together_and_by_name() -> None:
    found = moves(small_playbook().scenario, ["groups.patience_min"], 0.2)
    assert [("lower", 0.8), ("higher", 1.2)] == [(move.side, move.value) for move in found]


def test_without_names_everything_is_moved_to_both_sides() -> None:
    found = moves(small_playbook().scenario, [], 0.2)
    names = [move.name for move in found]
    assert "groups.online" in names
    assert "feeling.contagion" in names
    assert all(names.count(name) == 2 for name in names)
