"""Mediate: somebody who belongs to neither side helps people talk; whom nobody trusts yet is taken for a stooge."""

from typing import ClassVar, Literal

from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect, due
from sim.effects.number import Number, Positive, Share
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.nearby import participants_near
from sim.world.world import World

REACH_M = 15.0


class Mediate(Effect):
    """Talks with one after the other; being neutral, loses nothing by a word the police broke."""

    do: Literal["mediate"]
    every_s: Positive
    rapport_needed: Share
    """Best rapport below which people ask who sent this person."""
    gain: Number
    """Rapport a whole mediation adds with each group met, of what is missing."""
    content: Content
    stooge: Content
    """What people take from somebody sent before anybody has listened to them."""
    lasting: ClassVar[bool] = True

    def begin(self, world: World, activity: Activity) -> None:
        """Whether people accept the mediator is settled now, and told."""
        activity.memo["accepted"] = world.talks.best_rapport() >= self.rapport_needed.value
        world.talks.mediator = world.talks.mediator or bool(activity.memo["accepted"])
        world.consequence("mediator", accepted=activity.memo["accepted"])

    def second(self, world: World, activity: Activity) -> None:
        """The next conversation when it is due."""
        if not due(world, activity, self.every_s):
            return
        content = self.content if activity.memo["accepted"] else self.stooge
        people = world.crowd.people
        for unit in world.staff(activity):
            rows = participants_near(world, unit.x, unit.y, REACH_M)
            if not len(rows):
                continue
            person = min((world.noise.uniform(Stream.TARGET, world.tick, int(i)), int(i)) for i in rows)[1]
            x, y = float(people.x[person]), float(people.y[person])
            world.emit(Channel.TOLD, x=x, y=y, subject=person, **content.as_stimulus())
            activity.add(f"met:{world.setting.groups[int(people.group[person])]}")

    def end(self, world: World, activity: Activity) -> None:
        """An accepted mediator leaves more rapport with each group met."""
        talks = world.talks
        if not activity.memo["accepted"]:
            said = Phrase("They ask who sent the mediator, and say so: listen first")
        else:
            said = Phrase("The mediator is accepted and will sit at the table")
            for group in world.setting.groups:
                if activity.count(f"met:{group}"):
                    before = talks.rapport.get(group, 0.0)
                    talks.rapport[group] = before + self.gain.value * (1.0 - before)
        world.tell(Via.RADIO, About.REPORT, said, sender=activity.units[0] if activity.units else "", delay_s=15)
