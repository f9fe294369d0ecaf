"""Layout: officers, vehicles and gates as the bodies people meet, worked out anew only where something moved."""

from dataclasses import fields, replace
from operator import attrgetter
from typing import TypeAlias

import numpy as np

from sim.crowd.body import Bodies, BodyKind
from sim.world.gate import gate_bodies
from sim.world.unit import Unit
from sim.world.world import World

OFFICER_RADIUS_M = 0.25
LOOK_EVERY = 10
"""Ticks between two looks at units that do not walk: orders and effects place them at whole seconds."""
_FIELDS = tuple(f.name for f in fields(Bodies))
_MOVING = ("x", "y", "vx", "vy", "gear", "closed")
"""What can change of an officer on scene."""

_STANDS = attrgetter("x", "y", "facing_x", "facing_y", "radius_m", "formation", "gear", "closed")
Stand: TypeAlias = tuple[tuple[float, ...], bool]
"""How a unit stands, and whether it walks."""


class Layout:
    """The bodies of one run as laid out last. Follows from the world; not part of its state."""

    def __init__(self) -> None:
        """Nothing laid out yet."""
        self._standing = Bodies.blank(0)
        self._version: tuple[int, ...] = ()
        self._all: Bodies | None = None
        self._stands: dict[str, Stand] = {}
        """By unit, in roster order."""
        self._put_off = False
        """Whether units have moved since."""

    def bodies(self, world: World, *, moved: bool) -> Bodies:
        """Officers on scene, vehicles on lanes, closed gates: officers first, in roster order; the same if all stands.

        What is returned is the same object as before when nothing changed.
        """
        version = (world.road.version, *(int(gate.open) for gate in world.gates))
        if version != self._version:
            self._version = version
            self._standing = _joined([world.road.bodies(), gate_bodies(world.gates)])
            self._all = None
        moved, self._put_off = moved or self._put_off, False
        whole = self._all is None or world.tick % LOOK_EVERY == 0
        if self._all is not None and not moved and not whole:
            return self._all
        there = [unit for unit in world.units if unit.on_scene(world.tick)]
        stands = {unit.id: _stand(unit) for unit in there} if whole else self._again(there)
        changed: list[tuple[int, Unit]] = []
        row = 0
        if stands != self._stands:
            for unit in there:
                if stands[unit.id] != self._stands.get(unit.id):
                    changed.append((row, unit))
                row += unit.strength
        if self._all is None or stands.keys() != self._stands.keys():
            officers = [_officers(index, unit) for index, unit in enumerate(world.units) if unit.id in stands]
            self._all = _joined([*officers, self._standing])
        elif changed:
            self._all = _moved(self._all, changed)
        self._stands = stands
        return self._all

    def put_off(self) -> None:
        """Notes that units have moved in a tick in which nobody asks where they are: the next who asks is told."""
        self._put_off = True

    def _again(self, there: list[Unit]) -> dict[str, Stand]:
        """How these units stand now: who neither walks nor walked when laid out last stands as then."""
        stands: dict[str, Stand] = {}
        for unit in there:
            stand = self._stands.get(unit.id)
            stands[unit.id] = _stand(unit) if stand is None or unit.path or stand[1] else stand
        return stands


def _stand(unit: Unit) -> Stand:
    return _STANDS(unit), bool(unit.path)


def _officers(index: int, unit: Unit) -> Bodies:
    """The officers of the unit of this index."""
    bodies = Bodies.blank(unit.strength)
    bodies.unit[:] = index
    bodies.radius[:] = OFFICER_RADIUS_M
    bodies.kind[:] = int(BodyKind.OFFICER)
    _place(bodies, 0, unit)
    return bodies


def _moved(bodies: Bodies, changed: list[tuple[int, Unit]]) -> Bodies:
    """These bodies with the officers of the changed units, each from its row on, where they are now."""
    moved = replace(bodies, **{name: getattr(bodies, name).copy() for name in _MOVING})
    for first, unit in changed:
        _place(moved, first, unit)
    return moved


def _place(bodies: Bodies, first: int, unit: Unit) -> None:
    """Write where a unit's officers stand and how they move, from this row on."""
    places, past = unit.officers(), first + unit.strength
    bodies.x[first:past] = [x for x, _ in places]
    bodies.y[first:past] = [y for _, y in places]
    bodies.gear[first:past] = unit.gear
    bodies.closed[first:past] = unit.closed
    walks = unit.travelling
    bodies.vx[first:past] = unit.facing_x * unit.speed_mps if walks else 0.0
    bodies.vy[first:past] = unit.facing_y * unit.speed_mps if walks else 0.0


def _joined(blocks: list[Bodies]) -> Bodies:
    """All of them as one."""
    return Bodies(**{name: np.concatenate([getattr(block, name) for block in blocks]) for name in _FIELDS})
