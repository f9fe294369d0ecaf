"""Heat: who stands in it for long and is tired goes down; water, shade and a seat prevent it."""

import numpy as np

from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.world.message import About, Via
from sim.world.world import World

TIRED_FROM = 0.3
"""Fatigue from which somebody may faint in the heat (assumed)."""
FAINT_PER_MIN = 0.0015
"""Chance a minute of somebody at the end of their strength, times their frailty (assumed)."""


def swelter(world: World) -> None:
    """One minute of heat: whoever faints becomes a casualty; nothing happens while it is not hot."""
    if not world.heat:
        return
    people = world.crowd.people
    rows = np.flatnonzero(people.present & (people.fatigue > TIRED_FROM) & (people.injury == 0))
    for row in rows:
        person = int(row)
        tired = (float(people.fatigue[person]) - TIRED_FROM) / (1.0 - TIRED_FROM)
        chance = FAINT_PER_MIN * tired * float(people.vulnerability[person])
        if world.noise.uniform(Stream.FAINT, world.tick, person) < chance:
            world.hurt(person, 1, "illness", float(people.x[person]), float(people.y[person]))
            world.consequence("fainted", person=person, fatigue=round(float(people.fatigue[person]), 2))
            world.tell(
                Via.SCENE, About.CASUALTY, Phrase("Somebody has fainted in the heat"), grade="A", needs_answer=True
            )
