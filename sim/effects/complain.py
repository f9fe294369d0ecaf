"""Complain: somebody complains about us; the complaint is owed an answer from outside the unit."""

from typing import Literal

from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.aftermath import Duty
from sim.world.world import World


class Complain(Effect):
    """A complaint comes in now; it is known at once and due like any other."""

    do: Literal["complain"]

    def begin(self, world: World, activity: Activity) -> None:
        """Enters it."""
        if world.aftermath.on:
            task = world.aftermath.owe(world.tick, Duty.COMPLAINT, activity.source)
            world.consequence("task", duty=task.duty, number=task.number, about=task.about)
