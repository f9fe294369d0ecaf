"""Joint walk: officers in soft hats go through the crowd side by side with those it listens to."""

from typing import ClassVar, Literal

from sim.core.noise import Stream
from sim.crowd.people import Status
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect, due
from sim.effects.number import Number, Positive
from sim.world.activity import Activity
from sim.world.nearby import participants_near
from sim.world.unit import Gear
from sim.world.world import World

REACH_M = 40.0
"""How far they go for the next stop."""
CROWDED_BY = 20
"""From so many officers around, the leaders look led away rather than respected (assumed)."""
AROUND_M = 20.0


class JointWalk(Effect):
    """Seen wherever they come by. Among helmets or many officers it looks as if the leaders had been taken in."""

    do: Literal["joint_walk"]
    every_s: Positive
    standing: Number
    """What representatives gain in standing by a whole walk, or lose by one that looks wrong."""
    content: Content
    taken_in: Content
    lasting: ClassVar[bool] = True

    def second(self, world: World, activity: Activity) -> None:
        """Shown where they are; then on to somebody else in the crowd."""
        if not due(world, activity, self.every_s):
            return
        for unit in world.staff(activity):
            near = [u for u in world.units if u.on_scene(world.tick) and self._beside(u.x - unit.x, u.y - unit.y)]
            wrong = any(u.gear >= Gear.HELMET_ON for u in near) or sum(u.strength for u in near) >= CROWDED_BY
            content = self.taken_in if wrong else self.content
            strength = 1.0 if wrong else world.talks.credit()
            world.emit(Channel.SIGHT, x=unit.x, y=unit.y, prominence=0.5, **content.as_stimulus(strength))
            activity.add("wrong" if wrong else "shown")
            world.talks.contact_tick = world.tick
            rows = participants_near(world, unit.x, unit.y, REACH_M)
            if len(rows):
                to = min((world.noise.uniform(Stream.TARGET, world.tick, int(i)), int(i)) for i in rows)[1]
                people = world.crowd.people
                world.send(unit, float(people.x[to]), float(people.y[to]))

    @staticmethod
    def _beside(dx: float, dy: float) -> bool:
        return dx * dx + dy * dy <= AROUND_M * AROUND_M

    def end(self, world: World, activity: Activity) -> None:
        """Leaders seen respected are followed more, leaders seen taken in less."""
        talks, people = world.talks, world.crowd.people
        if not any(people.status[i] == int(Status.PRESENT) for i in talks.representatives):
            return
        wrong, shown = activity.count("wrong"), activity.count("shown")
        if wrong + shown:
            share = (shown - wrong) / (wrong + shown)
            talks.standing = min(1.0, max(0.0, talks.standing + share * self.standing.value))
        world.consequence("joint_walk", shown=int(shown), wrong=int(wrong))
