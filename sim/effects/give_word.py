"""Give word: the police promise aloud something that is theirs to give; the ledger watches whether it comes."""

from typing import Literal

from sim.core.phrase import Phrase
from sim.crowd.stimulus import Channel
from sim.effects.content import TONE, Content
from sim.effects.effect import Effect
from sim.effects.number import Number
from sim.world.activity import Activity
from sim.world.ledger import enter, named, spread
from sim.world.message import About, Via
from sim.world.talks import Promise
from sim.world.world import World


class GiveWord(Effect):
    """Said once everything else is done; saying an open word again lets more people hear it and moves no date."""

    do: Literal["give_word"]
    word: Literal["", "water", "news", "warning"] = ""
    """What is promised; "" for what the order's `word` says."""
    level_db: Number
    content: Content = Content()

    def end(self, world: World, activity: Activity) -> None:
        """The word stands in the ledger, and whoever understood it has heard of it."""
        kind = self.word or activity.text("word", "news")
        minutes = float(activity.order.parameters.get("minutes", 0.0))
        promise = next((p for p in world.talks.promises if p.kind == kind and p.kept is None), None)
        if promise is None:
            promise = Promise(
                number=world.next_serial(),
                demand="",
                owner="CMD",
                given_tick=world.tick,
                due_min=world.minute + minutes if minutes else world.setting.end_min,
                dated=minutes > 0.0,
                within_authority=True,
                told_crowd=True,
                kind=kind,
            )
            enter(world, promise)
        said = self.content.as_stimulus(world.talks.credit(), TONE.get(activity.text("tone", "plain"), 0.85))
        for unit in world.staff(activity):
            world.emit(Channel.VOICE, x=unit.x, y=unit.y, level_db=self.level_db.value, **said)
            spread(world, promise, unit.x, unit.y, self.level_db.value)
        world.tell(
            Via.RADIO,
            About.REPORT,
            Phrase("Our word is given: {what}", what=named(world, promise)),
            sender=activity.units[0] if activity.units else "",
            delay_s=10,
        )
