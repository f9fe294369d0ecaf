"""Cards in a terminal of eighty columns: every figure is there whole, in both languages."""

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from sim.console.fitness import fitness_card
from sim.core.phrase import Language
from sim.review.balance import balance
from sim.storage.language import speech
from tests.review.test_balance import run
from tests.small import small_playbook

COLUMNS = 80


def shown(language: Language) -> list[str]:
    """The lines of a card with long names and long figures."""
    found = [
        replace(run(player, seed, total=100.0 - seed, orders="hold first_contact"), trust=-0.345, hurt=112, grade=grade)
        for player in ("doctrine", "facilitate", "my_own_long_line_of_orders")
        for seed, grade in enumerate("ABCDF")
    ]
    console = Console(file=io.StringIO(), width=COLUMNS)
    console.print(fitness_card(balance(small_playbook(), found, len(found)), small_playbook(), speech(language)))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_players_table_fits_with_every_figure_whole(language: Language) -> None:
    lines = shown(language)
    assert COLUMNS >= max(map(cell_len, lines))
    rows = [line for line in lines if "(" in line and "│" in line and "-0.34" in line]
    assert 3 == len(rows)
    assert all("112.0" in row and "98 (96-100)" in row for row in rows)
    assert not any("…" in line for line in lines)
