"""Drills in the window: a squad at one keyboard, and a room with phones opened by one click."""

import errno
import json
import os
from pathlib import Path

import pytest
import yaml

from sim.command.office import DiskOffice
from sim.desktop.drill_page import DrillPage
from sim.desktop.hot_wash import HotWash
from sim.desktop.room_page import RoomPage
from sim.desktop.start import Start
from sim.desktop.table_page import TablePage
from sim.storage.journal_file import JournalFile, read_journal
from sim.storage.keepsake import add_line, read_lines
from tests.desktop.hand import Hand, a_window
from tests.drill.table import CALL, drill_data
from tests.small import small_data


def write_drill(home: Path) -> Path:
    """The short drill beside the small scenario of the window."""
    calls = [{key: value for key, value in CALL.items() if value is not None}]
    scenario = json.dumps(small_data(injects=calls), ensure_ascii=False)
    (home / "small.yaml").write_text(scenario, encoding="utf-8")
    path = home / "short.yaml"
    path.write_text(yaml.safe_dump(drill_data(scenario="small.yaml"), allow_unicode=True), encoding="utf-8")
    return path


def at_the_table(hand: Hand, drill: Path, *, assessed: bool = False) -> TablePage:
    """A squad seated round the keyboard, time standing still."""
    office = hand.desk.office
    assert isinstance(office, DiskOffice)
    office._drill = str(drill)
    hand.desk.push(DrillPage(next(d for d in office.drills() if d.id == "short"), assessed=assessed))
    hand.click("table")
    hand.wait(lambda: isinstance(hand.page, TablePage))
    assert isinstance(hand.page, TablePage)
    return hand.page


def until(hand: Hand, page: TablePage, tick: int) -> None:
    hand.wait(lambda: page.table.squad.tick_now >= tick)


def test_number_keys_choose_who_proposes_seconds_and_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drill = write_drill(tmp_path)
    with a_window(tmp_path, monkeypatch) as hand:
        page = at_the_table(hand, drill)
        page.speed = 8.0
        hand.key("space")
        until(hand, page, 320)
        hand.key("2")
        assert "liaison" == page.seat
        hand.key("a")
        hand.key("3")
        hand.key("s")
        hand.key("1")
        hand.key("g")
        proposal = page.table.squad.proposals[0]
        assert ("liaison", "public_information", "commander", "carried") == (
            proposal.seat,
            proposal.seconder,
            proposal.caller,
            proposal.status,
        )
        hand.wait(lambda: hand.has("dialog:wash"))
        hand.click("dialog:wash")
        wash = hand.page
        assert isinstance(wash, HotWash)
        hand.click("show_score")
        hand.wait(lambda: wash.found is not None)
        hand.frame()
        assert "drill" == wash.tab
        log = next((tmp_path / "data" / "rooms").glob("*/room.jsonl"))
        kinds = [e.data.get("input") for e in read_journal(log).entries if e.kind == "input"]
        assert ["start", "propose", "second", "call"] == kinds


