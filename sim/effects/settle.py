"""Settle: something owed in the days after is done: a report written, a family told, a complaint passed on."""

from typing import ClassVar, Literal

from pydantic import Field

from sim.core.phrase import Phrase
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.aftermath import TERMS, Duty
from sim.world.learning import tell
from sim.world.message import About, Via
from sim.world.world import World


class Settle(Effect):
    """At its end the open tasks of these kinds are done, soonest due first; those they concern are told in person."""

    do: Literal["settle"]
    raises: ClassVar[tuple[str, ...]] = ("collusion",)
    duties: tuple[Duty, ...] = Field(min_length=1, description="Kinds of task it does.")
    at_most: int = Field(default=100, ge=1, description="How many tasks one order does.")
    content: Content = Field(default=Content(), description="What it means to the people a task concerns.")
    copied: Literal["", "how"] = Field(
        default="", description="`how`: the order's parameter `how` may be `together`, which makes reports worthless."
    )

    def end(self, world: World, activity: Activity) -> None:
        """Does them."""
        tasks = world.aftermath.open_tasks(world.tick, *self.duties)[: self.at_most]
        for task in tasks:
            world.finish(task, activity.source)
            tell(world, list(task.people), **self.content.as_stimulus())
        if tasks and self.copied and activity.text(self.copied) == "together":
            world.flag("collusion")
            world.consequence("collusion", response=activity.source, reports=len(tasks))
            world.opinion.judge("public", -0.04)
        world.tell(
            Via.RADIO,
            About.REPORT,
            Phrase("Done: {what}", what=TERMS[Duty(tasks[0].duty)].title)
            if tasks
            else Phrase("There was nothing of that kind left to do."),
            sender=activity.units[0] if activity.units else "",
            grade="A",
        )
