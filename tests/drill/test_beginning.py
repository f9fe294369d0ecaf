"""A drill that begins in the middle of a saved run begins in that run's exact state."""

import pytest

from sim.core.errors import ReplayDiffers
from sim.drill.beginning import Beginning, beginning_of, go_to
from sim.drill.session import lead_in
from sim.exercise.control import Control
from sim.exercise.exercise import Exercise
from sim.exercise.replay import Retrace, inputs_of
from sim.scenario.scenario import Playbook
from sim.world.order import Order
from tests.drill.table import CALL, drill
from tests.small import small_playbook

AT = 900


def _playbook() -> Playbook:
    return small_playbook(injects=[CALL, {**CALL, "id": "later", "minute": 2.5, "handled": None, "answers": []}])


def _played(playbook: Playbook, seed: int = 3) -> Exercise:
    run = Exercise(playbook, seed)
    run.run_until(400)
    run.order(Order(response="first_contact", parameters={"tone": "warm"}, reason="nobody has spoken with them"))
    run.control(Control(what="skip", inject="later"))
    run.run_until(AT)
    run.order(Order(response="deescalate_posture"))
    run.run_until(1800)
    return run


def _begun(playbook: Playbook, seed: int = 3) -> Beginning:
    run = _played(playbook, seed)
    at = Retrace(Exercise(playbook, seed), [e for e in inputs_of(run.journal) if e.tick < AT])
    at.to(AT)
    return beginning_of(seed, list(run.journal), at.exercise)


def test_on_its_own_seed_a_drill_begins_in_the_exact_state_of_the_run_and_with_its_journal() -> None:
    playbook = _playbook()
    written = Beginning.model_validate_json(_begun(playbook).model_dump_json())
    session = lead_in(drill(beginning=written, from_min=1.5, windows=[WINDOW], time_box_min=1), Exercise(playbook, 3))
    run = _played(playbook)
    assert AT == session.tick_now
    digests = [(e.tick, e.data) for e in run.journal.of("digest") if e.tick <= AT]
    assert digests == [(e.tick, e.data) for e in session.journal.of("digest")]
    assert written.digest == session.exercise.digest()


def test_what_the_run_did_at_that_very_moment_is_left_to_the_squad() -> None:
    done = _begun(_playbook()).done
    assert [(400, "first_contact"), (400, "")] == [(d.tick, d.order.response if d.order else "") for d in done]


def test_on_another_seed_the_same_is_done_and_what_cannot_be_is_passed_over() -> None:
    playbook = _playbook()
    beginning = _begun(playbook)
    twice = beginning.model_copy(update={"done": (*beginning.done, beginning.done[-1])})
    run = Exercise(playbook, 4)
    go_to(twice, run)
    assert AT == run.tick_now
    assert ["first_contact"] == [str(e.data["given"]["response"]) for e in run.journal.of("order")]  # type: ignore[index]


def test_where_the_state_is_not_come_to_it_is_said() -> None:
    playbook = _playbook()
    beginning = _begun(playbook)
    with pytest.raises(ReplayDiffers):
        go_to(beginning.model_copy(update={"done": beginning.done[1:]}), Exercise(playbook, 3))


def test_a_drill_that_names_another_minute_than_it_was_cut_at_is_at_fault() -> None:
    playbook = _playbook()
    piece = drill(beginning=_begun(playbook), from_min=1.0, windows=[WINDOW], time_box_min=1)
    assert ["other-beginning"] == [p.code for p in piece.faults(playbook.scenario, playbook.responses)]


WINDOW = {
    "id": "now",
    "opens": {"minute": 1.5},
    "question": {"en": "What now?", "zh": "现在怎么办？"},
    "countdown_s": 40,
    "expert_s": 20,
}
