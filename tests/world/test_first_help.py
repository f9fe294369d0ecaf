"""Officers near somebody hurt or ill help by themselves, and say so."""

from sim.exercise.exercise import Exercise
from sim.world.casualty import Casualty
from tests.small import small_exercise

MINUTE = 600


def run_with_a_casualty(x: float, y: float) -> tuple[Exercise, Casualty]:
    run = small_exercise(minutes=[0, 30])
    run.run_until(100)
    case = run.world.hurt(-1, 2, "illness", x, y)
    case.worsens_tick = run.world.tick + 2 * MINUTE
    return run, case


def told(run: Exercise) -> list[str]:
    return [m.text.english() for m in run.observe().messages if m.about == "casualty"]  # type: ignore[union-attr]


def test_officers_near_a_casualty_go_there_report_it_once_and_keep_it_from_getting_worse() -> None:
    run, case = run_with_a_casualty(22, 62)
    run.run_until(run.tick_now + 4 * MINUTE)
    first = [text for text in told(run) if "first aid" in text]
    assert 1 == len(first)
    assert "casualty 1" in first[0]
    assert 2 == case.severity
    assert case.waiting
    helper = run.world.unit(first[0].split(":")[0])
    assert (helper.x - case.x) ** 2 + (helper.y - case.y) ** 2 < 50


def test_nobody_near_means_no_first_aid_and_it_gets_worse() -> None:
    run, case = run_with_a_casualty(62, 20)
    run.run_until(run.tick_now + 4 * MINUTE)
    assert -1 == case.helped_tick
    assert 3 == case.severity
