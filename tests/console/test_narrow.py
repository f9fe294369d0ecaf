"""Cards in a terminal of eighty columns: every figure is there whole, in both languages."""

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from sim.console.card import review_table
from sim.console.fitness import fitness_card
from sim.core.phrase import Language, Phrase
from sim.exercise.refusal import Ground, Refusal
from sim.review import Alternative, Effort, Moment, Review
from sim.review.balance import balance
from sim.review.estimate import Estimate
from sim.storage.language import speech
from sim.world.order import Order
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


@pytest.mark.parametrize("language", ["en", "zh"])
def test_aims_can_be_read_beside_the_figures_of_many_players(language: Language) -> None:
    players = ("doctrine", "varied", "mediator", "author", "facilitate", "random", "force", "passive")
    aim = {"id": "aim", "says": "Nobody is hurt.", "when": {"metric": "serious_injuries", "at_most": 0}}
    playbook = small_playbook(win=[aim])
    card = balance(playbook, [run(player, 1, total=50.0, orders="hold") for player in players], len(players))
    console = Console(file=io.StringIO(), width=COLUMNS)
    console.print(fitness_card(card, playbook, speech(language)))
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    assert COLUMNS >= max(map(cell_len, lines))
    assert not any("┃" in line and "Bad" in line and "Badly" not in line for line in lines)
    assert any("Nobody is hurt." in line and len(players) == line.count("1/1") for line in lines)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_reasons_and_remedies_have_room_beside_each_other(language: Language) -> None:
    reason, remedy = Phrase.literal("nobody is free " * 3), Phrase.literal("order it later " * 4)
    refused = Refusal(minute=0.5, order=Order(response="written_commitment"), grounds=(Ground(reason, remedy),))
    card = balance(small_playbook(), [replace(run("mine", orders="hold"), turned_down=(refused,))], 1)
    console = Console(file=io.StringIO(), width=COLUMNS)
    console.print(fitness_card(card, small_playbook(), speech(language)))
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    assert COLUMNS >= max(map(cell_len, lines))
    assert any("mine" in line and "nobody is" in line and "order it" in line for line in lines)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_long_verdict_leaves_room_for_what_was_decided(language: Language) -> None:
    found = Estimate(-12.345, -23.456, -1.234, 8)
    names = ("first_contact", "hold", "containment")
    others = tuple(
        Alternative(
            order=Order(response=name), source="open", lawful=True, own=found, doctrine=found, against_own=found,
            against_doctrine=found, stopped="", gates=0.0, clairvoyant=None, curve=(),
        )
        for name in names
    )  # fmt: skip
    moment = Moment(
        number=1, tick=600, minute=1.0, order=Order(response=names[0]), call="", verdict="between imprecise and poor",
        alternatives=others, best=0, regret_own=found, regret_doctrine=found, clairvoyant_regret=None, trials=8,
        settled=True, why=(Phrase(" ".join(["because of it"] * 9)),), reproduces=True,
    )  # fmt: skip
    review = Review((moment,), 1, Effort(), 48, 1e4, None, complete=True, scenario="small")
    console = Console(file=io.StringIO(), width=COLUMNS)
    console.print(review_table(review, speech(language), small_playbook(), 1.0))
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    assert COLUMNS >= max(map(cell_len, lines))
    assert 22 >= len(lines)
    assert any(70 < cell_len(line.rstrip()) and line.startswith("  because of it") for line in lines)
    assert 3 <= sum("[-23.5, -1.2]" in line for line in lines)
