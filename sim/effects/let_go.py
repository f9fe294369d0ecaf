"""Let go: each detention is looked at again, and whoever is held without an offence of their own goes home."""

from typing import Literal

from sim.core.phrase import Phrase
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.aftermath import Duty
from sim.world.learning import tell
from sim.world.message import About, Via
from sim.world.world import World


class LetGo(Effect):
    """Those taken without evidence are released with an apology; the rest learn the reason and what comes next."""

    do: Literal["let_go"]
    released: Content
    """What it means to somebody who is let go."""
    kept: Content
    """What it means to somebody who stays under a reasoned decision."""

    def end(self, world: World, activity: Activity) -> None:
        """The decisions are made."""
        wrong = {int(str(e.data["person"])) for e in world.journal.consequences("arrest") if not e.data.get("evidence")}
        tasks = world.aftermath.open_tasks(world.tick, Duty.REVIEW)
        held = sorted({row for task in tasks for row in task.people} - set(world.aftermath.released))
        free = [row for row in held if row in wrong]
        world.aftermath.released = (*world.aftermath.released, *free)
        tell(world, free, **self.released.as_stimulus())
        tell(world, [row for row in held if row not in wrong], **self.kept.as_stimulus())
        for task in tasks:
            world.finish(task, activity.source)
        world.consequence("released", people=len(free), kept=len(held) - len(free))
        world.tell(
            Via.RADIO,
            About.REPORT,
            Phrase("Released: {free}. Held with reasons given: {kept}.", free=len(free), kept=len(held) - len(free)),
            grade="A",
        )
