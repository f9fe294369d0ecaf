"""The days after in the terminal: time stands still when they begin, a key goes on by a day, a board shows them."""

import pytest
from rich.cells import cell_len

from sim.console.board import boards
from sim.exercise.exercise import Exercise
from tests.console.desk import Desk
from tests.small import small_exercise


@pytest.fixture(scope="module")
def opened() -> Exercise:
    return small_exercise(3, minutes=[0, 1], aftermath={"days": 3})


@pytest.fixture(scope="module")
def at_home(opened: Exercise) -> Exercise:
    run = opened.fork()
    run.run_until(600)
    return run


def test_time_stands_still_when_everybody_has_gone_home(opened: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(opened.fork(), monkeypatch)
    desk("n", *[0.1] * 80)
    assert desk.run.at_home()
    assert 600 == desk.run.tick_now


def test_a_key_goes_on_by_a_day_or_until_something_is_due(at_home: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(at_home.fork(), monkeypatch)
    desk("esc", "n", *[0.1] * 5)
    due = desk.run.tick_now
    assert 600 < due <= 600 + 2 * 36_000
    desk = Desk(at_home.fork(), monkeypatch)
    desk("esc", "d", *[0.1] * 5)
    assert 600 < desk.run.tick_now <= 600 + 24 * 36_000


def test_the_board_leads_to_what_is_owed(at_home: Exercise, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(at_home.fork(), monkeypatch)
    offered = [board.name for board in boards() if board.offered(desk.post)]
    desk("esc", "o", str(1 + offered.index("aftermath")))
    assert desk.seen("Day 1 of 3")
    assert desk.seen("Hot debrief of the units")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
def test_every_screen_of_the_days_after_fills_the_terminal_exactly(
    at_home: Exercise, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], language: str
) -> None:
    desk = Desk(at_home.fork(), monkeypatch, size, language)
    looks = [step for board in "123456" for step in ("o", board, "pgdn", "esc", "esc", "esc")]
    desk("esc", *looks, "d", 0.1, 0.1, *looks, "m", "esc")
    width, height = size
    for frame in desk.glass.frames:
        assert height == len(frame)
        assert [width] * height == [cell_len(line.plain) for line in frame]
