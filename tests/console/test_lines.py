"""Lines: text measured in cells, cut and wrapped so that nothing ever sticks out of its box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from sim.console.lines import bar, beside, box, fit, labelled, paragraph, wrap
from sim.seat.breaking import NEVER_FIRST, clean

WORDS = st.text(alphabet="ab i,.:;()中文，。（）？ 　é１\t\n", max_size=120)


@given(WORDS, st.integers(0, 60))
def test_a_fitted_line_has_exactly_its_width(text: str, width: int) -> None:
    assert width == cell_len(fit(clean(text), width).plain)


def test_a_wide_character_is_never_cut_in_half() -> None:
    assert "中… " == fit("中文字", 4).plain
    assert "中文…" == fit("中文字", 5).plain
    assert "中文字" == fit("中文字", 6).plain


@given(WORDS, st.integers(4, 60))
def test_wrapped_lines_fit_and_hold_all_that_was_said(text: str, width: int) -> None:
    rows = wrap(text, width)
    assert all(cell_len(row) <= width for row in rows)
    assert "".join(clean(text).split()) == "".join("".join(rows).split())


def test_latin_words_stay_whole_and_chinese_stops_never_begin_a_line() -> None:
    assert ["hold the", "line here"] == wrap("hold the line here", 9)
    rows = wrap("他们要求有人来听，并且当场给答复。谁也不许受伤，谁也不许被围住。", 10)
    assert len(rows) > 4
    assert not [row for row in rows if row[0] in NEVER_FIRST]


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert ["aaaa", "aaaa", "aa"] == wrap("a" * 10, 4)


@given(WORDS, st.integers(12, 60), st.integers(1, 4))
def test_a_paragraph_keeps_to_its_most_lines(text: str, width: int, most: int) -> None:
    lines = paragraph(text, width, indent="  ", most=most)
    assert len(lines) <= most
    assert {width} == {cell_len(line.plain) for line in lines}


@given(WORDS, WORDS, WORDS, st.integers(6, 60), st.integers(2, 9))
def test_a_box_is_as_wide_and_high_as_asked(title: str, note: str, text: str, width: int, height: int) -> None:
    drawn = box(title, paragraph(text, max(4, width - 2)), width, height, note=note)
    assert [width] * height == [cell_len(line.plain) for line in drawn]


def test_what_a_text_could_tell_the_terminal_is_taken_out() -> None:
    assert "red [31m text" == clean("red \x1b[31m\ttext\x07\n")


def test_parts_stand_side_by_side_line_by_line() -> None:
    assert ["ab", "cd"] == [line.plain for line in beside([Text("a"), Text("c")], [Text("b"), Text("d")])]
    with pytest.raises(ValueError, match="shorter"):
        beside([Text("a"), Text("c")], [Text("b")])


def test_a_label_hangs_before_its_lines() -> None:
    assert ["Free: PAT-1   ", "      PAT-2   "] == [line.plain for line in labelled("Free:", "PAT-1 PAT-2", 14)]


@pytest.mark.parametrize(("share", "drawn"), [(-1.0, "░░░░"), (0.5, "██░░"), (1.0, "████"), (9.0, "████")])
def test_a_bar_shows_a_share(share: float, drawn: str) -> None:
    assert drawn == bar(share, 4)
