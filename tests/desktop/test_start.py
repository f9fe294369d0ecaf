"""The start page: what was done since it was left is there when somebody comes back to it."""

import time
from pathlib import Path

import pytest

from sim.desktop.play import Play
from sim.desktop.recorded import Recorded
from sim.desktop.start import Start
from sim.exercise.exercise import Exercise
from sim.storage.journal_file import Header, read_journal, write_journal
from sim.world.order import Order
from tests.desktop.hand import Hand, a_window


@pytest.mark.parametrize("way", ["first", "scenario:first_steps"])
def test_a_run_is_on_the_start_page_whichever_button_it_was_begun_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    with a_window(tmp_path, monkeypatch) as hand:
        hand.click(way)
        hand.click("begin")
        hand.wait(lambda: isinstance(hand.page, Play))
        hand.run_to(0.5)
        hand.key("escape")
        hand.click("dialog:leave")
        page = hand.page
        assert isinstance(page, Start)
        hand.frame()
        assert [s.scenario for s in page.saved] == ["first_steps"]
        assert hand.has("continue")


def test_screenshots_taken_in_the_same_second_are_all_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_window(tmp_path, monkeypatch) as hand:
        monkeypatch.setattr(time, "strftime", lambda form, *when: "20260714-093000")
        for _ in range(2):
            hand.key("f12")
        pictures = sorted((hand.desk.office.home / "screenshots").iterdir())
        assert ["20260714-093000-2.png", "20260714-093000.png"] == [picture.name for picture in pictures]
        assert all(picture.stat().st_size for picture in pictures)


def old_run(hand: Hand) -> Path:
    """A finished run of an earlier version, on the disk."""
    office = hand.desk.office
    run = Exercise(office.playbook("small"), 4)
    run.order(Order(response="first_contact", reason="talk"))
    run.run_until(600)
    run.stop()
    sitting = office.open(run, assessed=False)
    sitting.close()
    record = read_journal(sitting.path)
    header = {name: getattr(record.header, name) for name in Header.__slots__}
    write_journal(sitting.path, Header(**{**header, "version": "0.0.1"}), record.entries)
    return sitting.path


def test_a_run_of_an_earlier_version_opens_as_recorded_and_is_not_graded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_window(tmp_path, monkeypatch) as hand:
        path = old_run(hand)
        before = path.read_bytes()
        start = hand.page
        assert isinstance(start, Start)
        start._looked = False
        hand.click("tab:runs")
        hand.click(f"run:{path.name}")
        page = hand.page
        assert isinstance(page, Recorded)
        assert "0.0.1" == page.old.version
        assert page._course is not None
        assert page._course.decisions
        assert not hand.has("decision:0")
        hand.click("recorded:timeline")
        assert not hand.has("course")
        assert not hand.has("happening:0")
        assert [] == list(hand.desk.office.results())
        assert before == path.read_bytes()
        hand.click("back")
        assert hand.page is start
