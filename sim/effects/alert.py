"""Alert: partners are informed, asked to stand by, or asked to come; a call beyond what is known costs weight."""

from typing import ClassVar, Literal

from sim.core.phrase import LText, Phrase
from sim.effects.effect import Effect
from sim.effects.number import Number, Positive, Share, assumed
from sim.world.activity import Activity
from sim.world.desk import Level
from sim.world.message import About, Via
from sim.world.world import World

HAPPENING = {About.GATHERING, About.EMERGENCY, About.CASUALTY, About.THREAT, About.CROWDING}
"""What, seen by our own people, is reason enough to send for help."""
LEVELS = {
    Level.INFORMATION: LText("informed", "已知情"),
    Level.STAND_BY: LText("standing by", "已待命"),
    Level.SEND: LText("on the way", "已出发"),
}


class Alert(Effect):
    """The order's `level` says how far; partners come sooner the further it is and the better it is founded.

    Standing by before being sent makes them faster. A call beyond what has been checked, or seen by our own people, is
    inflated: they come, but half as much sooner, and every later call has less weight.
    """

    do: Literal["alert"]
    raises: ClassVar[tuple[str, ...]] = ("alert_*",)
    codes: tuple[str, ...]
    information_min: Positive
    """How much sooner units come that have only been informed."""
    stand_by_min: Positive
    send_min: Positive
    ready_min: Positive
    """How much sooner still, when they had been standing by."""
    notice_min: Positive
    """Nobody comes sooner than this from now."""
    inflated: Share = assumed(0.5)
    """Share of the gain that is left of an inflated call."""
    doubt: Share = assumed(0.3)
    """Share of the weight of later calls that an inflated one costs."""
    flag: str

    def end(self, world: World, activity: Activity) -> None:
        """The calls are made, unless they were broken off; new times of arrival are known."""
        if not activity.ran(world.tick):
            return
        desk = world.desk
        level = Level[activity.text("level", "stand_by").upper()]
        if level <= desk.level:
            world.tell(Via.COMMAND, About.REPORT, Phrase("Partners had been told as much before; nothing changes"))
            return
        inflated = level > founded(world)
        gain = self._gain(level, ready=desk.level == Level.STAND_BY) * desk.credibility
        sooner = bring_forward(world, self.codes, gain * (self.inflated.value if inflated else 1.0), self.notice_min)
        if inflated:
            desk.credibility *= 1.0 - self.doubt.value
        desk.level, desk.level_tick = int(level), world.tick
        world.flag(f"alert_{level.name.lower()}")
        if level == Level.SEND:
            world.flag(self.flag)
        world.consequence("alert", response=activity.source, level=level.name.lower(), inflated=inflated)
        world.consequence("summoned", response=activity.source, units=sooner)
        self._tell(world, level, len(sooner), inflated=inflated)

    def _gain(self, level: Level, *, ready: bool) -> float:
        """Minutes units come sooner by this step alone."""
        if level == Level.SEND:
            return self.send_min.value + (self.ready_min.value if ready else 0.0)
        return self.stand_by_min.value if level == Level.STAND_BY else self.information_min.value

    def _tell(self, world: World, level: Level, number: int, *, inflated: bool) -> None:
        world.tell(
            Via.COMMAND,
            About.REPORT,
            Phrase("Partners are {level}. Units that will come sooner: {number}", level=LEVELS[level], number=number),
            delay_s=5,
        )
        if inflated:
            world.tell(
                Via.COMMAND,
                About.REPORT,
                Phrase("Partners ask what this rests on: nothing has been checked that calls for so much"),
                delay_s=10,
            )


def founded(world: World) -> Level:
    """Return how far an alert is founded on what the seat knows.

    To inform is always right. Standing by needs a signal from a source of grade C or better that has not turned out
    false; sending needs a signal confirmed by two sources, or something our own people see.
    """
    seen = any(m.tick <= world.tick and m.grade == "A" and m.about in HAPPENING for m in world.messages)
    if seen or any(claim.verified and claim.truth == "true" for claim in world.claims.values()):
        return Level.SEND
    open_ones = [c for c in world.claims.values() if not (c.verified and c.truth == "false")]
    return Level.STAND_BY if any(c.grade <= "C" for c in open_ones) else Level.INFORMATION


def bring_forward(world: World, codes: tuple[str, ...], minutes: float, notice_min: Number) -> list[str]:
    """Bring forward the arrival of units of these codes that are not here; return the ids of those that gain by it."""
    sooner = []
    for unit in world.units:
        if unit.code in codes and not unit.on_scene(world.tick):
            earliest = world.tick + round(notice_min.value * 600)
            arrives = max(earliest, unit.arrives_tick - round(minutes * 600))
            if arrives < unit.arrives_tick:
                unit.arrives_tick = arrives
                sooner.append(unit.id)
    return sooner
