"""What a community remembers, and what an exercise makes of it."""

import json

import numpy as np
import pytest

from sim.core.errors import BadInput
from sim.exercise.exercise import Exercise
from sim.exercise.replay import replay
from sim.exercise.save import load, save
from sim.storage.journal_file import Header, read_journal, write_journal
from sim.world.memory import Memory
from tests.small import small_playbook

BITTER = Memory(
    community="small",
    incidents=1,
    trust=0.3,
    kept=1,
    broken=3,
    opinion={"public": 0.4, "workers": 0.45},
    legitimacy_shift=-0.1,
    grievance_shift=0.1,
    hope_shift=-0.2,
    turnout_factor=1.25,
)


def test_a_memory_survives_json() -> None:
    assert Memory.from_dict(json.loads(json.dumps(BITTER.as_dict()))) == BITTER


def test_a_share_of_the_promises_was_broken() -> None:
    assert BITTER.distrust == 0.75
    assert Memory().distrust == 0.0


@pytest.mark.parametrize("wrong", [{"trust": 1.5}, {"turnout_factor": 9.0}, {"hope_shift": -0.5}, {"broken": -1}])
def test_a_number_outside_its_range_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(BadInput):
        Memory(**wrong)  # type: ignore[arg-type]


def test_damaged_data_are_no_memory() -> None:
    with pytest.raises(BadInput):
        Memory.from_dict({"community": "small"})


def test_without_a_memory_a_run_begins_as_ever() -> None:
    one, other = Exercise(small_playbook(), 3), Exercise(small_playbook(), 3, memory=Memory())
    assert one.digest() == other.digest()
    assert one.memory is None


def test_people_come_with_what_the_last_time_left_them() -> None:
    plain, bitter = Exercise(small_playbook(), 3), Exercise(small_playbook(), 3, memory=BITTER)
    assert len(bitter.world.crowd.people) == round(1.25 * len(plain.world.crowd.people))
    assert np.mean(plain.world.crowd.people.legitimacy) > np.mean(bitter.world.crowd.people.legitimacy)
    assert np.mean(plain.world.crowd.people.hope) > np.mean(bitter.world.crowd.people.hope)
    assert np.mean(plain.world.crowd.people.grievance) < np.mean(bitter.world.crowd.people.grievance)
    assert bitter.world.opinion.public == 0.4


def test_a_journal_with_its_header_is_all_a_replay_needs(tmp_path) -> None:  # type: ignore[no-untyped-def]
    run = Exercise(small_playbook(), 3, memory=BITTER)
    run.run_until(300)
    path = tmp_path / "run.jsonl"
    write_journal(path, Header("small", "small", 3, "trainee", memory=run.memory), run.journal)
    record = read_journal(path)
    assert record.header.memory == BITTER
    again = replay(small_playbook(), 3, record.entries, memory=record.header.memory)
    assert again.digest() == run.digest()


def test_a_fork_and_a_save_keep_the_memory() -> None:
    run = Exercise(small_playbook(), 3, memory=BITTER)
    run.run_until(50)
    assert run.fork().memory == BITTER
    assert load(Exercise(small_playbook(), 3, memory=BITTER), save(run)).digest() == run.digest()
    with pytest.raises(BadInput):
        load(Exercise(small_playbook(), 3), save(run))
