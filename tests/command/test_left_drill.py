"""A drill played alone that was left or whose program was killed: it is gone on with as the drill it is."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from sim.command.office import DiskOffice
from sim.core.errors import ReplayDiffers
from sim.desktop.office import Sitting
from sim.storage.journal_file import read_journal
from sim.storage.keepsake import read_lines
from sim.world.order import Order
from tests.command.program import Program
from tests.drill.table import drill_data
from tests.squad.served import write_drill

TALK = Order(response="first_contact", parameters={"tone": "warm"}, reason="nobody has spoken with them yet")
FROM = 300
"""Tick at which the drill begins."""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DiskOffice:
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path / "home"))
    office = DiskOffice(drill=str(write_drill(tmp_path, from_min=0.5, lead_in="doctrine")))
    monkeypatch.setattr(office, "seed", lambda: 3)
    return office


def begun(office: DiskOffice) -> Sitting:
    return office.begin_drill("short", lambda share: True)


def played(sitting: Sitting, until: int) -> None:
    """Plays in steps as the window does, with one order at a tick that is no whole second, and saves after each."""
    run = sitting.run
    while run.tick_now < until and run.outcome is None:
        run.run_until(run.tick_now + 3)
        if run.tick_now in (FROM + 402, FROM + 1302):
            run.order(TALK)
        sitting.save()


def back(office: DiskOffice) -> Sitting:
    return office.resume(next(s for s in office.saved() if not s.finished), lambda share: True)


@pytest.mark.parametrize("left_at", [0, 405, 912, 1350])
def test_a_drill_that_was_killed_goes_on_as_one_that_was_never_left(office: DiskOffice, left_at: int) -> None:
    killed = begun(office)
    played(killed, FROM + left_at)
    killed.close()
    sitting = back(office)
    played(sitting, 10_000)
    sitting.close()
    assert 1 == len(read_lines(office.home / "drills.jsonl"))
    straight = begun(office)
    played(straight, 10_000)
    straight.close()
    assert list(straight.run.journal) == list(sitting.run.journal)
    assert read_journal(straight.path).entries == read_journal(killed.path).entries


def test_the_terminal_does_not_go_on_with_a_drill_as_a_plain_run(
    office: DiskOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(office).close()
    (journal,) = [saved.path for saved in office.saved()]
    before = journal.read_bytes()
    terminal = SimpleNamespace(isatty=lambda: True, encoding="utf-8")
    monkeypatch.setattr("sim.command.play.sys", SimpleNamespace(stdin=terminal, stdout=terminal))
    refused = Program(capsys)("play", tmp_path / "small.yaml", "--console", "--resume")
    assert 2 == refused.code
    assert "is of a drill" in refused.err
    assert "no unfinished run" in refused.err
    assert before == journal.read_bytes()


def test_a_drill_whose_windows_are_others_now_is_not_gone_on_with(office: DiskOffice, tmp_path: Path) -> None:
    killed = begun(office)
    played(killed, FROM + 912)
    killed.close()
    before = killed.path.read_bytes()
    assert ["Short"] == [saved.title.en for saved in office.saved()]
    write_drill(tmp_path, from_min=0.5, lead_in="doctrine", windows=drill_data()["windows"][1:])
    with pytest.raises(ReplayDiffers):
        back(office)
    assert before == killed.path.read_bytes()
