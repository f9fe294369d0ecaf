"""Follow up: whoever owes the keeping of a promise is held to it before its date."""

from typing import Literal

from sim.core.phrase import Phrase
from sim.effects.effect import Effect
from sim.effects.number import Share
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World


class FollowUp(Effect):
    """Makes it likelier that open promises are kept; it does nothing for one its giver could not decide."""

    do: Literal["follow_up"]
    chance: Share
    """Added to the half of its owner's reliability that a promise keeps which nobody asks about."""
    every: bool = False
    """True for all open promises; else that on the order's `demand`, or the one due soonest."""

    def end(self, world: World, activity: Activity) -> None:
        """The owner has been asked what was done and by when the rest will be."""
        pressed = world.aftermath.pressed
        open_ones = sorted((p for p in world.talks.promises if p.kept is None), key=lambda p: (p.due_min, p.number))
        wanted = activity.text("demand") or (open_ones[0].demand if open_ones else "")
        found = [p for p in open_ones if self.every or p.demand == wanted]
        for promise in found:
            key = str(promise.number)
            pressed[key] = pressed.get(key, 0.0) + self.chance.value
        world.consequence("followed_up", response=activity.source, promises=[p.number for p in found])
        if self.every:
            return
        beyond = any(not p.within_authority for p in found)
        world.tell(
            Via.DEPARTMENT,
            About.REPORT,
            Phrase("Whoever signed that could not decide it, and nobody else will.")
            if beyond
            else Phrase("The department has named who does it and shown how far it is.")
            if found
            else Phrase("There is no open promise on that."),
            ref=wanted,
            grade="A",
        )
