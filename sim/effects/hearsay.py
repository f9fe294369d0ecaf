"""Hearsay: a signal reaches the desk that may be true, false or unclear, and can be checked."""

from typing import Literal

from sim.core.phrase import LText
from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.knowledge import Claim
from sim.world.world import World


class Hearsay(Effect):
    """From now on the seat has heard the claim; what is so stays hidden until it is verified."""

    do: Literal["hearsay"]
    claim: str
    truth: Literal["true", "false", "unclear"]
    en: str
    zh: str
    rumour: bool = False
    """True when it spreads among people, too."""
    found_en: str = ""
    """What is so, as it can be said once it is checked; "" says no more than that the claim is right or wrong."""
    found_zh: str = ""

    def begin(self, world: World, activity: Activity) -> None:
        """The claim is heard of."""
        if self.claim not in world.claims:
            world.claims[self.claim] = Claim(
                id=self.claim,
                text=LText(self.en, self.zh),
                truth=self.truth,
                heard_tick=world.tick,
                is_rumour=self.rumour,
                found=LText(self.found_en, self.found_zh) if self.found_en else None,
            )
