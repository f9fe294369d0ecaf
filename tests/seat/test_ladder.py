"""Responses of one kind are offered as one would take them: what can be ordered now, then from mild to grave."""

from sim.seat.ladder import laddered
from tests.small import small_exercise

LADDER = ("DS1", "DS2", "DS3", "DS4", "DS5", "DS6", "DS7")


def test_the_dispersal_ladder_stands_from_the_appeal_to_the_gravest_means() -> None:
    run = small_exercise()
    kind = laddered(option for option in run.options() if option.response.group == "dispersal")
    for now in (True, False):
        codes = [option.response.catalogue for option in kind if option.open is now]
        assert [code for code in LADDER if code in codes] == codes
    assert [True, False] == sorted({option.open for option in kind}, reverse=True)


def test_what_can_be_ordered_now_stands_first() -> None:
    opened = [option.open for option in laddered(small_exercise().options())]
    assert sorted(opened, reverse=True) == opened
