"""Work: how an accepted order becomes an activity, travels, sets up, runs and ends."""

from sim.scenario.response import Response
from sim.scenario.scenario import Playbook
from sim.world.activity import Activity, Stage
from sim.world.order import Order
from sim.world.phase import Phase
from sim.world.unit import Unit
from sim.world.world import World

RING = (
    *((0.0, -3.0), (3.0, 0.0), (-3.0, 0.0), (0.0, 3.0), (4.0, -4.0), (-4.0, -4.0), (4.0, 4.0), (-4.0, 4.0)),
    *((0.0, -7.0), (7.0, 0.0), (-7.0, 0.0), (0.0, 7.0), (8.0, -5.0), (-8.0, -5.0), (8.0, 5.0), (-8.0, 5.0)),
)
"""Where the units of one activity gather round its place, m; the nearer first."""
APART_M = 3.0
"""Units that stand nearer to each other than this are a wall in which people get caught (assumed)."""
_TRAVEL, _SETUP, _DONE = int(Stage.TRAVEL), int(Stage.SETUP), int(Stage.DONE)


def begin_work(
    world: World, response: Response, order: Order, units: list[Unit], x: float, y: float, *, marked: bool
) -> Activity:
    """Starts an activity: takes the units off whatever they did and sets them walking."""
    activity = Activity(
        number=len(world.activities) + 1,
        source=response.id,
        catalogue=response.catalogue,
        order=order,
        units=tuple(u.id for u in units),
        given_tick=world.tick,
        setup_ticks=round(response.setup_min.value * 600),
        run_ticks=round(response.run_min.value * 600),
        stage=Stage.SETUP if response.remote or world.aftermath.on else Stage.TRAVEL,
        stage_tick=world.tick,
        x=x,
        y=y,
        marked=marked,
    )
    for unit in units:
        _call_away(world, unit)
        unit.activity = activity.number
        if not response.remote and not world.aftermath.on:
            world.send(unit, *_free_spot(world, unit, x, y))
    world.activities.append(activity)
    world.journal.append(
        world.tick, "activity", number=activity.number, source=activity.source, stage=int(activity.stage)
    )
    return activity


def _free_spot(world: World, unit: Unit, x: float, y: float) -> tuple[float, float]:
    """The nearest spot round a place where no other unit stands or is bound for; the first when all are taken."""
    there = [u.path[-1] if u.path else (u.x, u.y) for u in world.units if u is not unit and u.on_scene(world.tick)]
    for dx, dy in RING:
        if all(abs(x + dx - ux) + abs(y + dy - uy) >= APART_M for ux, uy in there):
            return x + dx, y + dy
    return x + RING[0][0], y + RING[0][1]


def _call_away(world: World, unit: Unit) -> None:
    for other in world.live():
        if unit.id in other.units:
            other.units = tuple(name for name in other.units if name != unit.id)
            unit.closed = False
            unit.advancing = False
            unit.speaking = False
            if not other.units:
                other.memo["stop"] = 1


def advance_work(world: World, playbook: Playbook) -> None:
    """One second of every live activity, in the order they began."""
    tick, responses = world.tick, playbook.responses
    for activity in world.live():
        response, stage, memo = responses.get(activity.source), activity.stage, activity.memo
        if response is None or stage >= _DONE:
            continue
        if memo.get("stop"):
            _finish(world, response, activity, Stage.STOPPED)
        elif memo.get("done"):
            _finish(world, response, activity, Stage.DONE)
        elif stage == _TRAVEL:
            if not any(u.travelling for u in world.staff(activity)):
                _enter(world, activity, Stage.SETUP)
        elif stage == _SETUP:
            if tick - activity.stage_tick >= activity.setup_ticks:
                _run(world, response, activity)
        elif activity.run_ticks and tick - activity.stage_tick >= activity.run_ticks:
            _finish(world, response, activity, Stage.DONE)
        else:
            for effect in response.lasting:
                effect.second(world, activity)


def _run(world: World, response: Response, activity: Activity) -> None:
    """Begins the effects; what lasts for nobody and no time is done at once."""
    _enter(world, activity, Stage.RUN)
    for effect in response.effects:
        effect.begin(world, activity)
    if activity.run_ticks == 0 and not response.lasting and not activity.units:
        _finish(world, response, activity, Stage.DONE)


def _enter(world: World, activity: Activity, stage: Stage) -> None:
    activity.stage = stage
    activity.stage_tick = world.tick
    if stage == Stage.RUN:
        activity.began_tick = world.tick
        world.journal.append(world.tick, "activity", number=activity.number, source=activity.source, stage=int(stage))


def _finish(world: World, response: Response, activity: Activity, stage: Stage) -> None:
    if activity.stage == Stage.RUN:
        for effect in response.effects:
            effect.end(world, activity)
    world.release(activity, stage)


def advance_work_at_home(world: World, playbook: Playbook) -> None:
    """One hour of every live activity in the days after: nobody travels, and what took minutes is over by the next."""
    for activity in world.live():
        response = playbook.responses.get(activity.source)
        if response is None or not activity.live:
            continue
        if activity.memo.get("stop"):
            _finish(world, response, activity, Stage.STOPPED)
            continue
        ready = activity.given_tick + activity.setup_ticks
        if activity.stage < Stage.RUN and world.tick >= ready:
            _run(world, response, activity)
            activity.stage_tick = ready
        if activity.stage == Stage.RUN and 0 < activity.run_ticks <= world.tick - activity.stage_tick:
            _finish(world, response, activity, Stage.DONE)


def end_work(world: World, playbook: Playbook) -> None:
    """Ends what is under way on the scene, for its place has emptied.

    What can be ordered in the days after as well goes on: a check that was begun, a statement being written.
    """
    for activity in world.live():
        response = playbook.responses.get(activity.source)
        if response is None or not activity.live:
            continue
        goes_on = activity.stage < Stage.RUN or activity.run_ticks > 0
        if not (goes_on and f"P{int(Phase.AFTERMATH)}" in response.open_in):
            _finish(world, response, activity, Stage.DONE if activity.stage == Stage.RUN else Stage.STOPPED)
