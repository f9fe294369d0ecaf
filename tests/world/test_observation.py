"""What a seat can know: nothing that no officer could see, nothing before it arrives, never what people feel."""

from dataclasses import fields

import numpy as np
import pytest

from sim.core.phrase import LText
from sim.crowd.people import People
from sim.exercise.exercise import Exercise
from sim.world.message import About, Via
from sim.world.observation import Observation
from sim.world.order import Order
from tests.small import small_data, small_exercise

MINUTE = 600
FEELINGS = ("legitimacy", "hope", "fear", "grievance", "exit_belief", "fatigue", "empowerment")
PATROL = Order(response="soft_patrol", target="square", units=("PAT-1",), reason="be seen and speak with people")


@pytest.fixture(scope="module")
def unseen() -> Exercise:
    """Every officer stands behind the wall and can see nobody."""
    run = small_exercise(units=[unit | {"at": "behind"} for unit in small_data()["units"]])
    run.run_until(MINUTE)
    return run


@pytest.fixture(scope="module")
def watched() -> Exercise:
    """A patrol stands among the people."""
    run = small_exercise()
    assert run.order(PATROL).accepted
    run.run_until(3 * MINUTE)
    return run


def differing(one: Observation, other: Observation) -> list[str]:
    """Names of what is not the same in two observations."""
    return [f.name for f in fields(Observation) if not _same(getattr(one, f.name), getattr(other, f.name))]


def _same(one: object, other: object) -> bool:
    return np.array_equal(one, other) if isinstance(one, np.ndarray) else one == other


def feel_otherwise(people: People) -> None:
    """Turns every feeling of everybody round."""
    for name in FEELINGS:
        column = getattr(people, name)
        column[:] = 1.0 - column


def test_what_people_far_from_any_officer_feel_changes_no_observation(unseen: Exercise) -> None:
    one, other = unseen.fork(), unseen.fork()
    feel_otherwise(other.world.crowd.people)
    for minute in (1, 2, 3, 4):
        for run in (one, other):
            run.run_until((1 + minute) * MINUTE)
        assert [] == differing(one.observe(), other.observe())
    assert one.digest() != other.digest()


def test_what_the_watched_feel_is_not_in_the_observation(watched: Exercise) -> None:
    other = watched.fork()
    before = watched.observe()
    assert len(before.x) > 30
    feel_otherwise(other.world.crowd.people)
    other.world.crowd.people.anger[:] = 1.0
    other.world.crowd.people.identity[:] = 1.0
    assert [] == differing(before, other.observe())


def test_where_people_go_after_a_report_is_not_in_the_observation(watched: Exercise) -> None:
    other = watched.fork()
    other.world.crowd.people.x += 5.0
    assert [] == differing(watched.observe(), other.observe())


def test_nobody_is_reported_whom_no_officer_could_see(unseen: Exercise) -> None:
    seen = unseen.observe()
    assert (0, 0) == (len(seen.x), seen.estimate)


def test_people_are_reported_where_they_stood_when_they_were_looked_at(watched: Exercise) -> None:
    run = watched.fork()
    tracks = {}
    while run.tick_now < 3 * MINUTE + 450:
        people = run.world.crowd.people
        tracks[run.tick_now] = (people.x.astype(np.float32).tolist(), people.y.astype(np.float32).tolist())
        run.run_until(run.tick_now + 10)
    seen = run.observe()
    own = [row for row in range(len(seen.x)) if run.tick_now - round(float(seen.age_s[row]) * 10) in tracks]
    assert own
    for row in own:
        xs, ys = tracks[run.tick_now - round(float(seen.age_s[row]) * 10)]
        assert (float(seen.x[row]), float(seen.y[row])) in zip(xs, ys, strict=True)


def test_a_message_reaches_the_seat_after_its_delay_and_not_before(unseen: Exercise) -> None:
    run = unseen.fork()
    run.world.tell(Via.RADIO, About.REPORT, LText("late", "迟到"), delay_s=15)
    run.run_until(run.tick_now + 149)
    assert [] == [m for m in run.observe().messages if m.text == LText("late", "迟到")]
    run.run_until(run.tick_now + 1)
    assert [MINUTE + 150] == [m.tick for m in run.observe().messages if m.text == LText("late", "迟到")]


def test_messages_stand_in_the_order_in_which_they_arrive(unseen: Exercise) -> None:
    run = unseen.fork()
    for delay in (30, 10, 20, 10):
        run.world.tell(Via.CALL, About.REPORT, LText(str(delay), str(delay)), delay_s=delay)
    run.run_until(run.tick_now + 300)
    assert ["10", "10", "20", "30"] == [m.text.en for m in run.observe().messages if isinstance(m.text, LText)]


def test_how_much_a_demand_matters_is_not_known_before_anybody_listened(unseen: Exercise) -> None:
    assert () == unseen.observe().demands_heard


def test_a_unit_on_its_way_is_known_by_when_it_comes(unseen: Exercise) -> None:
    department = next(u for u in unseen.observe().units if u.id == "GOV-1")
    assert 4 * 60.0 == department.eta_s
    assert not department.free


def test_an_observation_cannot_be_used_to_change_the_run(watched: Exercise) -> None:
    run = watched.fork()
    before = run.digest()
    seen = run.observe()
    seen.x[:] = 0.0
    seen.look[:] = 0
    assert before == run.digest()
    assert float(np.max(run.observe().x)) > 0.0
