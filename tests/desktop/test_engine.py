"""Engine: it says that time stands still only when nothing moves the run any more."""

import threading
import time
from collections.abc import Callable

import pytest

from sim.desktop.engine import Engine
from sim.exercise.exercise import Exercise
from sim.storage.library import load_playbook


class Slow(Exercise):
    """A run each slice of which waits until it is let go."""

    begun = threading.Event()
    go = threading.Event()

    def run_until(self, tick: int) -> None:
        self.begun.set()
        assert self.go.wait(60.0)
        super().run_until(tick)


def until(so: Callable[[], bool]) -> None:
    last = time.monotonic() + 60.0
    while not so():
        assert time.monotonic() < last, "it never came so far"
        time.sleep(0.002)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    monkeypatch.setattr(Slow, "begun", threading.Event())
    monkeypatch.setattr(Slow, "go", threading.Event())
    return Slow(load_playbook("first_steps"), 1)


def test_time_stands_still_only_once_the_slice_that_was_under_way_has_ended(slow: Slow) -> None:
    engine = Engine(slow, lambda: None)
    until(lambda: engine.still)
    engine.set_flow("running", 16.0)
    assert slow.begun.wait(60.0)
    engine.set_flow("paused")
    time.sleep(0.05)
    assert not engine.still, "a second of the run is still to come"
    slow.go.set()
    until(lambda: engine.still)
    stood = slow.tick_now
    assert stood > 0
    time.sleep(0.05)
    assert slow.tick_now == stood
    engine.close()
