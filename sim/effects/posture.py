"""Posture: the units near a place take gear off or put it on, and step back."""

import math
from typing import Literal

from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.number import Number, Positive
from sim.world.activity import Activity
from sim.world.nearby import middle_of, participants_near
from sim.world.unit import Gear
from sim.world.world import World

AROUND_M = 80.0


class Posture(Effect):
    """Everybody in sight of the change sees it; stepping back moves the units away from the people."""

    do: Literal["posture"]
    gear: Literal["soft_hat", "helmet_at_belt", "helmet_on", "shield"]
    step_back_m: Positive = Number(assumed=0.0)
    content: Content = Content()

    def begin(self, world: World, activity: Activity) -> None:
        """Changes every unit on scene within 80 m of the place."""
        level = int(Gear[self.gear.upper()])
        changed = []
        for unit in world.units:
            dx, dy = unit.x - activity.x, unit.y - activity.y
            if not unit.on_scene(world.tick) or dx * dx + dy * dy > AROUND_M * AROUND_M:
                continue
            rows = participants_near(world, unit.x, unit.y, 30.0)
            lowered = unit.gear > level
            unit.gear = level
            if self.step_back_m.value > 0.0 and len(rows):
                mx, my = middle_of(world, rows)
                away_x, away_y = unit.x - mx, unit.y - my
                length = max(0.5, math.sqrt(away_x * away_x + away_y * away_y))
                step = self.step_back_m.value / length
                world.send(unit, unit.x + away_x * step, unit.y + away_y * step)
            if lowered or self.step_back_m.value > 0.0:
                world.emit(Channel.SIGHT, x=unit.x, y=unit.y, prominence=0.7, **self.content.as_stimulus())
            changed.append(unit.id)
        world.consequence("posture", gear=self.gear, units=changed)
