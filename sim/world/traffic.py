"""Traffic: drivers who go home take their vehicles, and ambulances get through or wait."""

from sim.core.phrase import Phrase
from sim.crowd.people import Act, Status
from sim.world.message import About, Via
from sim.world.nearby import sat_upon
from sim.world.road import AMBULANCE_MPS, LOOK_AHEAD_M, Ambulance
from sim.world.world import World

DRIVE_OFF_TICKS = 600
"""Getting in and getting away takes a minute (assumed)."""


def advance_traffic(world: World) -> None:
    """One second of vehicles and ambulances."""
    people = world.crowd.people
    if not (world.road.vehicles or world.road.ambulances):
        return
    for vehicle in world.road.vehicles if world.tick % 50 == 0 else ():
        if vehicle.leaves_tick >= 0 or vehicle.owner < 0:
            continue
        going = people.status[vehicle.owner] in (int(Status.LEFT), int(Status.MOVED))
        if going or people.act[vehicle.owner] == int(Act.LEAVE):
            vehicle.leaves_tick = world.tick + DRIVE_OFF_TICKS
    for vehicle in world.road.clear_gone(world.tick):
        owner = vehicle.owner
        if owner >= 0 and people.status[owner] == int(Status.PRESENT) and people.act[owner] == int(Act.LEAVE):
            world.remove(owner, Status.LEFT)
    for ambulance in world.road.ambulances:
        if ambulance.arrived_tick < 0:
            _drive(world, ambulance)


def watch_lanes(world: World) -> None:
    """Keeps the clock of disruption: how long no lane that ambulances use has been free of vehicles and of people."""
    lanes = [lane for lane in world.setting.lanes.values() if lane.emergency]
    blocked = bool(lanes) and all(
        world.road.standing(lane.id) or sat_upon(world, lane, lane.x0, lane.x1) for lane in lanes
    )
    world.counts.disrupted_ticks = world.counts.disrupted_ticks + 10 if blocked else 0


def _sat_upon(world: World, name: str, x: float, goal_x: float, ahead_m: float) -> bool:
    """True when people sit or stand on the lane within so many metres of x towards the goal."""
    low, high = (x, min(x + ahead_m, goal_x)) if goal_x >= x else (max(x - ahead_m, goal_x), x)
    return sat_upon(world, world.setting.lanes[name], low, high)


def _drive(world: World, ambulance: Ambulance) -> None:
    """One ambulance: stays in its lane while it can, changes to one that is free ahead, else waits and says so."""
    road = world.road
    x, goal_x = ambulance.x, ambulance.goal_x
    lanes = [lane.id for lane in world.setting.lanes.values() if lane.emergency]
    here = [ambulance.lane] if ambulance.lane in lanes else []
    ahead = [
        name
        for name in [*here, *lanes]
        if not road.blocked_ahead(name, x, goal_x) and not _sat_upon(world, name, x, goal_x, LOOK_AHEAD_M)
    ]
    through = [
        name
        for name in ahead
        if road.free_way(name, x, goal_x) and not _sat_upon(world, name, x, goal_x, abs(goal_x - x))
    ]
    if ahead:
        ambulance.lane = (through or ahead)[0]
        ambulance.y = world.setting.lanes[ambulance.lane].y
        step = min(AMBULANCE_MPS, abs(ambulance.goal_x - ambulance.x))
        ambulance.x += step if ambulance.goal_x > ambulance.x else -step
        if abs(ambulance.goal_x - ambulance.x) < 0.01:
            ambulance.arrived_tick = world.tick
            delay = ambulance.delay_min(world.tick)
            world.consequence("ambulance_arrived", ambulance=ambulance.id, delay_min=round(delay, 1))
            world.tell(
                Via.HOSPITAL,
                About.REPORT,
                Phrase("The ambulance has reached the hospital, {delay:.0f} min late", delay=delay)
                if delay >= 0.5
                else Phrase("The ambulance has reached the hospital without delay"),
                grade="A",
            )
        return
    ambulance.waited_ticks += 10
    world.counts.lane_blocked_ticks += 10
    minutes = ambulance.waited_ticks // 600
    if ambulance.waited_ticks == 100 or minutes > ambulance.reported:
        ambulance.reported = max(1, minutes)
        world.consequence("ambulance_waiting", ambulance=ambulance.id, minutes=minutes)
        world.tell(
            Via.RADIO,
            About.EMERGENCY,
            Phrase(
                "Ambulance cannot get through: every lane is blocked ahead, waiting {minutes} min",
                minutes=minutes,
            ),
            ref=ambulance.lane,
            grade="A",
            needs_answer=minutes <= 1,
        )
