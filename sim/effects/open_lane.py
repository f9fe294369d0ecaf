"""Open lane: ask those whose vehicles, or who themselves, stand on a lane to clear it; whoever agrees makes room."""

from typing import ClassVar, Literal

from sim.core.maths import sigmoid
from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.people import Status
from sim.crowd.stimulus import Channel
from sim.effects.block import agreed_lane
from sim.effects.content import TONE, Content
from sim.effects.effect import Effect, due
from sim.effects.number import Positive
from sim.world.activity import Activity
from sim.world.crowding import CHECKED
from sim.world.message import About, Via
from sim.world.nearby import TOGETHER, Rows, standing_on
from sim.world.road import Vehicle
from sim.world.unit import Unit
from sim.world.world import World

AGREED = 0.2
"""How much readier a driver is to clear a lane that was agreed on beforehand (assumed)."""
EARSHOT_M = 25.0
"""Officers walk along the lane; this is how far one request carries."""
ASIDE_M = 3.5
"""How far from the axis of the lane who makes room goes to stand, m."""
_ASIDE = "aside:"


PLANNED = 2
"""Drivers asked at a time where the ground was checked: the plan says which cars have to move first (assumed)."""


def _hears(unit: Unit, vehicle: Vehicle) -> bool:
    dx, dy = vehicle.x - unit.x, vehicle.y - unit.y
    return dx * dx + dy * dy <= EARSHOT_M * EARSHOT_M


class OpenLane(Effect):
    """A driver agrees with a chance that rises with L, hope and rapport and falls with anger and identity."""

    do: Literal["open_lane"]
    raises: ClassVar[tuple[str, ...]] = ("lane_asked", "lane_opened")
    ask_every_s: Positive
    clear_s: Positive
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
        self._keep_aside(world, activity)
        if not standing:
            sitting = standing_on(world, world.setting.lanes[lane])
            if len(sitting) >= TOGETHER:
                self._ask_people(world, activity, sitting)
                return
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
        if not due(world, activity, self.ask_every_s):
            return
        planned = PLANNED if CHECKED in world.flags else 1
        for unit in world.staff(activity):
            nearest = sorted(
                standing,
                key=lambda v: ((v.x - unit.x) * (v.x - unit.x) + (v.y - unit.y) * (v.y - unit.y), v.x),
            )[:planned]
            within = [vehicle for vehicle in nearest if _hears(unit, vehicle)]
            for vehicle in within:
                self._ask(world, activity, vehicle.owner, lane)
            if not within and not unit.travelling:
                world.send(unit, nearest[0].x, nearest[0].y - 3.0)

    def _ask_people(self, world: World, activity: Activity, sitting: Rows) -> None:
        """Asks who stands nearest to each team to make room; whoever agrees steps aside and stays there."""
        if not due(world, activity, self.ask_every_s):
            return
        people, lane = world.crowd.people, world.setting.lanes[str(activity.memo["lane"])]
        for unit in world.staff(activity):
            rows = [int(i) for i in sitting if f"{_ASIDE}{i}" not in activity.memo]
            if not rows:
                return
            person = min(rows, key=lambda i: (abs(people.x[i] - unit.x) + abs(people.y[i] - unit.y), i))
            x, y = float(people.x[person]), float(people.y[person])
            if (x - unit.x) * (x - unit.x) + (y - unit.y) * (y - unit.y) > EARSHOT_M * EARSHOT_M:
                if not unit.travelling:
                    world.send(unit, x, y)
                continue
            if activity.add("asked") == 1.0:
                world.consequence("lane_asked", lane=lane.id, emergency=self.emergency)
            if world.noise.uniform(Stream.COMPLY, world.tick, person) < self._chance(world, activity, person):
                activity.memo[f"{_ASIDE}{person}"] = world.tick
                activity.add("agreed")

    @staticmethod
    def _keep_aside(world: World, activity: Activity) -> None:
        """Who agreed to make room has their spot beside the lane, on the side they gather on."""
        people, lane = world.crowd.people, world.setting.lanes[str(activity.memo["lane"])]
        for name in activity.memo:
            if not name.startswith(_ASIDE):
                continue
            person = int(name[len(_ASIDE) :])
            if abs(float(people.spot_y[person]) - lane.y) < ASIDE_M:
                side = 1.0 if world.setting.gathering.y >= lane.y else -1.0
                people.spot_y[person] = lane.y + side * ASIDE_M

    def _chance(self, world: World, activity: Activity, person: int) -> float:
        """Asks somebody in person and returns how likely they are to agree, 0..1."""
        people = world.crowd.people
        fairness = TONE.get(activity.text("tone", "plain"), 0.85)
        world.emit(
            Channel.TOLD,
            x=float(people.x[person]),
            y=float(people.y[person]),
            subject=person,
            **self.content.as_stimulus(1.0, fairness),
        )
        willing = (
            float(people.legitimacy[person])
            + 0.5 * float(people.hope[person])
            + 0.4 * world.talks.best_rapport()
            + (0.45 if self.emergency else 0.0)
            + (AGREED if str(activity.memo["lane"]) == agreed_lane(world) else 0.0)
            - float(people.anger[person])
            - 0.5 * float(people.identity[person])
        )
        return fairness * sigmoid((willing - 0.45) / 0.12)

    def _ask(self, world: World, activity: Activity, owner: int, lane: str) -> None:
        near = [v for v in world.road.vehicles if v.lane == lane and v.owner == owner]
        gone = owner < 0 or world.crowd.people.status[owner] != int(Status.PRESENT)
        chance = 0.0 if gone else self._chance(world, activity, owner)
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
