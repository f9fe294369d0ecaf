"""Announce: say something aloud to everybody within earshot, repeat it, and note how many could understand it."""

from typing import ClassVar, Literal

from sim.core.phrase import Phrase
from sim.crowd.people import Knows
from sim.crowd.stimulus import Channel
from sim.effects.content import TONE, Content
from sim.effects.effect import Effect, due
from sim.effects.number import Number, Positive
from sim.world.activity import Activity
from sim.world.hearing import edge_share, understood_share
from sim.world.knowledge import Announcement
from sim.world.message import About, Via
from sim.world.nearby import participants_near
from sim.world.observers import send_observers_away
from sim.world.press import ADVANCING, HELD_INSIDE, deeds_now
from sim.world.statement import split
from sim.world.world import World

BARE_WORDS = 0.7
"""What is left of the fairness of an appeal that says nothing but what is wanted (assumed); of an order, nothing."""
BARRED_M = 30.0
"""A closed line so near to a way out bars it."""
LEAVING = ("route", "by_when", "help")
"""What people who are asked to leave have to be told besides."""
ORDER = 0.9
"""From here on people are ordered to leave, not asked."""
GONE_M = 60.0
"""Nobody left within this distance of the place: the order has met its aim (assumed)."""


class Announce(Effect):
    """A voice at `level_db` from where the units stand, every `repeat_s` while it runs.

    What is in it comes from the order: the way out, the time and the power it names, and the parts it lists under
    `slots` (who, what, ask, why, help, next_update, repeat). What is done at the same time can cancel it.
    """

    do: Literal["announce"]
    level_db: Number
    """At 1 m: a raised voice about 75, a hand-held loudspeaker 110, a horn system 115."""
    repeat_s: Positive
    content: Content
    lasting: ClassVar[bool] = True

    def second(self, world: World, activity: Activity) -> None:
        """Speaks when a repetition is due."""
        if not due(world, activity, self.repeat_s):
            return
        if self.content.leave >= ORDER and not len(participants_near(world, activity.x, activity.y, GONE_M)):
            # Nobody is left to be ordered away: whoever goes on ordering only frightens those at home.
            activity.memo["done"] = 1
            world.consequence("aim_met", response=activity.source)
            return
        parts = self.parts(activity)
        if "repeat" not in parts and activity.count("spoken"):
            return
        cancelled = self._cancelled(world, activity)
        complete = self.completeness(parts)
        # Whoever is ordered to go without why, where to or by when meets no fair dealing, however it is put.
        bare = 0.0 if self.content.leave >= ORDER else BARE_WORDS
        fairness = TONE.get(activity.text("tone", "plain"), 0.85) * (bare + (1.0 - bare) * complete)
        said = self.content.as_stimulus(1.0, fairness)
        knowledge = int(said.pop("knowledge"))
        for part, bit in (("route", Knows.ROUTE), ("by_when", Knows.DEADLINE), ("why", Knows.REASON)):
            knowledge |= int(bit) if part in parts else 0
        knowledge |= int(Knows.NEXT_UPDATE) if "next_update" in parts else 0
        if "route" in parts:
            said["exits"] = max(float(said["exits"]), 0.6)
        if cancelled:
            knowledge &= ~int(Knows.ROUTE)
            said |= {"quality": 0.0, "hope": 0.0, "exits": 0.0, "leave": 0.0}
        quality = 0.0 if cancelled else round(fairness, 3)
        staff = world.staff(activity)
        if activity.text("observers") == "leave":
            send_observers_away(world, activity.x, activity.y)
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
            share = round(understood_share(world, unit.x, unit.y, self.level_db.value), 3)
            self._record(world, activity, (unit.x, unit.y), (share, edge), quality, cancelled=cancelled)
            if activity.add("spoken") == 1.0:
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

    def parts(self, activity: Activity) -> tuple[str, ...]:
        """What is in it: what the order lists, or what goes without saying, and what its other parameters name."""
        listed = split(activity.text("slots"))
        if not listed:
            tells = self.content.tells
            listed = ("who", "what", "ask", "repeat", *(part for part in ("help", "next_update") if part in tells))
            listed = (*listed, "why") if "reason" in tells else listed
        named = {
            "why": bool(activity.text("power")),
            "route": bool(activity.text("route")),
            "by_when": float(activity.order.parameters.get("minutes", 0.0)) > 0.0,
        }
        return (*listed, *(part for part, there in named.items() if there and part not in listed))

    def completeness(self, parts: tuple[str, ...]) -> float:
        """Share of what people need to be told that they are told, 0..1."""
        needed = ("who", "what", "why", *(LEAVING if self.content.leave > 0.0 else ("next_update",)))
        return sum(1.0 for part in needed if part in parts) / len(needed)

    def _cancelled(self, world: World, activity: Activity) -> bool:
        """True when what is being done gives it the lie: a way named that is barred, people held and asked to go."""
        deeds = deeds_now(world)
        route = world.setting.places.get(activity.text("route"))
        if route is not None:
            x, y = route.centre.x, route.centre.y
            closed = [u for u in world.units if u.closed and u.on_scene(world.tick)]
            if any((u.x - x) * (u.x - x) + (u.y - y) * (u.y - y) < BARRED_M * BARRED_M for u in closed):
                return True
        if HELD_INSIDE in deeds and (self.content.leave > 0.0 or self.content.exits > 0.0):
            return True
        return ADVANCING in deeds and "rights" in self.content.tells

    def _record(
        self,
        world: World,
        activity: Activity,
        spot: tuple[float, float],
        heard: tuple[float, float],
        quality: float,
        *,
        cancelled: bool,
    ) -> None:
        """Writes down what was said; `heard` are the shares who understood it near by and at the far edge."""
        share, edge = heard
        route, power = activity.text("route"), activity.text("power")
        time_given = float(activity.order.parameters.get("minutes", 0.0)) > 0.0
        world.announcements.append(
            Announcement(
                tick=world.tick,
                response=activity.source,
                x=spot[0],
                y=spot[1],
                understood=share,
                leave=self.content.leave,
                power_named=bool(power),
                route_named=bool(route),
                time_given=time_given,
                quality=quality,
                contradicted=cancelled,
                edge=edge,
            )
        )
        world.consequence(
            "announcement",
            response=activity.source,
            understood=share,
            leave=self.content.leave,
            tone=activity.text("tone", "plain"),
            route=route,
            power=power,
            time_given=time_given,
            quality=quality,
            contradicted=cancelled,
            edge=edge,
        )
