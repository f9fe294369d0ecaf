"""Drills under every misfortune at once, small ones; the full size is the command `tests.squad.nemesis`."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.squad.moved_clock import MovedClock
from tests.squad.nemesis import WRONG, Plan, drill

ASKS = """
import datetime, time
for _ in range(2):
    print(time.time(), datetime.datetime.now().timestamp(), time.monotonic(), flush=True)
    input()
"""


def test_a_moved_clock_moves_the_time_of_day_of_a_running_process_and_nothing_else(tmp_path: Path) -> None:
    clock = MovedClock(tmp_path)
    if not clock.works:
        pytest.skip("no C compiler, or not Linux")
    command = [sys.executable, "-c", ASKS]
    with subprocess.Popen(
        command, env={**os.environ, **clock.env}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        told = []
        for seconds in (-86400, 0):
            told.append([float(word) for word in process.stdout.readline().split()])
            clock.jump(seconds)
            process.stdin.write("\n")
            process.stdin.flush()
    before, after = told
    assert abs(before[0] - time.time()) < 60
    assert abs(after[0] - before[0] + 86400) < 60
    assert abs(after[1] - before[1] + 86400) < 60
    assert 0 <= after[2] - before[2] < 60


@pytest.mark.slow
def test_a_drill_of_kills_cuts_stops_and_jumping_clocks_loses_nothing() -> None:
    figures = drill(Plan(1, clients=8, decisions=15, kills=2, stopped_s=16.0))
    assert dict.fromkeys(WRONG, 0) == {name: figures[name] for name in WRONG}
    assert 8 * 15 == figures["acknowledged"]
    assert figures["killed"] >= 2
