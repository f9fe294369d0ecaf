"""Isolate: officers step between a cluster of people using violence and everybody else, and hold off attackers."""

import math
from typing import ClassVar, Literal

import numpy as np

from sim.core.phrase import Phrase
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.number import Positive, Share
from sim.world.activity import Activity
from sim.world.force import hold_off
from sim.world.message import About, Via
from sim.world.nearby import middle_of, offenders_near, participants_near
from sim.world.unit import Formation, Gear
from sim.world.world import World

AROUND_M = 60.0
CLUSTER_M = 12.0
"""Who stands this near to the middle of the cluster is on its side of the line (assumed)."""

CAUGHT = 0.2
"""How unfair a line is that cuts off people who did nothing, where nobody behind it did anything (assumed)."""
WORKERS_SAFER = 0.06
"""What it is to people at work here that those who use violence are held apart (assumed)."""


class Isolate(Effect):
    """A closed line on one side only: the way behind the cluster stays open, so that nobody is held in."""

    do: Literal["isolate"]
    reach_m: Positive
    """How far an officer reaches to hold somebody off, m."""
    stand_off_m: Positive
    force: Share
    content: Content
    lasting: ClassVar[bool] = True

    def begin(self, world: World, activity: Activity) -> None:
        """Forms the line between the cluster and the other people; those caught on its side are counted."""
        offenders = offenders_near(world, activity.x, activity.y, AROUND_M)
        around = participants_near(world, activity.x, activity.y, AROUND_M)
        others = around[~np.isin(around, offenders)]
        cx, cy = middle_of(world, offenders) if len(offenders) else (activity.x, activity.y)
        ox, oy = middle_of(world, others) if len(others) else (cx, cy + 1.0)
        dx, dy = cx - ox, cy - oy
        length = max(0.5, math.sqrt(dx * dx + dy * dy))
        dx, dy = dx / length, dy / length
        near = participants_near(world, cx, cy, CLUSTER_M)
        caught = len(near[~np.isin(near, offenders)])
        # In front of the cluster as others see it, as far off as its outermost member and the distance kept.
        spread = max((_ahead(world, int(i), cx, cy, -dx, -dy) for i in offenders), default=0.0)
        off = min(CLUSTER_M, max(0.0, spread)) + self.stand_off_m.value
        share = len(offenders) / max(1, len(offenders) + caught)
        said = self.content.as_stimulus(1.0, share)
        said["injustice"] = max(float(said["injustice"]), CAUGHT * (1.0 - share) if caught else 0.0)
        staff = world.staff(activity)
        for index, unit in enumerate(staff):
            unit.gear = int(Gear.HELMET_ON)
            unit.formation = Formation.LINE
            unit.closed = True
            unit.path = []
            unit.facing_x, unit.facing_y = dx, dy
            shift = (index - (len(staff) - 1) / 2) * 1.2 * unit.strength
            unit.x, unit.y = cx - dx * off - dy * shift, cy - dy * off + dx * shift
            world.emit(Channel.SIGHT, x=unit.x, y=unit.y, prominence=1.2, **said)
        activity.x, activity.y = cx, cy
        if len(offenders):
            world.opinion.judge("workers", WORKERS_SAFER)
        world.consequence("isolated", response=activity.source, offenders=len(offenders), caught=caught)
        if caught:
            world.tell(
                Via.RADIO,
                About.REPORT,
                Phrase("The line stands; {number} people who do nothing are on the wrong side of it", number=caught),
                sender=activity.units[0] if activity.units else "",
                grade="A",
                delay_s=5,
            )

    def second(self, world: World, activity: Activity) -> None:
        """Holds off the offender nearest to each unit; done when nobody there has offended for a minute."""
        offenders = offenders_near(world, activity.x, activity.y, 2.0 * CLUSTER_M)
        if not len(offenders):
            activity.memo["done"] = 1
            return
        for unit in world.staff(activity):
            reach = self.reach_m.value + 0.6 * unit.strength
            hold_off(world, unit, reach, self.force.value, prominence=0.8, severity=0.5)

    def end(self, world: World, activity: Activity) -> None:
        """Opens the line."""
        for unit in world.staff(activity):
            unit.closed = False
            unit.formation = Formation.CLUSTER
        world.consequence("line_opened", response=activity.source)


def _ahead(world: World, person: int, x: float, y: float, dx: float, dy: float) -> float:
    people = world.crowd.people
    return float((people.x[person] - x) * dx + (people.y[person] - y) * dy)
