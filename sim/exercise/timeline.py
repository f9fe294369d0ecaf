"""Timeline: injects fire at their minute, wait for an answer, and have their consequences."""

from sim.effects import AnyEffect
from sim.scenario.condition import Call
from sim.scenario.inject import Inject
from sim.scenario.scenario import Playbook
from sim.world.activity import Activity, Stage
from sim.world.nearby import middle_of, participants_near
from sim.world.order import Order
from sim.world.timeline import InjectState
from sim.world.world import World


def advance_timeline(world: World, playbook: Playbook) -> None:
    """One second: fires what is due, settles what was handled or whose window has closed."""
    for condition in playbook.scenario.lasting:
        condition.follow(world)
    minute = world.minute
    # The states stand in the order of the timeline, so that those of what is over need not be looked for.
    for inject, state in zip(playbook.scenario.injects, world.injects.values(), strict=True):
        status = state.status
        if status == "waiting":
            if minute >= inject.minute + state.shift_min:
                _fire(world, inject, state)
        elif status == "fired":
            _settle(world, inject, state)


def close_scene(world: World, playbook: Playbook) -> None:
    """Nothing of the on-scene part comes any more: its injects do not fire, and those that wait for an answer rest."""
    for inject in playbook.scenario.injects:
        state = world.injects[inject.id]
        if inject.minute <= world.setting.end_min and state.status in {"waiting", "fired"}:
            state.status = "skipped" if state.status == "waiting" else "past"


def _fire(world: World, inject: Inject, state: InjectState) -> None:
    state.fired_tick = world.tick
    if inject.when is not None and not inject.when.holds(world):
        state.status = "skipped"
        _record(world, inject, state, "skipped")
        return
    state.status = "fired" if inject.handled is not None else "past"
    _record(world, inject, state, "fired")
    if inject.text is not None:
        world.tell(
            inject.channel,
            inject.about,
            inject.text.text,
            sender=inject.id,
            place=inject.place,
            ref=inject.ref,
            grade=inject.grade,
            needs_answer=inject.needs_answer,
            answer_min=inject.window_min if inject.handled is not None else 0.0,
        )
    _happen(world, inject, inject.effects)


def _settle(world: World, inject: Inject, state: InjectState) -> None:
    assert inject.handled is not None
    centre = world.place(inject.place).centre if inject.place else None
    call = Call(state.fired_tick, (centre.x, centre.y) if centre else None)
    if inject.handled.holds(world, call):
        state.status = "handled"
        _record(world, inject, state, "handled")
        _happen(world, inject, inject.if_handled)
    elif world.tick - state.fired_tick >= inject.window_min * 600:
        state.status = "missed"
        _record(world, inject, state, "missed")
        if inject.if_not_text is not None:
            world.tell(
                inject.channel,
                inject.about,
                inject.if_not_text.text,
                sender=inject.id,
                place=inject.place,
                ref=inject.ref,
                needs_answer=False,
            )
        _happen(world, inject, inject.if_not)


def _record(world: World, inject: Inject, state: InjectState, event: str) -> None:
    answer = state.first_answer_tick
    world.journal.append(
        world.tick,
        "inject",
        id=inject.id,
        event=event,
        channel=inject.channel.value,
        about=inject.about.value,
        truth=inject.truth,
        expert_min=inject.expert_min,
        window_min=inject.window_min,
        answers=list(inject.answers),
        first_answer_s=round((answer - state.fired_tick) / 10.0, 1) if answer >= 0 else None,
    )


def _happen(world: World, inject: Inject, effects: tuple[AnyEffect, ...]) -> None:
    """Carries effects out at once, at the inject's place (or where most participants are)."""
    if not effects:
        return
    if inject.place:
        centre = world.place(inject.place).centre
        x, y = centre.x, centre.y
    else:
        x, y = middle_of(world, participants_near(world, 0.0, 0.0, 1e9))
    activity = Activity(
        number=len(world.activities) + 1,
        source=f"inject:{inject.id}",
        catalogue="",
        order=Order(response=f"inject:{inject.id}", target=inject.place),
        units=(),
        given_tick=world.tick,
        setup_ticks=0,
        run_ticks=0,
        stage=Stage.RUN,
        stage_tick=world.tick,
        x=x,
        y=y,
    )
    world.activities.append(activity)
    for effect in effects:
        effect.begin(world, activity)
    for effect in effects:
        effect.end(world, activity)
    activity.stage = Stage.DONE


def note_answer(world: World, playbook: Playbook, response: str) -> str:
    """Marks the oldest open inject this response answers as answered now; returns its id, "" if there is none."""
    for inject in playbook.scenario.injects:
        state = world.injects[inject.id]
        fresh = state.fired_tick >= 0 and world.tick - state.fired_tick <= max(inject.window_min, 15.0) * 600
        if response in inject.answers and fresh and state.first_answer_tick < 0 and state.status != "skipped":
            state.first_answer_tick = world.tick
            return inject.id
    return ""


def note_obedience(world: World, playbook: Playbook, order: Order) -> None:
    """Records that this order, which was ruled unlawful, is what a superior demanded and nobody has refused since.

    Where names or faces can be asked for, only asking for them is what was demanded.
    """
    if order.parameters.get("collect") == "none":
        return
    for inject in playbook.scenario.injects:
        state = world.injects[inject.id]
        if order.response not in inject.demands or state.fired_tick < 0 or state.status == "skipped":
            continue
        if not world.journal.consequences_since("pressure_refused", state.fired_tick):
            world.consequence("pressure_obeyed", inject=inject.id, response=order.response)
            return
