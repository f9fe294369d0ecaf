"""A drill is cut from a saved run with its own command, and is whole."""

from pathlib import Path

import pytest

from sim.command.setting import Setting
from sim.command.slicing import cut
from sim.core.errors import BadInput
from sim.drill.session import lead_in
from sim.exercise.exercise import Exercise
from sim.storage.journal_file import Header, JournalFile, Record, read_journal
from sim.storage.language import speech
from sim.storage.library import load_playbook
from sim.world.order import Order


@pytest.fixture
def setting() -> Setting:
    return Setting(speech("en"), quiet=True)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    playbook = load_playbook("first_steps")
    run = Exercise(playbook, 5)
    run.run_until(300)
    run.order(Order(response="first_contact", parameters={"tone": "warm"}, reason="“quoted”: and #odd"))
    run.run_until(1800)
    run.stop()
    path = tmp_path_factory.mktemp("run") / "run.jsonl"
    file = JournalFile.create(path, Header("first_steps", playbook.digest, 5, "trainee"))
    file.keep(list(run.journal))
    file.close()
    return read_journal(path)


def test_a_drill_cut_from_a_run_begins_in_its_exact_state_with_the_calls_to_come_as_decisions(
    record: Record, tmp_path: Path, setting: Setting
) -> None:
    file = tmp_path / "my_slice.yaml"
    drill = cut(record, 2.0, 4.0, file, setting)
    session = lead_in(drill, Exercise(load_playbook("first_steps"), 5))
    theirs = [(e.tick, e.data) for e in record.entries if e.kind == "digest" and e.tick <= 1200]
    assert theirs == [(e.tick, e.data) for e in session.journal.of("digest")]
    assert ("my_slice", 5, 2.0, 4.0) == (drill.id, drill.seed, drill.from_min, drill.time_box_min)
    assert ["a_rumour", "say_what_is_so"] == [window.opens.inject for window in drill.windows]


def test_nothing_is_overwritten_and_a_minute_outside_the_run_is_refused(
    record: Record, tmp_path: Path, setting: Setting
) -> None:
    file = tmp_path / "there.yaml"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match="there already"):
        cut(record, 2.0, 4.0, file, setting)
    assert "mine" == file.read_text(encoding="utf-8")
    for minute in (0.0, 9.0):
        with pytest.raises(BadInput, match="goes from minute"):
            cut(record, minute, 4.0, tmp_path / "other.yaml", setting)
    with pytest.raises(BadInput, match="cannot be an id"):
        cut(record, 2.0, 4.0, tmp_path / "My Slice.yaml", setting)
