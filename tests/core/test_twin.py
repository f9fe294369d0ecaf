"""A twin has the same fields and can change alone."""

from dataclasses import dataclass, field

from sim.core.twin import twin


@dataclass(slots=True)
class Pair:
    first: int
    second: list[int] = field(default_factory=list)


def test_a_twin_is_equal_and_changes_alone_but_shares_what_its_fields_hold() -> None:
    pair = Pair(1, [2])
    other = twin(pair)
    assert pair == other
    other.first = 5
    assert 1 == pair.first
    assert pair.second is other.second


@dataclass(slots=True)
class Longer(Pair):
    third: str = "c"


def test_a_twin_is_of_the_same_class() -> None:
    assert Longer(1, [2], "x") == twin(Longer(1, [2], "x"))
