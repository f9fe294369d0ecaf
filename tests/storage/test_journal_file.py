"""A journal on disk: nothing that was written is lost, nothing that was changed goes unnoticed."""

import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.errors import AlteredJournal, BadInput, OldJournal
from sim.storage.folder import journals
from sim.storage.journal_file import FORMAT, Header, JournalFile, read_journal, write_journal
from sim.world.journal import Entry

HEADER = Header(scenario="small", playbook="digest", seed=7, player="trainee")
ENTRIES = (
    Entry(0, "order", {"given": {"response": "hold", "reason": "看一看"}, "accepted": True}),
    Entry(100, "digest", {"digest": "abc"}),
    Entry(130, "consequence", {"what": "deed", "x": 1.5, "person": 3}),
    Entry(200, "outcome", {"reason": "time"}),
)

WRITER = """
import sys
from pathlib import Path
from sim.storage.journal_file import JournalFile, read_journal
journal = JournalFile.append_to(Path(sys.argv[1]), read_journal(Path(sys.argv[1])))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "run.jsonl"
    write_journal(path, HEADER, ENTRIES)
    return path


def test_what_was_written_is_read_back(journal: Path) -> None:
    record = read_journal(journal)
    assert HEADER == record.header
    assert ENTRIES == record.entries
    assert not record.torn


def test_a_journal_that_grows_is_the_same_file_as_one_written_at_once(journal: Path, tmp_path: Path) -> None:
    path = tmp_path / "grown.jsonl"
    grown = JournalFile.create(path, HEADER)
    for entry in ENTRIES:
        grown.write([entry])
    grown.close()
    assert journal.read_bytes() == path.read_bytes()


def test_an_older_journal_of_that_name_is_kept(journal: Path) -> None:
    before = journal.read_bytes()
    JournalFile.create(journal, HEADER).close()
    assert before == journal.with_suffix(".jsonl.bak").read_bytes()


def test_a_journal_that_another_program_writes_is_left_alone_until_that_one_ends(journal: Path) -> None:
    before = journal.read_bytes()
    command, pipe = [sys.executable, "-c", WRITER, str(journal)], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as writer:
        assert writer.stdout is not None
        assert "open\n" == writer.stdout.readline()
        record = read_journal(journal)
        for attempt in (lambda: JournalFile.append_to(journal, record), lambda: JournalFile.create(journal, HEADER)):
            with pytest.raises(BadInput) as refused:
                attempt()
            assert "in-use" == refused.value.faults[0].code
        assert before == journal.read_bytes()
        writer.kill()
    grown = JournalFile.append_to(journal, record)
    grown.write([Entry(300, "reading", {})])
    grown.close()
    assert [*ENTRIES, Entry(300, "reading", {})] == list(read_journal(journal).entries)


def test_a_journal_that_grew_since_it_was_read_is_not_gone_on_with(journal: Path) -> None:
    record = read_journal(journal)
    grown = JournalFile.append_to(journal, record)
    grown.write([Entry(300, "reading", {})])
    grown.close()
    after = journal.read_bytes()
    with pytest.raises(BadInput) as refused:
        JournalFile.append_to(journal, record)
    assert "grown-meanwhile" == refused.value.faults[0].code
    assert after == journal.read_bytes()


def test_runs_that_begin_in_the_same_second_keep_journals_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path))
    monkeypatch.setattr(time, "strftime", lambda form: "20260714-093000")
    header = Header("first_steps", "digest", 7, "trainee")
    runs = [JournalFile.begin("first_steps", header) for _ in range(3)]
    for number, run in enumerate(runs):
        run.write([Entry(number, "reading", {"of": number})])
        run.close()
    again = JournalFile.begin("first_steps", replace(header, parent=runs[0].path.name, parent_tick=600))
    again.close()
    assert [
        "first_steps-20260714-093000-7.jsonl",
        "first_steps-20260714-093000-7-2.jsonl",
        "first_steps-20260714-093000-7-3.jsonl",
        "first_steps-20260714-093000-7-600.jsonl",
    ] == [run.path.name for run in (*runs, again)]
    assert [0, 1, 2] == [read_journal(run.path).entries[0].tick for run in runs]
    assert not list(journals().glob("*.bak"))


def test_a_run_cut_off_at_any_byte_opens_with_every_whole_line_and_grows_on(journal: Path, tmp_path: Path) -> None:
    whole = journal.read_bytes()
    ends = [k + 1 for k, byte in enumerate(whole) if byte == ord("\n")]
    path = tmp_path / "cut.jsonl"
    for cut in range(ends[0], len(whole) + 1, 3):
        path.write_bytes(whole[:cut])
        record = read_journal(path)
        assert sum(end <= cut for end in ends) - 1 == len(record.entries)
        assert (cut not in ends) == record.torn
        grown = JournalFile.append_to(path, record)
        grown.write(ENTRIES[len(record.entries) :])
        grown.close()
        assert whole == path.read_bytes()


@pytest.mark.parametrize("number", [1, 2, 4])
def test_a_line_changed_by_one_letter_is_named(journal: Path, number: int) -> None:
    lines = journal.read_bytes().split(b"\n")
    lines[number] = lines[number].replace(b'"tick":', b'"tick":1', 1)
    journal.write_bytes(b"\n".join(lines))
    with pytest.raises(AlteredJournal) as found:
        read_journal(journal)
    assert str(number) in found.value.phrase.english()


def test_a_line_taken_out_is_noticed(journal: Path) -> None:
    lines = journal.read_bytes().split(b"\n")
    del lines[2]
    journal.write_bytes(b"\n".join(lines))
    with pytest.raises(AlteredJournal):
        read_journal(journal)


def test_two_lines_that_changed_places_are_noticed(journal: Path) -> None:
    lines = journal.read_bytes().split(b"\n")
    lines[2], lines[3] = lines[3], lines[2]
    journal.write_bytes(b"\n".join(lines))
    with pytest.raises(AlteredJournal):
        read_journal(journal)


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"hello\n", b"[]\n", b"{}\n", b"\xff\xfe\n", b'{"seq":0}\n', b"[" * 100_000 + b"\n"]
)
def test_a_file_that_is_no_journal_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.jsonl"
    path.write_bytes(content)
    with pytest.raises((BadInput, AlteredJournal)) as found:
        read_journal(path)
    assert not isinstance(found.value, AlteredJournal)


def test_a_journal_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.jsonl"):
        read_journal(tmp_path / "nowhere.jsonl")


def test_a_journal_of_a_newer_format_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "newer.jsonl"
    write_journal(path, Header("small", "digest", 7, "trainee", format=FORMAT + 1), ENTRIES)
    with pytest.raises(OldJournal):
        read_journal(path)


def test_no_line_holds_anything_but_what_the_format_says(journal: Path) -> None:
    for line in journal.read_text(encoding="utf-8").splitlines():
        assert {"seq", "tick", "kind", "data", "link"} == set(json.loads(line))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.text(min_size=1), st.dictionaries(st.text(), VALUES, max_size=4))))
def test_whatever_an_entry_holds_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: list) -> None:  # type: ignore[type-arg]
    entries = tuple(Entry(tick, kind, data) for tick, kind, data in rows)
    path = tmp_path_factory.mktemp("journal") / "run.jsonl"
    write_journal(path, HEADER, entries)
    assert entries == read_journal(path).entries
