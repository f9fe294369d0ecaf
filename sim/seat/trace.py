"""Trace: how tense the crowd was seen to be, point by point; what the curve under the map is drawn from."""

import numpy as np

from sim.drill.session import Session
from sim.exercise.exercise import Exercise
from sim.seat.words import UNSEEN
from sim.world.observation import Observation
from sim.world.report import Look

TRACE_TICKS = 200
"""A point every twenty seconds."""
LOUD = (Look.TAKING_PART, Look.HOSTILE, Look.VIOLENT)


def trace_point(seen: Observation) -> tuple[float, ...]:
    """(tick, state, share taking part, share hostile, share violent, people) as the seat sees it."""
    people = max(1, len(seen.look))
    share = [round(float(np.count_nonzero(seen.look == int(k))) / people, 3) for k in LOUD]
    state = seen.state if seen.state_age_s >= 0.0 else UNSEEN
    return (seen.tick, state, *share, seen.estimate)


class Tracer:
    """Takes the curve down again while a run is computed up to where it is gone on with."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        self.points: list[tuple[float, ...]] = []

    def look(self, run: Exercise | Session) -> None:
        """A point where one is due; none in the days after."""
        if run.at_home() or (self.points and run.tick_now < self.points[-1][0] + TRACE_TICKS):
            return
        self.points.append(trace_point(run.observe()))
