"""Drills from the command line: listed, explained, played at one keyboard, and looked back at."""

import io
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from rich.console import Console

from sim.storage.drills import drills
from sim.storage.journal_file import read_journal
from sim.storage.library import check_file
from tests.command.program import Program, write_scenario
from tests.console.desk import Clock, Script
from tests.drill.table import CALL, drill_data


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path / "home"))
    return Program(capsys)


@pytest.fixture
def drill(tmp_path: Path) -> Path:
    injects = [{key: value for key, value in CALL.items() if value is not None}]
    write_scenario(tmp_path, injects=injects)
    path = tmp_path / "short.yaml"
    data = drill_data(scenario="small.yaml", debrief=[{"en": "Who spoke?", "zh": "谁去说的？"}])
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", sorted(drills()))
def test_each_shipped_drill_checks_without_a_fault(name: str) -> None:
    assert [] == [fault.code for fault in check_file(drills()[name])]


def test_the_drills_are_listed(program: Program) -> None:
    said = program("drills", "--json", "--quiet")
    assert sorted(drills()) == sorted(d["id"] for d in said.data["drills"])


def test_options_may_stand_before_what_is_asked_for(program: Program) -> None:
    said = program("--lang", "zh", "--quiet", "drills")
    assert 0 == said.code
    assert "双重核实" in said.out


def test_a_guide_is_broken_between_its_parts_alone(program: Program) -> None:
    said = program("drills", "--guide", "two_sources", "--json")
    assert 3 == len(said.data["guide"]["en"].splitlines()) == len(said.data["guide"]["zh"].splitlines())


def test_a_facilitators_guide_is_there_in_both_languages(program: Program) -> None:
    for name in sorted(drills()):
        english, chinese = (program("drills", "--guide", name, "--lang", lang).out for lang in ("en", "zh"))
        assert "Before" in english
        assert "课前" in chinese


def test_a_drill_nobody_wrote_is_named_with_the_nearest_one(program: Program) -> None:
    said = program("drills", "--guide", "two_source")
    assert 2 == said.code
    assert "two_sources" in said.err


def test_a_misplaced_window_is_reported_with_its_line(program: Program, drill: Path) -> None:
    text = drill.read_text(encoding="utf-8").replace("inject: a_call", "inject: a_cal")
    drill.write_text(text, encoding="utf-8")
    faults = program("check", drill, "--json").data["faults"]
    assert [("unknown-inject", "did you mean a_call?")] == [(f["code"], f["hint"]) for f in faults]
    assert "a_cal" in text.splitlines()[faults[0]["line"] - 1]


def test_a_drill_is_played_at_one_keyboard_and_its_card_printed(
    program: Program, drill: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    terminal = SimpleNamespace(isatty=lambda: True, encoding="utf-8")
    answer = ("r", "2", "1", "enter", "enter", "enter", ":ask", "enter", "enter", 3.1)
    keys = ("enter", "n", 0.1, *answer, *["n", 0.1] * 6)
    monkeypatch.setattr("sim.command.play.sys", SimpleNamespace(stdin=terminal, stdout=terminal))
    monkeypatch.setattr("sim.console.play.time", SimpleNamespace(monotonic=clock.monotonic))
    monkeypatch.setattr("sim.console.play.keyboard", lambda: Script(clock, keys))
    screen = Console(file=io.StringIO(), force_terminal=True, width=80, height=24, _environ={"TERM": "xterm"})
    monkeypatch.setattr("sim.console.play.Console", lambda **_: screen)
    said = program("play", "--drill", drill, "--console", "--quiet", "--seed", 3, "--lang", "en", "--person", "T-9")
    assert 0 == said.code, said.err
    assert "Drill card: Short" in said.out
    assert "Who spoke?" in said.out
    journal = next((tmp_path / "home" / "journals").glob("drill-*.jsonl"))
    events = [e.data["event"] for e in read_journal(journal).entries if e.kind == "drill"]
    assert ["begin", "open", "answered", "open"] == events[:4]
    assert 0 == program("replay", journal, "--verify", "--quiet").code
    [run] = program("records", "list", "--json").data["runs"]
    assert ("short", [{"person": "T-9", "seat": "commander"}]) == (run["drill"], run["seats"])
    assert "T-9" not in journal.read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path.parent)
    card = program("drills", "--card", journal, "--budget", 1, "--json", "--quiet")
    assert 0 == card.code, card.err
    assert ["answered", "expired"] == [line["status"] for line in card.data["lines"]]
    rows = program("drills", "--progress", "--json").data["results"]
    assert [("short", "alone")] == [(r["drill"], r["squad"]) for r in rows]
