"""A run from the command line: what it prints, what it writes, and that writing it again gives the same bytes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command.program import Program, write_scenario

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_scenario(tmp_path_factory.mktemp("scenario"))


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


@pytest.fixture(scope="module")
def journal(scenario: Path) -> Path:
    """A run by the doctrine player, made in a process of its own."""
    path = scenario.parent / "run.jsonl"
    command = [sys.executable, "main.py", "run", str(scenario), "--player", "doctrine", "--seed", "3", "--quiet"]
    subprocess.run([*command, "--journal", str(path)], cwd=ROOT, check=True, capture_output=True)
    return path


FIELDS = {
    "scenario", "seed", "player", "ticks", "sim_seconds", "outcome", "digest", "states", "peak", "injuries", "left",
    "legitimacy", "orders", "score",
}  # fmt: skip


def test_a_run_prints_everything_the_contract_names(program: Program, scenario: Path) -> None:
    said = program("run", scenario, "--player", "facilitate", "--seed", 2, "--until", 3, "--json", "--quiet")
    assert 0 == said.code
    data = said.data
    assert set(data) >= FIELDS
    assert {"reason", "ended_by"} <= set(data["outcome"])
    assert {"density_per_m2", "disorder", "agitated"} <= set(data["peak"])
    assert {"minor", "serious", "fatal", "by_cause"} <= set(data["injuries"])
    assert {"voluntary", "moved", "detained", "remaining"} <= set(data["left"])
    assert {"start", "end"} <= set(data["legitimacy"])
    assert {"total", "grade", "gates", "dimensions"} <= set(data["score"])
    assert all({"state", "from_s"} <= set(state) for state in data["states"])
    for order in data["orders"]:
        assert {"t_s", "response", "accepted", "lawful_domestic", "meets_baseline", "reasons"} <= set(order)
    assert "" == said.err


def test_the_same_run_in_another_process_writes_the_same_bytes(
    program: Program, scenario: Path, journal: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.jsonl"
    said = program("run", scenario, "--player", "doctrine", "--seed", 3, "--journal", again, "--quiet")
    assert 0 == said.code
    assert journal.read_bytes() == again.read_bytes()


def test_two_threads_write_the_same_bytes_as_one(scenario: Path, journal: Path, tmp_path: Path) -> None:
    again = tmp_path / "threads.jsonl"
    command = [sys.executable, "main.py", "run", str(scenario), "--player", "doctrine", "--seed", "3", "--quiet"]
    subprocess.run([*command, "--threads", "2", "--journal", str(again)], cwd=ROOT, check=True, capture_output=True)
    assert journal.read_bytes() == again.read_bytes()


def test_another_seed_is_another_run(program: Program, scenario: Path, journal: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    program("run", scenario, "--player", "doctrine", "--seed", 4, "--journal", other, "--quiet")
    assert journal.read_bytes() != other.read_bytes()


def test_a_replay_reaches_every_recorded_digest(program: Program, journal: Path) -> None:
    said = program("replay", journal, "--verify", "--json", "--quiet")
    assert 0 == said.code
    assert said.data["verified"]
    assert said.data["digests"] > 10
    assert said.data["digest"] == said.data["recorded"]


def test_a_replay_shows_the_situation_at_any_time(program: Program, journal: Path) -> None:
    said = program("replay", journal, "--at", "02:30", "--json", "--quiet")
    assert 0 == said.code
    assert "02:30" == said.data["clock"]
    assert said.data["observation"]


def test_an_altered_journal_is_refused_at_its_line(program: Program, journal: Path, tmp_path: Path) -> None:
    altered = tmp_path / "altered.jsonl"
    lines = journal.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[5] = lines[5].replace('"tick":', '"tick":9', 1)
    altered.write_text("".join(lines), encoding="utf-8")
    said = program("replay", altered, "--verify")
    assert 2 == said.code
    assert "5" in said.err


def test_a_journal_written_anew_with_another_digest_fails_to_verify(
    program: Program, journal: Path, tmp_path: Path
) -> None:
    from sim.storage.journal_file import read_journal, write_journal
    from sim.world.journal import Entry

    record = read_journal(journal)
    digests = [k for k, entry in enumerate(record.entries) if entry.kind == "digest"]
    entries = list(record.entries)
    forged = entries[digests[4]]
    entries[digests[4]] = Entry(forged.tick, "digest", {"digest": "0" * 32})
    write_journal(tmp_path / "forged.jsonl", record.header, entries)
    said = program("replay", tmp_path / "forged.jsonl", "--verify", "--json", "--quiet")
    assert 1 == said.code
    assert forged.tick == said.data["differs_at"]["tick"]


def test_a_replay_that_parts_between_two_digest_lines_names_the_second(
    program: Program, journal: Path, tmp_path: Path
) -> None:
    from sim.storage.journal_file import read_journal, write_journal
    from sim.world.journal import Entry

    record = read_journal(journal)
    place = [k for k, entry in enumerate(record.entries) if entry.kind == "digest"][3]
    entries = list(record.entries)
    marks = str(entries[place].data["marks"]).split()
    assert 9 == len(marks)
    data = {"digest": "0" * 32, "marks": " ".join([*marks[:6], *["0" * 8] * 3])}
    entries[place] = Entry(entries[place].tick, "digest", data)
    write_journal(tmp_path / "parted.jsonl", record.header, entries)
    said = program("replay", tmp_path / "parted.jsonl", "--verify", "--json", "--quiet")
    assert 1 == said.code
    assert entries[place].tick - 30 == said.data["differs_at"]["tick"]


def test_a_run_is_graded_the_same_from_its_journal_alone(program: Program, scenario: Path, journal: Path) -> None:
    graded = program("score", journal, "--json")
    ran = program("run", scenario, "--player", "doctrine", "--seed", 3, "--json", "--quiet")
    assert ran.data["score"] == graded.data["score"]
    assert f"{graded.data['score']['total']:.1f}" in program("score", journal).out


def test_orders_from_a_file_are_given_and_what_the_law_says_of_them_is_printed(
    program: Program, scenario: Path, tmp_path: Path
) -> None:
    orders = tmp_path / "orders.yaml"
    orders.write_text(
        '- {at: "00:30", response: first_contact, reason: begin to talk}\n'
        '- {at: "01:00", response: containment, reason: hold them}\n'
        '- {at: "01:30", response: containment, go_ahead: true, reason: hold them all the same}\n',
        encoding="utf-8",
    )
    said = program("run", scenario, "--orders", orders, "--until", 2, "--json", "--quiet")
    contact, refused, marked = said.data["orders"]
    assert contact["accepted"]
    assert contact["lawful_domestic"]
    assert not refused["accepted"]
    assert refused["reasons"]
    assert marked["accepted"]
    assert not marked["lawful_domestic"]
    assert ("stopped", "clock") == (said.data["outcome"]["reason"], said.data["outcome"]["ended_by"])


def test_each_refused_order_of_a_file_is_named_with_its_line_its_reasons_and_what_helps(
    program: Program, scenario: Path, tmp_path: Path
) -> None:
    orders = tmp_path / "orders.yaml"
    orders.write_text(
        "# a line that cannot work\n"
        '- {at: "00:30", response: written_commitment, demand: heard}\n'
        '- {at: "00:40", response: first_contact}\n'
        '- {at: "00:50", response: containment, reason: hold them}\n',
        encoding="utf-8",
    )
    call = ("run", scenario, "--orders", orders, "--until", 1, "--quiet")
    early, unlawful = program(*call, "--json").data["refused"]
    assert (2, 0.5, "written_commitment") == (early["line"], early["minute"], early["response"])
    why = {each["why"]: each["remedy"] for each in early["reasons"]}
    assert "before it: seat_representatives" == why["nobody with a mandate has sat down with the representatives yet"]
    assert (4, "containment") == (unlawful["line"], unlawful["response"])
    assert any(each["remedy"] for each in unlawful["reasons"])
    said = program(*call).out
    assert "Orders that were refused" in said
    assert "seat_representatives" in said


def test_a_run_by_a_player_lists_no_refused_orders(program: Program, scenario: Path) -> None:
    assert "refused" not in program("run", scenario, "--player", "random", "--until", 1, "--json", "--quiet").data


def test_the_first_run_on_a_computer_says_that_it_prepares_and_later_ones_do_not(
    program: Program, scenario: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert "Preparing the simulation" in program("run", scenario, "--player", "passive", "--until", 1).err
    assert "Preparing the simulation" not in program("run", scenario, "--player", "passive", "--until", 1).err


def test_a_run_that_was_stopped_verifies(program: Program, scenario: Path, tmp_path: Path) -> None:
    path = tmp_path / "stopped.jsonl"
    program("run", scenario, "--player", "random", "--seed", 5, "--until", 1.255, "--journal", path, "--quiet")
    said = program("replay", path, "--verify", "--json", "--quiet")
    assert 0 == said.code
    assert said.data["verified"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run", "taxi_ring_squar", "--player", "passive"], "taxi_ring_square"),
        (["run", "taxi_ring_square", "--player", "nobody"], "invalid choice"),
        (["run", "taxi_ring_square"], "required"),
        (["run", "taxi_ring_square", "--player", "passive", "--seed", "-1"], "seed"),
        (["run", "taxi_ring_square", "--player", "passive", "--threads", "0"], "thread"),
        (["replay", "nowhere.jsonl"], "nowhere.jsonl"),
        (["score", "nowhere.jsonl"], "nowhere.jsonl"),
        (["review", "nowhere.jsonl"], "nowhere.jsonl"),
        (["check", "nowhere.yaml"], "nowhere.yaml"),
        (["play", "--console"], "terminal"),
        (["dance"], "invalid choice"),
    ],
)
def test_bad_usage_is_one_clear_message_and_exit_2(program: Program, arguments: list[str], says: str) -> None:
    said = program(*arguments)
    assert 2 == said.code
    assert says in said.err + said.out


@pytest.mark.parametrize("command", ["play", "demo", "run", "replay", "score", "check", "review", "doctor", "battery"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_command_explains_itself_with_an_example(program: Program, command: str, language: str) -> None:
    said = program(command, "--help", "--lang", language)
    assert 0 == said.code
    assert "commonground " + command in said.out


def test_doctor_finds_nothing_amiss_here_or_says_how_to_repair_it(program: Program) -> None:
    said = program("doctor", "--json")
    findings = said.data["findings"]
    assert said.data["ok"] == all(finding["ok"] for finding in findings)
    assert said.code == (0 if said.data["ok"] else 1)
    assert {"Python", "numpy", "Data folder", "Scenarios"} <= {finding["what"] for finding in findings}
    assert all(finding["ok"] or finding["repair"] for finding in findings)


def test_json_is_all_there_is_on_stdout_even_with_progress(program: Program, scenario: Path) -> None:
    said = program("run", scenario, "--player", "passive", "--until", 1, "--json")
    assert json.loads(said.out)
