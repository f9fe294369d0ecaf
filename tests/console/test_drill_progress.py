"""A squad's progress as a terminal shows it."""

from typing import Any

import pytest
from rich.console import Console

from sim.console.drill_progress import bars, drill_progress
from sim.drill.progress import played, trends
from sim.storage.language import speech


def _shown(lines: list[dict[str, Any]], language: str = "en", width: int = 160) -> str:
    found = played(lines)
    console = Console(width=width)
    with console.capture() as caught:
        console.print(drill_progress(found, trends(found), {"short": "Short"}, "AB", speech(language)))  # type: ignore[arg-type]
    return caught.get()


def _lines(squad: str, number: int) -> list[dict[str, Any]]:
    one = {"squad": squad, "drill": "short", "came": 1, "answered": 1, "in_time": 0, "when": "2026-03-01 10:00"}
    decision = {"status": "answered", "countdown_s": 90, "expert_s": 40}
    return [{**one, "score": 60.0 + k, "lines": [{**decision, "late_s": 40.0 - 10 * k}]} for k in range(number)]


def test_a_course_stands_there_with_its_ends_its_bars_and_its_trend() -> None:
    text = _shown(_lines("blue", 4))
    assert "40 s to 10 s" in text
    assert "█▆▃▁" in text
    assert "better: 10 s less each time" in text
    assert "有进步：每次减少10秒" in _shown(_lines("blue", 4), "zh")


def test_a_squad_nobody_has_named_is_said_to_be_anybodys() -> None:
    assert "may be of different people" in _shown(_lines("A", 1))
    assert "may be of different people" not in _shown(_lines("blue", 1))


def test_equal_values_have_equal_bars() -> None:
    assert "▁▁▁" == bars((5.0, 5.0, 5.0))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_in_a_terminal_of_80_signs_no_heading_and_no_figure_is_cut_short(language: str) -> None:
    lines = [{**line, "brier": 0.123, "link": "x"} for line in _lines("North watch", 1)]
    text = _shown([*lines, {"of": "x", "cost": 12.5, "untold": 0, "picks": 0.456}], language, 80)
    assert "…" not in text
    assert {"2026-03-01", "60.0", "12.5", "0.123", "0.456"} <= set(text.split())
