"""The map: what was reported and nothing else, on exactly the cells there are."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from sim.console.site_map import GLYPHS, PLAIN_GLYPHS, Canvas, MapView, draw_map
from sim.exercise.exercise import Exercise
from sim.seat.voice import Voice
from sim.seat.words import Words
from sim.storage.language import speech
from sim.world.observation import Observation
from sim.world.report import Look
from tests.small import small_exercise

PEOPLE = {glyph for sizes in GLYPHS.values() for glyph in sizes}


@pytest.fixture(scope="module")
def run() -> Exercise:
    """A minute after a patrol was sent among the people."""
    from sim.world.order import Order

    run = small_exercise(3)
    run.order(Order(response="first_contact", target="square", reason="hear what they want"))
    run.run_until(1200)
    return run


@pytest.fixture(scope="module")
def seen(run: Exercise) -> Observation:
    return run.observe()


def drawn(run: Exercise, seen: Observation, columns: int, rows: int, language: str = "en", **how: bool) -> list[str]:
    view = MapView(whole=True)
    words = Words(run.playbook, Voice(speech("zh" if language == "zh" else "en")))
    lines = draw_map(seen, view, words, columns, rows, **how)
    assert [columns] * rows == [cell_len(line.plain) for line in lines]
    return [line.plain for line in lines]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(1, 1), (7, 3), (40, 8), (41, 9), (120, 40)])
def test_a_map_fills_any_number_of_cells(
    run: Exercise, seen: Observation, size: tuple[int, int], language: str
) -> None:
    drawn(run, seen, *size, language)


def test_people_are_drawn_where_they_were_reported_and_nowhere_else(run: Exercise, seen: Observation) -> None:
    assert len(seen.x) > 20
    empty = replace(seen, x=seen.x[:0], y=seen.y[:0], look=seen.look[:0], age_s=seen.age_s[:0])
    with_people, without = (drawn(run, each, 118, 38) for each in (seen, empty))
    changed = {(row, k) for row in range(38) for k in range(118) if with_people[row][k] != without[row][k]}
    assert changed
    # The site is 120 x 80 m and a cell stands for 1.5 x 3 m around its middle.
    for row, column in changed:
        x, y = 60 + 1.5 * (column + 0.5 - 59), 40 - 3.0 * (row + 0.5 - 19)
        assert 25 <= x <= 85
        assert 10 <= y <= 70
    assert PEOPLE & {with_people[row][k] for row, k in changed}


def test_violence_is_never_hidden_by_a_crowd_around_it(run: Exercise, seen: Observation) -> None:
    one = seen.look.copy()
    one[0] = int(Look.VIOLENT)
    gathered = replace(seen, x=0 * seen.x + 30.0, y=0 * seen.y + 65.0, look=one)
    assert any("!" in row for row in drawn(run, gathered, 118, 38))


def test_units_and_places_go_by_their_names(run: Exercise, seen: Observation) -> None:
    text = "\n".join(drawn(run, seen, 118, 38))
    assert ">west" in text
    assert "CMD" in text
    assert "░" in text


def test_a_terminal_without_unicode_gets_none(run: Exercise, seen: Observation) -> None:
    assert all(row.isascii() for row in drawn(run, seen, 118, 38, plain=True))
    assert all(glyph.isascii() for sizes in PLAIN_GLYPHS.values() for glyph in sizes)


def test_a_wide_character_half_overwritten_leaves_a_blank_and_no_half() -> None:
    canvas = Canvas(6, 1)
    canvas.put(0, 0, "广场中", "")
    canvas.put(1, 0, "x", "")
    canvas.put(4, 0, "y", "")
    assert " x场y " == canvas.lines()[0].plain
    canvas.put(5, 0, "宽", "")
    assert 6 == cell_len(canvas.lines()[0].plain)


def test_closer_shows_less_and_fitting_goes_back(run: Exercise, seen: Observation) -> None:
    words, view = Words(run.playbook, Voice(speech("en"))), MapView(whole=True)
    draw_map(seen, view, words, 60, 20)
    fitting = view.scale
    view.closer(1)
    view.pan(3, -2)
    draw_map(seen, view, words, 60, 20)
    assert view.scale < fitting
    view.fit()
    draw_map(seen, view, words, 60, 20)
    assert fitting == view.scale
