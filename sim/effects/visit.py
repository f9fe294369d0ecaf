"""Visit: people are called on at home, or asked in, and spoken with one by one."""

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.people import Longs, Status
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.learning import came, tell
from sim.world.message import About, Via
from sim.world.world import World


class Visit(Effect):
    """Only who is called on learns of it. Uninvited officers at the door read as a threat, whatever they meant.

    The same visits a second time do half, a third time a third.
    """

    do: Literal["visit"]
    raises: ClassVar[tuple[str, ...]] = ("home_visits_uninvited",)
    whom: Literal["participants", "injured", "detained", "representatives"] = "participants"
    people: int = Field(default=12, ge=1, le=200, description="How many are called on, drawn anew each time.")
    content: Content
    unannounced: Content = Field(
        default=Content(), description="What it means when the order's `manner` is `unannounced`."
    )

    def end(self, world: World, activity: Activity) -> None:
        """They have been spoken with."""
        rows = self._rows(world)
        drawn = sorted(rows, key=lambda i: (world.noise.uniform(Stream.TARGET, activity.number, int(i)), int(i)))
        chosen = [int(i) for i in drawn[: self.people]]
        uninvited = activity.text("manner") == "unannounced"
        rounds = world.aftermath.rounds
        strength = 1.0 / (1.0 + rounds.get(activity.source, 0))
        rounds[activity.source] = rounds.get(activity.source, 0) + 1
        tell(world, chosen, **(self.unannounced if uninvited else self.content).as_stimulus(strength))
        if uninvited and chosen:
            world.flag("home_visits_uninvited")
            world.consequence("intimidation", response=activity.source, people=len(chosen))
            world.opinion.judge("public", -0.05)
        world.consequence("visited", response=activity.source, people=len(chosen), whom=self.whom)
        world.tell(
            Via.RADIO,
            About.REPORT,
            Phrase("We have spoken with {number} of them.", number=len(chosen)),
            sender=activity.units[0] if activity.units else "",
            grade="A",
        )

    def _rows(self, world: World) -> Longs:
        people = world.crowd.people
        if self.whom == "injured":
            rows: Longs = np.flatnonzero(people.injury > 0)
        elif self.whom == "detained":
            rows = np.flatnonzero(people.status == int(Status.DETAINED))
        elif self.whom == "representatives":
            rows = np.array(world.talks.representatives, np.int64)
        else:
            rows = np.flatnonzero(came(world))
        return rows
