"""Sightings: what the reports of those on the scene add up to, and which vehicles they can make out."""

from sim.world.report import Report
from sim.world.road import Vehicle
from sim.world.unit import Unit
from sim.world.world import World

ROAD_SIGHT_M = 80.0
"""How far along a road vehicles are made out (assumed)."""


def told_apart(world: World) -> list[Report]:
    """Fresh reports, newest first, less those whose unit is within 45 m of that of a newer one.

    Looks reach farther than that, so the same people may stand in two of them; `Looks.people` counts nobody twice.
    """
    places = {u.id: (u.x, u.y) for u in world.units}
    kept: list[Report] = []
    for report in sorted(world.reports.fresh(world.tick), key=lambda r: (-r.seen_tick, r.unit)):
        ux, uy = places[report.unit]
        apart = ((ux - places[r.unit][0], uy - places[r.unit][1]) for r in kept)
        if not any(dx * dx + dy * dy < 45.0 * 45.0 for dx, dy in apart):
            kept.append(report)
    return kept


def seen_vehicles(world: World) -> list[Vehicle]:
    """Vehicles standing on lanes that somebody of ours on scene can make out."""
    officers = [u for u in world.units if u.on_scene(world.tick)]
    return [v for v in world.road.vehicles if any(near(u, v.x, v.y, ROAD_SIGHT_M) for u in officers)]


def near(unit: Unit, x: float, y: float, reach: float) -> bool:
    """True when a unit is within that many metres of a point."""
    dx, dy = unit.x - x, unit.y - y
    return dx * dx + dy * dy <= reach * reach
