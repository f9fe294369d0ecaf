"""A disk that fails: no write is called done that is not, earlier lines stay, damage is told apart from a cut."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from sim.storage.journal_file import JournalFile, read_journal
from tests.storage.damaged import HEADER, NOTICED, blocks, cuts, flips, lines, rows


class Disk:
    """Fails at the k-th call of one kind, as this error; a short write takes half of what it is given first."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, what: str, at: int, error: int) -> None:
        self.calls = 0
        self.what, self.at, self.error = what, at, error
        self._fsync = os.fsync
        monkeypatch.setattr("sim.storage.journal_file.os.fsync", self.fsync)

    def due(self, what: str) -> bool:
        self.calls += what == self.what
        return what == self.what and self.calls == self.at

    def fsync(self, handle: int) -> None:
        if self.due("fsync"):
            raise OSError(self.error, os.strerror(self.error))
        self._fsync(handle)

    def wrap(self, journal: JournalFile) -> JournalFile:
        journal._file = _File(journal._file, self)  # type: ignore[assignment]
        return journal


class _File:
    """A raw file on that disk."""

    def __init__(self, file: Any, disk: Disk) -> None:
        self._file, self._disk = file, disk

    def write(self, data: memoryview) -> int:
        if self._disk.due("write"):
            self._file.write(bytes(data[: len(data) // 2]))
            raise OSError(self._disk.error, os.strerror(self._disk.error))
        return int(self._file.write(bytes(data[: max(1, len(data) // 3)])))

    def fileno(self) -> int:
        return int(self._file.fileno())

    def close(self) -> None:
        self._file.close()


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("what", ["write", "fsync"])
@pytest.mark.parametrize("at", [1, 2, 5])
def test_whatever_call_fails_nothing_is_called_written_that_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, at: int, error: int
) -> None:
    path = tmp_path / "room.jsonl"
    journal = JournalFile.create(path, HEADER)
    disk = Disk(monkeypatch, what, at, error)
    disk.wrap(journal)
    done = rows(0, 0)
    failed = 0
    for k in range(8):
        try:
            journal.write(rows(3 * k, 3))
        except OSError:
            failed += 1
        else:
            done += rows(3 * k, 3)
    journal.close()
    record = read_journal(path)
    assert failed >= 1
    assert not record.torn
    assert tuple(done) == record.entries[: len(done)]
    if what == "write":  # what was half written is taken back, and the next goes well again
        assert tuple(done) == record.entries
        assert 1 == failed
    else:  # a failed fsync is never followed by one that says all is well
        assert len(record.entries) == len(done) + 3


def test_a_torn_line_that_is_cut_off_is_kept_beside_the_journal(tmp_path: Path) -> None:
    path = tmp_path / "room.jsonl"
    journal = JournalFile.create(path, HEADER)
    journal.write(rows(0, 4))
    journal.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:-7])
    record = read_journal(path)
    assert record.torn
    JournalFile.append_to(path, record).close()
    assert whole[record.size : -7] == path.with_suffix(".jsonl.torn").read_bytes()


def test_a_power_cut_at_any_byte_leaves_an_exact_beginning_that_grows_on(tmp_path: Path) -> None:
    assert {"torn", "whole"} == set(cuts(tmp_path, 12, 5))


@pytest.mark.slow
def test_a_power_cut_at_every_byte_of_two_hundred_records(tmp_path: Path) -> None:
    assert 201 == cuts(tmp_path, 200)["whole"]


def test_a_flipped_bit_is_always_noticed_and_one_in_the_middle_is_not_called_a_cut(tmp_path: Path) -> None:
    assert {*flips(tmp_path, 10, 7)} <= NOTICED


@pytest.mark.slow
def test_every_flipped_bit_of_sixty_records_is_noticed(tmp_path: Path) -> None:
    assert {*flips(tmp_path, 60)} <= NOTICED


def test_a_block_of_something_else_is_noticed(tmp_path: Path) -> None:
    assert 190 <= blocks(tmp_path, 60, 200).total()


def test_a_line_that_is_missing_doubled_or_elsewhere_is_noticed(tmp_path: Path) -> None:
    assert {"altered", "no journal"} == set(lines(tmp_path, 12))
