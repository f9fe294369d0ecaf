"""Records: what is kept about people is what the page says, can be handed out, and can be erased to the last byte."""

import re
import sqlite3
import stat
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from sim.core.errors import BadInput
from sim.core.noise import Noise, Stream
from sim.core.phrase import LText, Phrase
from sim.storage.records.register import Register
from sim.storage.records.result import Decision, RunResult
from sim.storage.records.sheet import cell, runs_sheet
from sim.storage.records.tables import TABLES
from sim.storage.records.xapi import statements

DOCS = Path(__file__).resolve().parents[2] / "docs" / "records.md"


def run_of(number: int, *people: str, squad: str | None = None, ended: str = "2026-03-01T10:00:00Z") -> RunResult:
    """A run by these people; the first one commands, the others are liaison."""
    seats = tuple((person, "commander" if k == 0 else "liaison") for k, person in enumerate(people))
    return RunResult(
        id=f"{number:032x}",
        ended=ended,
        scenario="first_steps",
        seed=2**63 + number,
        mode="practice",
        engine="0.1.0",
        minutes=30.0,
        outcome="resolved",
        rubric="default",
        total=70.0 + number % 20,
        grade="B",
        coverage=0.9,
        dimensions=(("SFY", 90.0, 1.0), ("LNP", None, 0.0)),
        decisions=(
            Decision(1, 0.5, "commander", "first_contact", accepted=True, lawful=True, baseline=True),
            Decision(2, 3.0, "liaison", "listening_round", accepted=True, lawful=True, baseline=True, latency_s=12.5),
            Decision(3, 9.0, "commander", "area_effect", accepted=False, lawful=False, baseline=False),
        ),
        squad=squad,
        seats=seats,
        journal=f"run-{number}.jsonl",
    )


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return Register(tmp_path / "data")


# ---------------------------------------------------------------------------------------------- what is kept


def test_every_column_that_is_stored_stands_in_the_page_and_none_stands_there_that_is_not() -> None:
    tables = DOCS.read_text(encoding="utf-8").split("## Everything that is stored in files")[0]
    rows = re.findall(r"^\| `([a-z]+)` \| (.+) \|$", tables, re.MULTILINE)
    listed = {table: {re.match(r"`(\w+)`", part).group(1) for part in said.split(", ") if part.startswith("`")}  # type: ignore[union-attr]
              for table, said in rows}  # fmt: skip
    assert {name: set(table.columns.keys()) for name, table in TABLES.tables.items()} == listed


def test_the_steps_that_made_the_tables_lead_to_the_tables_there_are(register: Register) -> None:
    from sqlalchemy import inspect

    found = inspect(register._engine)
    assert {name: sorted(table.columns.keys()) for name, table in TABLES.tables.items()} == {
        name: sorted(column["name"] for column in found.get_columns(name))
        for name in found.get_table_names()
        if name != "alembic_version"
    }


def test_files_and_folder_are_for_their_user_alone(register: Register, tmp_path: Path) -> None:
    register.add(run_of(1, "T-1"))
    register.identity.keep("T-1", "Somebody")
    assert 0o700 == stat.S_IMODE((tmp_path / "data").stat().st_mode)
    assert {0o600} == {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}


def test_a_run_is_entered_once_and_read_back_as_it_was(register: Register) -> None:
    assert register.add(run_of(1, "T-1", "T-2", squad="blue"))
    assert not register.add(run_of(1, "T-1", "T-2", squad="blue"))
    [run] = register.runs()
    assert (str(2**63 + 1), 71.0, "blue") == (run["seed"], run["total"], run["squad"])
    assert [("T-1", "commander"), ("T-2", "liaison")] == [(s["person"], s["seat"]) for s in run["seats"]]
    assert [None, 12.5, None] == [d["latency_s"] for d in register.decisions(run["id"])]
    assert [("LNP", None), ("SFY", 90.0)] == [(d["dimension"], d["points"]) for d in register.dimensions(run["id"])]
    assert ["T-1", "T-2"] == register.people()


@pytest.mark.parametrize("name", ["Wang Wei", "王伟", "a@b.example", "", "x" * 33, "-T"])
def test_what_could_be_a_name_in_clear_is_no_pseudonym(register: Register, name: str) -> None:
    with pytest.raises(BadInput, match="cannot be an id"):
        register.add(run_of(1, name))
    assert [] == register.runs()


