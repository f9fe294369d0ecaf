"""A disk that fails: no write is called done that is not, earlier lines stay, damage is told apart from a cut."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from sim.core.errors import AlteredJournal, BadInput, CommonGroundError, OldJournal
from sim.storage.journal_file import Header, JournalFile, read_journal
from sim.world.journal import Entry

HEADER = Header(scenario="small", playbook="digest", seed=7, player="room")


def rows(first: int, number: int) -> list[Entry]:
    return [
        Entry(k, "input", {"squad": "A", "by": "heron-1", "id": f"m{k}", "input": "say", "to": "all", "text": "东门？"})
        for k in range(first, first + number)
    ]


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
    done: list[Entry] = []
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


def _room_log(tmp_path: Path, number: int) -> bytes:
    path = tmp_path / "room.jsonl"
    journal = JournalFile.create(path, HEADER)
    journal.write(rows(0, number))
    journal.close()
    return path.read_bytes()


def _cuts(tmp_path: Path, number: int, step: int) -> None:
    whole = _room_log(tmp_path, number)
    ends = [k + 1 for k, byte in enumerate(whole) if byte == ord("\n")]
    path = tmp_path / "cut.jsonl"
    for cut in range(ends[0], len(whole) + 1, step):
        path.write_bytes(whole[:cut])
        record = read_journal(path)
        kept = sum(end <= cut for end in ends) - 1
        assert tuple(rows(0, kept)) == record.entries
        grown = JournalFile.append_to(path, record)
        grown.write(rows(kept, 1))
        grown.close()
        assert tuple(rows(0, kept + 1)) == read_journal(path).entries


def test_a_power_cut_at_any_byte_leaves_an_exact_beginning_that_grows_on(tmp_path: Path) -> None:
    _cuts(tmp_path, 12, 5)


@pytest.mark.slow
def test_a_power_cut_at_every_byte_of_a_hundred_and_fifty_records(tmp_path: Path) -> None:
    _cuts(tmp_path, 150, 1)


def _damaged(tmp_path: Path, data: bytes, whole: bytes, number: int) -> str:
    """What reading a damaged log says; a longer or equal reading than the undamaged beginning is a miss."""
    path = tmp_path / "damaged.jsonl"
    path.write_bytes(data)
    try:
        record = read_journal(path)
    except AlteredJournal:
        return "altered"
    except (BadInput, OldJournal):
        return "no journal"
    except CommonGroundError:
        return "another error"
    if not record.torn:
        return "missed"
    return "torn" if tuple(rows(0, number))[: len(record.entries)] == record.entries else "wrong"


def _flips(tmp_path: Path, number: int, step: int) -> dict[str, int]:
    whole = _room_log(tmp_path, number)
    found: dict[str, int] = {}
    last = whole.rfind(b"\n", 0, len(whole) - 1) + 1
    for bit in range(0, 8 * len(whole), step):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        said = _damaged(tmp_path, bytes(changed), whole, number)
        if said == "torn":  # only where the end of the last line is what was hit
            assert bit // 8 >= last
        found[said] = found.get(said, 0) + 1
    return found


def test_a_flipped_bit_is_always_noticed_and_one_in_the_middle_is_not_called_a_cut(tmp_path: Path) -> None:
    assert {"altered", "no journal", "torn"} >= set(_flips(tmp_path, 10, 7))


@pytest.mark.slow
def test_every_flipped_bit_of_sixty_records_is_noticed(tmp_path: Path) -> None:
    assert {"altered", "no journal", "torn"} >= set(_flips(tmp_path, 60, 1))


def test_a_block_of_zeros_in_the_middle_is_noticed(tmp_path: Path) -> None:
    whole = _room_log(tmp_path, 40)
    for k in range(0, len(whole) - 600, 97):
        said = _damaged(tmp_path, whole[:k] + b"\0" * 512 + whole[k + 512 :], whole, 40)
        assert said in {"altered", "no journal"}, k
