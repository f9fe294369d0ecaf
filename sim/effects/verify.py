"""Verify: two independent sources are asked about a signal or rumour before anybody acts on it."""

from typing import Literal

from sim.core.phrase import LText, Phrase
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World

VERDICTS = {
    "true": LText("Confirmed by two sources", "经两个独立来源证实属实"),
    "false": LText("Not so, two sources contradict it", "不属实，两个独立来源均予否定"),
    "unclear": LText("Still unclear, the sources do not agree", "尚不清楚，来源说法不一"),
}


class Verify(Effect):
    """The seat learns the truth when the checking is done, and has something to show for it."""

    do: Literal["verify"]

    def begin(self, world: World, activity: Activity) -> None:
        """The clock of checking starts."""
        claim = world.claims.get(activity.order.target)
        if claim is not None and claim.checking_since < 0:
            claim.checking_since = world.tick

    def end(self, world: World, activity: Activity) -> None:
        """The verdict arrives."""
        claim = world.claims.get(activity.order.target)
        if claim is None or claim.verified:
            return
        claim.verified_tick = world.tick
        claim.evidence = True
        world.flag(f"verified:{claim.id}")
        world.consequence("verified", claim=claim.id, truth=claim.truth, is_rumour=claim.is_rumour)
        world.tell(
            Via.INFORMATION,
            About.REPORT,
            Phrase("{verdict}: “{claim}”", claim=claim.text, verdict=VERDICTS[claim.truth]),
            ref=claim.id,
            grade="A",
        )
