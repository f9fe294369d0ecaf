"""Hearing: how many people around a speaker could understand what was said."""

import numpy as np

from sim.crowd.body import Bodies
from sim.crowd.people import Floats
from sim.world.nearby import participants_near
from sim.world.world import World

AUDIENCE_M = 80.0
"""Whom an announcement on the spot is meant for (assumed)."""
CROWD_M = 150.0
"""People within this distance of a speaker belong to the crowd that is meant (assumed)."""
EDGE_SHARE = 0.2
"""The fifth of them who stand farthest from any speaker are its far edge (assumed)."""
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


def edge_share(world: World, speakers: list[tuple[float, float]], level_db: float) -> float:
    """Share of the crowd's far edge who would understand at least one of these voices; 0 without anybody or any voice.

    The edge is the fifth of the participants within 150 m of a speaker who stand farthest from all of them.
    """
    people = world.crowd.people
    here = people.present & world.crowd.participant
    if not speakers or not here.any():
        return 0.0
    nearest = np.full(len(people.x), np.inf)
    heard = np.zeros(len(people.x), np.bool_)
    for x, y in speakers:
        dx, dy = people.x - x, people.y - y
        nearest = np.minimum(nearest, dx * dx + dy * dy)
        heard |= world.crowd.understood(world.ground, Bodies.blank(0), x, y, level_db) >= UNDERSTOOD
    rows = np.flatnonzero(here & (nearest <= CROWD_M * CROWD_M))
    if not len(rows):
        return 0.0
    order = rows[np.argsort(-nearest[rows], kind="stable")]
    edge = order[: max(1, round(EDGE_SHARE * len(order)))]
    return float(np.count_nonzero(heard[edge])) / len(edge)