def test_an_address_that_is_none_is_refused_with_an_example_and_without_its_password(tmp_path: Path) -> None:
    for url in ("nonsense", "oracle+x://u:secret@h/db", "postgresql+psycopg://u:secret@127.0.0.1:1/db"):
        with pytest.raises(BadInput) as wrong:
            Register(tmp_path, url)
        assert "secret" not in str(wrong.value)


# ---------------------------------------------------------------------------------------------- handing out


def test_an_export_holds_all_about_one_person_and_nothing_about_another(register: Register) -> None:
    for k in range(6):
        register.add(run_of(k, "CANARY-1", "OTHER-2"))
    register.add(run_of(9, "OTHER-2"))
    register.identity.keep("CANARY-1", "Own Name")
    register.identity.keep("OTHER-2", "Other Name")
    found = register.export("CANARY-1")
    assert ("Own Name", 6) == (found["name"], len(found["runs"]))
    assert {"commander"} == {d["seat"] for run in found["runs"] for d in run["decisions"]}
    assert "OTHER-2" not in str(found)
    assert "Other Name" not in str(found)


def test_cells_that_could_be_formulas_are_text_and_the_sheet_opens_in_excel(register: Register) -> None:
    assert ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx", "-1.5", "plain", ""] == [
        cell(value) for value in ("=1+1", "+1", "-1", "@x", "\tx", "\rx", -1.5, "plain", None)
    ]
    register.add(run_of(1, "T-1", "T-2"))
    lines = runs_sheet(register).decode("utf-8").splitlines()
    assert lines[0].startswith("\ufeffended,person,seat")
    assert 3 == len(lines)
    assert ",3,1,0," in lines[1]


def test_statements_say_what_somebody_did_under_a_pseudonym_and_the_same_ones_when_asked_again(
    register: Register,
) -> None:
    register.add(run_of(1, "T-1", "T-2"))
    titles = {"first_contact": LText("First contact", "首次接触")}
    told = statements(register, titles, "T-1", "https://academy.example/")
    assert told == statements(register, titles, "T-1", "https://academy.example")
    assert ["initialized", "responded", "completed", "passed"] == [s["verb"]["display"]["en-US"] for s in told]  # type: ignore[index]
    assert {"T-1"} == {s["actor"]["account"]["name"] for s in told}  # type: ignore[index]
    assert "首次接触" == told[1]["object"]["definition"]["name"]["zh-CN"]  # type: ignore[index]
    assert {"scaled": 0.71, "raw": 71.0, "min": 0.0, "max": 100.0} == told[2]["result"]["score"]  # type: ignore[index]
    assert 1 == len({s["context"]["registration"] for s in told})  # type: ignore[index]
    assert len(told) == len({s["id"] for s in told})


def test_a_run_that_was_broken_off_is_abandoned_and_neither_passed_nor_failed(register: Register) -> None:
    from dataclasses import replace

    register.add(replace(run_of(1, "T-1"), outcome="stopped"))
    assert "abandoned" == statements(register, {}, "T-1")[-1]["verb"]["display"]["en-US"]  # type: ignore[index]


# ---------------------------------------------------------------------------------------------- letting go


def forget_at_random(folder: Path, number: int) -> None:
    """One trial: many people in many runs, one of them is forgotten; nothing of them is left in any file."""
    dice = Noise(number)
    people = [f"CANARY{number}-{k}" for k in range(5)]
    register = Register(folder)
    for k, person in enumerate(people):
        register.identity.keep(person, f"Name Of {number} {k}")
    for run in range(12):
        first = dice.choice(5, Stream.PLAYER, run, 0)
        second = dice.choice(5, Stream.PLAYER, run, 1)
        alone = dice.uniform(Stream.PLAYER, run, 2) < 0.5 or first == second
        squad = "blue" if dice.uniform(Stream.PLAYER, run, 3) < 0.3 else None
        register.add(run_of(run, people[first], *([] if alone else [people[second]]), squad=squad))
    gone = people[dice.choice(5, Stream.PLAYER, 99, 0)]
    before = {person: len(register.runs(person)) for person in people if person != gone}
    if gone not in register.people():
        register.add(run_of(50, gone))
    register.forget(gone)
    name = f"Name Of {number} {people.index(gone)}".encode()
    for path in folder.iterdir():
        data = path.read_bytes()
        assert gone.encode() not in data, path.name
        assert name not in data, path.name
    assert before == {person: len(register.runs(person)) for person in before}
    assert gone not in register.people()
    with pytest.raises(BadInput, match="nothing is kept"):
        register.export(gone)
    register.close()


