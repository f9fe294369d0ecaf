"""Snapshot: where everybody truly was at one moment, for the after-action view and never for a seat while it plays."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.core.phrase import Phrase
from sim.crowd.people import Act
from sim.exercise.exercise import Exercise
from sim.world.report import Look

LOOK_OF_ACT = {
    Act.WATCH: Look.STANDING,
    Act.CHANT: Look.TAKING_PART,
    Act.HOSTILE: Look.HOSTILE,
    Act.OBSTRUCT: Look.HOSTILE,
    Act.THROW: Look.VIOLENT,
    Act.ATTACK: Look.VIOLENT,
    Act.LEAVE: Look.LEAVING,
    Act.FLEE: Look.LEAVING,
    Act.INJURED: Look.HURT,
    Act.HELD: Look.STANDING,
}
"""What each act looks like to somebody watching."""

Placed = tuple[str, float, float, int]
"""Code of a unit, where it is (m), and how many officers it has."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Where everybody truly was at one moment, and what somebody watching could have seen them do."""

    minute: float
    x: NDArray[np.float32]
    """Of each person on the ground, m."""
    y: NDArray[np.float32]
    look: NDArray[np.uint8]
    """`Look` of each of them."""
    units: tuple[Placed, ...]
    """Units on scene; an ambulance under way has the code AMB and no officers."""
    vehicles: tuple[tuple[float, float], ...]
    caption: Phrase
    officers: tuple[tuple[float, float], ...] = field(default=())
    """Where each officer stood, so that lines and rings can be seen."""
    person: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Row of each person shown, to ask for their view of things."""


def snapshot_of(exercise: Exercise) -> Snapshot:
    """The present moment of a run as it truly is: for the after-action view, never for a seat while it plays."""
    world = exercise.world
    people = world.crowd.people
    rows = np.flatnonzero(people.present)
    looks = np.array([int(LOOK_OF_ACT[act]) for act in Act], dtype=np.uint8)
    units = [u for u in world.units if u.on_scene(world.tick)]
    ambulances = [a for a in world.road.ambulances if a.arrived_tick < 0]
    return Snapshot(
        minute=world.minute,
        x=people.x[rows].astype(np.float32),
        y=people.y[rows].astype(np.float32),
        look=looks[people.act[rows]],
        units=(
            *((u.code, u.x, u.y, u.strength) for u in units),
            *(("AMB", a.x, a.y, 0) for a in ambulances),
        ),
        vehicles=tuple((v.x, v.y) for v in world.road.vehicles),
        caption=Phrase(
            "Minute {minute:.0f}: {people} people on the ground and {officers} officers and staff. "
            "This shows what was so, not only what the commander could see.",
            minute=world.minute,
            people=len(rows),
            officers=sum(u.strength for u in units),
        ),
        officers=tuple(place for u in units for place in u.officers()),
        person=rows,
    )
