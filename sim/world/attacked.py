"""Attacked: officers who are struck or thrown at say so on the radio, how many do it and where."""

from sim.core.geometry import Point
from sim.core.phrase import Phrase
from sim.crowd.conduct import Deed
from sim.crowd.people import Act
from sim.world.message import About, Message, Via
from sim.world.setting import Place
from sim.world.unit import Unit
from sim.world.world import World

AGAIN_MIN = 10.0
"""After one call the next comes this much later at the soonest (assumed)."""
SAME_M = 30.0
"""Those who offended within this distance are told apart from people who only stand there (assumed)."""
NEAR_M = 40.0
"""As near to the middle of a place it is said to be there (assumed)."""
LATELY_TICKS = 3000
"""Who struck or threw in the last five minutes is still pointed out (assumed)."""


def call_for_help(world: World, deed: Deed) -> None:
    """A blow or a missile at officers: the nearest unit reports it, unless one did in the last ten minutes.

    The report says how many do it, so that a few can be told from a crowd, and where. It is an own sighting: a fact
    that a necessity note may rest on.
    """
    if deed.target_kind != "officer" or deed.act == Act.OBSTRUCT:
        return
    units = [unit for unit in world.units if unit.on_scene(world.tick)]
    if not units or any(_recent(world, message, units) for message in reversed(world.messages)):
        return
    unit = min(units, key=lambda u: (Point(u.x, u.y).distance(Point(deed.x, deed.y)), u.id))
    number, place = _offenders(world, deed.x, deed.y), nearest_place(world, deed.x, deed.y)
    world.consequence("officers_attacked", unit=unit.id, place=place.id if place else "", offenders=number)
    world.tell(
        Via.RADIO,
        About.THREAT,
        _call(number, place),
        sender=unit.id,
        place=place.id if place else "",
        grade="A",
        delay_s=10,
        needs_answer=True,
        answer_min=5.0,
    )


def _call(number: int, place: Place | None) -> Phrase:
    if place is None:
        return Phrase("We are being attacked. So many do it: {number}", number=number)
    return Phrase("We are being attacked near {place}. So many do it: {number}", place=place.name, number=number)


def _recent(world: World, message: Message, units: list[Unit]) -> bool:
    """True for such a call in the last ten minutes."""
    fresh = world.tick - message.tick < AGAIN_MIN * 600
    return fresh and message.about == About.THREAT and any(message.sender == unit.id for unit in units)


def _offenders(world: World, x: float, y: float) -> int:
    people = world.crowd.people
    dx, dy = people.x - x, people.y - y
    near = dx * dx + dy * dy <= SAME_M * SAME_M
    return max(1, int((people.present & near & (world.tick - people.last_offence <= LATELY_TICKS)).sum()))


def nearest_place(world: World, x: float, y: float) -> Place | None:
    """The place by whose middle it happens; None when no middle is near enough to send somebody there by name."""
    here = Point(x, y)
    away, name = min(((p.centre.distance(here), p.id) for p in world.setting.places.values()), default=(NEAR_M, ""))
    return world.place(name) if away < NEAR_M else None