def test_whoever_is_forgotten_leaves_no_byte_behind_and_takes_nothing_of_others_along(tmp_path: Path) -> None:
    for number in range(8):
        forget_at_random(tmp_path / str(number), number)


@pytest.mark.slow
def test_two_hundred_people_are_forgotten_without_a_trace(tmp_path: Path) -> None:
    for number in range(200):
        forget_at_random(tmp_path / str(number), number)


def test_purging_lets_go_of_exactly_the_runs_whose_time_is_over(register: Register) -> None:
    for k, day in enumerate(("2025-01-01", "2025-06-01", "2025-06-02", "2026-01-01")):
        register.add(run_of(k, "T-1", ended=f"{day}T08:00:00Z"))
    assert 365 == register.retention_days()
    assert 2 == register.purge(date(2026, 6, 2))
    assert ["2025-06-02", "2026-01-01"] == [str(run["ended"])[:10] for run in register.runs()]
    register.keep_for(30)
    assert 2 == register.purge(date(2026, 6, 3))


def test_whoever_has_no_run_left_does_not_stay_by_pseudonym_or_name(register: Register, tmp_path: Path) -> None:
    register.add(run_of(1, "T-1", "T-2", squad="blue", ended="2025-01-01T08:00:00Z"))
    register.add(run_of(2, "T-2", ended="2026-01-01T08:00:00Z"))
    for person in ("T-1", "T-2", "T-3"):
        register.identity.keep(person, f"CANARY {person}")
    assert 1 == register.purge(date(2026, 6, 2))
    assert (["T-2"], []) == (register.people(), register.squads())
    # Whose name is kept for a first run still to come has let nothing lapse.
    assert ["", "CANARY T-2", "CANARY T-3"] == [register.identity.name(each) for each in ("T-1", "T-2", "T-3")]
    trace = b"CANARY T-1"
    assert not any(trace in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_letting_go_that_the_disk_broke_off_is_finished_the_next_time(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Register) -> None:
        raise BadInput.of("records", Phrase("the disk is full"))

    register.add(run_of(77, "T-1", ended="2025-01-01T08:00:00Z"))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    with monkeypatch.context() as full:
        full.setattr(Register, "_settle", broken)
        with pytest.raises(BadInput, match="full"):
            register.purge(date(2026, 6, 2))
    trace = f"{77:032x}".encode()
    assert any(trace in path.read_bytes() for path in files)
    assert 0 == register.purge(date(2026, 6, 2))
    assert not any(trace in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_nobody_is_called_forgotten_while_another_program_keeps_their_bytes_on_the_disk(
    register: Register, tmp_path: Path
) -> None:
    def lying() -> list[str]:
        return [path.name for path in (tmp_path / "data").iterdir() if b"CANARY-1" in path.read_bytes()]

    register.add(run_of(1, "CANARY-1"))
    with register._engine.connect() as own:
        own.exec_driver_sql("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(tmp_path / "data" / "records.sqlite")) as reader:
        reader.execute("BEGIN")
        assert (1,) == reader.execute("SELECT count(*) FROM run").fetchone()
        with pytest.raises(BadInput, match="another program"):
            register.forget("CANARY-1")
        assert ["records.sqlite-wal"] == lying()
    with pytest.raises(BadInput, match="nothing is kept"):
        register.forget("CANARY-1")
    assert [] == lying()


def test_a_clock_that_goes_backwards_lets_nothing_go(register: Register) -> None:
    register.add(run_of(1, "T-1", ended="2026-01-01T08:00:00Z"))
    assert 0 == register.purge(date(2026, 2, 1))
    register.keep_for(1)
    assert 0 == register.purge(date(2026, 1, 15))
    assert 1 == len(register.runs())
    assert 1 == register.purge(date(2026, 2, 1))
