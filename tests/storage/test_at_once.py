"""Two programs at once: what one keeps in the data folder the other does not undo, double or make unreadable."""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from sim.command.doors import new_folder
from sim.command.office import DiskOffice
from sim.core.errors import BadInput
from sim.lab.ranking import read_rows
from sim.seat.aside import Aside
from sim.storage import held
from sim.storage.aside_file import aside_path, keep_aside, read_aside
from sim.storage.campaign import read_campaign
from sim.storage.folder import home
from sim.storage.held import TURN, turn
from sim.storage.journal_file import Header, JournalFile, write_journal
from sim.storage.keepsake import read_json, read_lines
from sim.storage.records.register import Register
from sim.storage.sheet import read_sheet
from sim.storage.trial_table import TrialTable
from sim.world.journal import Entry
from tests.storage.test_review_file import branch, kept, work

HEADER = Header("small", "digest", 1, "trainee")
TIMES = 8
"""So often each program does what it does."""

BEGINNING = """
import sys
from pathlib import Path
folder, me, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
def at_once():
    print("ready", flush=True)
    sys.stdin.readline()
"""
RECORDS = """
from sim.storage.records.register import Register
from tests.storage.test_records import run_of
at_once()
register = Register(folder)
for k in range(times):
    at_once()
    register.add(run_of(1000 * (ord(me) - 96) + k, f"T-{k}", squad=f"squad-{k}"))
    register.add(run_of(9000 + k, "T-0"))
"""
NOTES = """
from sim.storage.aside_file import keep_aside, read_aside
aside = read_aside(folder / "run.jsonl")
at_once()
for k in range(times):
    aside.notes.append((k, f"{me}{k}"))
    keep_aside(folder / "run.jsonl", aside)
"""
CAMPAIGN = """
from sim.storage.campaign import remember
from sim.storage.journal_file import Header
from sim.world.journal import Entry
from sim.world.memory import Memory
def finished(state):
    return [
        Entry(1, "digest", {"digest": state}),
        Entry(1, "consequence", {"what": "recurrence", "risk": 0.5, "again": False}),
        Entry(1, "memory", Memory(community="small").as_dict()),
        Entry(1, "outcome", {"reason": "time", "lost": []}),
    ]
at_once()
for k in range(times):
    for state in (f"{me}{k}", f"both{k}"):
        remember(folder / "drivers.json", Header("small", "digest", 1, "trainee"), finished(state))
"""
RESULTS = """
from sim.command.office import DiskOffice
from sim.desktop.office import Result
at_once()
for k in range(times):
    DiskOffice().keep_result(Result("small", "today", 70.0, "B", False, f"run-{k}.jsonl"))
"""
SHEETS = """
from sim.storage.sheet import write_sheet
at_once()
for k in range(times):
    write_sheet(folder / "table.csv", [[me, "x" * 100]] * 1900, [])
"""
TABLE = """
from sim.storage.trial_table import TrialTable
table = TrialTable(folder / "a.csv", "plan", ("waiting",), ("trust",))
at_once()
for k in range(times):
    table.add([(k + (100 if me == "b" else 0), "waiting", 0, (0.5,), "abc"), ])
    table.add([(1000 + k, "waiting", 0, (0.5,), "abc"), ])
if me == "a":
    table.close()
"""
IN_TURN = """
from sim.storage.held import turn
with turn():
    at_once()
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder, for this program and those it starts."""
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path))
    return tmp_path


def run_at_once(folder: Path, what: str) -> None:
    """Two programs do this, each step at the same moment; neither fails."""
    root = Path(__file__).resolve().parents[2]
    with ExitStack() as stack:
        both = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", BEGINNING + what, str(folder), me, str(TIMES)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    env={**os.environ, "PYTHONPATH": str(root)},
                    cwd=root,
                )
            )
            for me in "ab"
        ]
        while ["ready\n"] * 2 == [each.stdout.readline() for each in both if each.stdout is not None]:
            for each in both:
                assert each.stdin is not None
                each.stdin.write("\n")
                each.stdin.flush()
    assert [0, 0] == [each.returncode for each in both]


# ---------------------------------------------------------------------------------------------- turns


