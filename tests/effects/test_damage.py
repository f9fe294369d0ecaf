"""Damage: some of the crowd break something; they are offenders, and it is a sign of trouble."""

import numpy as np

from sim.world.world import World
from tests.effects.stage import happens, minutes, staged


def _offenders(world: World) -> int:
    return int(np.count_nonzero([world.is_offender(i) for i in range(len(world.crowd.people))]))


def test_who_breaks_something_is_an_offender_and_property_counts_as_damaged() -> None:
    run = staged(injects=[happens({"do": "damage", "offenders": 2}, place="square", minute=0.6)])
    before = run.world.counts.damage_tick
    minutes(run, 0.3)
    assert before < run.world.counts.damage_tick
    assert 2 <= _offenders(run.world)
    assert 2 <= run.world.counts.deeds
