"""Crowding: once the ground has been checked, reports of density are held against what the place can bear."""

from sim.core.phrase import Phrase
from sim.world.message import About, Via
from sim.world.setting import Place
from sim.world.unit import Unit
from sim.world.world import World

CHECKED = "capacity_checked"
"""Flag of the check."""
WARN_DENSITY = 3.5
"""Persons/m2 from which people touch against their will (crowd-safety guidance)."""
NEAR_M = 60.0
"""A report warns about the nearest named danger within this distance of the unit that made it (assumed)."""
AGAIN_MIN = 5.0
"""The same place is warned about again after this time at the soonest (assumed)."""


def advance_warnings(world: World) -> None:
    """One second: a warning for each danger point near which units have reported it as too dense.

    Without the check nobody at the desk knows which places are dangerous, so the figure passes unnoticed.
    """
    if CHECKED not in world.flags:
        return
    for report in world.reports.fresh(world.tick):
        if report.density < WARN_DENSITY or report.due_tick != world.tick:
            continue
        unit = world.unit(report.unit)
        place = _danger_near(world, unit)
        if place is None or world.tick - world.desk.warned.get(place.id, -(10**9)) < AGAIN_MIN * 600:
            continue
        world.desk.warned[place.id] = world.tick
        world.consequence("density_warning", place=place.id, density=report.density, unit=report.unit)
        world.tell(
            Via.RADIO,
            About.CROWDING,
            Phrase(
                "{density:g} persons per square metre near {place}. Marked on the plan as dangerous: {hazard}",
                density=report.density,
                place=place.name,
                hazard=place.hazard or place.name,
            ),
            sender=report.unit,
            place=place.id,
            grade="A",
            needs_answer=True,
            answer_min=5.0,
        )


def _danger_near(world: World, unit: Unit) -> Place | None:
    """Return the nearest place with a hazard within `NEAR_M` of the unit, by its middle; None when there is none."""
    found: list[tuple[float, str]] = []
    for place in world.setting.places.values():
        if place.hazard is not None:
            dx, dy = place.centre.x - unit.x, place.centre.y - unit.y
            square = dx * dx + dy * dy
            if square <= NEAR_M * NEAR_M:
                found.append((square, place.id))
    return world.place(min(found)[1]) if found else None
