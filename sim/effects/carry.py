"""Carry: people who only sit or stand there are asked once more and then carried away, one after the other."""

from typing import ClassVar, Literal

from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.people import Act, Status
from sim.crowd.stimulus import Channel
from sim.effects.effect import Effect
from sim.effects.number import Positive, Share
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.nearby import participants_near
from sim.world.observers import send_observers_away
from sim.world.world import World

DENSE = 4.0
"""Nobody is lifted where people stand this close, persons/m2: the team waits (as for a line)."""


class Carry(Effect):
    """The nearest passive person next; whoever is asked and goes by themselves is let go. Ends by itself."""

    do: Literal["carry"]
    reach_m: Positive
    each_s: Positive
    """How long carrying one person takes, s: five minutes for ten."""
    ask_s: Positive
    """How long each person has to answer the last question, s."""
    force: Share
    minor_odds: Share
    """Chance of a minor injury for each person carried."""
    lasting: ClassVar[bool] = True

    def begin(self, world: World, activity: Activity) -> None:
        """Sends those away first who would see it, where the order says so."""
        if activity.text("observers") == "leave":
            send_observers_away(world, activity.x, activity.y)

    def second(self, world: World, activity: Activity) -> None:
        """Asks, lifts, and takes the next one when the last is out."""
        if "person" in activity.memo:
            self._go_on(world, activity)
            return
        most = int(float(activity.order.parameters.get("people", 10)))
        passive = self._passive(world, activity)
        if activity.count("carried") >= most or not passive:
            self._finish(world, activity, left=len(passive))
            return
        people = world.crowd.people
        person = min(passive, key=lambda i: (abs(people.x[i] - activity.x) + abs(people.y[i] - activity.y), i))
        if people.density[person] >= DENSE:
            return
        activity.memo["person"] = person
        activity.memo["asked_tick"] = world.tick

    def _passive(self, world: World, activity: Activity) -> list[int]:
        """Participants in reach who use no violence, are not on their way out and speak for nobody."""
        people = world.crowd.people
        return [
            int(i)
            for i in participants_near(world, activity.x, activity.y, self.reach_m.value)
            if int(people.act[i]) <= int(Act.HOSTILE)
            and not world.is_offender(int(i))
            and int(i) not in world.talks.representatives
        ]

    def _go_on(self, world: World, activity: Activity) -> None:
        people, person = world.crowd.people, int(activity.memo["person"])
        waited = (world.tick - int(activity.memo["asked_tick"])) / 10.0
        gone = people.status[person] != int(Status.PRESENT)
        if gone or int(people.act[person]) in (int(Act.LEAVE), int(Act.FLEE)):
            del activity.memo["person"]
            activity.add("went")
        elif waited == max(1, round(self.ask_s.value)):
            people.act[person] = int(Act.HELD)
            people.active[person] = 0
            self._show(world, person)
            draw = world.noise.uniform(Stream.INJURY, world.tick, person)
            if draw < self.minor_odds.value * float(people.vulnerability[person]):
                world.hurt(person, 1, "police", float(people.x[person]), float(people.y[person]))
        elif waited >= self.each_s.value:
            world.remove(person, Status.MOVED)
            activity.add("carried")
            del activity.memo["person"]
            world.consequence("carried_away", person=person, response=activity.source)

    def _show(self, world: World, person: int) -> None:
        people = world.crowd.people
        world.emit(
            Channel.SIGHT,
            x=float(people.x[person]),
            y=float(people.y[person]),
            subject=person,
            prominence=0.8,
            force=self.force.value,
            hit=1,
            offenders_hit=0,
            severity=0.1,
            fear=0.02,
        )

    def _finish(self, world: World, activity: Activity, *, left: int) -> None:
        activity.memo["done"] = 1
        world.tell(
            Via.RADIO,
            About.REPORT,
            Phrase(
                "Carried away one by one: {carried}. Went by themselves when asked: {went}. Still there: {left}.",
                carried=int(activity.count("carried")),
                went=int(activity.count("went")),
                left=left,
            ),
            sender=activity.units[0] if activity.units else "",
            grade="A",
            delay_s=10,
        )

    def end(self, world: World, activity: Activity) -> None:
        """Puts down whoever was being lifted."""
        if "person" in activity.memo:
            person = int(activity.memo["person"])
            if world.crowd.people.act[person] == int(Act.HELD):
                world.crowd.people.act[person] = int(Act.WATCH)
        world.consequence("carrying_ends", response=activity.source, carried=int(activity.count("carried")))
