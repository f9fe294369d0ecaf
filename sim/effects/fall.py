"""Fall: people who stand crowded on steps, a kerb or a slope lose their footing; where nobody stands nobody falls."""

from typing import Literal

import numpy as np

from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.people import Status
from sim.effects.effect import Effect
from sim.effects.number import Number, Share
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World

DARK_TIMES = 2.0
"""In the dark a fall is so much likelier (assumed)."""


class Fall(Effect):
    """Of the people at the inject's place each falls with a chance that grows with how tightly they stand."""

    do: Literal["fall"]
    chance: Share
    """At 4 persons/m2 or more, for somebody of usual strength; in proportion below."""
    serious_share: Share = Number(assumed=0.1)
    at_most: int = 3

    def begin(self, world: World, activity: Activity) -> None:
        """It happens to those who are there; the more frail first to be hurt."""
        people, fallen = world.crowd.people, 0
        place = world.setting.places.get(activity.order.target)
        for row in np.flatnonzero((people.status == int(Status.PRESENT)) & (people.injury == 0)):
            person = int(row)
            x, y = float(people.x[person]), float(people.y[person])
            if place is None or not place.holds(x, y) or fallen >= self.at_most:
                continue
            chance = self.chance.value * min(1.0, float(people.density[person]) / 4.0)
            chance *= float(people.vulnerability[person]) * (DARK_TIMES if world.dark else 1.0)
            draw = world.noise.uniform(Stream.FALL, world.tick, -1 - person)
            if draw < chance:
                world.hurt(person, 2 if draw < chance * self.serious_share.value else 1, "crush", x, y)
                fallen += 1
        world.consequence("fall", place=activity.order.target, number=fallen)
        if fallen:
            world.tell(
                Via.SCENE,
                About.CASUALTY,
                Phrase("People have fallen: {number}", number=fallen),
                place=activity.order.target,
                grade="A",
                needs_answer=True,
            )
