"""Announce: say something aloud to everybody within earshot, repeat it, and note how many could understand it."""

from typing import ClassVar, Literal

from sim.core.phrase import Phrase
from sim.crowd.people import Knows
from sim.crowd.stimulus import Channel
from sim.effects.content import TONE, Content
from sim.effects.effect import Effect
from sim.effects.number import Number
from sim.world.activity import Activity
from sim.world.hearing import edge_share, understood_share
from sim.world.knowledge import Announcement
from sim.world.message import About, Via
from sim.world.nearby import participants_near
from sim.world.world import World

ORDER = 0.9
"""From here on people are ordered to leave, not asked."""
GONE_M = 60.0
"""Nobody left within this distance of the place: the order has met its aim (assumed)."""


class Announce(Effect):
    """A voice at `level_db` from where the units stand, every `repeat_s` while it runs."""

    do: Literal["announce"]
    level_db: Number
    """At 1 m: a raised voice about 75, a hand-held loudspeaker 110, a horn system 115."""
    repeat_s: Number
    content: Content
    lasting: ClassVar[bool] = True

    def second(self, world: World, activity: Activity) -> None:
        """Speaks when a repetition is due; the order's route, deadline and power become part of what is said."""
        if (world.tick - activity.stage_tick) % round(self.repeat_s.value * 10) != 0:
            return
        if self.content.leave >= ORDER and not len(participants_near(world, activity.x, activity.y, GONE_M)):
            # Nobody is left to be ordered away: whoever goes on ordering only frightens those at home.
            activity.memo["done"] = 1
            world.consequence("aim_met", response=activity.source)
            return
        fairness = TONE.get(activity.text("tone", "plain"), 0.85)
        said = self.content.as_stimulus(1.0, fairness)
        route, power = activity.text("route"), activity.text("power")
        time_given = float(activity.order.parameters.get("minutes", 0.0)) > 0.0
        knowledge = int(said.pop("knowledge"))
        if route:
            knowledge |= int(Knows.ROUTE)
            said["exits"] = max(float(said["exits"]), 0.6)
        if time_given:
            knowledge |= int(Knows.DEADLINE)
        if power:
            knowledge |= int(Knows.REASON)
        staff = world.staff(activity)
        edge = round(edge_share(world, [(u.x, u.y) for u in staff], self.level_db.value), 3)
        for unit in staff:
            unit.speaking = True
            world.emit(
                Channel.VOICE,
                x=unit.x,
                y=unit.y,
                level_db=self.level_db.value,
                groups=world.setting.group_mask(activity.text("group")),
                knowledge=knowledge,
                **said,
            )
            share = understood_share(world, unit.x, unit.y, self.level_db.value)
            spoken = Announcement(
                tick=world.tick,
                response=activity.source,
                x=unit.x,
                y=unit.y,
                understood=round(share, 3),
                leave=self.content.leave,
                power_named=bool(power),
                route_named=bool(route),
                time_given=time_given,
                edge=edge,
            )
            world.announcements.append(spoken)
            first = activity.add("spoken") == 1.0
            world.consequence(
                "announcement",
                response=activity.source,
                understood=spoken.understood,
                leave=spoken.leave,
                tone=activity.text("tone", "plain"),
                route=route,
                power=power,
                time_given=time_given,
                edge=edge,
            )
            if first:
                world.tell(
                    Via.RADIO,
                    About.REPORT,
                    Phrase(
                        "Announcement heard by {share:.0%} of the people near; at the far edge by {edge:.0%}",
                        share=share,
                        edge=edge,
                    ),
                    sender=unit.id,
                    delay_s=15,
                )
