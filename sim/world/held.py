"""Held: people inside a closed ring, and when somebody last looked at why they are held."""

from sim.core.phrase import Phrase
from sim.crowd.people import Act, Role
from sim.crowd.stimulus import Channel
from sim.world.activity import Activity, Stage
from sim.world.message import About, Via
from sim.world.nearby import present_near
from sim.world.unit import Formation, Unit
from sim.world.world import World

AHEAD_TICKS = 1200
"""The seat is asked two minutes before a review is due (assumed)."""
FORGOTTEN = 0.1
"""How unfair it is to those inside that nobody says why it goes on, each time (assumed)."""
REVIEWED, MISSED = "reviewed", "missed"


def rings(world: World, *sources: str) -> list[Activity]:
    """Closed rings that stand, of these responses, in the order they were formed."""
    return [a for a in world.live(*sources) if a.stage == Stage.RUN and REVIEWED in a.memo and _units(world, a)]


def _units(world: World, ring: Activity) -> list[Unit]:
    return [u for u in world.staff(ring) if u.closed and u.formation == Formation.RING]


def inside(world: World, ring: Activity) -> list[int]:
    """Everybody inside a ring, by row."""
    units = _units(world, ring)
    return [int(i) for i in present_near(world, ring.x, ring.y, units[0].radius_m)] if units else []


def next_out(world: World, ring: Activity) -> int:
    """Who is let out of a ring next: the vulnerable first, then those who take no part; -1 when there is nobody."""
    people, vulnerable, aside = world.crowd.people, -1, -1
    for i in inside(world, ring):
        if int(people.act[i]) >= int(Act.INJURED):
            continue
        if int(people.role[i]) == int(Role.VULNERABLE):
            vulnerable = i if vulnerable < 0 else vulnerable
        elif not world.crowd.participant[i] and not world.is_offender(i):
            aside = i if aside < 0 else aside
    return vulnerable if vulnerable >= 0 else aside


def watch_the_review(world: World, ring: Activity, every_ticks: int) -> None:
    """One second of a ring that holds people: asks for the review that is due, and notes one nobody made."""
    since = world.tick - int(ring.memo[REVIEWED])
    minutes, number = every_ticks // 600, len(inside(world, ring))
    if since >= every_ticks:
        ring.memo[REVIEWED] = world.tick
        ring.memo.pop("asked", None)
        ring.add(MISSED)
        world.consequence("review_missed", response=ring.source, inside=number, minutes=minutes)
        for row in inside(world, ring):
            world.emit(Channel.TOLD, subject=row, injustice=FORGOTTEN)
        said = Phrase(
            "{number} people have been held for another {minutes} min, and nobody has looked again at why",
            number=number,
            minutes=minutes,
        )
    elif since >= every_ticks - AHEAD_TICKS and "asked" not in ring.memo:
        ring.memo["asked"] = 1
        said = Phrase(
            "{number} people are held in the ring: within two minutes, say again why, or let them out", number=number
        )
    else:
        return
    sender = ring.units[0] if ring.units else ""
    place = ring.order.target if ring.order.target in world.setting.places else ""
    world.tell(Via.RADIO, About.REPORT, said, sender=sender, place=place, grade="A", needs_answer=True)
