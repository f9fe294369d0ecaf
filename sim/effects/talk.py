"""Talk: officers go from person to person, say who they are, ask and listen."""

from typing import ClassVar, Literal

from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.people import Role
from sim.crowd.stimulus import Channel
from sim.effects.content import TONE, Content
from sim.effects.effect import Effect, due
from sim.effects.number import Number, Positive
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.nearby import participants_near
from sim.world.talks import ARGUE, INFLUENCE_RAPPORT, SKILLS
from sim.world.unit import Gear, Unit
from sim.world.world import World

REACH_M = 15.0
"""How far a dialogue officer walks for the next conversation."""
NEAR_PROMINENCE = 0.1
"""Seen within about 3 m."""
ORGANISER_PROMINENCE = 0.4
"""Relayed within about 12 m when the person spoken with is one others listen to."""
ARGUED_QUALITY, ARGUED_HOPE = 0.3, -0.1
"""What is left of a conversation in which people's facts are put right instead of heard (assumed)."""


class Talk(Effect):
    """One contact per officer team every so often; rapport grows from listening alone."""

    do: Literal["talk"]
    every_s: Positive
    """Seconds from one contact to the next."""
    content: Content
    listens: bool = False
    """True when people are asked and heard, which builds rapport and brings out demands; `skill` says how."""
    rapport: Number = Number(assumed=0.0)
    """Rapport a whole round of listening adds, of what is still missing."""
    contacts: Number = Number(assumed=4.0)
    """Conversations with people of a group that make a whole round for it."""
    lasting: ClassVar[bool] = True

    def second(self, world: World, activity: Activity) -> None:
        """Each team due for a contact has one."""
        if not due(world, activity, self.every_s):
            return
        group = activity.text("group")
        wanted = world.setting.groups.index(group) if group in world.setting.groups else -1
        for unit in world.staff(activity):
            rows = participants_near(world, unit.x, unit.y, REACH_M)
            if wanted >= 0:
                rows = rows[world.crowd.people.group[rows] == wanted]
            if len(rows):
                draws = [(world.noise.uniform(Stream.TARGET, world.tick, int(i)), int(i)) for i in rows]
                self._contact(world, activity, unit, min(draws)[1])

    def _contact(self, world: World, activity: Activity, unit: Unit, person: int) -> None:
        fairness = TONE.get(activity.text("tone", "plain"), 0.85) * (1.0 - 0.25 * unit.gear) * (1.0 - 0.3 * unit.stress)
        people, credit = world.crowd.people, world.talks.credit()
        x, y = float(people.x[person]), float(people.y[person])
        group = world.setting.groups[int(people.group[person])]
        said = self._said(world, activity, group, credit, fairness)
        world.emit(Channel.TOLD, x=x, y=y, subject=person, **said)
        world.emit(Channel.SIGHT, x=x, y=y, prominence=NEAR_PROMINENCE, quality=0.6 * said["quality"])
        if people.role[person] == int(Role.ORGANISER):
            world.emit(
                Channel.SIGHT,
                x=x,
                y=y,
                prominence=ORGANISER_PROMINENCE,
                **(said | {name: 0.5 * said[name] for name in ("quality", "hope", "relief", "exits", "welfare")}),
            )
        unit.contacts += 1
        activity.add("contacts")
        activity.add(f"met:{group}")
        if unit.gear <= Gear.HELMET_AT_BELT:
            world.talks.contact_tick = world.tick
        if world.talks.first_contact_tick < 0 and unit.gear <= Gear.HELMET_AT_BELT:
            world.talks.first_contact_tick = world.tick
            world.consequence("first_contact", unit=unit.id)

    def _said(
        self, world: World, activity: Activity, group: str, credit: float, fairness: float
    ) -> dict[str, float | int]:
        """What one conversation says: less after a breach, less hope by a way of listening used up, none by arguing."""
        skill = activity.text("skill", SKILLS[0])
        said = self.content.as_stimulus(1.0, fairness * credit)
        if not self.listens:
            said["hope"] *= credit
        elif skill == ARGUE:
            said["quality"], said["hope"] = ARGUED_QUALITY * said["quality"], ARGUED_HOPE
        else:
            said["hope"] *= credit * world.talks.worth(group, skill)
        return said

    def end(self, world: World, activity: Activity) -> None:
        """A round with contacts counts: each group talked with gains rapport, and a demand or two comes to light."""
        contacts = activity.count("contacts")
        skill = activity.text("skill", SKILLS[0]) if self.listens else ""
        heard = self.listens and skill != ARGUE
        world.consequence("talk", response=activity.source, contacts=int(contacts), listened=heard, skill=skill)
        self._report(world, activity, int(contacts))
        if not contacts or not self.listens:
            return
        talks = world.talks
        for group in world.setting.groups:
            met = activity.count(f"met:{group}")
            if met:
                talks.listen(group, skill, self.rapport.value * min(1.0, met / self.contacts.value), world.tick)
        if skill == ARGUE:
            return
        talks.listened += 1
        trusted = talks.best_rapport() >= INFLUENCE_RAPPORT
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
