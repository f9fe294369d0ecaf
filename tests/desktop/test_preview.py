"""The preview of a file: read again on save, a wrong file keeps the map, a dragged zone gives lines to paste."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from sim.command.office import DiskOffice
from sim.command.preview import FileOnDisk
from sim.desktop.play import Play
from sim.desktop.preview.draft import Draft
from sim.desktop.preview.moving import lines_for, moved, stretched
from sim.desktop.preview.overlay import field_of_view, standings
from sim.desktop.preview.page import Preview
from sim.desktop.window import Window
from sim.scenario.site import Area
from sim.storage.template import begin
from tests.desktop.hand import Clock, Hand
from tests.small import small_playbook

AREA = ("site", "places", 0, "area")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return begin("scenario", "mine", tmp_path)


@pytest.fixture
def hand(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    monkeypatch.setenv("COMMONGROUND_HOME", str(path.parent / "data"))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    clock = Clock()
    page = Preview(FileOnDisk(path))
    with Window(DiskOffice(str(path)), first=lambda desk: [page], clock=clock, size=(1280, 720)) as window:
        found = Hand(window, clock)
        found.wait(lambda: page.draft is not None)
        yield found


def page_of(hand: Hand) -> Preview:
    assert isinstance(hand.page, Preview)
    return hand.page


def save(path: Path, text: str) -> None:
    """As an editor does, at a time the file was not saved before."""
    path.write_text(text, encoding="utf-8")
    later = time.time() + 5.0
    os.utime(path, (later, later))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    save(path, text.replace(old, new))


def draft_of(path: Path) -> Draft:
    return FileOnDisk(path).read()


def test_a_saved_file_is_read_again(hand: Hand, path: Path) -> None:
    page = page_of(hand)
    change(path, "width_m: 120", "width_m: 130")
    hand.wait(lambda: page.map is not None and page.map.camera.width_m == 130.0)


def test_a_wrong_file_shows_its_faults_and_keeps_the_last_good_map(hand: Hand, path: Path) -> None:
    page = page_of(hand)
    good = page.shown
    change(path, "at: command_post", "at: comand_post")
    hand.wait(lambda: page.draft is not None and page.draft.errors > 0)
    assert good is page.shown
    assert page.map is not None
    assert hand.has("fault:0")
    change(path, "at: comand_post", "at: command_post")
    hand.wait(lambda: page.shown is not good)


def test_a_file_that_is_taken_away_and_put_back_is_no_end(hand: Hand, path: Path) -> None:
    page = page_of(hand)
    text = path.read_text(encoding="utf-8")
    path.unlink()
    hand.wait(lambda: page.draft is not None and page.draft.errors > 0)
    save(path, text)
    hand.wait(lambda: page.draft is not None and page.draft.errors == 0)


def test_a_clicked_fault_shows_its_line(hand: Hand, path: Path) -> None:
    change(path, "at: command_post", "at: comand_post")
    page = page_of(hand)
    hand.wait(lambda: page.draft is not None and page.draft.errors > 0)
    hand.click("fault:0")
    assert 0 == page.side.fault


def test_a_dragged_zone_gives_the_line_that_puts_it_there(hand: Hand, path: Path) -> None:
    page = page_of(hand)
    assert page.map is not None
    start = tuple(round(v) for v in page.map.camera.at(60.0, 41.0))
    end = tuple(round(v) for v in page.map.camera.at(65.0, 38.0))
    hand.click_at(start)
    assert "forecourt" == page.map.chosen_place
    before = path.read_text(encoding="utf-8")
    hand.frame(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=start))
    rel = (end[0] - start[0], end[1] - start[1])
    hand.frame(
        pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=start),
        pygame.event.Event(pygame.MOUSEMOTION, pos=end, rel=rel, buttons=(1, 0, 0)),
    )
    hand.frame(pygame.event.Event(pygame.MOUSEBUTTONUP, button=1, pos=end))
    zone = page._zone()
    assert zone is not None
    assert zone.lines is not None
    assert "      area: {rect: [45, 27, 85, 49]}" == zone.lines.text
    assert before == path.read_text(encoding="utf-8")
    hand.click("zone:undo")
    assert {} == page.moved


def test_a_run_goes_ahead_to_a_minute_and_is_played_from_there(hand: Hand) -> None:
    page = page_of(hand)
    page._go(2.0)
    hand.wait(lambda: page.reached is not None)
    assert page.reached is not None
    assert page.reached.people > 20
    hand.click("play")
    assert isinstance(hand.page, Play)
    assert pytest.approx(2.0, abs=0.01) == hand.page.post.seen.minute


def test_what_is_pasted_says_the_shape_that_was_drawn(path: Path) -> None:
    for wanted in (moved(Area(rect=(40, 30, 80, 52)), 3.2, -4.1), stretched(Area(rect=(40, 30, 80, 52)), 2, 5.0, 1.0)):
        lines = lines_for(draft_of(path), AREA, wanted)
        assert lines.whole
        text = path.read_text(encoding="utf-8").splitlines()
        text[lines.line - 1] = lines.text
        save(path, "\n".join(text) + "\n")
        playbook = draft_of(path).playbook
        assert playbook is not None
        assert wanted == playbook.scenario.site.places[0].area


def test_a_list_over_several_lines_is_said_to_be_replaced_as_one(path: Path) -> None:
    change(
        path,
        "area: {rect: [40, 30, 80, 52]}",
        "area:\n        rect:\n          - 40\n          - 30\n          - 80\n          - 52",
    )
    lines = lines_for(draft_of(path), AREA, Area(rect=(41, 30, 81, 52)))
    assert not lines.whole
    assert "        rect: [41, 30, 81, 52]" == lines.text


def test_a_corner_never_crosses_the_other_side() -> None:
    assert Area(rect=(79.5, 30, 80, 52)) == stretched(Area(rect=(40, 30, 80, 52)), 0, 100.0, 0.0)


def test_a_wall_hides_what_is_behind_it() -> None:
    site = small_playbook().scenario.site
    outline = field_of_view(site, 90.0, 40.0, 45.0)
    assert max(x for x, _ in outline) < 105.0
    assert 45.0 == pytest.approx(90.0 - min(x for x, _ in outline), abs=0.1)


def test_people_of_a_group_are_spread_over_its_places_by_area() -> None:
    found = {each.place: each for each in standings(small_playbook().scenario)}
    assert 60 == found["square"].stands
    assert pytest.approx(60 / 900) == found["square"].density
