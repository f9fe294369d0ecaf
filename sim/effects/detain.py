"""Detain: a team takes out one person who used violence, quickly, with a way in and out."""

from typing import ClassVar, Literal

from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.people import Act, Status
from sim.crowd.stimulus import Channel
from sim.effects.effect import Effect
from sim.effects.number import Positive, Share
from sim.world.activity import Activity
from sim.world.force import bystanders_hit
from sim.world.message import About, Via
from sim.world.nearby import participants_near, present_near
from sim.world.world import World

EVIDENCE_TICKS = 6000
"""An offence within ten minutes before the order, or since, identifies the person."""


WORKERS_SAFER = 0.06
"""What it is to people at work here that somebody who used violence is taken out (assumed)."""


class Detain(Effect):
    """Whoever offended last within reach is taken, participant or not; with nobody known, whoever stands out.

    Of those who came for the incident that is the wrong person.
    """

    do: Literal["detain"]
    reach_m: Positive
    force: Share
    struggle_s: Positive
    """Shortest time to bring the person out, s; it grows with the density around."""
    at_most: int = 1
    """How many one order may take."""
    lasting: ClassVar[bool] = True

    def second(self, world: World, activity: Activity) -> None:
        """Seizes somebody, then brings them out; ends after `at_most`."""
        if "person" in activity.memo:
            self._bring_out(world, activity)
        elif activity.count("taken") < self.at_most:
            self._seize(world, activity)

    def _seize(self, world: World, activity: Activity) -> None:
        people = world.crowd.people
        near = present_near(world, activity.x, activity.y, self.reach_m.value)
        known = [int(i) for i in near if activity.given_tick - int(people.last_offence[i]) <= EVIDENCE_TICKS]
        rows = participants_near(world, activity.x, activity.y, self.reach_m.value)
        if not known and not len(rows):
            return
        if known:
            person = max(known, key=lambda i: (int(people.last_offence[i]), -i))
        else:
            person = min((world.noise.uniform(Stream.TARGET, world.tick, int(i)), int(i)) for i in rows)[1]
        offender = bool(known)
        activity.memo["person"] = person
        activity.memo["evidence"] = offender
        activity.memo["out_tick"] = world.tick + round(
            10 * self.struggle_s.value * (1.0 + 0.5 * float(people.density[person]))
        )
        people.act[person] = int(Act.HELD)
        people.active[person] = 0
        self._show(world, person, offender=offender)

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
        """Lets go of somebody who was not yet brought out."""
        if "person" in activity.memo:
            world.crowd.people.act[int(activity.memo["person"])] = int(Act.WATCH)
