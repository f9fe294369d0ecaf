"""`compare`: players over seeds into a table; what is there is not played again, and each run comes again."""

import csv
from pathlib import Path

import pytest

from tests.command.program import Program, write_scenario


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    return Program(capsys)


def test_players_are_compared_over_seeds_into_a_table_that_a_later_call_goes_on_with(
    program: Program, tmp_path: Path
) -> None:
    scenario, table = write_scenario(tmp_path), tmp_path / "table.csv"
    first = program("compare", scenario, "--out", table, "--players", "passive,force", "--seeds", 1, "--workers", 1)
    assert 0 == first.code
    assert "passive" in first.out
    kept = table.read_text().splitlines()
    more = ("--players", "passive,force", "--seeds", 2, "--workers", 1, "--json")
    said = program("compare", scenario, "--out", table, *more)
    assert 2 == said.data["seeds"]
    assert {"passive", "force"} == set(said.data["players"])
    assert "1 of 2 seeds are in the table already" in said.err
    assert kept == table.read_text().splitlines()[: len(kept)]
    assert 5 == len(table.read_text().splitlines())


def test_each_run_ends_in_the_same_state_when_it_is_replayed(program: Program, tmp_path: Path) -> None:
    scenario = write_scenario(tmp_path)
    said = program(
        *("compare", scenario, "--out", tmp_path / "t.csv", "--players", "doctrine,random", "--seeds", 1),
        *("--workers", 1, "--again", "--json"),
    )
    assert 0 == said.code
    assert (2, []) == (said.data["replayed"], said.data["differ"])


def test_a_table_of_other_players_or_a_player_that_is_none_is_refused(program: Program, tmp_path: Path) -> None:
    scenario, table = write_scenario(tmp_path), tmp_path / "table.csv"
    program("compare", scenario, "--out", table, "--players", "passive", "--seeds", 1, "--workers", 1)
    other = program("compare", scenario, "--out", table, "--players", "force", "--seeds", 1, "--workers", 1)
    assert 2 == other.code
    assert "another plan" in other.err
    assert 2 == program("compare", scenario, "--out", table, "--players", "nobody", "--seeds", 1).code


def test_a_figure_that_a_run_does_not_have_is_no_number_and_counts_in_no_mean(program: Program, tmp_path: Path) -> None:
    scenario, table = write_scenario(tmp_path), tmp_path / "table.csv"
    asked = ("compare", scenario, "--out", table, "--players", "passive", "--seeds", 2, "--workers", 1, "--json")
    means = program(*asked).data["players"]["passive"]
    assert {"recurrence", "came_again"}.isdisjoint(means)
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    head = next(k for k, row in enumerate(rows) if "recurrence" in row)
    place = rows[head].index("recurrence")
    assert ["-1.0", "-1.0"] == [row[place] for row in rows[head + 1 :]]
    rows[-1][place] = "0.25"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    risk = program(*asked).data["players"]["passive"]["recurrence"]
    assert (0.25, 1) == (risk["mean"], risk["trials"])
