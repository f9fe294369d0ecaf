"""What a review has carried out: read back to the last bit, begun anew for another run, safe against a cut anywhere."""

from pathlib import Path

import numpy as np
import pytest

from sim.review import Work
from sim.review.branch import Branch, Course
from sim.storage.journal_file import Header, Record, read_journal, write_journal
from sim.storage.review_file import ReviewFile
from sim.world.journal import Entry
from sim.world.order import Order


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "run.jsonl"
    write_journal(path, Header("small", "digest", 1, "trainee"), [Entry(0, "state", {"from": 0, "to": 1})])
    return path


def work(trial: int) -> Work:
    return Work(1, 0, trial, "own", Order(response="first_contact"), 6000, 2, 300)


def branch(value: float) -> Branch:
    groups = np.linspace(0.0, 1.0, 18, dtype=np.float32).reshape(2, 1, 9)
    return Branch(value, ("area_means",), Course(groups, np.zeros((2, 4), np.float32), (1, 2, 3), (0.25, 0.0)))


def kept(journal: Path, record: Record | None = None) -> ReviewFile:
    return ReviewFile(journal, record or read_journal(journal))


def test_what_was_kept_is_known_again(journal: Path) -> None:
    file = kept(journal)
    for trial in (1, 2):
        file.keep(work(trial), branch(10.1 * trial))
    found = kept(journal).known
    assert {work(1).key, work(2).key} == set(found)
    assert 10.1 == found[work(1).key].value
    assert np.array_equal(branch(0.0).course.groups, found[work(1).key].course.groups)
    assert ("area_means",) == found[work(1).key].gates


def test_nothing_is_written_before_something_is_kept(journal: Path) -> None:
    assert not kept(journal).path.exists()


def test_another_run_of_the_same_name_begins_anew(journal: Path) -> None:
    kept(journal).keep(work(1), branch(1.0))
    write_journal(journal, Header("small", "digest", 2, "trainee"), [])
    other = kept(journal)
    assert {} == other.known
    other.keep(work(2), branch(2.0))
    assert {work(2).key} == set(kept(journal).known)


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_a_file_cut_short_loses_what_was_cut_and_nothing_else(journal: Path, cut: int) -> None:
    file = kept(journal)
    for trial in (1, 2, 3):
        file.keep(work(trial), branch(float(trial)))
    file.path.write_bytes(file.path.read_bytes()[:-cut])
    again = kept(journal)
    assert {work(1).key, work(2).key} == set(again.known) - {work(3).key}
    again.keep(work(4), branch(4.0))
    assert work(4).key in kept(journal).known
