"""Open lane: ask the drivers whose vehicles stand on a lane to clear it; whoever agrees drives aside."""

from typing import ClassVar, Literal

from sim.core.maths import sigmoid
from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.people import Status
from sim.crowd.stimulus import Channel
from sim.effects.content import TONE, Content
from sim.effects.effect import Effect
from sim.effects.number import Number
from sim.world.activity import Activity
from sim.world.message import About, Via
from sim.world.world import World

EARSHOT_M = 25.0
"""Officers walk along the lane; this is how far one request carries."""


class OpenLane(Effect):
    """A driver agrees with a chance that rises with L, hope and rapport and falls with anger and identity."""

    do: Literal["open_lane"]
    ask_every_s: Number
    clear_s: Number
    """Seconds a driver who agrees needs to be gone."""
    emergency: bool = False
    """True when it is asked for an ambulance: a shared safety goal that most agree with."""
    content: Content = Content()
    lasting: ClassVar[bool] = True

    def begin(self, world: World, activity: Activity) -> None:
        """Chooses the lane: the one ordered, else the emergency lane with the fewest vehicles."""
        lanes = [lane for lane in world.setting.lanes.values() if lane.emergency]
        named = world.setting.lanes.get(activity.order.target)
        lane = named or min(lanes, key=lambda each: (world.road.standing(each.id), each.id))
        activity.memo["lane"] = lane.id
        world.flag("lane_asked")

    def second(self, world: World, activity: Activity) -> None:
        """Asks the next driver along the lane; stops when the lane is free."""
        lane = str(activity.memo["lane"])
        standing = [v for v in world.road.vehicles if v.lane == lane and v.leaves_tick < 0]
        if not standing:
            if not world.road.standing(lane) and "open" not in activity.memo:
                activity.memo["open"] = 1
                world.flag("lane_opened")
                world.consequence("lane_open", lane=lane)
                world.tell(
                    Via.RADIO,
                    About.REPORT,
                    Phrase("{lane} is free from end to end", lane=world.setting.lanes[lane].name),
                    sender=activity.units[0] if activity.units else "",
                    ref=lane,
                    delay_s=10,
                )
            return
        activity.memo.pop("open", None)
        if (world.tick - activity.stage_tick) % round(self.ask_every_s.value * 10) != 0:
            return
        for unit in world.staff(activity):
            vehicle = min(
                standing,
                key=lambda v: ((v.x - unit.x) * (v.x - unit.x) + (v.y - unit.y) * (v.y - unit.y), v.x),
            )
            dx, dy = vehicle.x - unit.x, vehicle.y - unit.y
            if dx * dx + dy * dy > EARSHOT_M * EARSHOT_M:
                if not unit.travelling:
                    world.send(unit, vehicle.x, vehicle.y - 3.0)
                continue
            self._ask(world, activity, vehicle.owner, lane)

    def _ask(self, world: World, activity: Activity, owner: int, lane: str) -> None:
        people, talks = world.crowd.people, world.talks
        fairness = TONE.get(activity.text("tone", "plain"), 0.85)
        near = [v for v in world.road.vehicles if v.lane == lane and v.owner == owner]
        if owner < 0 or people.status[owner] != int(Status.PRESENT):
            chance = 0.0
        else:
            world.emit(
                Channel.TOLD,
                x=float(people.x[owner]),
                y=float(people.y[owner]),
                subject=owner,
                **self.content.as_stimulus(1.0, fairness),
            )
            willing = (
                float(people.legitimacy[owner])
                + 0.5 * float(people.hope[owner])
                + 0.4 * talks.best_rapport()
                + (0.45 if self.emergency else 0.0)
                - float(people.anger[owner])
                - 0.5 * float(people.identity[owner])
            )
            chance = fairness * sigmoid((willing - 0.45) / 0.12)
        asked = activity.add("asked")
        if world.noise.uniform(Stream.COMPLY, world.tick, owner) < chance:
            for vehicle in near:
                vehicle.leaves_tick = world.tick + round(self.clear_s.value * 10)
            activity.add("agreed")
        if asked == 1.0:
            world.consequence("lane_asked", lane=lane, emergency=self.emergency)

    def end(self, world: World, activity: Activity) -> None:
        """Reports how many agreed."""
        world.consequence(
            "lane_request",
            lane=str(activity.memo.get("lane", "")),
            asked=int(activity.count("asked")),
            agreed=int(activity.count("agreed")),
            standing=world.road.standing(str(activity.memo.get("lane", ""))),
        )
