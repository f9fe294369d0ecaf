"""`bench` says how fast this machine is, in rows that a script can read."""

from pathlib import Path

import pytest

from sim.core.phrase import Phrase
from sim.lab.bench import row_of, tidy
from tests.command.program import Program

ROWS = (
    "advance_500", "advance_2000", "advance_10000", "advance_100000", "fork_2000", "digest_2000", "rollout_600s_800",
    "frame_1000_1280x720", "frame_5000_1920x1080", "start_to_menu", "review_12x8x8",
)  # fmt: skip
"""Rows that are compared from one version to the next."""


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("COMMONGROUND_HOME", str(tmp_path / "home"))
    return Program(capsys)


def test_rows_say_what_was_measured_how_often_and_between_what(program: Program) -> None:
    said = program("bench", "--only", "fork_800", "--only", "state_bytes_per_person", "--quick", "--json")
    assert 0 == said.code
    assert {"machine", "rows"} == set(said.data)
    assert ["fork_800", "state_bytes_per_person"] == [row["id"] for row in said.data["rows"]]
    for row in said.data["rows"]:
        assert {"id", "what", "n", "value", "unit", "repeats", "spread"} == set(row)
        assert 800 == row["n"]
        low, high = row["spread"]
        assert 0.0 < low <= row["value"] <= high
    assert [3, 1] == [row["repeats"] for row in said.data["rows"]]


def test_a_table_is_printed_in_either_language(program: Program) -> None:
    for language, word in (("en", "Median"), ("zh", "中位数")):
        said = program("bench", "--only", "state_bytes_per_person", "--lang", language)
        assert word in said.out
        assert "state_bytes_per_person" in said.out


def test_a_row_there_is_not_is_bad_usage_and_the_rows_are_listed(program: Program) -> None:
    said = program("bench", "--only", "warp_speed", "--lang", "en")
    assert 2 == said.code
    assert "warp_speed" in said.err
    assert "advance_500" in said.err


def test_every_row_can_be_asked_for_by_itself(program: Program) -> None:
    listed = program("bench", "--only", "warp_speed", "--lang", "en").err
    for name in ROWS:
        assert name in listed
    for name in ("advance_2000", "digest_2000"):
        said = program("bench", "--only", name, "--quick", "--json")
        assert [name] == [row["id"] for row in said.data["rows"]]


@pytest.mark.slow
def test_the_map_is_drawn_against_the_clock(program: Program) -> None:
    frames = ["frame_1000_1280x720", "frame_5000_1920x1080"]
    rows = program("bench", "--only", frames[0], "--only", frames[1], "--quick", "--json").data["rows"]
    assert frames == [row["id"] for row in rows]
    assert all(row["value"] > 0.0 for row in rows)


@pytest.mark.slow
def test_every_size_of_crowd_is_timed_with_the_power_its_cost_grows_with(program: Program) -> None:
    sizes = [500, 2000, 10_000, 100_000]
    names = [*(f"advance_{n}" for n in sizes), "cost_exponent"]
    asked = [word for name in names for word in ("--only", name)]
    rows = program("bench", *asked, "--quick", "--json").data["rows"]
    assert names == [row["id"] for row in rows]
    assert sizes == [row["n"] for row in rows[:4]]


def test_a_row_holds_the_median_and_the_edges_of_its_repeats() -> None:
    row = row_of("x", Phrase("ten minutes of a crowd that stands"), 1, "s", [3.0, 1.0, 7.0])
    assert (3.0, (1.0, 7.0), 3) == (row.value, row.spread, row.repeats)
    assert 0.1235 == tidy(0.123456)
