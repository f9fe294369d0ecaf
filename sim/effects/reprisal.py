"""Reprisal: somebody is made to pay for having been there. It is in the catalogue so that it can be refused."""

from typing import ClassVar, Literal

from pydantic import Field

from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.number import Share
from sim.world.activity import Activity
from sim.world.learning import came, tell
from sim.world.message import About, Via
from sim.world.world import World


class Reprisal(Effect):
    """Those it falls on know it at once, and it gets about; no score buys it back."""

    do: Literal["reprisal"]
    raises: ClassVar[tuple[str, ...]] = ("reprisal",)
    people: int = Field(default=20, ge=1, le=200, description="How many it falls on.")
    reach: Share
    """Share of the people online who read of it."""
    content: Content

    def begin(self, world: World, activity: Activity) -> None:
        """It is done."""
        rows = sorted(
            (int(i) for i in came(world).nonzero()[0]),
            key=lambda i: (world.noise.uniform(Stream.TARGET, activity.number, i), i),
        )[: self.people]
        tell(world, rows, **self.content.as_stimulus())
        world.emit(Channel.ONLINE, reach=self.reach.value, **self.content.as_stimulus(0.6))
        world.aftermath.reprisals += 1
        world.opinion.judge("public", -0.1)
        world.flag("reprisal")
        world.consequence("reprisal", response=activity.source, people=len(rows))
        world.tell(
            Via.SOCIAL,
            About.REPORT,
            Phrase("It is going round that people are made to pay for having been there."),
            grade="B",
        )
