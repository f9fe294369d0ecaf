"""Workers: they end with whoever leads them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

LEADER = """
import os, sys, time
from sim.lab.workers import spread
if __name__ == "__main__":
    from tests.lab.test_workers import note_and_sleep
    spread(note_and_sleep, [sys.argv[1] + "/a", sys.argv[1] + "/b"], workers=2)
"""
PATIENCE_S = 60.0


def note_and_sleep(place: str) -> None:
    """A job longer than any test."""
    Path(place).write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(600.0)


def alive(process: int) -> bool:
    """Whether it still runs; one that ended and waits to be noticed does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def until(holds: object) -> None:
    """Waits until it is so."""
    end = time.monotonic() + PATIENCE_S
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_a_leader_that_is_killed(number: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "leader.py"
    script.write_text(LEADER, encoding="utf-8")
    root = str(Path(__file__).resolve().parents[2])
    environment = os.environ | {"PYTHONPATH": root}
    notes = [tmp_path / "a", tmp_path / "b"]
    with subprocess.Popen([sys.executable, str(script), str(tmp_path)], env=environment) as leader:
        until(lambda: all(note.is_file() and note.read_text(encoding="utf-8") for note in notes))
        workers = [int(note.read_text(encoding="utf-8")) for note in notes]
        assert all(map(alive, workers))
        leader.send_signal(number)
    until(lambda: not any(map(alive, workers)))
