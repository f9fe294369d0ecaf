"""The science page says everything in both languages, also what numbers and experiments say of themselves."""

from pathlib import Path

from sim.science.row import ROWS, Check
from sim.science.verdict import Verdict
from sim.storage.science_page import write_science_page


def _pages(folder: Path) -> tuple[str, str]:
    """The English and the Chinese page of one row, without any trial."""
    row = ROWS["O12"]
    verdict = Verdict(row, (Check(row.fact, 100.0, 100.0, 100.0),), (Check(row.fact, 1.0, 0.0, None),), (), 2)
    assert [folder / "science.md", folder / "science.zh.md"] == list(write_science_page(folder, [verdict], fast=True))
    return (folder / "science.md").read_text("utf-8"), (folder / "science.zh.md").read_text("utf-8")


def test_a_description_with_braces_is_shown_as_it_stands_in_both_languages(tmp_path: Path) -> None:
    english, chinese = _pages(tmp_path)
    assert "by number from 0, after all that: {1: 2}." in english
    assert "从 0 编号：{1: 2}。" in chinese


def test_the_reason_of_a_number_is_in_the_language_of_the_page(tmp_path: Path) -> None:
    english, chinese = _pages(tmp_path)
    line = "| `edge.rise_s` | 60 | s | 20 .. 180 |"
    assert f"{line} assumed | tension rises over this |" in english
    assert f"{line} 假定 | 紧张上升所需时间 |" in chinese
