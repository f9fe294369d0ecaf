"""Whatever call to the disk fails, what was said to be done is there, and what is shown is meant for people."""

import json
from pathlib import Path

import pytest

from sim.storage.keepsake import add_line, read_lines
from tests.storage.failed_calls import run
from tests.storage.failing_disk import available
from tests.storage.subjects import SUBJECTS

LIBRARY = pytest.mark.skipif(not available(), reason="needs a C compiler and Linux")
SMALL = ("log", "whole", "settings", "lines", "whereabouts")


def _sound(subjects: list[str], every: int) -> None:
    rows = run(subjects, every)
    assert subjects == [row["subject"] for row in rows]
    assert [] == [wrong for row in rows for wrong in row["wrong"]]
    assert all(row["hit"] > 0.8 * row["trials"] > 0 for row in rows)


@LIBRARY
def test_what_small_files_are_said_to_hold_they_hold_whatever_call_fails() -> None:
    _sound([*SMALL], 2)


@LIBRARY
@pytest.mark.slow
def test_what_any_file_is_said_to_hold_it_holds_whatever_call_fails() -> None:
    _sound([*SUBJECTS], 1)


def test_a_line_that_a_power_cut_left_half_spoils_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    rows = [{"number": k, "text": "东门"} for k in range(3)]
    for row in rows[:2]:
        add_line(path, row)
    whole = path.read_bytes()
    last = json.dumps(rows[1], ensure_ascii=False).encode() + b"\n"
    for cut in range(1, len(last)):
        path.write_bytes(whole[:-cut])
        add_line(path, rows[2])
        found = read_lines(path)
        assert rows[0] == found[0]
        assert rows[2] == found[-1]
