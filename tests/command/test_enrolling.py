"""Squads that were given ids: the drill's result goes into the records under them, and under nothing else."""

from argparse import Namespace
from pathlib import Path

import pytest

from sim.command.enrolling import entering, squad_ids
from sim.command.serving import Kept
from sim.command.setting import Setting
from sim.drill.inputs import Input
from sim.drill.session import Session
from sim.drill.squad import Squad
from sim.exercise.exercise import Exercise
from sim.storage.drills import load_drill
from sim.storage.journal_file import Header, JournalFile, read_journal
from sim.storage.language import speech
from sim.storage.records.register import Register
from sim.world.order import Order
from tests.command.program import Program, write_scenario
from tests.drill.table import CALL
from tests.squad.served import write_drill


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path / "home"))
    return Program(capsys)


def asked() -> Namespace:
    return Namespace(records="")


def setting() -> Setting:
    return Setting(speech("en"))


def drilled(folder: Path, ids: list[str], *, end_tick: int = 0, over: bool = False) -> Kept:
    """Squad A has played the short drill to its end, the first window answered after 9 s; its result is kept.

    With `end_tick` the instructor ends it there; with `over` the scene is over as soon as it is answered.
    """
    name = str(write_drill(folder))
    if over:
        call = {key: value for key, value in CALL.items() if value is not None}
        write_scenario(folder, injects=[call], over_when={"ordered": "first_contact"}, aftermath={"days": 1})
    drill, playbook = load_drill(name)
    squad = Squad(Session(drill, Exercise(playbook, 3)), absent="merge")
    for kind, data in (("sit", {"seat": "commander", "who": "bird-7"}), ("start", {})):
        squad.apply(Input(squad.tick_now, kind, "controller", "bird-1", data))
    squad.run_until(400)
    squad.session.order(Order(response="first_contact", parameters={"tone": "warm"}, reason="nobody has spoken"))
    squad.run_until(end_tick or squad.session.end_tick)
    if end_tick:
        squad.apply(Input(end_tick, "end", "controller", "bird-1", {}))
    log = JournalFile.create(folder / "room.jsonl", Header(drill.scenario, playbook.digest, 3, "room"))
    kept = Kept(folder, log, drill, playbook, name)
    kept.enter = entering(asked(), ids, setting())
    kept.keep("A", squad)
    kept.keep("A", squad)
    kept.close()
    return kept


def test_a_squad_with_an_id_is_in_the_records_once_with_what_it_answered_and_nobodys_callsign(
    program: Program, tmp_path: Path
) -> None:
    drilled(tmp_path, ["blue"])
    [run] = program("records", "list", "--squad", "blue", "--json").data["runs"]
    assert ("blue", "short", []) == (run["squad"], run["drill"], run["seats"])
    register = Register(tmp_path / "home")
    took = [(d["response"], d["latency_s"]) for d in register.decisions(run["id"])]
    register.close()
    assert ("first_contact", 9.0) == took[0]
    assert [None] * (len(took) - 1) == [latency for _, latency in took[1:]]
    stored = (tmp_path / "home" / "records.sqlite").read_bytes()
    assert b"blue" in stored
    assert b"bird" not in stored


@pytest.mark.parametrize(("end_tick", "outcome"), [(0, "time"), (600, "stopped")])
def test_a_drill_that_was_played_to_its_end_was_not_broken_off_and_lasted_as_long_as_itself(
    program: Program, tmp_path: Path, end_tick: int, outcome: str
) -> None:
    kept = drilled(tmp_path, ["blue"], end_tick=end_tick)
    [run] = program("records", "list", "--squad", "blue", "--json").data["runs"]
    drill = next(e for e in read_journal(kept.folder / "squad-A.jsonl").entries if e.kind == "drill")
    end = end_tick or int(str(drill.data["until"]))
    assert (outcome, round((end - drill.tick) / 600.0, 2)) == (run["outcome"], run["minutes"])


def test_a_drill_whose_scene_was_over_before_its_time_box_was_not_broken_off(program: Program, tmp_path: Path) -> None:
    drilled(tmp_path, ["blue"], over=True)
    [run] = program("records", "list", "--squad", "blue", "--json").data["runs"]
    assert ("bad_victory", 0.83) == (run["outcome"], run["minutes"])


def test_without_ids_no_records_are_opened(program: Program, tmp_path: Path) -> None:
    drilled(tmp_path, [])
    assert not list((tmp_path / "home").glob("*.sqlite"))


def test_a_squad_branched_off_has_no_id(program: Program, tmp_path: Path) -> None:
    entering(asked(), ["blue"], setting())("B", tmp_path / "squad-B.jsonl")
    assert not list(tmp_path.glob("home/*.sqlite"))


def test_records_that_fail_stop_nobody(tmp_path: Path, program: Program, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "squad-A.jsonl").write_text("{}\n", encoding="utf-8")
    entering(asked(), ["blue"], setting())("A", tmp_path / "squad-A.jsonl")
    assert "records add" in capsys.readouterr().err.replace("\n", " ")


@pytest.mark.parametrize(
    "flags",
    [
        ("--squads", 2, "--squad-id", "blue"),
        ("--squads", 2, "--squad-id", "blue", "--squad-id", "blue"),
        ("--squad-id", "Jean Dupont"),
        ("--records", "sqlite:///x.sqlite"),
        ("--squad-id", "blue", "--records", "nonsense"),
    ],
)
def test_ids_that_cannot_be_are_refused_before_a_room_is_opened(
    program: Program, tmp_path: Path, flags: tuple[object, ...]
) -> None:
    said = program("serve", "two_sources", "--local", "--data-dir", tmp_path / "room", *flags)
    assert 2 == said.code
    assert not (tmp_path / "room").exists()


def test_as_many_ids_as_squads_are_taken_in_their_order(program: Program) -> None:
    assert ["red", "blue"] == squad_ids(asked(), ["red", "blue"], 2)
