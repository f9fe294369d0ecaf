"""Ring contact: somebody the group listens to is asked what they plan, then for an agreement before anybody comes."""

from typing import ClassVar, Literal

from sim.core.phrase import LText, Phrase
from sim.crowd.stimulus import Channel
from sim.effects.content import TONE, Content
from sim.effects.effect import Effect
from sim.effects.number import Number, Share, assumed
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World

AGREED = {
    "corridor": LText(
        "The contact agrees: one lane is to stay free for ambulances, and will pass it on",
        "联络人同意：留出一条车道供救护车通行，并会转告大家",
    ),
    "signals": LText(
        "The contact agrees on how to talk: who is rung, what is announced before it happens",
        "联络人同意约定沟通方式：找谁联系、哪些事会事先告知",
    ),
}
"""What can be agreed once the contact has been heard, by the order's `ask`."""
AGREEING = 0.5
"""What a call that asks for something new says of fairness and hope, against one that only listens (assumed)."""


class RingContact(Effect):
    """What is said gets round among those online; the order's `ask` is `listen`, `corridor` or `signals`.

    Listening comes first: nothing can be agreed with somebody nobody has listened to, nor in a stern tone. Asked for
    names (`collect`), the contact puts the receiver down, and that gets round too.
    """

    do: Literal["ring_contact"]
    raises: ClassVar[tuple[str, ...]] = ("agreed_*",)
    flag: str
    reach: Share
    content: Content
    names: Content
    """What gets round when names were asked for."""
    demands: Number = assumed(1)
    """So many demands come to light in each call that listens."""

    def end(self, world: World, activity: Activity) -> None:
        """The call is over, unless it was broken off."""
        if activity.run_ticks and not activity.ran(world.tick):
            return
        if activity.text("collect", "none") != "none":
            self._spread(world, activity, self.names, 1.0)
            world.consequence("contact_lost", response=activity.source)
            world.tell(Via.CALL, About.REPORT, Phrase("Asked for names, the contact has put the receiver down"))
            return
        desk = world.desk
        ask = activity.text("ask", "listen")
        fairness = TONE.get(activity.text("tone", "plain"), 0.85)
        # The second call about the same says half of what the first said, the third a third (assumed).
        strength = 1.0 / (1 + desk.calls) if ask not in AGREED or ask in desk.agreed else AGREEING
        if ask in AGREED:
            self._agree(world, activity, ask)
        else:
            self._listen(world)
        self._spread(world, activity, self.content, strength * fairness)
        desk.calls += 1
        world.flag(self.flag)
        world.consequence("contact_called", response=activity.source, ask=ask, agreed=list(desk.agreed))

    def _listen(self, world: World) -> None:
        talks, desk = world.talks, world.desk
        if desk.calls == 0:
            world.tell(
                Via.CALL,
                About.REPORT,
                Phrase("The contact was glad to be asked and says when, where and about what they mean to gather"),
                delay_s=10,
            )
        unheard = [d for d in world.setting.demands.values() if d.spoken and d.id not in talks.heard]
        for demand in sorted(unheard, key=lambda d: (-d.weight, d.id))[: round(self.demands.value)]:
            talks.heard = (*talks.heard, demand.id)
            world.tell(
                Via.CALL,
                About.REPORT,
                Phrase("What they want, says the contact: {demand}", demand=demand.name),
                ref=demand.id,
                delay_s=15,
            )

    def _agree(self, world: World, activity: Activity, ask: str) -> None:
        desk = world.desk
        if ask in desk.agreed:
            world.tell(Via.CALL, About.REPORT, Phrase("That was agreed before; the contact has nothing to add"))
        elif desk.calls == 0 or activity.text("tone") == "stern":
            world.tell(
                Via.CALL,
                About.REPORT,
                Phrase("The contact agrees to nothing: somebody should listen first"),
                delay_s=10,
            )
        else:
            desk.agreed = (*desk.agreed, ask)
            world.flag(f"agreed_{ask}")
            if ask == "signals" and world.talks.procedure_agreed_tick < 0:
                world.talks.procedure_agreed_tick = world.tick
            world.tell(Via.CALL, About.REPORT, AGREED[ask], delay_s=10)

    def _spread(self, world: World, activity: Activity, content: Content, strength: float) -> None:
        world.emit(
            Channel.ONLINE,
            x=activity.x,
            y=activity.y,
            reach=self.reach.value,
            **content.as_stimulus(strength),
        )