def test_a_full_disk_ends_the_table_and_not_the_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drill = write_drill(tmp_path)
    with a_window(tmp_path, monkeypatch) as hand:
        at_the_table(hand, drill)
        log = next((tmp_path / "data" / "rooms").glob("*/room.jsonl"))
        before = log.read_bytes()

        def full(file: JournalFile, entries: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(JournalFile, "write", full)
        hand.key("space")
        hand.wait(lambda: isinstance(hand.page, DrillPage))
        assert f"{log} cannot be written: No space left on device" == hand.desk.notice
        assert before == log.read_bytes()


def test_seats_at_one_keyboard_speak_with_each_other_and_keep_why_they_disagree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drill = write_drill(tmp_path)
    with a_window(tmp_path, monkeypatch) as hand:
        page = at_the_table(hand, drill)
        hand.key("m")
        hand.click("to:liaison")
        hand.click("talk")
        hand.type("what do they want")
        hand.click("talk:send")
        assert [("commander", "liaison", "what do they want")] == [
            (m.sender, m.to, m.text) for m in page.table.squad.said
        ]
        page.speed = 8.0
        hand.key("space")
        until(hand, page, 320)
        hand.key("a")
        hand.key("2")
        hand.key("s")
        hand.key("1")
        hand.key("x")
        hand.key("2")
        hand.key("w")
        hand.type("they were ready to talk, soon")
        hand.key("enter")
        assert {"liaison": "they were ready to talk, soon"} == page.table.squad.proposals[0].dissent
        assert not page.talk.writing
        assert "running" == page.table.squad.phase
        assert 1 == len(page.table.squad.proposals)


def test_an_assessed_table_lays_nothing_out_and_wants_reasons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drill = write_drill(tmp_path)
    with a_window(tmp_path, monkeypatch) as hand:
        page = at_the_table(hand, drill, assessed=True)
        assert page.table.assessed
        hand.key("space")
        page.speed = 4.0
        until(hand, page, 320)
        hand.key("a")
        assert [] == page.table.squad.proposals
        hand.key("o")
        hand.press("other:hold")
        assert [] == page.table.squad.proposals
        hand.click("reason")
        hand.type("we wait")
        hand.press("other:hold")
        assert ["we wait"] == [p.order.reason for p in page.table.squad.proposals]


@pytest.mark.slow
def test_one_click_opens_a_room_and_the_window_stays_usable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drill = write_drill(tmp_path)
    with a_window(tmp_path, monkeypatch) as hand:
        office = hand.desk.office
        assert isinstance(office, DiskOffice)
        office._drill = str(drill)
        hand.desk.push(DrillPage(next(d for d in office.drills() if d.id == "short")))
        hand.click("room")
        page = hand.page
        assert isinstance(page, RoomPage)
        hand.wait(lambda: page.room.doors is not None or page.room.wrong is not None)
        assert page.room.wrong is None
        assert page.room.doors is not None
        assert 6 == len(page.room.doors.code)
        hand.key("escape")
        hand.key("escape")
        assert isinstance(hand.page, Start)
        hand.click("room")
        assert isinstance(hand.page, RoomPage)
        hand.click("close")
        assert office.hosted() is None
        log = next((tmp_path / "data" / "rooms").glob("*/room.jsonl"))
        assert "clock" == read_journal(log).entries[-1].kind


def test_a_squad_around_one_keyboard_is_called_what_was_typed_and_its_result_is_kept_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drill = write_drill(tmp_path)
    with a_window(tmp_path, monkeypatch) as hand:
        office = hand.desk.office
        assert isinstance(office, DiskOffice)
        office._drill = str(drill)
        table = office.table("short", ["commander"], lambda share: True, assessed=False, called="Blue <1>")
        table.do("controller", "start", {})
        table.pass_time(2000)
        table.close()
        [line] = read_lines(office.home / "drills.jsonl")
    assert ("Blue 1", "short") == (line["squad"], line["drill"])


def test_a_squad_that_has_played_before_is_named_again_by_one_press_and_one_without_a_name_is_not_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_drill(tmp_path)
    with a_window(tmp_path, monkeypatch) as hand:
        office = hand.desk.office
        assert isinstance(office, DiskOffice)
        decision = {"status": "answered", "late_s": 12.0, "countdown_s": 60, "expert_s": 15}
        for squad in ("blue", "A", "alone"):
            line = {"squad": squad, "drill": "two_sources", "when": "2026-03-01 10:00", "lines": [decision]}
            add_line(office.home / "drills.jsonl", line)
        hand.desk.push(DrillPage(next(d for d in office.drills() if d.id == "two_sources")))
        hand.frame()
        assert [True, False, False] == [hand.has(f"called:{name}") for name in ("blue", "A", "alone")]
        hand.click("called:blue")
        page = hand.page
        assert isinstance(page, DrillPage)
        assert "blue" == page.called
