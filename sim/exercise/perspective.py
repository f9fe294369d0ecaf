"""Perspective: what one person in the crowd had before their eyes and made of it, for looking back at a run."""

import math
from dataclasses import dataclass

from sim.core.phrase import LText
from sim.crowd.ground import clear_sight
from sim.crowd.people import Act, Knows, Rumour
from sim.exercise.exercise import Exercise

SIGHT_M = 60.0
"""Officers farther away are not counted as before somebody's eyes (docs/crowd.md gives 30 m for details)."""


@dataclass(frozen=True, slots=True)
class Perspective:
    """In this model; never of a real person."""

    person: int
    group: LText
    act: Act
    x: float
    y: float
    officers: int
    """Officers within `SIGHT_M` with nothing solid between."""
    nearest_m: float
    """How far the nearest of them is, -1 when there is none."""
    gear: int
    """Heaviest gear among them (`Gear`)."""
    closed: bool
    """Some of them stand in a line or ring nobody passes."""
    advancing: bool
    """A line of them moves against people."""
    density: float
    """Persons/m2 where the person stands."""
    anger: float
    fear: float
    legitimacy: float
    """How legitimate the police seem to them, 0..1."""
    identity: float
    """How much they feel one with the others against the police, 0..1."""
    hope: float
    exit_belief: float
    """How far they believe they could leave, 0..1."""
    knows: tuple[Knows, ...]
    believes: tuple[LText, ...]
    """Rumours they believe."""
    rejects: tuple[LText, ...]
    """Rumours they have heard corrected, and do not believe."""


def perspective_of(exercise: Exercise, person: int) -> Perspective | None:
    """The person's view now; None when they are not on the ground."""
    world = exercise.world
    people = world.crowd.people
    if not (0 <= person < len(people) and people.present[person]):
        return None
    x, y = float(people.x[person]), float(people.y[person])
    square = SIGHT_M * SIGHT_M
    near = []
    for unit in world.units:
        if unit.on_scene(world.tick):
            ground = world.ground
            seen = [
                (ox - x) * (ox - x) + (oy - y) * (oy - y)
                for ox, oy in unit.officers()
                if (ox - x) * (ox - x) + (oy - y) * (oy - y) <= square
                and clear_sight(ground.solid, ground.cell_m, x, y, ox, oy)
            ]
            if seen:
                near.append((unit, seen))
    told = [r.claim.text for r in exercise.playbook.scenario.rumours]
    stands = [int(people.rumour[person, k]) for k in range(len(told))]
    return Perspective(
        person=person,
        group=exercise.playbook.scenario.groups[int(people.group[person])].name.text,
        act=Act(int(people.act[person])),
        x=x,
        y=y,
        officers=sum(len(seen) for _, seen in near),
        nearest_m=math.sqrt(min(min(seen) for _, seen in near)) if near else -1.0,
        gear=max((unit.gear for unit, _ in near), default=0),
        closed=any(unit.closed for unit, _ in near),
        advancing=any(unit.advancing for unit, _ in near),
        density=float(people.density[person]),
        anger=float(people.anger[person]),
        fear=float(people.fear[person]),
        legitimacy=float(people.legitimacy[person]),
        identity=float(people.identity[person]),
        hope=float(people.hope[person]),
        exit_belief=float(people.exit_belief[person]),
        knows=tuple(k for k in Knows if int(people.knowledge[person]) & k),
        believes=tuple(t for t, s in zip(told, stands, strict=True) if s in {Rumour.SPREADER, Rumour.STIFLER}),
        rejects=tuple(t for t, s in zip(told, stands, strict=True) if s == Rumour.DISBELIEVER),
    )
