"""Damage: some of the crowd break something that belongs to somebody, for all to see."""

from typing import Literal

from sim.crowd.conduct import Deed
from sim.crowd.people import Act
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.harm import apply_deeds
from sim.world.nearby import participants_near
from sim.world.world import World


class Damage(Effect):
    """The few most disposed to it near the place break or smash what stands there: a window, a car, a sign."""

    do: Literal["damage"]
    offenders: int = 2
    within_m: float = 60.0

    def begin(self, world: World, activity: Activity) -> None:
        """They do it: they are offenders from now on, it can be seen, and property counts as damaged."""
        people = world.crowd.people
        rows = [int(i) for i in participants_near(world, activity.x, activity.y, self.within_m)]
        rows.sort(key=lambda i: (-float(people.anger[i]) - float(people.disposition[i]), i))
        deeds = []
        for person in rows[: self.offenders]:
            people.last_offence[person] = world.tick
            people.act[person] = int(Act.THROW)
            deeds.append(Deed(world.tick, person, Act.THROW, "property", -1, activity.x, activity.y))
        apply_deeds(world, deeds)
        world.consequence("damage", place=activity.order.target, offenders=len(deeds))
