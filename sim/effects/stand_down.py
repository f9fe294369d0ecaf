"""Stand down: what was ordered earlier is ended and its units are free again."""

from typing import Literal

from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity, Stage
from sim.world.world import World


class StandDown(Effect):
    """Ends every live activity of the named responses (all that use force or closed lines when none is named)."""

    do: Literal["stand_down"]
    responses: tuple[str, ...] = ()
    content: Content = Content()

    def begin(self, world: World, activity: Activity) -> None:
        """Ends them now; people in sight see it."""
        named = activity.text("response")
        wanted = (named,) if named else self.responses
        for other in world.live(*wanted):
            if other.number == activity.number or other.source.startswith("inject:"):
                continue
            for unit in world.staff(other):
                unit.closed = False
                world.emit(Channel.SIGHT, x=unit.x, y=unit.y, prominence=0.8, **self.content.as_stimulus())
            other.memo["stop"] = 1
        world.consequence("stood_down", responses=list(wanted))


def asked_to_stop(activity: Activity) -> bool:
    """True when an activity was told to end early."""
    return bool(activity.memo.get("stop")) and activity.stage < Stage.DONE
