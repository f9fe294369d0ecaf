"""Every k-th call to the disk fails: `python -m tests.storage.failed_calls`, a line for each kind of file.

Opening for writing, writing, forcing to the disk and renaming fail for every k there is, as a full disk, a broken one
and a forbidden one, once, twice or from then on; a write also does half of what it is given. What the program says was
done then has to be there, what it shows has to be meant for people, and the file has to be of use again later.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.storage.failing_disk import AGAIN, CALLS, ERRORS, Disk, with_library
from tests.storage.subjects import SUBJECTS, Subject

EVER = 1 << 40
Fault = tuple[str, int, str, str, int]
"""Which call, which one of them, as which error, how much of a write is done, and for how many calls."""


def faults(calls: dict[str, int], every: int) -> Iterator[Fault]:
    """All of them, or every n-th k."""
    for call, number in calls.items():
        for k in range(1, number + 1, every):
            for error in ERRORS:
                yield call, k, error, "", 1
            yield call, k, "ENOSPC", "", EVER
            if call == "write":
                for lasts in (1, 2, EVER):
                    yield call, k, "ENOSPC", "half", lasts
                yield call, k, "EIO", "short", 1


def tried(name: str, disk: Disk, folder: Path, every: int) -> dict[str, Any]:
    """One kind of file under all of them."""
    subject, first = SUBJECTS[name](), folder / name
    os.environ["COMMONGROUND_HOME"] = str(first)
    first.mkdir()
    subject.prepare()
    calls = {}
    for call in CALLS:
        _fresh(first, folder / "trial")
        done: list[str] = []
        with disk.failing(call, 0, 0):
            subject.work(done)
        calls[call] = disk.calls
        assert [] == list(subject.check(done)), "a sound disk is called a failing one"
    said = {"subject": name, "calls": calls, "trials": 0, "hit": 0, "shown": 0, "wrong": []}
    for fault in faults(calls, every):
        _fresh(first, folder / "trial")
        wrong, shown = _trial(subject, disk, fault)
        said["trials"] += 1  # type: ignore[operator]
        said["hit"] += disk.hit  # type: ignore[operator]
        said["shown"] += shown  # type: ignore[operator]
        said["wrong"] += [f"{fault}: {each}" for each in wrong]  # type: ignore[operator]
    return said


def _fresh(first: Path, trial: Path) -> None:
    shutil.rmtree(trial, ignore_errors=True)
    shutil.copytree(first, trial)
    os.environ["COMMONGROUND_HOME"] = str(trial)


def _trial(subject: Subject, disk: Disk, fault: Fault) -> tuple[list[str], bool]:
    call, k, error, half, lasts = fault
    done: list[str] = []
    wrong, shown = [], False
    try:
        with disk.failing(call, k, ERRORS[error], half=half, lasts=lasts):
            subject.work(done)
    except subject.shown:
        shown = True
    except Exception as leaked:
        wrong.append("".join(traceback.format_exception_only(leaked)).strip())
        if os.environ.get("SHOW"):
            traceback.print_exc()
    try:
        wrong += list(subject.check(done))
    except Exception as damaged:
        wrong.append("afterwards " + "".join(traceback.format_exception_only(damaged)).strip())
        if os.environ.get("SHOW"):
            traceback.print_exc()
    return wrong, shown


def run(subjects: list[str], every: int) -> list[dict[str, Any]]:
    """Rows of a process that has the library."""
    with tempfile.TemporaryDirectory() as name:
        arguments = [*subjects, "--every", str(every)]
        said = with_library("tests.storage.failed_calls", arguments, Path(name))
    if said.returncode:
        raise AssertionError(said.stderr)
    sys.stderr.write(said.stderr)
    return [json.loads(line) for line in said.stdout.splitlines() if line.startswith("{")]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("subjects", nargs="*", default=[*SUBJECTS])
    parser.add_argument("--every", type=int, default=1, help="only every n-th k")
    given = parser.parse_args()
    if AGAIN not in os.environ:
        for row in run(given.subjects, given.every):
            print(json.dumps(row, ensure_ascii=False), flush=True)  # noqa: T201
    else:
        with tempfile.TemporaryDirectory() as where:
            for each in given.subjects:
                print(json.dumps(tried(each, Disk(), Path(where), given.every), ensure_ascii=False), flush=True)  # noqa: T201
