"""People are arrays of one length: a fork shares what never changes and copies the rest."""

import numpy as np

from sim.core.digest import digest
from sim.crowd.body import Bodies
from sim.crowd.people import NEVER, RUMOURS, TRAITS, People, Status


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
