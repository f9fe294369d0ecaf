"""Opening and closing: a thousand exercises in one process leave no thread, file or surface behind."""

import gc
import os
import threading
from pathlib import Path

import pytest

from sim.command.office import DiskOffice
from sim.desktop.play import Play
from sim.desktop.post import Post
from sim.exercise.exercise import Exercise
from tests.desktop.hand import a_window

MOST_MB = 40.0


def open_files() -> int:
    """Files this process holds open, where the system says so."""
    folder = Path("/proc/self/fd")
    return len(os.listdir(folder)) if folder.is_dir() else 0


def memory_mb() -> float:
    """Resident memory: the picture of one site is several megabytes, so kept surfaces show at once."""
    status = Path("/proc/self/statm")
    pages = int(status.read_text(encoding="ascii").split()[1]) if status.is_file() else 0
    return pages * 4096 / 1e6


def open_and_leave(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_window(tmp_path, monkeypatch) as hand:
        office = hand.desk.office
        assert isinstance(office, DiskOffice)
        run = Exercise(office.playbook("small"), 1)

        def once() -> None:
            sitting = office.open(run.fork(sealed=True), assessed=False)
            hand.desk.push(Play(Post.open(sitting, hand.desk.voice)))
            hand.frame()
            hand.desk.pop()
            sitting.path.unlink()

        for _ in range(5):
            once()
        # What other tests have let go of must not be counted before and be gone after.
        gc.collect()
        before, memory = (threading.active_count(), open_files()), memory_mb()
        for _ in range(count):
            once()
        gc.collect()
        assert (threading.active_count(), open_files()) == before
        assert memory_mb() - memory < MOST_MB


def test_fifty_exercises_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_and_leave(50, tmp_path, monkeypatch)


@pytest.mark.slow
def test_a_thousand_exercises_leave_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_and_leave(1000, tmp_path, monkeypatch)
