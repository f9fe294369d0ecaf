"""Area force: it hits whoever is there, guilty or not, and costs the trust of those who see it."""

import numpy as np
import pytest

from sim.exercise.exercise import Exercise
from sim.world.nearby import present_near
from tests.effects.stage import carried_out, minutes, plain


@pytest.fixture(scope="module")
def runs() -> tuple[Exercise, Exercise]:
    """The same minutes held, and with area means used against the square where two people offended."""
    held, acted = plain(), plain()
    acted.world.crowd.people.last_offence[:2] = acted.tick_now + 600
    carried_out(acted, "area_effect", "square", "POU-1", power="Police Act")
    acted.run_until(acted.tick_now + 310)
    held.run_until(acted.tick_now)
    return held, acted


def test_everybody_within_the_radius_is_hit() -> None:
    run = plain()
    carried_out(run, "area_effect", "square", "POU-1", power="Police Act")
    before: list[int] = []
    while not run.journal.consequences("area_force"):
        before = [int(i) for i in present_near(run.world, 55.0, 40.0, 15.0)]
        run.run_until(run.tick_now + 1)
    assert 0 < len(before) <= 60
    assert len(before) == run.journal.consequences("area_force")[0].data["hit"]


def test_those_who_did_nothing_are_hit_with_those_who_did(runs: tuple[Exercise, Exercise]) -> None:
    shot = runs[1].journal.consequences("area_force")[0]
    assert 0 < int(str(shot.data["offenders_hit"])) <= 2
    assert int(str(shot.data["hit"])) > 20


def test_those_who_see_it_lose_trust_and_are_afraid(runs: tuple[Exercise, Exercise]) -> None:
    held, acted = (run.world.crowd.people for run in runs)
    saw = acted.last_seen_force > 0
    assert np.count_nonzero(saw) >= 30
    assert np.all(acted.legitimacy[saw] < held.legitimacy[saw])
    assert np.mean(acted.fear[saw]) > np.mean(held.fear[saw])


def test_those_who_could_not_see_it_trust_as_before(runs: tuple[Exercise, Exercise]) -> None:
    held, acted = (run.world.crowd.people for run in runs)
    far = (acted.x - 55.0) * (acted.x - 55.0) + (acted.y - 40.0) * (acted.y - 40.0) > 15.5 * 15.5
    missed = far & (acted.last_seen_force < 0)
    assert np.any(missed)
    assert np.array_equal(held.legitimacy[missed], acted.legitimacy[missed])


def test_the_wider_public_judges_it(runs: tuple[Exercise, Exercise]) -> None:
    held, acted = runs
    assert acted.world.opinion.public < held.world.opinion.public


def test_injuries_are_put_down_to_the_police() -> None:
    run = plain()
    carried_out(run, "area_effect", "square", "POU-1", power="Police Act")
    minutes(run, 5)
    assert run.world.casualties
    assert {"police"} == {case.cause for case in run.world.casualties}


def test_where_nobody_stands_nobody_is_hit() -> None:
    run = plain()
    carried_out(run, "area_effect", "corner", "POU-1", power="Police Act")
    minutes(run, 2)
    assert [] == run.journal.consequences("area_force")
