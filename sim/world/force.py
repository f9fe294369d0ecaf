"""Force of single officers: how they defend themselves, and whom it hits besides the one it is meant for.

Officers under stress aim badly: the chance that force spills over grows with the tension of the place. That is where
escalation by the police comes from; whoever sees it judges it by who was hit.
"""

from sim.core.noise import Stream
from sim.crowd.conduct import Deed
from sim.crowd.people import Act
from sim.crowd.stimulus import Channel
from sim.world.nearby import nearest_acting, participants_near
from sim.world.shift import tiredness
from sim.world.unit import Unit
from sim.world.world import World

ARM_M = 1.5
"""Whom a blow that misses can hit (assumed)."""
_GRAVITY = {Act.OBSTRUCT: 0.3, Act.ATTACK: 0.6}
"""How grave a push and an attack are, as what force is measured against (assumed)."""


def bystanders_hit(world: World, person: int) -> list[int]:
    """Who else is hit when officers use force on this person: each one near with a chance that grows with tension.

    An officer who has stood too long hits up to twice as many.
    """
    people, edge = world.crowd.people, world.tension.edge
    x, y = float(people.x[person]), float(people.y[person])
    here = [u for u in world.units if u.on_scene(world.tick)]
    closest = min(here, key=lambda u: (abs(u.x - x) + abs(u.y - y), u.id), default=None)
    tired = tiredness(closest) if closest is not None else 0.0
    chance = (1.0 + tired) * edge.spill_near * (edge.spill + edge.spill_tension * world.tension.at(x, y))
    rows = participants_near(world, x, y, ARM_M)
    return [int(i) for i in rows if i != person and world.noise.uniform(Stream.SPILL, world.tick, int(i)) < chance]


def defend(world: World, deed: Deed) -> None:
    """Officers who were struck, and now and then those who were pushed, use force on whoever did it."""
    edge, act = world.tension.edge, Act(deed.act)
    if deed.target_kind != "officer" or act not in _GRAVITY:
        return
    if act == Act.OBSTRUCT and world.noise.uniform(Stream.OFFICER, world.tick, deed.person) >= edge.push_answered:
        return
    people = world.crowd.people
    others = bystanders_hit(world, deed.person)
    x, y = float(people.x[deed.person]), float(people.y[deed.person])
    offenders = 1 + sum(int(world.is_offender(i)) for i in others)
    world.emit(
        Channel.SIGHT,
        x=x,
        y=y,
        subject=deed.person,
        force=edge.defence,
        hit=1 + len(others),
        offenders_hit=offenders,
        severity=_GRAVITY[act],
        fear=0.1,
    )
    for i in others:
        world.emit(
            Channel.TOLD,
            x=float(people.x[i]),
            y=float(people.y[i]),
            subject=i,
            force=edge.defence,
            hit=1 + len(others),
            offenders_hit=offenders,
            fear=0.2,
        )
    world.consequence("defence", person=deed.person, act=act.name.lower(), hit=1 + len(others), offenders=offenders)


def hold_off(world: World, unit: Unit, reach_m: float, force: float, *, prominence: float, severity: float) -> None:
    """The offender nearest to a unit, of those acting within reach, is stopped by hand; everybody in sight sees it.

    `severity` is how grave what they were doing looks, 0..1, which force is measured against.
    """
    people = world.crowd.people
    person = nearest_acting(world, unit.x, unit.y, reach_m)
    if person < 0:
        return
    people.act[person] = int(Act.WATCH)
    people.active[person] = 0
    world.counts.protected += 1
    world.emit(
        Channel.SIGHT,
        x=float(people.x[person]),
        y=float(people.y[person]),
        prominence=prominence,
        subject=person,
        force=force,
        hit=1,
        offenders_hit=1,
        severity=severity,
        fear=0.05,
    )
    world.consequence("held_off", person=person, unit=unit.id)
