"""Meet: representatives sit down with somebody from the department; whether that person can decide is what counts."""

from typing import ClassVar, Literal

from sim.core.phrase import Phrase
from sim.crowd.people import Status
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World

REPORT_WITHIN_MIN = 20.0
"""So long people wait to hear what was said (assumed)."""
FOBBED_OFF_COSTS = 0.3
"""Standing representatives lose who let themselves be fobbed off (assumed)."""


class Meet(Effect):
    """With a mandate people see that somebody can decide; without one they see that they were fobbed off."""

    do: Literal["meet"]
    raises: ClassVar[tuple[str, ...]] = ("meeting_with_mandate", "meeting_without_mandate")
    with_mandate: Content
    without_mandate: Content

    def begin(self, world: World, activity: Activity) -> None:
        """The crowd sees its representatives go in."""
        mandate = any(u.mandate for u in world.staff(activity) if u.code == "GOV")
        activity.memo["mandate"] = mandate
        world.talks.contact_tick = world.tick
        content = self.with_mandate if mandate else self.without_mandate
        people = world.crowd.people
        for person in world.talks.representatives:
            if people.status[person] == int(Status.PRESENT):
                world.emit(
                    Channel.SIGHT,
                    x=float(people.x[person]),
                    y=float(people.y[person]),
                    prominence=1.0,
                    **content.as_stimulus(0.5 * (world.talks.credit() if mandate else 1.0)),
                )
        if mandate and world.talks.meeting_tick < 0:
            world.talks.meeting_tick = world.tick
        if not mandate:
            world.talks.met_without_mandate_tick = world.tick
            world.talks.standing = max(0.0, world.talks.standing - FOBBED_OFF_COSTS)
        world.flag("meeting_with_mandate" if mandate else "meeting_without_mandate")
        world.consequence("meeting", mandate=mandate, seats=len(world.talks.representatives))

    def end(self, world: World, activity: Activity) -> None:
        """People now expect to hear from those they sent; with a mandate the demands are known by their rank."""
        if world.talks.representatives:
            world.talks.report_due_tick = world.tick + round(REPORT_WITHIN_MIN * 600)
        if not activity.memo["mandate"]:
            return
        heard = [d for d in world.setting.demands.values() if d.spoken and d.id not in world.talks.heard]
        world.talks.heard = (
            *world.talks.heard,
            *(d.id for d in sorted(heard, key=lambda d: (-d.weight, d.id))),
        )
        world.tell(
            Via.DEPARTMENT,
            About.REPORT,
            Phrase("The meeting has gone through the demands; what people need now is a date and a name in writing"),
            delay_s=20,
        )
