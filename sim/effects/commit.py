"""Commit: something is promised, by whom, by when; who has no say over it cannot promise it."""

from typing import Literal

from sim.core.phrase import Phrase
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.talks import Promise
from sim.world.world import World


class Commit(Effect):
    """Enters the promise in the ledger; the crowd learns of it when it is reported back."""

    do: Literal["commit"]
    content: Content
    """What a demand of full weight means to whoever hears of the promise."""

    def end(self, world: World, activity: Activity) -> None:
        """The promise stands, dated if a due time was given, within authority if the owner may grant it."""
        demand = world.setting.demands.get(activity.text("demand"))
        if demand is None:
            return
        owner = "GOV" if any(u.code == "GOV" and u.mandate for u in world.staff(activity)) else "CMD"
        due_days = float(activity.order.parameters.get("due_days", 0.0))
        promise = Promise(
            number=world.next_serial(),
            demand=demand.id,
            owner=owner,
            given_tick=world.tick,
            due_min=world.minute + due_days * 1440.0,
            dated=due_days > 0.0,
            within_authority=owner in demand.grantable_by,
        )
        world.talks.promises.append(promise)
        world.flag("commitment")
        if promise.dated and promise.within_authority:
            world.flag("dated_commitment")
        world.consequence(
            "promise",
            demand=demand.id,
            owner=owner,
            due_days=due_days,
            dated=promise.dated,
            within_authority=promise.within_authority,
            weight=demand.weight,
        )
        world.tell(
            Via.DEPARTMENT,
            About.REPORT,
            Phrase("Commitment in writing on {demand}; the crowd has not been told yet", demand=demand.name),
            ref=demand.id,
            delay_s=10,
        )
