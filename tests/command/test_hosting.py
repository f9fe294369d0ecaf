"""A room with phones in a process of its own: where there can be none, the window says so and goes on."""

import time
from multiprocessing.context import SpawnProcess

import pytest

from sim.command.hosting import HostedRoom
from sim.command.serving import Wishes
from tests.drill.table import drill


def test_a_room_whose_process_cannot_begin_says_why_and_can_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: SpawnProcess) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(SpawnProcess, "start", refused)
    room = HostedRoom(drill(), Wishes())
    while not room.closed:
        time.sleep(0.01)
    assert room.wrong is not None
    assert "Resource temporarily unavailable" in room.wrong.english()
    room.close()
    assert room.closed
