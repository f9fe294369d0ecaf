"""Statements as scored: their quality counts once a matter, untruths are worth nothing, unchecked facts cost."""

from typing import Any

import pytest

from tests.measures.journals import Run, gate


def said(run: Run, minute: float, quality: float = 0.85, **data: Any) -> Run:
    """A statement by us; true, with nothing in it beyond what was known."""
    usual: dict[str, Any] = {"response": "update", "about": "facts", "rumour": "", "audience": "public", "true": True}
    return run.what(minute, "statement", quality=quality, **(usual | data))


def crowd() -> Run:
    return Run().crowd(0, 90)


def test_a_well_made_statement_earns_all_and_a_poor_one_nothing() -> None:
    assert 1.0 == said(crowd(), 20).share("statements")
    assert 0.0 == said(crowd(), 20, 0.3).share("statements")


def test_nothing_said_is_not_assessed_here() -> None:
    assert crowd().assess("statements").share is None


def test_saying_the_same_again_earns_nothing_more_and_loses_nothing() -> None:
    once, thrice = said(crowd(), 20), crowd()
    for minute in (20, 25, 30):
        said(thrice, minute, 0.85 if minute == 20 else 0.5)
    assert once.share("statements") == thrice.share("statements")


def test_an_untrue_statement_is_worth_nothing_however_well_it_is_made() -> None:
    assert 0.0 == said(crowd(), 20, true=False).share("statements")


def test_what_nobody_had_checked_costs_even_if_it_was_right() -> None:
    assert 0.75 == said(crowd(), 20, beyond=1).share("statements")


def test_a_promised_word_that_did_not_come_costs() -> None:
    run = said(crowd(), 20).what(70, "update_missed", response="update", source="police")
    assert 0.9 == pytest.approx(run.share("statements"))


def test_what_is_disproved_later_trips_the_gate_unless_we_correct_it_ourselves() -> None:
    disproved = said(crowd(), 20, rumour="memo").what(50, "statement_disproved", response="update", rumour="memo")
    assert ["what had been stated without a check turned out untrue"] == [
        line.observable.english() for line in gate("false_statement").tripped(disproved.record())
    ]
    assert () == gate("false_statement").tripped(said(disproved, 60, rumour="memo").record())
