"""Identify: film and witnesses are secured where something happened, so that it is known who did it."""

from typing import ClassVar, Literal

from sim.core.phrase import Phrase
from sim.effects.effect import Effect
from sim.effects.number import Positive
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.pointing_out import NOBODY, secure_evidence
from sim.world.world import OFFENCE_FRESH_TICKS, World


class Identify(Effect):
    """Whoever offended near here lately, or does while it goes on, can be pointed out; the seat is told whether any."""

    do: Literal["identify"]
    reach_m: Positive
    back_min: Positive
    """So far back people remember and film shows who it was, min."""
    lasting: ClassVar[bool] = True

    def begin(self, world: World, activity: Activity) -> None:
        """Asks those who stood there and secures what was filmed."""
        number = secure_evidence(world, activity.x, activity.y, self.reach_m.value, round(600 * self.back_min.value))
        activity.memo["shown"] = number
        _say(world, activity, number)

    def second(self, world: World, activity: Activity) -> None:
        """Goes on looking; says so when somebody can be pointed out where nobody could before."""
        number = secure_evidence(world, activity.x, activity.y, self.reach_m.value, OFFENCE_FRESH_TICKS)
        if number and not activity.memo["shown"]:
            activity.memo["shown"] = number
            _say(world, activity, number)


def _say(world: World, activity: Activity, number: int) -> None:
    says = (
        Phrase(
            "Evidence secured: time, place, act, and who did it. So many can be pointed out: {number}", number=number
        )
        if number
        else NOBODY
    )
    sender = activity.units[0] if activity.units else ""
    place = activity.order.target if activity.order.target in world.setting.places else ""
    world.tell(Via.RADIO, About.REPORT, says, sender=sender, place=place, grade="A", delay_s=10)
