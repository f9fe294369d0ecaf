"""Concede: a small grievance is put right before anybody comes; of those who learn of it some stay at home."""

from typing import ClassVar, Literal

import numpy as np

from sim.core.maths import exp
from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.people import NEVER, Status
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.number import Share
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World


class Concede(Effect):
    """The order's `to` says whether it holds for `everybody` or was given to the `loudest` only.

    For everybody it is made public and true: who reads it takes relief from it, and companions who were to come later
    than one of them reads it stay away with a chance of `stays_away`. Given to the loudest it leaks as a buy-off.
    """

    do: Literal["concede"]
    raises: ClassVar[tuple[str, ...]] = ("grievance_leaked", "grievance_fixed")
    reach: Share
    stays_away: Share
    content: Content
    leaked: Content
    """What everybody else takes from it when only the loudest got something."""

    def end(self, world: World, activity: Activity) -> None:
        """It is announced, unless it was broken off."""
        if activity.run_ticks and not activity.ran(world.tick):
            return
        loudest = activity.text("to", "everybody") == "loudest"
        said = self.leaked if loudest else self.content
        stimulus = world.emit(Channel.ONLINE, x=activity.x, y=activity.y, reach=self.reach.value, **said.as_stimulus())
        home = 0 if loudest else self._stay_home(world, stimulus.serial)
        world.desk.conceded_tick = world.tick
        world.flag("grievance_leaked" if loudest else "grievance_fixed")
        world.consequence("conceded", response=activity.source, to="loudest" if loudest else "everybody", home=home)
        world.tell(
            Via.DEPARTMENT,
            About.REPORT,
            Phrase("In the groups it says: they have paid off the loud ones and left the rest of us standing")
            if loudest
            else Phrase("The department has put the small thing right and says so to everybody"),
            delay_s=30,
        )

    def _stay_home(self, world: World, serial: int) -> int:
        """Decides for companions together, once one of them has read it in time; returns how many stay away.

        Who reads it and when are the very draws by which the crowd perceives the post.
        """
        people, noise = world.crowd.people, world.noise
        numbers = world.crowd.params.perceiving
        due = np.flatnonzero(
            world.crowd.participant
            & (people.status == int(Status.ABSENT))
            & (people.arrival_tick != NEVER)
            & (people.arrival_tick > world.tick)
        )
        reached: set[int] = set()
        for i in due:
            person = int(i)
            if people.online[person] and noise.uniform(Stream.ONLINE, 2 * serial, person) < self.reach.value:
                delay = numbers.post_median_s * exp(
                    numbers.post_sigma * noise.normal(Stream.ONLINE, 2 * serial + 1, person)
                )
                if delay <= numbers.post_life_s and world.tick + delay * 10.0 < people.arrival_tick[person]:
                    reached.add(int(people.party[person]))
        home = 0
        for i in due:
            person, party = int(i), int(people.party[i])
            if party in reached and noise.uniform(Stream.ARRIVAL, world.tick, -party - 1) < self.stays_away.value:
                people.arrival_tick[person] = NEVER
                home += 1
        return home
