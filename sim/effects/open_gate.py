"""Open gate: barriers are moved aside, a shutter goes up, a fence gate is unlocked."""

from typing import ClassVar, Literal

from sim.core.phrase import Phrase
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World


class OpenGate(Effect):
    """Every closed gate within reach of the place is open from now on; the nearest people see a way out."""

    do: Literal["open_gate"]
    raises: ClassVar[tuple[str, ...]] = ("opened:*",)
    reach_m: float = 40.0
    content: Content = Content()

    def begin(self, world: World, activity: Activity) -> None:
        """Opens them."""
        for gate in world.gates:
            x, y = gate.middle
            dx, dy = x - activity.x, y - activity.y
            if gate.open or dx * dx + dy * dy > self.reach_m * self.reach_m:
                continue
            gate.open = True
            world.flag(f"opened:{gate.id}")
            world.emit(Channel.SIGHT, x=x, y=y, prominence=1.0, **self.content.as_stimulus())
            world.consequence("opened", gate=gate.id)
            world.tell(
                Via.RADIO,
                About.REPORT,
                Phrase("Open now: {gate}", gate=world.setting.gates[gate.id]),
                sender=activity.units[0] if activity.units else "",
                delay_s=10,
            )
