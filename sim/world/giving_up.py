"""Giving up: who is on an errand and has been stuck in a jam turns round and makes for the nearest way out."""

import numpy as np

from sim.core.noise import Stream
from sim.crowd.people import Act
from sim.world.world import World

STUCK_S = 5.0
"""Who has not moved for so long is stuck, s (assumed)."""
JAM = 3.5
"""Persons/m2 from which people touch against their will (Fruin 1993)."""
PER_LOOK = 0.02
"""Chance of giving up at each look, ten seconds apart: half do within five or six minutes (assumed)."""


def give_up(world: World) -> None:
    """One look at those who pass through; whoever gives up does not come to where they were going."""
    people = world.crowd.people
    stuck = people.present & world.crowd.passing & (people.act < int(Act.LEAVE))
    for row in np.flatnonzero(stuck & (people.stuck_s > STUCK_S) & (people.density >= JAM)):
        person = int(row)
        if world.noise.uniform(Stream.LEAVE, world.tick, -1 - person) < PER_LOOK:
            people.act[person] = int(Act.LEAVE)
