"""People are arrays of one length: a fork shares what never changes and copies the rest."""

import numpy as np
import pytest

from sim.core.digest import digest
from sim.core.errors import NotFinite
from sim.crowd.body import Bodies
from sim.crowd.people import NEVER, RUMOURS, SEEN, TRAITS, People, Status


def test_blank_people_are_absent_and_neutral_and_all_columns_are_as_long() -> None:
    people = People.blank(7)
    assert 7 == len(people)
    assert (people.status == int(Status.ABSENT)).all()
    assert not people.present.any()
    assert (people.arrival_tick == NEVER).all()
    for name, column in people.state().items():
        assert ((7, RUMOURS) if name == "rumour" else (7,)) == column.shape
    digest(people.state())


def test_a_fork_changes_alone() -> None:
    people = People.blank(3)
    before = digest(people.state())
    fork = people.fork()
    assert before == digest(fork.state())
    for column in fork.state().values():
        column[:] = 1
    assert before == digest(people.state())


def test_what_never_changes_is_shared_and_stands_in_no_digest() -> None:
    people = People.blank(3)
    fork = people.fork()
    for name in TRAITS:
        assert getattr(people, name) is getattr(fork, name)
        assert name not in people.state()


def test_every_array_is_of_one_kind_and_the_state_lies_in_one_block_of_at_most_200_bytes_a_person() -> None:
    people = People.blank(100)
    assert not set(people.state()) & (TRAITS | set(SEEN))
    assert all(np.shares_memory(column, people.block) for column in people.state().values())
    assert sum(column.nbytes for column in people.state().values()) == people.block.nbytes
    assert people.block.nbytes <= 200 * 100


def test_what_is_worked_out_each_second_is_blank_in_a_fork() -> None:
    people = People.blank(3)
    for name in SEEN:
        getattr(people, name)[:] = 1.0
    fork = people.fork()
    assert [0.0] == sorted({float(v) for name in SEEN for v in getattr(fork, name)})
    assert [1.0] == sorted({float(v) for name in SEEN for v in getattr(people, name)})


def test_nobody_can_ask_people_for_a_quality_they_do_not_have() -> None:
    assert hasattr(People.blank(1), "anger")
    assert not hasattr(People.blank(1), "mood")


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("name", [n for n, column in People.blank(1).state().items() if column.dtype.kind == "f"])
def test_a_number_that_is_none_is_found_in_every_array_and_named_with_its_person(name: str, wrong: float) -> None:
    people = People.blank(9)
    people.guard()
    getattr(people, name)[4] = wrong
    with pytest.raises(NotFinite) as found:
        people.guard()
    assert (name, 4) == (found.value.array, found.value.person)


def test_people_take_over_the_state_of_others_as_many_as_they() -> None:
    people, other = People.blank(5), People.blank(5)
    other.anger[:], other.rumour[2, 1] = 0.5, 2
    people.fill(other.block)
    assert digest(other.state()) == digest(people.state())
    assert not np.shares_memory(people.block, other.block)


def test_only_those_present_are_present() -> None:
    people = People.blank(len(Status))
    people.status[:] = [int(status) for status in Status]
    assert [status == Status.PRESENT for status in Status] == list(people.present)


def test_blank_bodies_stand_and_are_as_many_as_asked() -> None:
    bodies = Bodies.blank(4)
    assert 4 == len(bodies)
    assert not np.any(bodies.vx)
    assert not np.any(bodies.closed)
    assert 0 == len(Bodies.blank(0))
