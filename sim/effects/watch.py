"""Watch: a desk follows what is said openly and asks a first source about what nobody has checked yet."""

from typing import ClassVar, Literal

from sim.effects.effect import Effect
from sim.effects.number import Positive
from sim.effects.verify import answer
from sim.world.activity import Activity
from sim.world.knowledge import Claim
from sim.world.world import World


class Watch(Effect):
    """One claim at a time, oldest first: `takes_min` after it was taken up one independent source has answered.

    That is half of a check: the second source is for whoever decides to ask.
    """

    do: Literal["watch"]
    takes_min: Positive
    lasting: ClassVar[bool] = True

    def second(self, world: World, activity: Activity) -> None:
        """Goes on with the claim in hand, else takes up the next."""
        name = str(activity.memo.get("claim", ""))
        if name:
            if world.tick - activity.count("since") >= self.takes_min.value * 600:
                source = self._put_down(world, activity)
                answer(world, world.claims[name], source)
            return
        for claim in world.claims.values():
            if self._untouched(claim):
                source = claim.best_left()[0]
                claim.asking = (*claim.asking, source)
                activity.memo["claim"] = claim.id
                activity.memo["source"] = source
                activity.memo["since"] = world.tick
                return

    def end(self, world: World, activity: Activity) -> None:
        """The desk is closed; whoever was being asked has not answered."""
        if activity.memo.get("claim"):
            self._put_down(world, activity)

    def _put_down(self, world: World, activity: Activity) -> str:
        """Take the claim out of hand; returns the source that was asked about it."""
        source = str(activity.memo["source"])
        claim = world.claims[str(activity.memo["claim"])]
        claim.asking = tuple(name for name in claim.asking if name != source)
        activity.memo["claim"] = ""
        return source

    def _untouched(self, claim: Claim) -> bool:
        return not (claim.verified or claim.asked or claim.asking) and bool(claim.best_left())
