"""Mistakes authors make: the first thing they read names the right line and column, and how to put it right."""

from difflib import unified_diff

import pytest

from sim.storage.language import speech
from sim.storage.library import check_bytes
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


def test_there_are_sixty_and_for_most_of_them_the_hint_names_what_to_write() -> None:
    assert 60 <= len(MISTAKES)
    assert NO_HINT_NAMES_MORE >= sum(not mistake.hint for mistake in MISTAKES.values())
