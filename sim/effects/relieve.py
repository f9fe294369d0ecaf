"""Relieve: inflow to a crowded place is stopped, movement made one-way, a gate opened."""

from typing import ClassVar, Literal

from sim.crowd.people import NEVER, Status
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.world import World

SHOW_EVERY_S = 30


class Relieve(Effect):
    """While it runs, passers-by are sent another way before they get here; people here are shown the free way."""

    do: Literal["relieve"]
    content: Content
    lasting: ClassVar[bool] = True

    def begin(self, world: World, activity: Activity) -> None:
        """The one-way system stands."""
        world.flag("relief")
        world.consequence("relief", place=activity.order.target)

    def second(self, world: World, activity: Activity) -> None:
        """Turns away who is due and only passes through, and shows the way every half minute."""
        people = world.crowd.people
        due = (people.arrival_tick <= world.tick) & (people.arrival_tick != NEVER)
        people.arrival_tick[due & (people.status == int(Status.ABSENT)) & world.crowd.passing] = NEVER
        if (world.tick - activity.stage_tick) % (SHOW_EVERY_S * 10) == 0:
            world.emit(Channel.VOICE, x=activity.x, y=activity.y, level_db=100.0, **self.content.as_stimulus())
