"""Assault: some go for people who work, pass or stand here, unless somebody stands by them."""

from typing import Literal

from sim.core.noise import Stream
from sim.crowd.people import Act
from sim.crowd.stimulus import Channel
from sim.effects.effect import Effect
from sim.effects.number import Share
from sim.world.activity import Activity
from sim.world.nearby import participants_near, present_near
from sim.world.pointing_out import offends
from sim.world.world import World


class Assault(Effect):
    """The hottest few near the place offend for all to see; a beating follows with a chance unless protected."""

    do: Literal["assault"]
    group: str = ""
    """Group whose members do it, participants or not; "" for the angriest participants."""
    against: Literal["workers", "participants"] = "workers"
    """Whom they go for: people at work here, or those who came for the incident."""
    offenders: int = 3
    injury_chance: Share
    within_m: float = 60.0

    def begin(self, world: World, activity: Activity) -> None:
        """They do it: they are offenders from now on, and it can be seen."""
        people = world.crowd.people
        near = present_near if self.group else participants_near
        rows = [int(i) for i in near(world, activity.x, activity.y, self.within_m)]
        if self.group:
            index = world.setting.groups.index(self.group)
            rows = [i for i in rows if int(people.group[i]) == index]
        rows.sort(key=lambda i: (-float(people.anger[i]) - float(people.disposition[i]), i))
        for person in rows[: self.offenders]:
            people.act[person] = int(Act.OBSTRUCT)
        offends(world, rows[: self.offenders])
        place = activity.order.target
        stood_by = world.flags.get(f"protected:{place}", -(10**9))
        protected = world.tick - stood_by < 300
        if not rows:
            return
        world.emit(Channel.SIGHT, x=activity.x, y=activity.y, violent_acts=0.5 if protected else 1.5, fear=0.05)
        if self.against == "workers":
            world.opinion.judge("workers", 0.02 if protected else -0.12)
        draw = world.noise.uniform(Stream.INJECT, world.tick, activity.number)
        if not protected and draw < self.injury_chance.value:
            world.hurt(-1, 2 if draw < 0.25 * self.injury_chance.value else 1, "crowd", activity.x, activity.y)
        world.consequence("assault", place=place, offenders=min(len(rows), self.offenders), protected=protected)
