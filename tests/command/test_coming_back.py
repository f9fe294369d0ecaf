"""A run that is gone on with is there at once where its state is kept, and as it was computed from its journal."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from sim.command.office import DiskOffice
from sim.desktop.office import Sitting
from sim.exercise.exercise import Exercise
from sim.exercise.save import load
from sim.storage.journal_file import read_journal
from sim.storage.keepsake import writing
from sim.storage.library import load_playbook
from sim.storage.state_file import state_path
from sim.world.order import Order
from tests.command.program import write_scenario

TALK = Order(response="first_contact", parameters={"tone": "warm"}, reason="nobody has spoken with them yet")


class AtOnce(threading.Thread):
    """A thread whose work is done when `start` returns."""

    def start(self) -> None:
        super().start()
        self.join()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DiskOffice:
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("sim.command.standing.threading", SimpleNamespace(Thread=AtOnce))
    monkeypatch.setattr("sim.command.standing.time", SimpleNamespace(monotonic=lambda: 0.0, thread_time=lambda: 0.0))
    return DiskOffice(str(write_scenario(tmp_path)))


def begun(office: DiskOffice) -> Sitting:
    playbook = load_playbook(office._extra)
    return office.open(Exercise(playbook, 3), assessed=False)


def played(sitting: Sitting, until: int) -> Sitting:
    """Plays in steps as the window does, an order each minute and a half."""
    run = sitting.run
    while run.tick_now < until and run.outcome is None:
        run.run_until(run.tick_now + 10)
        if run.tick_now % 900 == 10:
            run.order(TALK)
        sitting.save()
    return sitting


@pytest.fixture
def left(office: DiskOffice) -> Path:
    """The journal of a run that was left after five minutes."""
    sitting = played(begun(office), 3000)
    sitting.close()
    return sitting.path


def back(office: DiskOffice) -> tuple[Sitting, float]:
    """The run gone on with, and the share of it that was there at once."""
    shares: list[float] = []

    def tell(share: float) -> bool:
        shares.append(share)
        return True

    sitting = office.resume(next(s for s in office.saved() if not s.finished), tell)
    return sitting, shares[1]


def test_a_run_left_with_its_state_is_there_at_once_and_goes_on_as_one_that_was_never_left(
    office: DiskOffice, left: Path
) -> None:
    sitting, share = back(office)
    assert share > 0.8
    played(sitting, 4200)
    straight = played(begun(office), 4200)
    assert straight.run.digest() == sitting.run.digest()  # type: ignore[union-attr]
    assert list(straight.run.journal) == list(sitting.run.journal)
    sitting.close()
    straight.close()
    assert read_journal(left).entries == read_journal(straight.path).entries


def test_the_curve_of_what_was_seen_comes_back_with_the_state(office: DiskOffice, tmp_path: Path) -> None:
    sitting = begun(office)
    sitting.aside.trace.append((0, 1, 0.0, 0.0, 0.0, 60))
    played(sitting, 3000).close()
    again, _ = back(office)
    assert (0, 1, 0.0, 0.0, 0.0, 60) == again.aside.trace[0]
    assert again.aside.trace[-1][0] > 2700
    again.close()


def test_a_run_that_is_over_has_no_state_beside_it(office: DiskOffice, left: Path) -> None:
    assert state_path(left).exists()
    sitting, _ = back(office)
    sitting.run.stop()
    sitting.save()
    sitting.close()
    assert not list(left.parent.glob("*.state*"))


def _truncated(state: Path) -> None:
    state.write_bytes(state.read_bytes()[:-7])


def _altered(state: Path) -> None:
    data = bytearray(state.read_bytes())
    data[len(data) // 2] ^= 1
    state.write_bytes(data)


def _gone(state: Path) -> None:
    state.unlink()


def _empty(state: Path) -> None:
    state.write_bytes(b"")


def _a_folder(state: Path) -> None:
    state.unlink()
    state.mkdir()


@pytest.mark.parametrize("spoil", [_truncated, _altered, _gone, _empty, _a_folder])
def test_a_run_whose_state_is_no_use_is_computed_again(
    office: DiskOffice, left: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(state_path(left))
    sitting, share = back(office)
    assert share < 0.2
    assert 3000 == sitting.run.tick_now
    sitting.close()


def test_a_state_of_another_journal_is_no_use(office: DiskOffice, left: Path) -> None:
    other = office.open(Exercise(load_playbook(office._extra), 4), assessed=False)
    played(other, 3000).close()
    shutil.copy(state_path(other.path), state_path(left))
    other.path.unlink()
    sitting, share = back(office)
    assert share < 0.2
    sitting.close()


def test_a_state_of_another_program_is_no_use(office: DiskOffice, left: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.storage.state_file._program", lambda: {"format": 1, "version": "0", "program": "other"})
    sitting, share = back(office)
    assert share < 0.2
    sitting.close()


def cut(journal: Path, tick: int) -> None:
    """What the disk lost: everything behind that tick, and half a line before it."""
    whole = journal.read_bytes().splitlines(keepends=True)
    kept = [line for line in whole if int(line.split(b'"tick":')[1].split(b",")[0]) <= tick]
    journal.write_bytes(b"".join(kept)[:-9])


def test_a_state_that_is_ahead_of_a_journal_whose_end_was_lost_is_no_use(office: DiskOffice, left: Path) -> None:
    cut(left, 1500)
    sitting, share = back(office)
    assert share < 0.2
    assert 1500 > sitting.run.tick_now > 1300
    sitting.close()


def test_a_state_far_behind_its_journal_is_gone_on_from(office: DiskOffice, left: Path) -> None:
    old = state_path(left).read_bytes()
    sitting, _ = back(office)
    played(sitting, 5400).close()
    state_path(left).write_bytes(old)
    again, share = back(office)
    assert 0.4 < share < 0.7
    assert 5400 == again.run.tick_now
    again.close()


def test_a_run_from_a_state_that_does_not_come_to_the_digests_of_its_journal_is_computed_again(
    office: DiskOffice, left: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(opened: Exercise, data: bytes, entries: object) -> Exercise:
        run = load(opened, data, entries)  # type: ignore[arg-type]
        run.world.crowd.people.anger[0] = 0.77
        return run

    monkeypatch.setattr("sim.command.coming_back.load", wrong)
    sitting, _ = back(office)
    sitting.close()
    straight = played(begun(office), 3000)
    straight.close()
    assert list(straight.run.journal) == list(sitting.run.journal)


def test_a_disk_that_does_not_take_the_state_takes_nothing_from_the_run(
    office: DiskOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        with writing(path):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("sim.storage.state_file.write_whole", full)
    played(begun(office), 1500).close()
    sitting, share = back(office)
    assert share < 0.2
    assert 1500 == sitting.run.tick_now
    sitting.close()


def test_what_a_killed_program_left_half_written_is_taken_away(office: DiskOffice, left: Path) -> None:
    half = left.with_name(left.name + ".state.123-456.part")
    half.write_bytes(b"half")
    sitting, share = back(office)
    assert share > 0.8
    assert not half.exists()
    sitting.close()
