"""Represent: the crowd chooses a few people to speak for it."""

from typing import Literal

import numpy as np

from sim.core.phrase import Phrase
from sim.crowd.people import Role, Status
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.number import Number
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.nearby import participants_near
from sim.world.world import World

LISTENED_TO_M = 12.0


class Represent(Effect):
    """People choose those they listen to: organisers first, then the most outspoken. The police do not pick."""

    do: Literal["represent"]
    at_most: int = 5
    rapport_needed: Number
    content: Content

    def end(self, world: World, activity: Activity) -> None:
        """Representatives stand, if there was enough rapport for the crowd to agree to the idea."""
        talks, people = world.talks, world.crowd.people
        if talks.best_rapport() < self.rapport_needed.value:
            world.consequence("representatives_refused", rapport=round(talks.best_rapport(), 2))
            world.tell(
                Via.RADIO,
                About.REPORT,
                Phrase("They will not name anybody yet: nobody has listened to them long enough"),
                sender=activity.units[0] if activity.units else "",
                delay_s=15,
            )
            return
        participants = np.flatnonzero(world.crowd.participant & (people.status == int(Status.PRESENT)))
        wanted = min(self.at_most, max(3, int(activity.order.parameters.get("seats", self.at_most))))
        calm_organisers = [int(i) for i in participants if people.role[i] == int(Role.ORGANISER)]
        calm_organisers.sort(key=lambda i: (float(people.anger[i]), i))
        others = sorted((int(i) for i in participants), key=lambda i: (-float(people.expressiveness[i]), i))
        chosen = (calm_organisers + [i for i in others if i not in calm_organisers])[:wanted]
        talks.representatives = tuple(chosen)
        talks.chosen_tick = world.tick
        world.flag("representatives")
        for person in chosen:
            world.emit(
                Channel.SIGHT,
                x=float(people.x[person]),
                y=float(people.y[person]),
                prominence=0.5,
                **self.content.as_stimulus(),
            )
        world.consequence(
            "representatives",
            number=len(chosen),
            supporters=len(participants_near(world, activity.x, activity.y, 60.0)),
        )
        world.tell(
            Via.RADIO,
            About.REPORT,
            Phrase("The crowd has named {number} people to speak for it", number=len(chosen)),
            sender=activity.units[0] if activity.units else "",
            delay_s=15,
        )
