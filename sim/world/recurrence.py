"""Recurrence: how likely the same people are to come again, from what they feel and what became of the promises.

risk = 0.05 + 0.9 G (1 - 0.6 T) (1 - 0.5 H) (1 + 0.5 B), held within 0..1, with G, T and H the mean grievance, trust
(perceived legitimacy) and hope of the participants who came, gone or not, and B the share of the demands promised on
whose last promise was broken. The form says what the literature on dialogue and petitions agrees on: unsolved
grievance drives it, trust and hope hold it back, a broken word adds. Every number is assumed; it is drawn once, at the
very end, and is nobody's forecast of a real crowd.
"""

import numpy as np

from sim.crowd.people import Status
from sim.world.talks import Promise
from sim.world.world import World

FLOOR, GRIEVANCE, TRUST, HOPE, BROKEN = 0.05, 0.9, 0.6, 0.5, 0.5
"""The formula's numbers, all assumed."""


def last_words(world: World) -> list[Promise]:
    """The last promise on each demand, oldest first: it takes the place of those given before it."""
    last: dict[str, Promise] = {}
    for promise in world.talks.promises:
        if promise.demand:
            last[promise.demand] = promise
    return sorted(last.values(), key=lambda promise: promise.number)


def recurrence_risk(world: World) -> float:
    """The chance that the same people come again within weeks, 0..1; 0 where nobody came."""
    people = world.crowd.people
    rows = world.crowd.participant & (people.status != int(Status.ABSENT))
    if not np.any(rows):
        return 0.0
    grievance, trust, hope = (float(np.mean(v[rows])) for v in (people.grievance, people.legitimacy, people.hope))
    settled = [promise for promise in last_words(world) if promise.kept is not None]
    broken = sum(1 for promise in settled if promise.kept is False) / len(settled) if settled else 0.0
    risk = FLOOR + GRIEVANCE * grievance * (1.0 - TRUST * trust) * (1.0 - HOPE * hope) * (1.0 + BROKEN * broken)
    return min(1.0, max(0.0, risk))
