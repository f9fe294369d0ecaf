"""Where the ground is open nobody need ask how far the walls are, and is told nothing else."""

import numpy as np
import pytest

from sim.core.geometry import Rect
from sim.crowd.ground import Site, compile_ground
from sim.crowd.walls import OPEN_M, open_at, openness_of
from tests.crowd.stage import ground_of

YARD = ground_of(60.0, 40.0, ((20.0, 10.0, 26.0, 31.0),))


def test_no_wall_is_nearer_than_the_open_ground_says() -> None:
    openness = openness_of(YARD)
    for x in np.arange(0.1, 60.0, 0.7):
        for y in np.arange(0.1, 40.0, 0.7):
            assert open_at(openness, x, y) <= max(0.0, YARD.distance_at(x, y))
    assert OPEN_M <= open_at(openness, 42.0, 20.0)


@pytest.mark.parametrize(("x", "y"), [(-3.0, 5.0), (70.0, 5.0), (5.0, -0.1), (5.0, 45.0)])
def test_off_the_site_nothing_is_open(x: float, y: float) -> None:
    assert 0.0 == open_at(openness_of(YARD), x, y)


def test_slow_ground_is_not_open() -> None:
    ground = compile_ground(Site(60.0, 40.0, 0.5, (), (), ((Rect(30.0, 20.0, 31.0, 21.0), 0.5),)))
    assert 0.0 == open_at(openness_of(ground), 30.0, 20.0)
    assert OPEN_M <= open_at(openness_of(ground), 15.0, 20.0)
