"""Discipline: an officer of ours, a guard or a provocateur who did wrong is stopped and taken off, visibly."""

from typing import ClassVar, Literal

from sim.crowd.people import Act
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.nearby import present_near
from sim.world.world import World

REACH_M = 60.0
"""How far around the place people are looked for who did wrong (assumed)."""
FRESH_TICKS = 9000
"""An offence of the last quarter of an hour is why somebody is sent off (assumed)."""


class Discipline(Effect):
    """Whoever saw the wrong can see it put right; third parties who offended here are sent off together."""

    do: Literal["discipline"]
    raises: ClassVar[tuple[str, ...]] = ("misconduct_stopped",)
    content: Content

    def begin(self, world: World, activity: Activity) -> None:
        """Shows the correction where it is made."""
        world.flag("misconduct_stopped")
        sent = self._send_off(world, activity)
        world.emit(Channel.SIGHT, x=activity.x, y=activity.y, prominence=1.0, **self.content.as_stimulus())
        world.consequence("misconduct_stopped", place=activity.order.target, sent_off=sent)

    @staticmethod
    def _send_off(world: World, activity: Activity) -> int:
        """Everybody of a group that did not come for the incident and of which somebody offended here has to go."""
        people = world.crowd.people
        here = [int(i) for i in present_near(world, activity.x, activity.y, REACH_M) if not world.crowd.participant[i]]
        guilty = {int(people.group[i]) for i in here if world.tick - int(people.last_offence[i]) <= FRESH_TICKS}
        rows = [i for i in here if int(people.group[i]) in guilty and people.act[i] < int(Act.LEAVE)]
        for person in rows:
            people.act[person] = int(Act.LEAVE)
        return len(rows)
