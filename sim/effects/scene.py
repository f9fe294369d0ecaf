"""Scene: something happens that people near can see, hear or read: an insult, a quarrel, an egg, a clip."""

from typing import Literal

from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.number import Number, Share
from sim.world.activity import Activity
from sim.world.world import World


class Scene(Effect):
    """One stimulus at the inject's place, and what the wider public makes of it if it is filmed."""

    do: Literal["scene"]
    channel: Literal["sight", "voice", "online"] = "sight"
    prominence: Number = Number(assumed=1.0)
    level_db: Number = Number(assumed=85.0)
    reach: Share = Number(assumed=0.0)
    content: Content
    public: Number = Number(assumed=0.0)
    """What it does to the wider public's judgement of the handling, -1..1."""
    workers: Number = Number(assumed=0.0)
    """What it does to the safety feeling of people at work here, -1..1."""

    def begin(self, world: World, activity: Activity) -> None:
        """It happens."""
        world.emit(
            Channel[self.channel.upper()],
            x=activity.x,
            y=activity.y,
            prominence=self.prominence.value,
            level_db=self.level_db.value,
            reach=self.reach.value,
            **self.content.as_stimulus(),
        )
        world.opinion.judge("public", self.public.value)
        world.opinion.judge("workers", self.workers.value)
        world.consequence("scene", source=activity.source)
