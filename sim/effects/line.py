"""Line: officers form a filter or a closed line across a place, or a ring around it."""

import math
from typing import ClassVar, Literal

from sim.core.phrase import Phrase
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.number import Number, Positive
from sim.world.activity import Activity
from sim.world.held import REVIEWED, watch_the_review
from sim.world.ledger import moved
from sim.world.message import About, Via
from sim.world.nearby import middle_of, participants_near, present_near, reach_of
from sim.world.ring import close_ring, find_ring
from sim.world.unit import Formation, Gear, Unit
from sim.world.world import World

SHOW_EVERY_S = 60
MOST_HALVINGS = 30
"""What is fair about a line that stands there is news once: each further look at it says half as much (assumed)."""


class Line(Effect):
    """A ring holds whoever is inside when it is closed; an open line lets people through and tells them where to go."""

    do: Literal["line"]
    shape: Literal["line", "ring"] = "line"
    closed: bool = False
    gear: Literal["soft_hat", "helmet_at_belt", "helmet_on", "shield"] = "soft_hat"
    stand_off_m: Positive = Number(assumed=6.0)
    content: Content = Content()
    workers: Number = Number(assumed=0.0)
    """What it is to people at work here that the line stands, -1..1."""
    review_min: Number = Number(assumed=0.0)
    """A closed ring that holds people has its reason looked at again at least so often; 0 asks for none."""
    lasting: ClassVar[bool] = True

    def begin(self, world: World, activity: Activity) -> None:
        """Places the units: a line faces the nearest people, a ring goes round those who are there."""
        place = world.setting.places.get(activity.order.target)
        radius = reach_of(place) if place is not None else 20.0
        staff = world.staff(activity)
        if self.closed or self.gear != "soft_hat":
            moved(world, activity.x, activity.y)
        for unit in staff:
            unit.gear = int(Gear[self.gear.upper()])
            unit.closed = self.closed
        if self.shape == "ring":
            radius = self._surround(world, activity, staff, radius)
        else:
            _face(world, activity, staff, radius)
        if self.shape == "ring" and self.closed:
            activity.memo[REVIEWED] = world.tick
        world.opinion.judge("workers", self.workers.value)
        world.consequence(
            "line",
            response=activity.source,
            shape=self.shape,
            closed=self.closed,
            units=list(activity.units),
            inside=len(present_near(world, activity.x, activity.y, radius)),
        )

    def _surround(self, world: World, activity: Activity, staff: list[Unit], reach_m: float) -> float:
        """Closes one ring of all the units round the people there, says whom it holds, and returns its radius, m."""
        ring = find_ring(world, staff, activity.x, activity.y, reach_m, self.stand_off_m.value)
        close_ring(staff, ring)
        activity.x, activity.y = ring.x, ring.y
        said = (
            Phrase(
                "The ring stands round {inside} people. {outside} more are outside: so few officers close no more",
                inside=ring.inside,
                outside=ring.outside,
            )
            if ring.outside
            else Phrase("The ring stands round {inside} people", inside=ring.inside)
        )
        sender = activity.units[0] if activity.units else ""
        world.tell(Via.RADIO, About.REPORT, said, sender=sender, grade="A", delay_s=5)
        return ring.radius_m

    def second(self, world: World, activity: Activity) -> None:
        """People see it once a minute; those inside a closed ring are counted as held."""
        staff = world.staff(activity)
        if (world.tick - activity.stage_tick) % (SHOW_EVERY_S * 10) == 0:
            seen_before = min(MOST_HALVINGS, int(activity.add("shown")) - 1)
            for unit in staff:
                world.emit(
                    Channel.SIGHT,
                    x=unit.x,
                    y=unit.y,
                    prominence=1.0 + 0.3 * unit.gear,
                    **self.content.as_stimulus(1.0, 1.0 / (1 << seen_before)),
                )
        ring = self.closed and self.shape == "ring" and bool(staff)
        if ring and len(present_near(world, activity.x, activity.y, staff[0].radius_m)):
            world.counts.contained_ticks += 10
            if self.review_min.value:
                watch_the_review(world, activity, round(self.review_min.value * 600))

    def end(self, world: World, activity: Activity) -> None:
        """Opens the line."""
        for unit in world.staff(activity):
            unit.closed = False
            unit.formation = Formation.CLUSTER
            if self.shape == "ring":
                unit.facing_x, unit.facing_y = 0.0, 1.0
        world.consequence("line_opened", response=activity.source)


def _face(world: World, activity: Activity, staff: list[Unit], reach_m: float) -> None:
    """Lets the units stand in one line across the place, facing the nearest people."""
    rows = participants_near(world, activity.x, activity.y, reach_m + 40.0)
    mx, my = middle_of(world, rows) if len(rows) else (activity.x, activity.y + 1.0)
    dx, dy = mx - activity.x, my - activity.y
    length = max(0.5, math.sqrt(dx * dx + dy * dy))
    for index, unit in enumerate(staff):
        unit.formation = Formation.LINE
        unit.facing_x, unit.facing_y = dx / length, dy / length
        shift = (index - (len(staff) - 1) / 2) * 1.2 * unit.strength
        unit.x = activity.x - unit.facing_y * shift
        unit.y = activity.y + unit.facing_x * shift
