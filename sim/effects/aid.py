"""Aid: medics go to people who need care, one after the other, and care is seen."""

from typing import ClassVar, Literal

from sim.core.phrase import Phrase
from sim.crowd.people import Status
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.number import Positive
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World

AT_SIDE_M = 6.0


class Aid(Effect):
    """The most serious and longest waiting first; serious cases are taken to hospital."""

    do: Literal["aid"]
    care_s: Positive
    """Seconds from arrival at somebody's side until they are cared for."""
    content: Content
    lasting: ClassVar[bool] = True

    def second(self, world: World, activity: Activity) -> None:
        """Each team goes on to the next casualty or cares for the one it has reached."""
        waiting = [c for c in world.casualties if c.waiting and c.severity < 3]
        for unit in world.staff(activity):
            if not waiting:
                return
            case = max(waiting, key=lambda c: (c.severity, -c.tick, -c.number))
            waiting.remove(case)
            dx, dy = case.x - unit.x, case.y - unit.y
            if dx * dx + dy * dy > AT_SIDE_M * AT_SIDE_M:
                if not unit.travelling:
                    world.send(unit, case.x, case.y)
                continue
            key = f"care:{case.number}"
            if activity.add(key) * 1.0 < self.care_s.value:
                continue
            case.cared_tick = world.tick
            world.emit(Channel.SIGHT, x=case.x, y=case.y, prominence=0.8, **self.content.as_stimulus())
            if case.person >= 0 and case.severity >= 2:
                world.remove(case.person, Status.EVACUATED)
            world.consequence(
                "care",
                number=case.number,
                severity=case.severity,
                waited_s=round((world.tick - case.tick) / 10.0),
            )
            world.tell(
                Via.RADIO,
                About.REPORT,
                Phrase("Casualty {number} has been cared for", number=case.number),
                sender=unit.id,
                delay_s=10,
            )
