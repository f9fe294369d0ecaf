"""Talk: officers go from person to person, say who they are, ask and listen."""

from typing import ClassVar, Literal

from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.people import Role
from sim.crowd.stimulus import Channel
from sim.effects.content import TONE, Content
from sim.effects.effect import Effect
from sim.effects.number import Number
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.nearby import participants_near
from sim.world.talks import INFLUENCE_RAPPORT
from sim.world.unit import Gear, Unit
from sim.world.world import World

REACH_M = 15.0
"""How far a dialogue officer walks for the next conversation."""
NEAR_PROMINENCE = 0.1
"""Seen within about 3 m."""
ORGANISER_PROMINENCE = 0.4
"""Relayed within about 12 m when the person spoken with is one others listen to."""


class Talk(Effect):
    """One contact per officer team every so often; rapport grows from listening alone."""

    do: Literal["talk"]
    every_s: Number
    """Seconds from one contact to the next."""
    content: Content
    listens: bool = False
    """True when people are asked and heard, which builds rapport and brings demands to light."""
    rapport: Number = Number(assumed=0.0)
    """Rapport a whole round of listening adds, of what is still missing."""
    lasting: ClassVar[bool] = True

    def second(self, world: World, activity: Activity) -> None:
        """Each team due for a contact has one."""
        elapsed = world.tick - activity.stage_tick
        if elapsed % round(self.every_s.value * 10) != 0:
            return
        for unit in world.staff(activity):
            rows = participants_near(world, unit.x, unit.y, REACH_M)
            if len(rows):
                draws = [(world.noise.uniform(Stream.TARGET, world.tick, int(i)), int(i)) for i in rows]
                self._contact(world, activity, unit, min(draws)[1])

    def _contact(self, world: World, activity: Activity, unit: Unit, person: int) -> None:
        fairness = TONE.get(activity.text("tone", "plain"), 0.85) * (1.0 - 0.25 * unit.gear) * (1.0 - 0.3 * unit.stress)
        people = world.crowd.people
        x, y = float(people.x[person]), float(people.y[person])
        world.emit(Channel.TOLD, x=x, y=y, subject=person, **self.content.as_stimulus(1.0, fairness))
        world.emit(Channel.SIGHT, x=x, y=y, prominence=NEAR_PROMINENCE, quality=0.6 * self.content.quality * fairness)
        if people.role[person] == int(Role.ORGANISER):
            world.emit(
                Channel.SIGHT,
                x=x,
                y=y,
                prominence=ORGANISER_PROMINENCE,
                **self.content.as_stimulus(0.5, fairness),
            )
        unit.contacts += 1
        activity.add("contacts")
        if unit.gear <= Gear.HELMET_AT_BELT:
            world.talks.contact_tick = world.tick
        if world.talks.first_contact_tick < 0 and unit.gear <= Gear.HELMET_AT_BELT:
            world.talks.first_contact_tick = world.tick
            world.consequence("first_contact", unit=unit.id)

    def end(self, world: World, activity: Activity) -> None:
        """A round with contacts counts; listening adds rapport with diminishing returns and brings out a demand."""
        contacts = activity.count("contacts")
        world.consequence("talk", response=activity.source, contacts=int(contacts), listened=self.listens)
        self._report(world, activity, int(contacts))
        if not contacts or not self.listens:
            return
        talks = world.talks
        group = activity.text("group")
        before = talks.rapport.get(group, 0.0)
        talks.rapport[group] = before + self.rapport.value * (1.0 - before) * min(1.0, contacts / 6.0)
        talks.listened += 1
        trusted = talks.rapport[group] >= INFLUENCE_RAPPORT
        unheard = [d for d in world.setting.demands.values() if d.id not in talks.heard and (d.spoken or trusted)]
        for demand in sorted(unheard, key=lambda d: (-d.weight, d.id))[:2]:
            talks.heard = (*talks.heard, demand.id)
            world.tell(
                Via.RADIO,
                About.REPORT,
                Phrase("What people here want to be heard on: {demand}", demand=demand.name),
                sender=activity.units[0] if activity.units else "",
                ref=demand.id,
                delay_s=20,
            )

    @staticmethod
    def _report(world: World, activity: Activity, contacts: int) -> None:
        """What the officers radio in when they are done."""
        people = Phrase("one person") if contacts == 1 else Phrase("{number} people", number=contacts)
        world.tell(
            Via.RADIO,
            About.REPORT,
            Phrase("We are done here and have spoken with {people}.", people=people)
            if contacts
            else Phrase("We found nobody here to speak with."),
            sender=activity.units[0] if activity.units else "",
            grade="A",
            delay_s=10,
        )
