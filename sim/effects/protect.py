"""Protect: officers stand by people at risk and stop whoever goes for them, and nobody else."""

from typing import ClassVar, Literal

from sim.crowd.people import Act
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.number import Number
from sim.world.activity import Activity
from sim.world.nearby import offenders_near
from sim.world.unit import Formation
from sim.world.world import World


class Protect(Effect):
    """Standing by is seen as protection; an offender within reach is held off by hand, one at a time."""

    do: Literal["protect"]
    reach_m: Number
    force: Number
    """Force of stepping in, 0..1."""
    content: Content
    lasting: ClassVar[bool] = True

    def begin(self, world: World, activity: Activity) -> None:
        """From now on the place counts as protected."""
        for unit in world.staff(activity):
            unit.formation = Formation.PAIRS
            world.emit(Channel.SIGHT, x=unit.x, y=unit.y, prominence=0.8, **self.content.as_stimulus())
        world.flags[f"protected:{activity.order.target}"] = world.tick
        world.opinion.judge("workers", 0.08)
        world.consequence("protection", place=activity.order.target, units=list(activity.units))

    def second(self, world: World, activity: Activity) -> None:
        """Holds off the offender nearest to each unit."""
        people = world.crowd.people
        world.flags[f"protected:{activity.order.target}"] = world.tick
        for unit in world.staff(activity):
            rows = offenders_near(world, unit.x, unit.y, self.reach_m.value)
            acting = [int(i) for i in rows if int(Act.OBSTRUCT) <= int(people.act[i]) <= int(Act.ATTACK)]
            if not acting:
                continue
            person = min(acting, key=lambda i: (abs(people.x[i] - unit.x) + abs(people.y[i] - unit.y), i))
            people.act[person] = int(Act.WATCH)
            people.active[person] = 0
            world.counts.protected += 1
            world.emit(
                Channel.SIGHT,
                x=float(people.x[person]),
                y=float(people.y[person]),
                prominence=0.6,
                subject=person,
                force=self.force.value,
                hit=1,
                offenders_hit=1,
                severity=0.4,
                fear=0.05,
            )
            world.consequence("held_off", person=person, unit=unit.id)
