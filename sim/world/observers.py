"""Observers: journalists who are told to go do go, and say that they were told to."""

import numpy as np

from sim.crowd.people import Act, Role
from sim.crowd.stimulus import Channel
from sim.world.world import World

AROUND_M = 60.0
"""Who stands within this distance of an order is told."""
REACH, WRONG = 0.15, 0.2
"""Share of those online whom one of them reaches with it, and how unfair it is to whoever reads it (both assumed)."""
SEEN_LESS, DOUBTED = -0.08, 0.15
"""What the wider public makes of it: of the handling, and of how much it does not get to know (both assumed)."""


def send_observers_away(world: World, x: float, y: float) -> int:
    """Lets the journalists near a point leave, each after putting it online; returns how many were told."""
    people = world.crowd.people
    near = (people.x - x) * (people.x - x) + (people.y - y) * (people.y - y) <= AROUND_M * AROUND_M
    rows = np.flatnonzero(people.present & near & (people.role == int(Role.JOURNALIST)) & (people.act < int(Act.LEAVE)))
    for row in rows:
        people.act[row] = int(Act.LEAVE)
        world.emit(Channel.ONLINE, reach=REACH, injustice=WRONG)
    if len(rows):
        world.opinion.judge("public", SEEN_LESS)
        world.opinion.uncertainty += DOUBTED * (1.0 - world.opinion.uncertainty)
        world.consequence("observers_sent_away", people=len(rows))
    return len(rows)
