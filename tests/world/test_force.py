"""Officers defend themselves; under stress their force hits people next to the one it is meant for."""

import pytest

from sim.crowd.conduct import Deed
from sim.crowd.people import Act
from sim.exercise.exercise import Exercise
from sim.world.force import bystanders_hit, defend
from sim.world.harm import apply_deeds
from tests.small import small_exercise


@pytest.fixture
def run() -> Exercise:
    """Sixty people on their square, half a minute on."""
    opened = small_exercise()
    opened.run_until(300)
    return opened


def _deed(run: Exercise, act: Act, kind: str = "officer") -> Deed:
    people = run.world.crowd.people
    return Deed(run.world.tick, 5, act, kind, 0, float(people.x[5]), float(people.y[5]))  # type: ignore[arg-type]


def test_whoever_strikes_an_officer_is_met_with_force_that_others_can_see(run: Exercise) -> None:
    defend(run.world, _deed(run, Act.ATTACK))
    seen = run.world.pending[0]
    assert (5, run.world.tension.edge.defence) == (seen.subject, seen.force)
    assert 1 <= seen.offenders_hit <= seen.hit


@pytest.mark.parametrize(("act", "kind"), [(Act.THROW, "officer"), (Act.ATTACK, "person"), (Act.ATTACK, "property")])
def test_officers_do_not_strike_at_who_throws_from_afar_or_goes_for_somebody_else(
    run: Exercise, act: Act, kind: str
) -> None:
    before = len(run.world.pending)
    defend(run.world, _deed(run, act, kind))
    assert before == len(run.world.pending)


def test_force_spills_over_more_where_it_is_tense(run: Exercise) -> None:
    def hit() -> int:
        return sum(len(bystanders_hit(run.world, person)) for person in range(60))

    run.world.tension.grid[:] = 0.0
    calm = hit()
    run.world.tension.grid[:] = 1.0
    assert calm < hit()


def test_pushing_where_nobody_stands_breaks_nothing(run: Exercise) -> None:
    before = run.world.counts.damage_tick
    apply_deeds(run.world, [_deed(run, Act.OBSTRUCT, "property")])
    assert before == run.world.counts.damage_tick
    apply_deeds(run.world, [_deed(run, Act.THROW, "property")])
    assert run.world.tick == run.world.counts.damage_tick
