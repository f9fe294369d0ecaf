"""Push: a line walks against people, step by step, with or without pauses and room to leave."""

import math
from typing import ClassVar, Literal

from sim.core.noise import Stream
from sim.crowd.stimulus import Channel
from sim.effects.effect import Effect
from sim.effects.number import Number
from sim.world.activity import Activity
from sim.world.ledger import moved
from sim.world.nearby import middle_of, participants_near
from sim.world.unit import Formation, Gear
from sim.world.world import World

CONTACT_M = 2.0
FEAR = 0.3
"""Fear each second of it spreads at the spot, per unit of force (assumed)."""


class Push(Effect):
    """Whoever the line touches is pushed; the injuries it costs are drawn per person touched."""

    do: Literal["push"]
    speed_mps: Number
    force: Number
    gear: Literal["helmet_at_belt", "helmet_on", "shield"] = "shield"
    pause_s: Number = Number(assumed=0.0)
    """Seconds of standing still after every 10 s of walking, to let people leave."""
    minor_odds: Number
    """Chance of a minor injury per person pushed per second."""
    serious_odds: Number
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
        world.consequence("push_begins", response=activity.source, units=list(activity.units))

    def second(self, world: World, activity: Activity) -> None:
        """Walks a step (unless pausing) and shows what it does to whom."""
        people = world.crowd.people
        phase = ((world.tick - activity.stage_tick) // 10) % (10 + round(self.pause_s.value))
        for unit in world.staff(activity):
            unit.advancing = phase < 10
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
