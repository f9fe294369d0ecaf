"""Commit: something is promised, by whom, by when; who has no say over it cannot promise it."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from sim.core.phrase import Phrase
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.bargain import groups_present, may_grant
from sim.world.ledger import enter
from sim.world.message import About, Via
from sim.world.setting import Demand
from sim.world.talks import INFLUENCE_RAPPORT, Promise
from sim.world.unit import Unit
from sim.world.world import World

JUMPED = 0.1
"""Rapport lost with whoever is handed terms before they were heard (assumed)."""


def promising(units: Sequence[Unit]) -> str:
    """Code of the side in whose name these units can promise: the department when one of them may decide for it."""
    return "GOV" if any(u.code == "GOV" and u.mandate for u in units) else "CMD"


def jumped(world: World) -> None:
    """Terms before rapport: every group that has not been heard out takes it as being talked over."""
    talks = world.talks
    for group in groups_present(world):
        before = talks.rapport.get(group, 0.0)
        if 0.0 < before < INFLUENCE_RAPPORT:
            talks.rapport[group] = max(0.0, before - JUMPED)


class Commit(Effect):
    """Enters the promise in the ledger; the crowd learns of it when it is reported back."""

    do: Literal["commit"]
    raises: ClassVar[tuple[str, ...]] = ("commitment", "dated_commitment")
    content: Content
    """What a demand of full weight means to whoever hears of the promise."""

    def end(self, world: World, activity: Activity) -> None:
        """Every demand named stands promised, dated if a due time was given, within authority if the owner may."""
        names = [name for name in activity.text("demand").split("+") if name in world.setting.demands]
        for name in names:
            self._promise(world, activity, world.setting.demands[name])
        if names:
            jumped(world)

    @staticmethod
    def _promise(world: World, activity: Activity, demand: Demand) -> None:
        owner, rung = promising(world.staff(activity)), activity.text("rung", "date")
        due_days = float(activity.order.parameters.get("due_days", 0.0))
        promise = Promise(
            number=world.next_serial(),
            demand=demand.id,
            owner=owner,
            given_tick=world.tick,
            due_min=world.minute + due_days * 1440.0,
            dated=due_days > 0.0,
            within_authority=may_grant(demand, owner, rung),
            rung=rung,
        )
        for term in world.talks.terms:
            term.written = term.written or term.demand == demand.id
        enter(world, promise)
        world.flag("commitment")
        if promise.dated and promise.within_authority:
            world.flag("dated_commitment")
        world.tell(
            Via.DEPARTMENT,
            About.REPORT,
            Phrase("Commitment in writing on “{demand}”; the crowd has not been told yet", demand=demand.name),
            ref=demand.id,
            delay_s=10,
        )
