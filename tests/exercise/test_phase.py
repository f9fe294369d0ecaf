"""Where the incident is: decided by clock, orders and reports, written down, and never a look into anybody."""

import numpy as np

from sim.crowd.people import Act
from sim.exercise.exercise import Exercise
from sim.world.order import Order
from sim.world.phase import DWELL_TICKS, Phase, advance_phase
from tests.effects.stage import plain
from tests.small import small_exercise


def changes(run: Exercise) -> list[tuple[int, int]]:
    return [(int(str(e.data["from"])), int(str(e.data["to"]))) for e in run.journal.of("phase")]


def test_before_the_first_call_it_is_early_warning_and_then_arrival() -> None:
    run = small_exercise(1, minutes=[-1, 10])
    run.run_until(300)
    assert Phase.EARLY_WARNING == run.world.phase
    run.run_until(620)
    assert Phase.ARRIVAL == run.observe().phase
    assert [(0, 1)] == changes(run)


def test_contact_makes_it_growth_and_a_way_home_resolution() -> None:
    run = plain()
    run.order(Order(response="first_contact", target="square", reason="ask what they want"))
    run.run_until(run.tick_now + 6000)
    assert Phase.GROWTH == run.world.phase
    run.order(Order(response="appeal_to_leave", reason="the talks have a date now"))
    run.run_until(run.tick_now + 20)
    assert Phase.RESOLUTION == run.world.phase


def test_what_people_feel_changes_no_phase_that_nobody_reported() -> None:
    run = plain()
    run.world.crowd.people.anger[:] = 1.0
    run.world.crowd.people.act[:] = int(Act.CHANT)
    before = run.world.phase
    advance_phase(run.world)
    assert before == run.world.phase


def test_a_line_that_moves_against_people_is_a_confrontation_and_it_lasts_three_minutes_at_least() -> None:
    run = plain()
    world = run.world
    unit = next(u for u in world.units if u.code == "POU")
    unit.advancing = True
    advance_phase(world)
    assert Phase.CONFRONTATION == world.phase
    unit.advancing = False
    world.tick += DWELL_TICKS - 1
    advance_phase(world)
    assert Phase.CONFRONTATION == world.phase
    world.tick += 1
    advance_phase(world)
    assert world.phase < Phase.CONFRONTATION


def test_a_phase_is_part_of_the_state_and_survives_a_fork() -> None:
    run = plain()
    fork = run.fork()
    fork.world.phase = int(Phase.TENSION)
    assert run.digest() != fork.digest()
    assert np.array_equal(run.world.crowd.people.anger, fork.world.crowd.people.anger)
