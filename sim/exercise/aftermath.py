"""Aftermath: the days after, hour by hour, from what really happened on the scene.

One step is an hour. In it: a. timeline; b. activities; c. promises and tasks that fall due; d. people at home take in
what was said and done; e. once a day a survey and a judgement of the risk, and a `day` in the journal.
"""

from sim.core.noise import Stream
from sim.core.phrase import Phrase
from sim.crowd.people import Status
from sim.crowd.stimulus import Channel
from sim.exercise.duties import owed_from_the_scene
from sim.exercise.timeline import advance_timeline, close_scene
from sim.exercise.work import advance_work_at_home, end_work
from sim.scenario.scenario import Playbook
from sim.world.activity import Stage
from sim.world.aftermath import DAY, HOUR, TERMS, Duty, Task
from sim.world.learning import pass_hour, tell
from sim.world.ledger import hearers, reliability, settled
from sim.world.message import About, Via
from sim.world.phase import Phase, enter
from sim.world.reading import take_day
from sim.world.recurrence import recurrence_risk
from sim.world.report import Reports
from sim.world.talks import Promise
from sim.world.world import World

UNASKED = 0.5
"""Of its owner's reliability, what is left of a promise that nobody follows up in the days after (assumed)."""
SURVEY_ERROR, RISK_ERROR = 0.04, 0.08
"""Standard error of a survey of the public, and of the information cell's judgement of the risk (assumed)."""


def begin_aftermath(world: World, playbook: Playbook) -> None:
    """People go home, what was under way ends, roads clear, and what is now owed is listed."""
    end_work(world, playbook)
    close_scene(world, playbook)
    people = world.crowd.people
    people.status[people.status == int(Status.PRESENT)] = int(Status.LEFT)
    world.reports = Reports()
    world.road.clear(world.tick)
    world.pending = []
    for case in world.casualties:
        if case.waiting:
            case.cared_tick = world.tick
    for unit in world.units:
        unit.path = []
        unit.gear = 0
        unit.closed = unit.advancing = unit.speaking = False
    state = world.aftermath
    state.began_tick = world.tick
    state.ends_tick = world.tick + round(world.setting.aftermath_days * DAY)
    enter(world, Phase.AFTERMATH)
    for duty, about, wait, rows in owed_from_the_scene(world, playbook):
        task = state.owe(world.tick, duty, about, wait_ticks=wait, people=rows)
        if task.known(world.tick):
            world.consequence("task", duty=task.duty, number=task.number, about=task.about)
    _look_round(world)
    world.tell(
        Via.CLOCK,
        About.AFTERMATH,
        Phrase(
            "The part on the scene is over. {number} things are now owed to people; the first is due soon.",
            number=len(state.open_tasks(world.tick)),
        ),
        grade="A",
        needs_answer=True,
    )


def advance_hour(world: World, playbook: Playbook) -> None:
    """One hour of the days after."""
    advance_timeline(world, playbook)
    advance_work_at_home(world, playbook)
    _announce(world)
    _fall_due(world)
    _settle_promises(world)
    pass_hour(world)
    if (world.tick - world.aftermath.began_tick) % DAY == 0:
        _look_round(world)
        take_day(world)


def close_aftermath(world: World) -> None:
    """The last day is over: what was promised without a date is settled, and whether it happens again is drawn."""
    for promise in world.talks.promises:
        if promise.kept is None and promise.demand:
            _settle(world, promise)
    pass_hour(world)
    take_day(world)
    risk = recurrence_risk(world)
    again = world.noise.uniform(Stream.RECURRENCE, world.tick, 0) < risk
    world.consequence("recurrence", risk=round(risk, 4), again=again)


def _announce(world: World) -> None:
    """What the seat can first know of in this hour, it is told: a complaint that came in, a list that will be due."""
    for task in world.aftermath.tasks:
        if world.aftermath.began_tick < task.known_tick and world.tick - HOUR < task.known_tick <= world.tick:
            complaint = task.duty == Duty.COMPLAINT
            world.consequence("task", duty=task.duty, number=task.number, about=task.about)
            world.tell(
                Via.CALL if complaint else Via.CLOCK,
                About.AFTERMATH,
                Phrase("A complaint about us has come in; it has number {number}.", number=task.number)
                if complaint
                else Phrase("Due within a day: {what}", what=TERMS[Duty(task.duty)].title),
                ref=f"task:{task.number}",
                grade="A",
                needs_answer=True,
            )


def _fall_due(world: World) -> None:
    """What is due and not done is missed: those concerned learn it, the seat is told."""
    spoken = any(s.true and s.tick >= world.aftermath.began_tick for s in world.statements)
    relatives = [a for a in world.ordered_coded("CA3") if a.stage == Stage.DONE]
    for task in world.aftermath.open_tasks(world.tick):
        if task.duty == Duty.STATEMENT and spoken:
            world.finish(task, "statement")
        elif task.duty == Duty.RELATIVES and relatives:
            world.finish(task, relatives[-1].source)
        elif not task.missed and world.tick > task.due_tick:
            _miss(world, task)


def _miss(world: World, task: Task) -> None:
    terms = TERMS[Duty(task.duty)]
    task.missed = True
    world.consequence("task_missed", duty=task.duty, number=task.number)
    tell(world, list(task.people), injustice=terms.injustice)
    if terms.reach:
        world.emit(Channel.ONLINE, reach=terms.reach, injustice=terms.injustice)
    world.opinion.judge("public", terms.public)
    world.tell(
        Via.CLOCK,
        About.AFTERMATH,
        Phrase("Not done in time: {what}", what=terms.title),
        ref=f"task:{task.number}",
        grade="A",
        needs_answer=True,
    )


def _settle_promises(world: World) -> None:
    for promise in world.talks.promises:
        if promise.kept is None and promise.demand and promise.dated and world.minute >= promise.due_min:
            _settle(world, promise)


def _settle(world: World, promise: Promise) -> None:
    """Kept or not by its owner's reliability and by how far it was followed up; who heard of it notices.

    A demand has one luck a run, however often it was promised: promising it again is no second draw.
    """
    demand = world.setting.demands[promise.demand]
    pressed = world.aftermath.pressed.get(str(promise.number), 0.0)
    chance = min(1.0, reliability(world, promise) * (UNASKED + pressed))
    luck = world.noise.uniform(Stream.PROMISE, 0, list(world.setting.demands).index(demand.id))
    settled(world, promise, kept=luck < chance)
    if promise.kept:
        tell(world, [*hearers(world, promise).nonzero()[0]], relief=demand.weight)
    else:
        world.opinion.judge("public", -0.05)


def _look_round(world: World) -> None:
    """Once a day: a survey, and what the information cell makes of the risk; both off by some points."""
    state, noise = world.aftermath, world.noise
    off = noise.normal(Stream.RECURRENCE, world.tick, 1)
    state.risk_seen = round(min(1.0, max(0.0, recurrence_risk(world) + RISK_ERROR * off)), 2)
    off = noise.normal(Stream.RECURRENCE, world.tick, 2)
    state.public_seen = round(min(1.0, max(0.0, world.opinion.public + SURVEY_ERROR * off)), 2)
