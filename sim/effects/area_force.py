"""Area force: gas, water or the like against everybody in an area, whoever they are."""

from typing import ClassVar, Literal

from sim.core.noise import Stream
from sim.crowd.stimulus import Channel
from sim.effects.effect import Effect, due
from sim.effects.number import Positive, Share
from sim.world.activity import Activity
from sim.world.ledger import moved
from sim.world.nearby import present_near
from sim.world.world import World


class AreaForce(Effect):
    """Everybody present within the radius is hit; discriminateness follows from who that is."""

    do: Literal["area_force"]
    radius_m: Positive
    every_s: Positive
    force: Share
    minor_odds: Share
    """Chance of a minor injury per person and discharge."""
    serious_odds: Share
    lasting: ClassVar[bool] = True

    def second(self, world: World, activity: Activity) -> None:
        """One discharge when due."""
        if not due(world, activity, self.every_s):
            return
        people = world.crowd.people
        moved(world, activity.x, activity.y)
        rows = present_near(world, activity.x, activity.y, self.radius_m.value)
        if not len(rows):
            return
        world.emit(
            Channel.SIGHT,
            x=activity.x,
            y=activity.y,
            prominence=4.0,
            force=self.force.value,
            hit=len(rows),
            offenders_hit=sum(int(world.is_offender(int(i))) for i in rows),
            severity=0.3,
            fear=0.5,
        )
        for i in rows:
            odds = float(people.vulnerability[i])
            draw = world.noise.uniform(Stream.INJURY, world.tick, int(i))
            if people.injury[i] < 2 and draw < self.serious_odds.value * odds:
                world.hurt(int(i), 2, "police", float(people.x[i]), float(people.y[i]))
            elif people.injury[i] < 1 and draw < (self.serious_odds.value + self.minor_odds.value) * odds:
                world.hurt(int(i), 1, "police", float(people.x[i]), float(people.y[i]))
        world.opinion.judge("public", -0.1)
        world.consequence(
            "area_force",
            response=activity.source,
            hit=len(rows),
            offenders_hit=sum(int(world.is_offender(int(i))) for i in rows),
        )
