"""Admit: people are asked into a room a few at a time, are heard at a desk and go away with a receipt."""

from typing import ClassVar, Literal

from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.people import Act, Status
from sim.crowd.route import route
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect, due
from sim.effects.number import Positive
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.nearby import participants_near
from sim.world.setting import Place
from sim.world.world import World

CALLED_M = 60.0
"""From how far people are called in (assumed)."""
LOOK_EVERY = 50
"""Ticks between two looks at the way of somebody who is walking in."""
SHADE_EVERY = 6000
"""Ticks between two moments at which sitting inside does people good."""
_IN, _HEARD = "in:", "heard:"


class Admit(Effect):
    """Calls in the frail first, as many as there are seats; each desk hears one person after the other."""

    do: Literal["admit"]
    raises: ClassVar[tuple[str, ...]] = ("reception_open", "receipts")
    call_every_s: Positive
    """Seconds from one call for the next people to another."""
    desk_s: Positive
    """Seconds one person is heard at a desk; every member of staff is a desk."""
    heard: Content
    """What somebody takes from being heard and given a receipt."""
    seen: Content
    """What those around see when somebody is called in."""
    inside: Content
    """What sitting inside gives, every ten minutes."""
    lasting: ClassVar[bool] = True

    def begin(self, world: World, activity: Activity) -> None:
        """The doors are open."""
        room = _room(world)
        if room is None:
            world.tell(Via.RADIO, About.REPORT, Phrase("There is no room here to ask people into"), delay_s=10)
            return
        world.flag("reception_open")
        world.consequence("reception", place=room.id)

    def second(self, world: World, activity: Activity) -> None:
        """Calls people in, shows them the way, hears those who are there."""
        room = _room(world)
        if room is None:
            return
        waited = world.tick - activity.stage_tick
        if due(world, activity, self.call_every_s):
            self._call(world, activity, room)
        if world.tick % LOOK_EVERY == 0:
            _lead(world, activity, room)
        if waited % SHADE_EVERY == 0:
            centre = room.centre
            world.emit(Channel.SIGHT, x=centre.x, y=centre.y, prominence=1.0, **self.inside.as_stimulus())
        desks = sum(unit.strength for unit in world.staff(activity))
        if desks and waited % max(10, round(self.desk_s.value * 10 / desks)) == 0:
            self._hear(world, activity, room)

    def _call(self, world: World, activity: Activity, room: Place) -> None:
        """Asks as many as there are seats free, and five at a time, to come in."""
        people, memo = world.crowd.people, activity.memo
        taken = sum(1 for person in _admitted(world, activity))
        rows = [
            int(i)
            for i in participants_near(world, activity.x, activity.y, CALLED_M)
            if f"{_IN}{i}" not in memo and people.act[i] < int(Act.OBSTRUCT)
        ]
        rows.sort(key=lambda i: (-float(people.vulnerability[i]), world.noise.uniform(Stream.TARGET, 0, i), i))
        called = rows[: max(0, min(5, room.seats - taken))]
        for person in called:
            memo[f"{_IN}{person}"] = world.tick
            people.goal[person] = -1
        for unit in world.staff(activity) if called else ():
            world.emit(Channel.SIGHT, x=unit.x, y=unit.y, prominence=0.5, **self.seen.as_stimulus())

    def _hear(self, world: World, activity: Activity, room: Place) -> None:
        """Hears who has been inside longest and gives them a receipt."""
        people = world.crowd.people
        there = [i for i in _admitted(world, activity) if room.holds(float(people.x[i]), float(people.y[i]))]
        if not there:
            return
        person = min(there, key=lambda i: (int(activity.memo[f"{_IN}{i}"]), i))
        x, y = float(people.x[person]), float(people.y[person])
        world.emit(Channel.TOLD, x=x, y=y, subject=person, **self.heard.as_stimulus())
        activity.memo[f"{_HEARD}{person}"] = world.tick
        world.counts.receipts += 1
        world.flag("receipts")
        people.spot_x[person], people.spot_y[person] = activity.x, activity.y
        if world.counts.receipts % 10 == 1:
            world.consequence("receipts", number=world.counts.receipts)

    def end(self, world: World, activity: Activity) -> None:
        """Whoever still sits there is sent back to the others with nothing."""
        people = world.crowd.people
        waiting = _admitted(world, activity)
        for person in waiting:
            people.spot_x[person], people.spot_y[person] = activity.x, activity.y
        world.consequence("reception_closed", receipts=world.counts.receipts, waiting=len(waiting))


def _room(world: World) -> Place | None:
    """The first place of the site with seats."""
    return next((place for place in world.setting.places.values() if place.seats > 0), None)


def _admitted(world: World, activity: Activity) -> list[int]:
    """Who was called in, has not been heard yet and still wants to, in row order."""
    people, memo = world.crowd.people, activity.memo
    called = sorted(int(name[len(_IN) :]) for name in memo if name.startswith(_IN))
    return [
        i
        for i in called
        if f"{_HEARD}{i}" not in memo and people.status[i] == int(Status.PRESENT) and people.act[i] < int(Act.OBSTRUCT)
    ]


def _lead(world: World, activity: Activity, room: Place) -> None:
    """Shows those on the way in the next bit of it; who is inside keeps a seat."""
    people, centre = world.crowd.people, room.centre
    for person in _admitted(world, activity):
        x, y = float(people.x[person]), float(people.y[person])
        if room.holds(x, y):
            seat_x, seat_y = _seat(world, room, person)
        else:
            way = route(world.ground, x, y, centre.x, centre.y)
            ahead = [(px, py) for px, py in way if (px - x) * (px - x) + (py - y) * (py - y) > 1.0]
            seat_x, seat_y = ahead[0] if ahead else (centre.x, centre.y)
        people.goal[person] = -1
        people.spot_x[person], people.spot_y[person] = seat_x, seat_y


def _seat(world: World, room: Place, person: int) -> tuple[float, float]:
    """A seat well inside the room, the same for the same person."""
    centre = room.centre
    across = world.noise.uniform(Stream.PLACEMENT, 2, person) - 0.5
    up = world.noise.uniform(Stream.PLACEMENT, 3, person) - 0.5
    bounds = room.region if not hasattr(room.region, "bounds") else room.region.bounds
    return centre.x + 0.7 * across * (bounds.x1 - bounds.x0), centre.y + 0.7 * up * (bounds.y1 - bounds.y0)
