"""Mistakes authors make: the first thing they read names the right line and column, and how to put it right."""

from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest

from sim.storage.language import speech
from sim.storage.library import check_bytes, responses_for, scenario_folder
from tests.storage.mistakes import MISTAKES, SOUND, plant

NO_HINT_NAMES_MORE = 12
"""In so many mistakes, at most, nothing can be named but what is wrong."""


def test_without_a_mistake_nothing_is_said() -> None:
    assert () == check_bytes(SOUND.encode(), "mine.yaml")


@pytest.mark.parametrize("name", MISTAKES)
def test_the_first_fault_stands_where_a_person_would_look(name: str) -> None:
    planted = plant(name)
    first = check_bytes(planted.text.encode(), "mine.yaml")[0]
    change = "\n".join(unified_diff(SOUND.splitlines(), planted.text.splitlines(), n=0, lineterm=""))
    assert (planted.line, planted.column) == (first.line, pytest.approx(first.column, abs=1)), change
    assert "mine.yaml" == first.file
    assert first.hint is not None
    assert MISTAKES[name].hint in first.hint.english()


@pytest.mark.parametrize("name", MISTAKES)
def test_the_first_fault_is_said_in_chinese(name: str) -> None:
    first = check_bytes(plant(name).text.encode(), "mine.yaml")[0]
    assert first.hint is not None
    assert any("\u4e00" <= letter <= "\u9fff" for letter in speech("zh")(first.message))


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_how_windows_saves_a_file_is_no_mistake(change: Callable[[str], str]) -> None:
    assert () == check_bytes(change(SOUND).encode(), "mine.yml")


@pytest.mark.parametrize(
    ("source", "code", "hint"),
    [
        (SOUND.encode("gbk", "replace"), "encoding", "GBK"),
        (SOUND.encode("utf-16"), "encoding", "UTF-8"),
        (b"PK\x03\x04" + bytes(40), "no-text", "text editor"),
        (b"{\\rtf1\\ansi schema: 2}", "no-text", "text editor"),
        (b"<html><body>404</body></html>", "no-text", "text editor"),
    ],
)
def test_a_file_of_another_kind_is_told_at_once(source: bytes, code: str, hint: str) -> None:
    (fault,) = check_bytes(source, "mine.yaml")
    assert code == fault.code
    assert fault.hint is not None
    assert hint in fault.hint.english()


def test_a_response_of_ones_own_may_end_in_yml(tmp_path: Path) -> None:
    (tmp_path / "responses").mkdir()
    shipped = (scenario_folder() / "responses" / "first_aid.yaml").read_text(encoding="utf-8")
    own = shipped.replace("id: first_aid", "id: hot_tea")
    (tmp_path / "responses" / "hot_tea.yml").write_text(own, encoding="utf-8")
    assert "hot_tea" in responses_for(tmp_path)[0]


def test_there_are_sixty_and_for_most_of_them_the_hint_names_what_to_write() -> None:
    assert 60 <= len(MISTAKES)
    assert NO_HINT_NAMES_MORE >= sum(not mistake.hint for mistake in MISTAKES.values())
