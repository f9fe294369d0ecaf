"""Push: a line walks against people, step by step, with or without pauses and room to leave."""

import math
from typing import ClassVar, Literal

from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.stimulus import Channel
from sim.effects.effect import Effect
from sim.effects.number import Number, Positive, Share
from sim.world.activity import Activity
from sim.world.ledger import moved
from sim.world.message import About, Via
from sim.world.nearby import middle_of, participants_near
from sim.world.observers import send_observers_away
from sim.world.unit import Formation, Gear, Unit
from sim.world.world import World

CONTACT_M = 2.0
HALT_DENSITY, GO_DENSITY = 4.0, 3.5
"""A line halts by itself when people in front stand this close, persons/m2, and goes on below the second figure. From
about 3.6 on people touch against their will, and 5 is dangerous where they are made to move."""
FRONT_M, FLANK_M = 8.0, 3.0
"""In front is what lies so far ahead of the line and so far beyond its ends (assumed)."""
AIM_M = 25.0
"""Nobody left within this distance of the place: the aim is met (assumed)."""
FEAR = 0.3
"""Fear each second of it spreads at the spot, per unit of force (assumed)."""


class Push(Effect):
    """Whoever the line touches is pushed; the injuries it costs are drawn per person touched."""

    do: Literal["push"]
    speed_mps: Positive
    force: Share
    gear: Literal["helmet_at_belt", "helmet_on", "shield"] = "shield"
    pause_s: Positive = Number(assumed=0.0)
    """Seconds of standing still after every 10 s of walking, to let people leave."""
    minor_odds: Share
    """Chance of a minor injury per person pushed per second."""
    serious_odds: Share
    lasting: ClassVar[bool] = True

    def begin(self, world: World, activity: Activity) -> None:
        """Forms the line facing the people."""
        rows = participants_near(world, activity.x, activity.y, 120.0)
        mx, my = middle_of(world, rows)
        staff = world.staff(activity)
        cx = sum(u.x for u in staff) / max(1, len(staff))
        cy = sum(u.y for u in staff) / max(1, len(staff))
        dx, dy = mx - cx, my - cy
        length = max(0.5, math.sqrt(dx * dx + dy * dy))
        moved(world, activity.x, activity.y)
        for index, unit in enumerate(staff):
            unit.gear = int(Gear[self.gear.upper()])
            unit.formation = Formation.LINE
            unit.closed = True
            unit.advancing = True
            unit.path = []
            unit.facing_x, unit.facing_y = dx / length, dy / length
            shift = (index - (len(staff) - 1) / 2) * 1.2 * unit.strength
            unit.x, unit.y = cx - unit.facing_y * shift, cy + unit.facing_x * shift
        if activity.text("observers") == "leave":
            send_observers_away(world, activity.x, activity.y)
        world.consequence("push_begins", response=activity.source, units=list(activity.units))

    def second(self, world: World, activity: Activity) -> None:
        """Walks a step (unless pausing) and shows what it does to whom."""
        if not len(participants_near(world, activity.x, activity.y, AIM_M)):
            self._aim_met(world, activity)
            return
        people = world.crowd.people
        phase = ((world.tick - activity.stage_tick) // 10) % (10 + round(self.pause_s.value))
        # One part of a line that walks on while another has halted would break it: it halts and goes on as one.
        halted = [self._halted(world, activity, unit) for unit in world.staff(activity)]
        for unit in world.staff(activity):
            unit.advancing = phase < 10 and not any(halted)
            if not unit.advancing:
                continue
            x = unit.x + unit.facing_x * self.speed_mps.value
            y = unit.y + unit.facing_y * self.speed_mps.value
            if world.ground.distance_at(x, y) > 0.3:
                unit.x, unit.y = x, y
                unit.crossed_tick = world.tick
            reach = 0.6 * unit.strength + CONTACT_M
            touched = []
            for i in participants_near(world, unit.x, unit.y, reach):
                ahead = (people.x[i] - unit.x) * unit.facing_x + (people.y[i] - unit.y) * unit.facing_y
                if -0.5 <= ahead <= CONTACT_M:
                    touched.append(int(i))
            if touched:
                self._touch(world, unit.x, unit.y, touched)
                activity.add("touched", len(touched))

    def _halted(self, world: World, activity: Activity, unit: Unit) -> bool:
        """True while people in front of a unit stand too close to be moved: it says so when that begins."""
        people = world.crowd.people
        densest, wide = 0.0, 0.6 * unit.strength + FLANK_M
        for i in participants_near(world, unit.x, unit.y, FRONT_M + wide):
            dx, dy = people.x[i] - unit.x, people.y[i] - unit.y
            ahead, aside = dx * unit.facing_x + dy * unit.facing_y, abs(dx * unit.facing_y - dy * unit.facing_x)
            if 0.0 <= ahead <= FRONT_M and aside <= wide:
                densest = max(densest, float(people.density[i]))
        name = f"halted:{unit.id}"
        was = bool(activity.memo.get(name))
        now = densest >= (GO_DENSITY if was else HALT_DENSITY)
        if now != was:
            activity.memo[name] = int(now)
            world.consequence("line_halted" if now else "line_goes_on", unit=unit.id, density=round(densest, 1))
        if now and not was:
            world.tell(
                Via.RADIO,
                About.CROWDING,
                Phrase(
                    "{unit} has halted by itself: people in front stand {density:.1f} to the m2 and cannot give way",
                    unit=unit.id,
                    density=densest,
                ),
                sender=unit.id,
                grade="A",
                needs_answer=True,
            )
        return now

    def _aim_met(self, world: World, activity: Activity) -> None:
        """The line stops when nobody is left at the place: there is nothing more to gain."""
        activity.memo["done"] = 1
        world.consequence("aim_met", response=activity.source)
        world.tell(
            Via.RADIO,
            About.REPORT,
            Phrase("Nobody is left there: the line stands and opens"),
            sender=activity.units[0] if activity.units else "",
            grade="A",
            delay_s=5,
        )

    def _touch(self, world: World, x: float, y: float, touched: list[int]) -> None:
        people = world.crowd.people
        world.emit(
            Channel.SIGHT,
            x=x,
            y=y,
            prominence=2.0,
            force=self.force.value * 0.25,
            hit=len(touched),
            offenders_hit=sum(int(world.is_offender(i)) for i in touched),
            severity=0.2,
            fear=FEAR * self.force.value,
        )
        for i in touched:
            odds = float(people.vulnerability[i])
            draw = world.noise.uniform(Stream.INJURY, world.tick, i)
            if people.injury[i] < 2 and draw < self.serious_odds.value * odds:
                world.hurt(i, 2, "police", float(people.x[i]), float(people.y[i]))
            elif people.injury[i] < 1 and draw < (self.serious_odds.value + self.minor_odds.value) * odds:
                world.hurt(i, 1, "police", float(people.x[i]), float(people.y[i]))

    def end(self, world: World, activity: Activity) -> None:
        """The line stands and opens."""
        for unit in world.staff(activity):
            unit.advancing = False
            unit.closed = False
        world.consequence("push_ends", response=activity.source, touched=int(activity.count("touched")))
