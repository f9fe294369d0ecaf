"""One last digit, changed on purpose, is found at its tick and named with its array and its person."""

import pytest

from sim.lab.plant import Found, find
from sim.lab.session import Session
from sim.lab.ways import first_time
from tests.small import small_playbook


def plants(first: int, count: int) -> list[Found]:
    playbook = small_playbook()
    found = []
    for number in range(first, first + count):
        session = Session.draw(number, {"small": playbook}, (15.0, 25.0))
        each = find(first_time(session, playbook)[0])
        if each is not None:
            found.append(each)
    return found


def test_a_few_plants_are_all_found_and_named() -> None:
    found = plants(0, 6)
    assert 6 == len(found)
    assert all(each.named for each in found)
    assert 1 < len({each.plant.part for each in found})


@pytest.mark.slow
def test_a_hundred_plants_are_all_found_and_named() -> None:
    found = plants(100, 100)
    assert 100 == len(found)
    assert [] == [each for each in found if not each.named]
    # The others were written over within the second, as if they had never been changed.
    assert sum(each.recorded for each in found) >= 80
