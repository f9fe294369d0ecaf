"""Weather: rain tires those who stay, until it ends."""

import numpy as np
import pytest

from sim.exercise.exercise import Exercise
from tests.effects.stage import happens, plain, staged

END = 6300


def tired(run: Exercise) -> float:
    """Mean fatigue after ten minutes."""
    run.run_until(END)
    return float(np.mean(run.world.crowd.people.fatigue))


@pytest.fixture(scope="module")
def dry() -> float:
    """Without rain."""
    return tired(plain())


def test_rain_tires_people_about_twice_as_fast(dry: float) -> None:
    wet = staged(injects=[happens({"do": "weather", "rain": True}, minute=0)])
    assert wet.world.rain
    assert pytest.approx(2.0, abs=0.1) == tired(wet) / dry


def test_when_the_rain_ends_people_tire_as_before(dry: float) -> None:
    shower = staged(
        injects=[
            happens({"do": "weather", "rain": True}, minute=0),
            happens({"do": "weather", "rain": False}, minute=5.25),
        ]
    )
    assert pytest.approx(1.5, abs=0.1) == tired(shower) / dry
    assert not shower.world.rain
