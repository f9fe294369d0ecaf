"""Files nobody meant to write are accepted or refused with their place, in a process of their own that lives on."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.storage.corpus import BOMBS, made

ROOT = Path(__file__).resolve().parents[2]
WORST_MS, MOST_MB = 250, 64
"""What one file may take of the processor's time, and all of them together of memory."""


def judged(first: int, count: int) -> dict[str, Any]:
    """What a process said that checked those files."""
    command = [sys.executable, "-m", "tests.storage.corpus", str(first), str(count)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=3600)
    assert 0 == told.returncode, told.stderr[-2000:]
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def test_a_file_is_made_the_same_each_time() -> None:
    assert [made(number) for number in range(40, 60)] == [made(number) for number in range(40, 60)]


@pytest.mark.skipif(sys.platform != "linux", reason="limits are set as Linux sets them")
def test_three_hundred_such_files_leave_no_trace_of_the_program() -> None:
    found = judged(0, 300)
    assert [] == found["wrong"]
    assert 300 == found["files"]
    assert len(BOMBS) <= found["refused"]
    assert MOST_MB >= found["extra_mb"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="limits are set as Linux sets them")
def test_ten_thousand_such_files_are_each_done_with_at_once() -> None:
    found = judged(0, 10_000)
    assert [] == found["wrong"]
    assert WORST_MS >= found["worst_ms"], found
    assert MOST_MB >= found["extra_mb"]
