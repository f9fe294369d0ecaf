"""Evidence: what is so about a claim becomes public without us, and what was said about it is measured against that."""

from typing import Literal

from sim.effects.effect import Effect
from sim.world.activity import Activity
from sim.world.reckoning import come_out
from sim.world.world import World


class Evidence(Effect):
    """A film, a record, a person: everybody can see it now. Nobody needs to have checked the claim before."""

    do: Literal["evidence"]
    claim: str
    shows: Literal["true", "false"]

    def begin(self, world: World, activity: Activity) -> None:
        """It appears."""
        claim = world.claims.get(self.claim)
        if claim is not None:
            come_out(world, claim, self.shows)
