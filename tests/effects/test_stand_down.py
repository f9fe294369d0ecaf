"""Standing down: what was ordered ends, the units are free, and the commander hears how much that was."""

from sim.exercise.exercise import Exercise
from sim.seat.draft import choices
from sim.world.activity import Stage
from sim.world.order import Order
from tests.effects.stage import carried_out, minutes, plain


def ended(run: Exercise, *names: str) -> list[bool]:
    """Of each response, whether all its activities are over."""
    return [all(a.stage >= Stage.DONE for a in run.world.activities if a.source == name) for name in names]


def busy() -> Exercise:
    run = plain()
    run.world.hurt(-1, 2, "illness", 60.0, 40.0)
    carried_out(run, "soft_patrol", "square", "PAT-1")
    carried_out(run, "rumour_desk", "", "INF-1")
    carried_out(run, "first_aid", "square", "MED-1")
    return run


def stand_down(run: Exercise, what: str) -> None:
    assert run.order(Order(response="stand_down", parameters={"response": what}, reason="it is over")).accepted
    minutes(run, 0.1)


def said(run: Exercise) -> list[str]:
    return [m.text.english() for m in run.world.messages if hasattr(m.text, "english")]  # type: ignore[union-attr]


def test_standing_down_ends_everything_but_first_aid_unless_something_is_named() -> None:
    run = busy()
    stand_down(run, "everything")
    assert [True, True, False] == ended(run, "soft_patrol", "rumour_desk", "first_aid")
    assert 0 == next(u.activity for u in run.world.units if u.id == "PAT-1")
    assert "Stood down. Tasks ended: 2. Their units are free again." in said(run)


def test_standing_down_one_task_leaves_the_others() -> None:
    run = busy()
    stand_down(run, "soft_patrol")
    assert [True, False, False] == ended(run, "soft_patrol", "rumour_desk", "first_aid")


def test_standing_down_coercive_steps_leaves_a_patrol_and_says_that_nothing_ended() -> None:
    run = busy()
    stand_down(run, "coercive")
    assert [False, False] == ended(run, "soft_patrol", "rumour_desk")
    assert "Stood down. Nothing was running that had to be ended." in said(run)


def test_only_what_is_under_way_is_offered_to_be_ended() -> None:
    run = busy()
    parameter = run.playbook.responses["stand_down"].parameters[0]
    offered = choices(parameter, run.playbook.scenario, run.observe())
    assert ("everything", "coercive", "soft_patrol", "rumour_desk") == offered
