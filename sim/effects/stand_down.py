"""Stand down: what was ordered earlier is ended and its units are free again."""

from typing import Literal

from sim.core.phrase import Phrase
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World

EVERYTHING = "everything"
COERCIVE = "coercive"
"""What a seat may name instead of one response."""


class StandDown(Effect):
    """Ends every live activity of one response, of the named ones, or everything but those it spares."""

    do: Literal["stand_down"]
    responses: tuple[str, ...] = ()
    """What is ended when the order says `coercive`, or nothing."""
    spares: tuple[str, ...] = ()
    """What goes on when the order says `everything`."""
    content: Content = Content()

    def begin(self, world: World, activity: Activity) -> None:
        """Ends them now; people in sight see it, and the seat hears how many there were."""
        named = activity.text("response")
        wanted = self.responses if named in {"", COERCIVE} else () if named == EVERYTHING else (named,)
        ended = 0
        for other in world.live(*wanted):
            if other.number == activity.number or other.source.startswith("inject:"):
                continue
            if named == EVERYTHING and other.source in self.spares:
                continue
            for unit in world.staff(other):
                unit.closed = False
                world.emit(Channel.SIGHT, x=unit.x, y=unit.y, prominence=0.8, **self.content.as_stimulus())
            other.memo["stop"] = 1
            ended += 1
        world.consequence("stood_down", responses=list(wanted), ended=ended)
        if named:
            said = (
                Phrase("Stood down. Tasks ended: {number}. Their units are free again.", number=ended)
                if ended
                else Phrase("Stood down. Nothing was running that had to be ended.")
            )
            world.tell(Via.RADIO, About.REPORT, said, grade="A")
