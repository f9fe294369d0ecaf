"""The tick: the only code that moves a run forward, and the fixed order of what happens inside one.

Every tick (0.1 s): 1. units walk; 2. bodies are laid out; 3. the crowd moves.
Before it, once a second: a. timeline; b. activities; c. traffic; d. reports; e. tension; then the crowd appraises
what was emitted. After it, once a second: f. deeds and injuries; g. the state read-out; h. densities, casualties,
opinion; i. a reading (each minute); j. the digest.
"""

import numpy as np

from sim.crowd.body import Bodies, BodyKind
from sim.exercise.timeline import advance_timeline
from sim.exercise.work import advance_work
from sim.scenario.scenario import Playbook
from sim.world.harm import apply_deeds, apply_injuries, watch_density, worsen
from sim.world.reading import take_reading
from sim.world.traffic import advance_traffic
from sim.world.unit import Unit
from sim.world.world import World

SECOND = 10
MINUTE = 600
OFFICER_RADIUS_M = 0.25
UNCERTAINTY_PER_MIN = 0.004
"""The wider public's need to know grows so fast while an incident goes on and nobody speaks (assumed)."""


def advance(world: World, playbook: Playbook, layout: "Layout", *, most: int = 1, sealed: bool = True) -> None:
    """Moves the run on by one tick, or by up to `most` while only people on foot move: the result is the same.

    With `sealed` a digest of the whole state is recorded each second.
    """
    second = world.tick % SECOND == 0
    if second:
        advance_timeline(world, playbook)
        advance_work(world, playbook)
        advance_traffic(world)
        world.reports.advance(world.units, world.crowd.people, world.ground, world.readout, world.noise, world.tick)
        damage = world.tick - world.counts.damage_tick < 6000
        in_contact = any(u.contacts and world.tick - world.talks.first_contact_tick < 18000 for u in world.units)
        world.tension.advance(world.crowd.people, world.units, world.tick, in_contact, damage)
    moved, coming = False, False
    for unit in world.units:
        if unit.path and unit.on_scene(world.tick):
            moved = unit.travel(0.1) or moved
        elif unit.path and unit.on_scene(world.tick + SECOND):
            coming = True
    ticks = 1 if second or moved or coming else min(most, SECOND - world.tick % SECOND)
    bodies = layout.bodies(world, moved=moved)
    stimuli = world.pending
    if second:
        world.pending = []
    heard = stimuli if second else []
    outcome = world.crowd.advance(world.ground, bodies, heard, world.noise, world.tick, ticks=ticks)
    if outcome.deeds:
        apply_deeds(world, outcome.deeds)
    if outcome.injured:
        apply_injuries(world, outcome.injured)
    if second:
        _after(world)
    world.tick += ticks
    if sealed and world.tick % SECOND == 0:
        world.journal.seal(world.tick, world.digest())


def _after(world: World) -> None:
    change = world.readout.advance(world.crowd.people, world.crowd.participant, world.talks.agreement(), world.tick)
    if change is not None:
        world.journal.append(world.tick, "state", **{"from": int(change[0]), "to": int(change[1])})
    watch_density(world)
    worsen(world)
    if world.tick % MINUTE == 0:
        if world.counts.peak_present >= 30 and not world.statements:
            opinion = world.opinion
            opinion.uncertainty = min(1.0, opinion.uncertainty + UNCERTAINTY_PER_MIN)
            if opinion.uncertainty > 0.5:
                opinion.judge("public", -0.004)
        take_reading(world)


class Layout:
    """Lays officers and vehicles out as bodies; rebuilt only when something moved. Not part of the state."""

    def __init__(self) -> None:
        """Nothing laid out yet."""
        self._vehicles = Bodies.blank(0)
        self._version = -1
        self._both: Bodies | None = None
        self._stood: list[tuple[float, ...]] = []

    def bodies(self, world: World, *, moved: bool) -> Bodies:
        """Officers on scene and vehicles on lanes, officers first, in roster order."""
        if world.road.version != self._version:
            self._version = world.road.version
            self._vehicles = world.road.bodies()
            self._both = None
        if not moved and self._both is not None and world.tick % SECOND:
            return self._both
        stand: list[tuple[float, ...]] = [
            (u.x, u.y, u.facing_x, u.facing_y, u.formation, u.radius_m, u.gear, u.closed, len(u.path))
            for u in world.units
            if u.on_scene(world.tick)
        ]
        if stand != self._stood or self._both is None:
            self._stood = stand
            self._both = _joined(_officers(world.units, world.tick), self._vehicles)
        return self._both


def _officers(units: list[Unit], tick: int) -> Bodies:
    points = [(k, unit, p) for k, unit in enumerate(units) if unit.on_scene(tick) for p in unit.officers()]
    bodies = Bodies.blank(len(points))
    for row, (k, unit, point) in enumerate(points):
        bodies.x[row] = point.x
        bodies.y[row] = point.y
        bodies.unit[row] = k
        bodies.gear[row] = unit.gear
        bodies.closed[row] = unit.closed
        if unit.path:
            bodies.vx[row] = unit.facing_x * unit.speed_mps
            bodies.vy[row] = unit.facing_y * unit.speed_mps
    bodies.radius[:] = OFFICER_RADIUS_M
    bodies.kind[:] = int(BodyKind.OFFICER)
    return bodies


def _joined(a: Bodies, b: Bodies) -> Bodies:
    return Bodies(
        x=np.concatenate((a.x, b.x)),
        y=np.concatenate((a.y, b.y)),
        radius=np.concatenate((a.radius, b.radius)),
        vx=np.concatenate((a.vx, b.vx)),
        vy=np.concatenate((a.vy, b.vy)),
        kind=np.concatenate((a.kind, b.kind)),
        closed=np.concatenate((a.closed, b.closed)),
        unit=np.concatenate((a.unit, b.unit)),
        gear=np.concatenate((a.gear, b.gear)),
    )
