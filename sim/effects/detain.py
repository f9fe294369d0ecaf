"""Detain: a team takes out one person who used violence, quickly, with a way in and out."""

from typing import ClassVar, Literal

from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.people import Act, Status
from sim.crowd.stimulus import Channel
from sim.effects.effect import Effect
from sim.effects.number import Number, Positive, Share
from sim.world.activity import Activity
from sim.world.force import bystanders_hit
from sim.world.message import About, Via
from sim.world.nearby import participants_near
from sim.world.pointing_out import pointed_out
from sim.world.sightings import near
from sim.world.world import World

ASKED_AGAIN_TICKS = 100
"""So often a team that walks towards somebody is told where they are now."""
WORKERS_SAFER = 0.06
"""What it is to people at work here that somebody who used violence is taken out (assumed)."""


class Detain(Effect):
    """Of those within reach who can be pointed out, participant or not, the one who offended last is taken.

    When they are gone nobody is taken. Only a team sent against the law, with nobody to point out, takes whoever of
    those who came for the incident stands out: the wrong person.
    """

    do: Literal["detain"]
    reach_m: Positive
    follow_m: Number = Number(assumed=0.0)
    """So far from where it was sent the team goes for somebody pointed out, m, if that is more than the reach."""
    force: Share
    struggle_s: Positive
    """Shortest time to bring the person out, s; it grows with the density around."""
    at_most: int = 1
    """How many one order may take."""
    lasting: ClassVar[bool] = True

    def second(self, world: World, activity: Activity) -> None:
        """Goes to somebody, seizes them, then brings them out; ends after `at_most`."""
        if "person" in activity.memo:
            self._bring_out(world, activity)
        elif activity.count("taken") < self.at_most:
            person, offender = self._whom(world, activity)
            if person >= 0 and self._reached(world, activity, person):
                self._seize(world, activity, person, offender=offender)

    def _seize(self, world: World, activity: Activity, person: int, *, offender: bool) -> None:
        people = world.crowd.people
        activity.memo["person"] = person
        activity.memo["evidence"] = offender
        activity.memo["out_tick"] = world.tick + round(
            10 * self.struggle_s.value * (1.0 + 0.5 * float(people.density[person]))
        )
        people.act[person] = int(Act.HELD)
        people.active[person] = 0
        self._show(world, person, offender=offender)

    def _reached(self, world: World, activity: Activity, person: int) -> bool:
        """Whether the team is near enough; it is sent after whoever walks on."""
        staff = world.staff(activity)
        x, y = float(world.crowd.people.x[person]), float(world.crowd.people.y[person])
        if not staff or any(near(unit, x, y, self.reach_m.value) for unit in staff):
            return True
        if (world.tick - activity.stage_tick) % ASKED_AGAIN_TICKS == 0:
            for unit in staff:
                world.send(unit, x, y)
        return False

    def _whom(self, world: World, activity: Activity) -> tuple[int, bool]:
        """Row of the person to take and whether they were pointed out; -1 while there is nobody."""
        reach = self.reach_m.value
        known = pointed_out(world, activity.x, activity.y, max(reach, self.follow_m.value), activity.given_tick)
        if known:
            return max(known, key=lambda i: (world.suspects[i].tick, -i)), True
        if not activity.marked or any(each.holds(activity.given_tick) for each in world.suspects.values()):
            return -1, False
        rows = participants_near(world, activity.x, activity.y, reach)
        drawn = [(world.noise.uniform(Stream.TARGET, world.tick, int(i)), int(i)) for i in rows]
        return min(drawn, default=(0.0, -1))[1], False

    def _show(self, world: World, person: int, *, offender: bool) -> None:
        people = world.crowd.people
        others = bystanders_hit(world, person)
        world.emit(
            Channel.SIGHT,
            x=float(people.x[person]),
            y=float(people.y[person]),
            subject=person,
            force=self.force.value,
            hit=1 + len(others),
            offenders_hit=int(offender) + sum(int(world.is_offender(i)) for i in others),
            severity=0.6 if offender else 0.0,
            fear=0.1,
        )

    def _bring_out(self, world: World, activity: Activity) -> None:
        person = int(activity.memo["person"])
        people = world.crowd.people
        if people.status[person] != int(Status.PRESENT):
            del activity.memo["person"]
            return
        if world.tick < int(activity.memo["out_tick"]):
            if (world.tick - activity.stage_tick) % 100 == 0:
                self._show(world, person, offender=bool(activity.memo["evidence"]))
            return
        evidence = bool(activity.memo["evidence"])
        world.remove(person, Status.DETAINED)
        world.counts.arrests += 1
        world.counts.arrests_with_evidence += int(evidence)
        if evidence:
            world.opinion.judge("workers", WORKERS_SAFER)
        world.counts.arrests_of_representatives += int(person in world.talks.representatives)
        activity.add("taken")
        del activity.memo["person"]
        world.consequence(
            "arrest",
            person=person,
            evidence=evidence,
            representative=person in world.talks.representatives,
            response=activity.source,
        )
        world.tell(
            Via.RADIO,
            About.REPORT,
            Phrase("One person detained; team on its way out"),
            sender=activity.units[0] if activity.units else "",
            delay_s=10,
        )

    def end(self, world: World, activity: Activity) -> None:
        """Lets go of somebody who was not yet brought out; says so when nobody was found."""
        if "person" in activity.memo:
            world.crowd.people.act[int(activity.memo["person"])] = int(Act.WATCH)
        elif not activity.count("taken") and activity.ran(world.tick):
            says = Phrase("We did not find the person we were to detain; nobody was taken")
            world.tell(Via.RADIO, About.REPORT, says, sender=activity.units[0] if activity.units else "", delay_s=10)
