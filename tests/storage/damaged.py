"""Damage to a journal at every place: `python -m tests.storage.damaged` cuts, flips, overwrites, drops and exchanges.

A cut leaves an exact beginning that grows on; anything else is noticed, is told apart from a cut, and leaves the file
as it was found. Every function returns how often what was said, and raises AssertionError where something was missed.
"""

import argparse
import json
import tempfile
import time
from collections import Counter
from pathlib import Path

from sim.core.errors import AlteredJournal, BadInput, OldJournal
from sim.storage.journal_file import Header, JournalFile, read_journal
from sim.world.journal import Entry
from tests.squad.load import Luck

HEADER = Header(scenario="small", playbook="digest", seed=7, player="room")
NOTICED = {"altered", "no journal", "torn"}


def rows(first: int, number: int) -> list[Entry]:
    """What somebody said, again and again."""
    return [Entry(k, "input", {"by": "heron-1", "id": f"m{k}", "text": "东？"}) for k in range(first, first + number)]


def log(folder: Path, number: int) -> bytes:
    """The bytes of a journal of so many records behind its header."""
    path = folder / "room.jsonl"
    journal = JournalFile.create(path, HEADER)
    journal.write(rows(0, number))
    journal.close()
    return path.read_bytes()


def cuts(folder: Path, number: int, step: int = 1) -> Counter[str]:
    """Power fails at every n-th byte: what is whole is read, and it grows on to what it would have been."""
    whole = log(folder, number + 1)
    ends = [k + 1 for k, byte in enumerate(whole) if byte == ord("\n")]
    path, every, kept = folder / "cut.jsonl", rows(0, number + 1), 0
    said: Counter[str] = Counter()
    for cut in range(ends[0], ends[-2] + 1, step):
        path.write_bytes(whole[:cut])
        record = read_journal(path)
        while ends[kept + 1] <= cut:
            kept += 1
        assert tuple(every[:kept]) == record.entries
        assert (cut != ends[kept]) == record.torn
        grown = JournalFile.append_to(path, record)
        grown.write(rows(kept, 1))
        grown.close()
        # Byte for byte what an undisturbed log of that length is, which is read at the next whole line.
        assert whole[: ends[kept + 1]] == path.read_bytes()
        said["torn" if record.torn else "whole"] += 1
    return said


def _said(folder: Path, data: bytes, number: int) -> str:
    path = folder / "damaged.jsonl"
    path.write_bytes(data)
    try:
        record = read_journal(path)
    except AlteredJournal:
        found = "altered"
    except (BadInput, OldJournal):
        found = "no journal"
    else:
        exact = tuple(rows(0, number))[: len(record.entries)] == record.entries
        found = "missed" if not record.torn else "torn" if exact else "wrong"
    assert data == path.read_bytes()
    return found


def flips(folder: Path, number: int, step: int = 1) -> Counter[str]:
    """Every n-th bit is turned over; only where the last line ends may it look like a cut."""
    whole, said = log(folder, number), Counter[str]()
    last = whole.rfind(b"\n", 0, len(whole) - 1) + 1
    for bit in range(0, 8 * len(whole), step):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        found = _said(folder, bytes(changed), number)
        assert found in NOTICED, bit
        assert found != "torn" or bit // 8 >= last, bit
        said[found] += 1
    return said


def blocks(folder: Path, number: int, trials: int) -> Counter[str]:
    """A block of the file holds noughts, another block of it, or noise."""
    whole, luck, said = log(folder, number), Luck(number), Counter[str]()
    for _ in range(trials):
        size = (16, 512, 4096)[int(3 * luck())]
        at, source = (int(luck() * len(whole)) for _ in range(2))
        block = whole[at : at + size]
        other = (bytes(len(block)), whole[source : source + len(block)], bytes(int(256 * luck()) for _ in block))[
            int(3 * luck())
        ]
        changed = whole[:at] + other + whole[at + len(other) :]
        if changed == whole:
            continue
        found = _said(folder, changed, number)
        assert found in NOTICED, (at, size)
        said[found] += 1
    return said


def lines(folder: Path, number: int) -> Counter[str]:
    """Each line is taken out, doubled, or exchanged with another one; without its last line it is a shorter journal."""
    whole, said = log(folder, number), Counter[str]()
    rest = whole.split(b"\n")[:-1]
    for k in range(number):  # the last line is told from none by nothing but what follows
        far = (k * 7 + 3) % (number + 1)
        changed = (
            rest[:k] + rest[k + 1 :],
            rest[: k + 1] + rest[k:],
            [*rest[:k], rest[k + 1], rest[k], *rest[k + 2 :]],
            [rest[far] if n == k else rest[k] if n == far else row for n, row in enumerate(rest)],
        )
        for each in changed:
            if each != rest:
                found = _said(folder, b"\n".join(each) + b"\n", number)
                assert found in {"altered", "no journal"}, k
                said[found] += 1
    return said


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cuts", type=int, default=1000, help="records of the journal that is cut")
    parser.add_argument("--flips", type=int, default=200, help="records of the journal whose bits are turned over")
    parser.add_argument("--blocks", type=int, default=2000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        where = Path(name)
        for what, work in (
            ("lines", lambda: lines(where, given.flips)),
            ("blocks", lambda: blocks(where, given.flips, given.blocks)),
            ("flips", lambda: flips(where, given.flips)),
            ("cuts", lambda: cuts(where, given.cuts)),
        ):
            began = time.process_time()
            said = work()
            took = round(time.process_time() - began, 1)
            print(json.dumps({what: sum(said.values()), **said, "cpu_s": took}), flush=True)  # noqa: T201
