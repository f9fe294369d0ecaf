"""Report back: the crowd's own representatives say aloud what was agreed, with help to be heard."""

from typing import ClassVar, Literal

from sim.crowd.people import Knows, Status
from sim.crowd.stimulus import Channel
from sim.effects.content import Content
from sim.effects.effect import Effect
from sim.effects.number import Number
from sim.world.activity import Activity
from sim.world.hearing import understood_share
from sim.world.world import World


class ReportBack(Effect):
    """Heard from where the speakers stand. A promise without a date moves little; an empty one angers."""

    do: Literal["report_back"]
    level_db: Number
    repeat_s: Number
    content: Content
    """What is said when a dated commitment within authority exists, for a demand of full weight."""
    undated: Content
    """What is said when there is a promise without date or authority."""
    nothing: Content
    """What is said when there is none."""
    lasting: ClassVar[bool] = True

    def second(self, world: World, activity: Activity) -> None:
        """Speaks when a repetition is due."""
        if (world.tick - activity.stage_tick) % round(self.repeat_s.value * 10) != 0:
            return
        talks, people = world.talks, world.crowd.people
        good = [p for p in talks.promises if p.dated and p.within_authority and p.kept is not False]
        content, weight = self.nothing, 1.0
        if good:
            content = self.content
            weight = min(1.0, sum(world.setting.demands[p.demand].weight for p in good) / 1.5)
        elif talks.promises:
            content = self.undated
        said = content.as_stimulus(weight)
        said["knowledge"] = int(said["knowledge"]) | (int(Knows.COMMITMENT) if good else 0)
        speakers = [i for i in talks.representatives if people.status[i] == int(Status.PRESENT)][:3]
        points = [(float(people.x[i]), float(people.y[i])) for i in speakers] or [(activity.x, activity.y)]
        for x, y in points:
            world.emit(Channel.VOICE, x=x, y=y, level_db=self.level_db.value, **said)
        share = max(understood_share(world, x, y, self.level_db.value) for x, y in points)
        if activity.add("spoken") == 1.0:
            talks.reported_back_tick = world.tick
            world.flag("reported_back")
        if share > 0.3:
            for promise in good:
                promise.told_crowd = True
        world.consequence("report_back", promises=len(good), understood=round(share, 3))
