"""What an observer of an incident writes down: violent acts and their places, how many were there, the first clash."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.core.tick import TICKS_PER_SECOND
from sim.crowd.state import CrowdState
from sim.world.world import World


@dataclass(frozen=True, slots=True)
class Violence:
    """One violent act as it happened."""

    second: int
    person: int
    x: float
    y: float


@dataclass
class Watch:
    """The notes so far."""

    acts: list[Violence] = field(default_factory=list)
    present: list[int] = field(default_factory=list)
    """People there in each second."""
    clash_s: int = -1
    """Second in which the crowd first was in a clash, as trainers are shown it; -1 if never."""

    def note(self, world: World) -> None:
        """Look at the second that has just passed."""
        tick = world.tick - TICKS_PER_SECOND
        second = tick // TICKS_PER_SECOND
        people = world.crowd.people
        offended = np.flatnonzero((people.last_offence == tick) & world.crowd.participant)
        self.acts += [Violence(second, int(i), float(people.x[i]), float(people.y[i])) for i in offended]
        self.present.append(int(np.count_nonzero(people.present)))
        if self.clash_s < 0 and world.readout.overall == CrowdState.CLASH:
            self.clash_s = second

    def most_violent(self, window_s: int) -> float:
        """Largest share of those present who were violent within any stretch of so many seconds."""
        largest = 0.0
        for last in sorted({act.second for act in self.acts}):
            actors = {act.person for act in self.acts if last - window_s < act.second <= last}
            largest = max(largest, len(actors) / max(1, self.present[last]))
        return largest


def clusters(acts: Sequence[Violence], *, within_m: float, within_s: float, least: int) -> list[list[Violence]]:
    """Return the clusters that acts form in space and time, each in the order of `acts`.

    Density-based, after DBSCAN (Ester et al. 1996). Two acts are neighbours when neither distance nor time between
    them is more than these. An act with `least` neighbours or more, itself counted, is at the heart of a cluster, and
    its neighbours belong to it too. Acts in no cluster are left out.
    """
    beside = [[j for j, other in enumerate(acts) if _neighbours(act, other, within_m, within_s)] for act in acts]
    taken = np.zeros(len(acts), dtype=bool)
    found: list[list[Violence]] = []
    for i in range(len(acts)):
        if taken[i] or len(beside[i]) < least:
            continue
        members, waiting = [], [i]
        while waiting:
            j = waiting.pop()
            if taken[j]:
                continue
            taken[j] = True
            members.append(j)
            if len(beside[j]) >= least:
                waiting += beside[j]
        found.append([acts[j] for j in sorted(members)])
    return found


def _neighbours(one: Violence, other: Violence, within_m: float, within_s: float) -> bool:
    dx, dy = one.x - other.x, one.y - other.y
    return abs(one.second - other.second) <= within_s and dx * dx + dy * dy <= within_m * within_m
