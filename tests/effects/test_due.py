"""What repeats comes round in whole seconds, whatever a file writes: never in none, and never later than it says."""

from dataclasses import replace

import pytest

from sim.effects import Number
from sim.effects.effect import due
from sim.exercise.exercise import Exercise
from sim.world.order import Order
from tests.effects.stage import carried_out, minutes, plain, staged
from tests.small import small_playbook


@pytest.mark.parametrize(("every_s", "seconds"), [(0.0, 1), (0.3, 1), (1.6, 2), (12.4, 12), (30.0, 30)])
def test_what_repeats_is_due_again_at_the_nearest_whole_second(every_s: float, seconds: int) -> None:
    run = plain()
    activity = carried_out(run, "first_contact", "square", "LIA-1")
    began, found = activity.stage_tick, []
    for second in range(1, 61):
        run.run_until(began + 10 * second)
        if due(run.world, activity, Number(assumed=every_s)):
            found.append(second)
    assert list(range(seconds, 61, seconds)) == found


def _contacts_in_a_minute(every_s: float) -> int:
    playbook = small_playbook()
    contact = playbook.responses["first_contact"]
    talk, *others = contact.effects
    talking = talk.model_copy(update={"every_s": Number(assumed=every_s)})
    changed = contact.model_copy(
        update={"setup_min": Number(assumed=0), "run_min": Number(assumed=9), "effects": (talking, *others)}
    )
    run = Exercise(replace(playbook, responses={**playbook.responses, contact.id: changed}), 1, sealed=False)
    run.run_until(300)
    carried_out(run, "first_contact", "square", "LIA-1")
    unit = next(each for each in run.world.units if each.id == "LIA-1")
    before = unit.contacts
    run.run_until(run.tick_now + 600)
    return unit.contacts - before


def test_officers_told_to_talk_without_a_pause_or_every_second_and_a_half_do_and_the_run_goes_on() -> None:
    assert [60, 30, 2] == [_contacts_in_a_minute(every_s) for every_s in (0.0, 1.5, 30.0)]


@pytest.mark.slow
def test_any_number_of_a_response_may_be_nothing_and_the_run_goes_on() -> None:
    start = staged()
    targets = {each.response.id: next(iter(each.targets), "") for each in start.options()}
    ran = 0
    for response in start.playbook.responses.values():
        for k, effect in enumerate(response.effects):
            numbers = [name for name in type(effect).model_fields if isinstance(getattr(effect, name), Number)]
            for name in numbers:
                effects = list(response.effects)
                effects[k] = effect.model_copy(update={name: Number(assumed=0)})
                changed = {response.id: response.model_copy(update={"effects": tuple(effects)})}
                run = start.fork()
                run.playbook = replace(start.playbook, responses={**start.playbook.responses, **changed})
                order = Order(response=response.id, target=targets.get(response.id, ""), reason="tried", go_ahead=True)
                ran += run.order(order).accepted
                minutes(run, 3)
    assert ran > 100
