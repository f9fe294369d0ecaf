"""Opinion: the wider public hears of something and judges the handling by it."""

from typing import Literal

from sim.effects.effect import Effect
from sim.effects.number import Number
from sim.world.activity import Activity
from sim.world.world import World


class PublicOpinion(Effect):
    """Moves the wider public's judgement and its unmet need to know."""

    do: Literal["public_opinion"]
    public: Number = Number(assumed=0.0)
    bystanders: Number = Number(assumed=0.0)
    uncertainty: Number = Number(assumed=0.0)

    def begin(self, world: World, activity: Activity) -> None:
        """They judge."""
        world.opinion.judge("public", self.public.value)
        world.opinion.judge("bystanders", self.bystanders.value)
        world.opinion.uncertainty = min(1.0, max(0.0, world.opinion.uncertainty + self.uncertainty.value))
