"""Hearing: how many people around a speaker could understand what was said."""

import numpy as np

from sim.crowd.body import Bodies
from sim.crowd.people import Floats
from sim.world.nearby import participants_near
from sim.world.world import World

AUDIENCE_M = 80.0
"""Whom an announcement on the spot is meant for (assumed)."""
UNDERSTOOD = 0.5
"""Share of the words from which somebody counts as having understood (assumed)."""


def understood_by(world: World, x: float, y: float, level_db: float) -> Floats:
    """How much each person on the ground would understand of a voice of this level at 1 m, 0..1."""
    return world.crowd.understood(world.ground, Bodies.blank(0), x, y, level_db)


def understood_share(world: World, x: float, y: float, level_db: float) -> float:
    """Share of the participants within 80 m who would understand a voice of this level at 1 m; 0 if there are none."""
    rows = participants_near(world, x, y, AUDIENCE_M)
    if not len(rows):
        return 0.0
    shares = understood_by(world, x, y, level_db)
    return float(np.count_nonzero(shares[rows] >= UNDERSTOOD)) / len(rows)
