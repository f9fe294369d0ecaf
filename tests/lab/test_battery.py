"""Sessions come to the same in every way; when one is broken on purpose, the battery says which, when and where."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

import sim.exercise.save
import sim.lab.ways
from sim.core.errors import WorkerLost
from sim.crowd.crowd import Crowd
from sim.exercise.exercise import Exercise
from sim.exercise.save import load, save
from sim.lab.battery import HERE, Battery, Mismatch, work_off
from sim.lab.session import FEWEST, MOST, Session
from sim.lab.trace import Trace, difference
from sim.lab.ways import WAYS, first_time, plain
from sim.lab.worker import Worker
from sim.scenario.scenario import Playbook
from sim.storage.library import load_playbook, scenarios
from tests.command.program import Program
from tests.small import small_playbook

ROOT = Path(__file__).resolve().parents[2]
SHORT = (10.0, 15.0)


@pytest.fixture(scope="module")
def small() -> dict[str, Playbook]:
    return {"small": small_playbook()}


@pytest.fixture(scope="module")
def shipped() -> dict[str, Playbook]:
    return {name: load_playbook(name) for name in scenarios()}


def mismatches(playbooks: dict[str, Playbook], first: int, count: int) -> list[Mismatch]:
    return list(Battery(playbooks, SHORT).run(first, count))


# ---------------------------------------------------------------------------------------------- sessions


def test_a_number_is_always_the_same_session_and_another_number_another(shipped: dict[str, Playbook]) -> None:
    drawn = [Session.draw(number, shipped) for number in range(60)]
    assert drawn == [Session.draw(number, shipped) for number in range(60)]
    assert 60 == len({(s.seed, s.moments) for s in drawn})
    assert set(shipped) == {s.scenario for s in drawn}
    assert all(FEWEST <= len(s.moments) <= MOST for s in drawn)
    assert all(s.moments == tuple(sorted(s.moments)) and s.moments[-1] < s.ticks for s in drawn)
    assert {18000} == {s.ticks for s in drawn if s.number % 10 == 9}
    assert all(600 <= s.ticks <= 1800 for s in drawn if s.number % 10 != 9)
    assert drawn[7] == Session.from_dict(json.loads(json.dumps(drawn[7].as_dict())))


def test_people_are_there_when_a_session_begins_and_its_orders_are_of_many_kinds(shipped: dict[str, Playbook]) -> None:
    given, accepted = [], 0
    for number in range(6):
        session = Session.draw(number, shipped, SHORT)
        course, run = first_time(session, shipped[session.scenario])
        assert run.world.counts.peak_present > 10
        given += [order.response for order in course.orders]
        accepted += sum(bool(e.data["ruling"]["accepted"]) for e in run.journal.of("order"))  # type: ignore[index]
    assert len(set(given)) > 20
    assert 0.2 * len(given) < accepted < len(given)


# ---------------------------------------------------------------------------------------------- the same in every way


def test_twenty_sessions_come_to_the_same_in_every_way(small: dict[str, Playbook]) -> None:
    assert [] == mismatches(small, 0, 20)


def test_sessions_of_the_taxi_blockade_come_to_the_same_in_every_way(shipped: dict[str, Playbook]) -> None:
    assert [] == mismatches({"taxi_ring_square": shipped["taxi_ring_square"]}, 100, 1)


@pytest.mark.slow
def test_sessions_of_the_shipped_scenarios_come_to_the_same_in_every_way(shipped: dict[str, Playbook]) -> None:
    assert [] == mismatches(shipped, 100, 20)


def test_two_at_once_in_one_process_do_not_disturb_each_other(small: dict[str, Playbook]) -> None:
    session = Session.draw(3, small, SHORT)
    course, run = first_time(session, small["small"])
    assert Trace.of(run) == Trace.of(WAYS["two threads"](course, session.ticks))


def test_a_worker_a_fresh_process_and_two_threads_come_to_the_same(program: Program) -> None:
    said = program("battery", "--sessions", 2, "--lasts", 15, "--no-cold", "--plants", 1, "--json", "--quiet")
    assert 0 == said.code
    assert [] == said.data["mismatches"]
    assert [*HERE, "in a worker", "two threads", "in a fresh process"] == said.data["ways"]
    assert (1, 1) == (said.data["plants"], said.data["plants_named"])


@pytest.mark.slow
def test_a_process_that_has_to_compile_everything_comes_to_the_same(program: Program) -> None:
    said = program("battery", "--sessions", 2, "--json", "--quiet")
    assert (0, []) == (said.code, said.data["mismatches"])
    assert "compiled afresh" in said.data["ways"]


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


def test_bad_numbers_are_refused(program: Program) -> None:
    for arguments in (["--sessions", "-1"], ["--plants", "-1"], ["--lasts", "0.5"], ["--first", "-3"]):
        assert 2 == program("battery", *arguments).code


# ---------------------------------------------------------------------------------------------- broken on purpose


def test_a_save_that_rounds_a_feeling_is_found_and_named(
    small: dict[str, Playbook], monkeypatch: pytest.MonkeyPatch
) -> None:
    def rounding(run: Exercise) -> bytes:
        run = run.fork()
        run.world.crowd.people.anger[:] = run.world.crowd.people.anger.astype(np.float32)
        return save(run)

    monkeypatch.setattr(sim.lab.ways, "save", rounding)
    found = mismatches(small, 0, 2)
    assert {"saved", "heavy"} == {each.way for each in found}
    assert {"crowd.people.anger"} == {each.where.part for each in found if each.where}
    assert all("gone through" in each.phrase.english() and "second" in each.phrase.english() for each in found)


def test_a_save_that_forgets_a_field_is_found_and_named(
    small: dict[str, Playbook], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tuple(name for name in sim.exercise.save._WHOLE if name != "units")
    monkeypatch.setattr(sim.exercise.save, "_WHOLE", kept)
    found = mismatches(small, 0, 2)
    assert {"saved", "heavy"} == {each.way for each in found}


def test_a_fork_that_shares_what_it_should_copy_is_found_and_named(
    small: dict[str, Playbook], monkeypatch: pytest.MonkeyPatch
) -> None:
    fork = Crowd.fork

    def sharing(crowd: Crowd) -> Crowd:
        other = fork(crowd)
        other.people = crowd.people
        return other

    monkeypatch.setattr(Crowd, "fork", sharing)
    found = mismatches(small, 0, 2)
    assert "forked" in {each.way for each in found}
    assert all(each.where and each.where.part.startswith("crowd.people.") for each in found if each.way == "forked")


def test_something_kept_from_run_to_run_is_found(small: dict[str, Playbook], monkeypatch: pytest.MonkeyPatch) -> None:
    moods: list[float] = []
    fork = Crowd.advance

    def remembering(crowd: Crowd, *rest: object, **named: object) -> object:
        moods.append(0.0)
        if len(moods) == 1000:
            crowd.people.anger[0] += 1e-12
        return fork(crowd, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Crowd, "advance", remembering)
    assert [] != mismatches(small, 0, 3)


def test_the_first_difference_of_two_states_is_named_with_its_row(small: dict[str, Playbook]) -> None:
    session = Session.draw(1, small, SHORT)
    one = session.opened(small["small"])
    one.run_until(100)
    other = one.fork()
    assert difference(one.world, other.world) is None
    other.world.units[2].x = np.nextafter(other.world.units[2].x, 99.0)
    assert ("units", 2) == _place(one, other)
    other.world.opinion.public += 0.25
    other.world.crowd.people.rumour[7, 3] = 1
    assert ("crowd.people.rumour", 7) == _place(one, other)


def _place(one: Exercise, other: Exercise) -> tuple[str, int | None]:
    found = difference(one.world, other.world)
    assert found is not None
    return found.part, found.row


# ---------------------------------------------------------------------------------------------- processes


def test_a_worker_gives_results_in_the_order_of_the_tasks() -> None:
    echo = "import sys\nfrom sim.lab.worker import serve\nserve(lambda t: {'twice': 2 * t['n']}, sys.stdin, sys.stdout)"
    with Worker([sys.executable, "-c", echo], {"PYTHONPATH": str(ROOT)}) as worker:
        for n in range(5):
            worker.give({"n": n})
        assert [{"twice": 2 * n} for n in range(5)] == [worker.take() for _ in range(5)]


def test_a_worker_that_ends_in_the_middle_is_said_to_be_lost() -> None:
    with Worker([sys.executable, "-c", "import sys; sys.stdin.readline(); sys.exit(7)"]) as worker:
        worker.give({})
        with pytest.raises(WorkerLost, match="code 7"):
            worker.take()


def test_what_a_process_does_with_a_task_is_the_trace_or_the_state(small: dict[str, Playbook]) -> None:
    session = Session.draw(2, small, SHORT)
    course, run = first_time(session, small["small"])
    task = {
        "session": session.as_dict(), "orders": [o.as_dict() for o in course.orders], "way": "plain", "until": None,
    }  # fmt: skip
    assert Trace.of(run) == Trace.from_dict(work_off(task, small.__getitem__))
    state = bytes.fromhex(str(work_off({**task, "until": 55}, small.__getitem__)["state"]))
    assert plain(course, 55).digest() == load(course.opened(), state).digest()


def test_no_process_outlives_a_battery_that_is_broken_off() -> None:
    worker = Worker([sys.executable, "-c", "import time; time.sleep(60)"])
    worker.__exit__(KeyError, KeyError(), None)
    assert worker._process.returncode is not None
