"""Report back: the crowd's own representatives say aloud what was agreed, with help to be heard."""

from typing import ClassVar, Literal

import numpy as np

from sim.core.phrase import Phrase
from sim.crowd.people import Knows, Status
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect, due
from sim.effects.number import Number, Positive
from sim.effects.represent import LEAST_SHARE
from sim.world.activity import Activity
from sim.world.bargain import agreeing, fit, groups_present, members
from sim.world.hearing import understood_share
from sim.world.ledger import spread
from sim.world.message import About, Via
from sim.world.world import World

HEARD_AGAIN, EMPTY_HANDED = 0.5, 0.3
"""Standing representatives gain by reporting something, and lose by having nothing to report (assumed)."""


class ReportBack(Effect):
    """Heard from where the speakers stand. A promise without a date moves little; an empty one angers."""

    do: Literal["report_back"]
    raises: ClassVar[tuple[str, ...]] = ("reported_back", "vote_*")
    level_db: Number
    repeat_s: Positive
    content: Content
    """What is said when a dated commitment within authority exists, for a demand of full weight."""
    undated: Content
    """What is said when there is a promise without date or authority."""
    nothing: Content
    """What is said when there is none."""
    agreed: Content = Content(quality=0.2, hope=0.2)
    """What it means to see most hands go up for it."""
    turned_down: Content = Content(hope=-0.2)
    outvoted: Content = Content(hope=-0.2)
    """... for groups of which most were against."""
    lasting: ClassVar[bool] = True

    def second(self, world: World, activity: Activity) -> None:
        """Speaks when a repetition is due."""
        if not due(world, activity, self.repeat_s):
            return
        talks, people = world.talks, world.crowd.people
        good = talks.commitments()
        content, weight = self.nothing, 1.0
        if good:
            content = self.content
            weight = min(1.0, sum(world.setting.demands[p.demand].weight for p in good) / 1.5)
            weight *= talks.credit() * (0.5 + 0.5 * talks.standing)
        elif any(p.kind == "demand" for p in talks.promises):
            content = self.undated
        said = content.as_stimulus(weight)
        said["knowledge"] = int(said["knowledge"]) | (int(Knows.COMMITMENT) if good else 0)
        speakers = [i for i in talks.representatives if people.status[i] == int(Status.PRESENT)][:3]
        points = [(float(people.x[i]), float(people.y[i])) for i in speakers] or [(activity.x, activity.y)]
        for x, y in points:
            world.emit(Channel.VOICE, x=x, y=y, level_db=self.level_db.value, **said)
            for promise in (p for p in talks.promises if p.kind == "demand" and p.kept is not False):
                spread(world, promise, x, y, self.level_db.value)
        share = max(understood_share(world, x, y, self.level_db.value) for x, y in points)
        if activity.add("spoken") == 1.0:
            talks.reported_back_tick, talks.report_due_tick = world.tick, -1
            talks.standing = min(1.0, talks.standing + HEARD_AGAIN) if good else max(0.0, talks.standing - EMPTY_HANDED)
            world.flag("reported_back")
        if share > 0.3:
            for promise in good:
                promise.told_crowd = True
        world.consequence("report_back", promises=len(good), understood=round(share, 3))

    def end(self, world: World, activity: Activity) -> None:
        """A show of hands among those who heard it, where there is something to vote on; leaders may split over it."""
        good = world.talks.commitments()
        if not good or not activity.count("spoken"):
            return
        hall = world.crowd.people.knowledge & int(Knows.COMMITMENT) != 0
        shares: dict[str, float] = {}
        hands: dict[str, int] = {}
        yes = 0
        for group in groups_present(world):
            rows = members(world, group)
            rows = rows[hall[rows]]
            if len(rows):
                count = int(np.count_nonzero(agreeing(world, rows, group, fit(world, group, good))))
                shares[group], hands[group], yes = round(count / len(rows), 4), len(rows), yes + count
        voters = sum(hands.values())
        if voters:
            # A handful of people outvoted is no split.
            some = [group for group in shares if hands[group] >= LEAST_SHARE * voters]
            self._decide(world, shares, yes / voters, tuple(group for group in some if shares[group] <= 0.5))

    def _decide(self, world: World, shares: dict[str, float], together: float, against: tuple[str, ...]) -> None:
        talks = world.talks
        carried = together > 0.5
        outcome = "lost" if not carried else "split" if against else "carried"
        talks.vote, talks.vote_tick, talks.carried = shares, world.tick, carried
        world.flag(f"vote_{outcome}")
        world.consequence("vote", outcome=outcome, share=round(together, 4), groups=shares)
        self._seen(world, against if carried else ())
        if outcome == "split":
            walk_out(world, against)
        said = {
            "carried": Phrase("Show of hands: {share:.0%} for what was agreed", share=together),
            "split": Phrase("Show of hands: {share:.0%} for it, but their leaders are split over it", share=together),
            "lost": Phrase("Show of hands: only {share:.0%} for it; it is turned down", share=together),
        }
        world.tell(Via.RADIO, About.REPORT, said[outcome], delay_s=15)

    def _seen(self, world: World, against: tuple[str, ...]) -> None:
        """Whoever stands around sees how the hands go up; the outvoted see that they are."""
        people, talks = world.crowd.people, world.talks
        mask = sum(world.setting.group_mask(group) for group in against)
        for person in talks.representatives:
            if people.status[person] == int(Status.PRESENT):
                x, y = float(people.x[person]), float(people.y[person])
                content = self.agreed if talks.carried else self.turned_down
                world.emit(Channel.SIGHT, x=x, y=y, prominence=1.0, **content.as_stimulus(talks.credit()))
                if mask:
                    world.emit(Channel.SIGHT, x=x, y=y, groups=mask, **self.outvoted.as_stimulus())


def walk_out(world: World, groups: tuple[str, ...]) -> None:
    """Those who speak for groups that did not get what they came for leave the table."""
    talks = world.talks
    stay = [k for k, group in enumerate(talks.speak_for) if group not in groups]
    if len(stay) == len(talks.speak_for):
        return
    world.consequence("leaders_split", groups=list(groups), left=len(talks.speak_for) - len(stay))
    talks.representatives = tuple(talks.representatives[k] for k in stay)
    talks.speak_for = tuple(talks.speak_for[k] for k in stay)