def test_who_is_killed_in_their_turn_leaves_it_to_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A turn that is not given back is waited for this long, and no computer is so slow.
    monkeypatch.setattr(held, "WAIT_S", 100.0)
    with subprocess.Popen(
        [sys.executable, "-c", BEGINNING + IN_TURN, str(folder), "a", "1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert "ready\n" == other.stdout.readline()
        other.kill()
    began = time.monotonic()
    with turn(), turn():
        assert time.monotonic() - began < held.WAIT_S
    assert [TURN] == [path.name for path in home().iterdir()]


# ---------------------------------------------------------------------------------------------- what people add


def test_notes_written_on_one_run_in_two_windows_are_all_kept(folder: Path) -> None:
    run_at_once(folder, NOTES)
    notes = [text for _, text in read_aside(folder / "run.jsonl").notes]
    assert sorted(f"{me}{k}" for me in "ab" for k in range(TIMES)) == sorted(notes)
    assert notes.index("a0") < notes.index(f"a{TIMES - 1}")


def test_what_one_window_takes_away_or_sets_stays_so_beside_what_the_other_adds(folder: Path) -> None:
    journal = folder / "run.jsonl"
    keep_aside(journal, Aside(bookmarks=[10, 20], survey={"calm": "yes"}, speed=1.0))
    one, other = read_aside(journal), read_aside(journal)
    one.bookmarks.remove(10)
    one.survey["fair"] = "no"
    one.speed = 2.0
    keep_aside(journal, one)
    other.bookmarks.append(30)
    other.survey = {**other.survey, "late": "no"}
    keep_aside(journal, other)
    found = read_aside(journal)
    assert [20, 30] == found.bookmarks == other.bookmarks
    assert {"calm": "yes", "fair": "no", "late": "no"} == found.survey
    assert 2.0 == found.speed


def test_what_was_added_is_written_again_where_its_file_is_gone(folder: Path) -> None:
    journal = folder / "run.jsonl"
    keep_aside(journal, Aside(bookmarks=[10]))
    aside = read_aside(journal)
    aside_path(journal).unlink()
    keep_aside(journal, aside)
    assert [10] == read_aside(journal).bookmarks


def test_what_two_windows_set_is_kept_from_both(folder: Path) -> None:
    one, other = DiskOffice(), DiskOffice()
    mine, theirs = one.preferences(), other.preferences()
    mine.theme = "light"
    one.keep_preferences(mine)
    theirs.language = "zh"
    other.keep_preferences(theirs)
    mine.projector = True
    one.keep_preferences(mine)
    found = DiskOffice().preferences()
    assert ("light", "zh", True) == (found.theme, found.language, found.projector)
    assert "zh" == read_json(folder / "preferences.json")["language"]


# ---------------------------------------------------------------------------------------------- results


def test_the_result_of_a_run_looked_at_in_two_windows_stands_there_once(folder: Path) -> None:
    run_at_once(folder, RESULTS)
    kept_once = [line["journal"] for line in read_lines(folder / "results.jsonl")]
    assert [f"run-{k}.jsonl" for k in range(TIMES)] == kept_once


def test_a_campaign_keeps_every_run_that_ends_while_others_do_and_each_once(folder: Path) -> None:
    run_at_once(folder, CAMPAIGN)
    states = [incident["state"] for incident in read_campaign(folder / "drivers.json").incidents]
    assert sorted(f"{who}{k}" for who in ("a", "b", "both") for k in range(TIMES)) == sorted(states)


def test_runs_that_end_in_the_same_moment_are_all_in_the_records(folder: Path) -> None:
    run_at_once(folder, RECORDS)
    register = Register(folder)
    assert 3 * TIMES == len(register.runs())
    assert TIMES == len(register.squads())
    assert {f"T-{k}" for k in range(TIMES)} == set(register.people())


# ---------------------------------------------------------------------------------------------- sweeps and reviews


def test_two_sweeps_into_one_table_lose_no_seed_of_each_other(folder: Path) -> None:
    run_at_once(folder, TABLE)
    wanted = {*range(TIMES), *range(100, 100 + TIMES), *range(1000, 1000 + TIMES)}
    table = TrialTable(folder / "a.csv", "plan", ("waiting",), ("trust",))
    assert wanted == table.seeds
    assert len(wanted) == len(table.rows)


def test_continuations_two_programs_have_played_alike_count_once(folder: Path) -> None:
    row = {"scenario": "s", "player": "p", "seed": 1, "decision": 1, "minute": 2.0, "alternative": 0, "response": "r",
           "policy": "own", "trial": 0, "end": 50.0, "lasted_min": 9.0, "cuts": []}  # fmt: skip
    line, other = json.dumps(row), json.dumps({**row, "trial": 1})
    (folder / "rows.jsonl").write_text(f"{line}\n{other}\n{line}\n", encoding="utf-8")
    assert [0, 1] == [each.trial for each in read_rows(folder / "rows.jsonl")]


def test_the_same_review_in_two_programs_keeps_what_both_carried_out(folder: Path) -> None:
    journal = folder / "run.jsonl"
    write_journal(journal, HEADER, [])
    one, other = kept(journal), kept(journal)
    one.keep(work(1), branch(1.0))
    other.keep(work(2), branch(2.0))
    one.keep(work(3), branch(3.0))
    assert {work(k).key for k in (1, 2, 3)} == set(kept(journal).known)


def test_a_review_of_what_a_run_was_before_adds_nothing_to_that_of_the_run_as_it_is(folder: Path) -> None:
    journal = folder / "run.jsonl"
    running = JournalFile.create(journal, HEADER)
    before = kept(journal)
    before.keep(work(1), branch(1.0))
    running.write([Entry(10, "state", {"from": 0, "to": 1})])
    after = kept(journal)
    after.keep(work(2), branch(2.0))
    before.keep(work(3), branch(3.0))
    running.close()
    assert {work(2).key} == set(kept(journal).known)


# ---------------------------------------------------------------------------------------------- files of their own


def test_a_file_two_programs_write_is_one_of_the_two(folder: Path) -> None:
    run_at_once(folder, SHEETS)
    rows = read_sheet(folder / "table.csv").rows
    assert 1 == len({str(row) for row in rows})
    assert ["table.csv"] == sorted(path.name for path in folder.iterdir() if path.name != TURN)


def test_a_whole_journal_is_not_written_over_one_that_is_open(folder: Path) -> None:
    running = JournalFile.create(folder / "run.jsonl", HEADER)
    before = running.path.read_bytes()
    with pytest.raises(BadInput) as refused:
        write_journal(running.path, HEADER, [])
    assert "in-use" == refused.value.faults[0].code
    running.close()
    assert before == (folder / "run.jsonl").read_bytes()


def test_rooms_begun_in_the_same_second_have_a_folder_each(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "strftime", lambda form: "20260714-093000")
    assert ["20260714-093000", "20260714-093000-2"] == [new_folder().name, new_folder().name]
    assert {0o700} == {path.stat().st_mode & 0o777 for path in (folder / "rooms").iterdir()} or os.name == "nt"
