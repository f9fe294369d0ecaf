"""Let out: of those held in a closed ring the vulnerable go first, then whoever takes no part, then all or nobody."""

from typing import ClassVar, Literal

from sim.core.phrase import Phrase
from sim.crowd.people import Status
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect, due
from sim.effects.number import Positive
from sim.world.activity import Activity
from sim.world.held import REVIEWED, inside, next_out, rings
from sim.world.message import About, Via
from sim.world.world import World

VOICE_DB = 100.0
"""What is said to those inside is said through a hand-held loudspeaker, turned down (assumed)."""


class LetOut(Effect):
    """A review says again why the ring stands, and it goes on; a release ends it once those who come first are out."""

    do: Literal["let_out"]
    responses: tuple[str, ...]
    """Whose rings."""
    each_s: Positive
    """How long it takes to let one person through, s."""
    opens: bool = False
    """True when the ring opens in the end."""
    content: Content
    """What those inside and those who look on make of it."""
    lasting: ClassVar[bool] = True

    def begin(self, world: World, activity: Activity) -> None:
        """It is said aloud and can be seen; the time to the next review begins anew."""
        for ring in rings(world, *self.responses):
            ring.memo[REVIEWED] = world.tick
            ring.memo.pop("asked", None)
            for unit in world.staff(ring):
                channel = Channel.SIGHT if self.opens else Channel.VOICE
                world.emit(channel, x=unit.x, y=unit.y, level_db=VOICE_DB, **self.content.as_stimulus())
            number = len(inside(world, ring))
            if not self.opens:
                world.consequence("containment_reviewed", response=ring.source, inside=number)

    def second(self, world: World, activity: Activity) -> None:
        """Lets the next one through; done when nobody is left who comes first."""
        if not due(world, activity, self.each_s):
            return
        for ring in rings(world, *self.responses):
            person = next_out(world, ring)
            if person >= 0:
                world.remove(person, Status.LEFT)
                activity.add("out")
                return
        self._finish(world, activity)

    def _finish(self, world: World, activity: Activity) -> None:
        out, held = int(activity.count("out")), 0
        for ring in rings(world, *self.responses):
            held += len(inside(world, ring))
            if self.opens:
                for unit in world.staff(ring):
                    unit.closed = False
                ring.memo["stop"] = 1
        activity.memo["done"] = 1
        world.consequence("let_out", response=activity.source, first=out, others=held, opened=self.opens)
        said = (
            Phrase("The ring is open. Let out first: {out}; then the others: {held}.", out=out, held=held)
            if self.opens
            else Phrase("Those inside have been told why. Let out: {out}. Still held: {held}.", out=out, held=held)
        )
        world.tell(Via.RADIO, About.REPORT, said, grade="A", delay_s=5)
