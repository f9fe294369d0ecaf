"""Layout: officers, vehicles and gates as the bodies people meet, worked out anew only where something moved."""

from dataclasses import fields, replace
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

Block: TypeAlias = tuple[tuple[float, ...], Bodies]
"""How a unit stood, and its officers."""


class Layout:
    """The bodies of one run as laid out last. Follows from the world; not part of its state."""

    def __init__(self) -> None:
        """Nothing laid out yet."""
        self._standing = Bodies.blank(0)
        self._version: tuple[int, ...] = ()
        self._all: Bodies | None = None
        self._blocks: dict[str, Block] = {}
        """By unit, in roster order."""

    def bodies(self, world: World, *, moved: bool) -> Bodies:
        """Officers on scene, vehicles on lanes, closed gates: officers first, in roster order; the same if all stands.

        What is returned is the same object as before when nothing changed.
        """
        version = (world.road.version, *(int(gate.open) for gate in world.gates))
        if version != self._version:
            self._version = version
            self._standing = _joined([world.road.bodies(), gate_bodies(world.gates)])
            self._all = None
        whole = self._all is None or world.tick % LOOK_EVERY == 0
        if self._all is not None and not moved and not whole:
            return self._all
        blocks = {
            unit.id: self._officers(index, unit) if whole or unit.travelling else self._last(index, unit)
            for index, unit in enumerate(world.units)
            if unit.on_scene(world.tick)
        }
        if self._all is None or blocks.keys() != self._blocks.keys():
            self._all = _joined([*(block for _, block in blocks.values()), self._standing])
        else:
            self._all = self._moved(self._all, blocks)
        self._blocks = blocks
        return self._all

    def _moved(self, bodies: Bodies, blocks: dict[str, Block]) -> Bodies:
        """These bodies with the officers of every changed block where they are now."""
        changed, row = [], 0
        for name, block in blocks.items():
            if self._blocks[name] is not block:
                changed.append((row, block[1]))
            row += len(block[1])
        if not changed:
            return bodies
        columns = {name: getattr(bodies, name).copy() for name in _MOVING}
        for first, block_bodies in changed:
            for name, column in columns.items():
                column[first : first + len(block_bodies)] = getattr(block_bodies, name)
        return replace(bodies, **columns)

    def _last(self, index: int, unit: Unit) -> Block:
        """A unit that does not walk as it was laid out last, unless it walked then or has just come."""
        known = self._blocks.get(unit.id)
        return self._officers(index, unit) if known is None or known[0][-1] else known

    def _officers(self, index: int, unit: Unit) -> Block:
        """How the unit of this index stands and its officers: what was worked out last when nothing changed."""
        stand: tuple[float, ...] = (
            *(unit.x, unit.y, unit.facing_x, unit.facing_y, unit.radius_m),
            *(unit.formation, unit.gear, unit.closed, unit.travelling),
        )
        known = self._blocks.get(unit.id)
        if known is not None and known[0] == stand:
            return known
        points = unit.officers()
        bodies = Bodies.blank(len(points))
        bodies.x[:] = [x for x, _ in points]
        bodies.y[:] = [y for _, y in points]
        bodies.unit[:] = index
        bodies.gear[:] = unit.gear
        bodies.closed[:] = unit.closed
        if unit.travelling:
            bodies.vx[:] = unit.facing_x * unit.speed_mps
            bodies.vy[:] = unit.facing_y * unit.speed_mps
        bodies.radius[:] = OFFICER_RADIUS_M
        bodies.kind[:] = int(BodyKind.OFFICER)
        return stand, bodies


def _joined(blocks: list[Bodies]) -> Bodies:
    """All of them as one."""
    return Bodies(**{name: np.concatenate([getattr(block, name) for block in blocks]) for name in _FIELDS})
