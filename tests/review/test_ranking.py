"""Ranking: tau of known orders, an outlook that is nothing at the end, and pages that get their figures."""

from dataclasses import replace
from pathlib import Path

import pytest

from sim.command.horizon import BEGIN, END
from sim.lab.horizon import HORIZONS_MIN, Cut, Row
from sim.lab.nearness import nearness_of
from sim.lab.ranking import NOTHING, fit, found_of, horizon_of, kendall_tau, pairing_of, pairs_apart, standing_of
from sim.measures import Facts
from sim.review.outlook import WEIGHTS, expected, measured_at, prospect_of
from sim.world.journal import Entry
from tests.command.program import Program
from tests.measures.journals import Run


def row(alternative: int, trial: int, end: float, at: float, decision: int = 1, anger: float = 0.0) -> Row:
    seen = {**{name: 0.0 for name in WEIGHTS if name not in {"base", "slope"}}, "anger": anger}
    cuts = tuple(Cut(minutes, at if minutes < 30 else end, 100.0, 0.5, seen) for minutes in HORIZONS_MIN)
    return Row("small", "passive", 1, decision, 5.0, alternative, "act", "own", trial, end, 60.0, cuts)


def test_the_same_order_is_one_the_other_way_round_is_minus_one_and_no_order_is_none() -> None:
    assert 1.0 == kendall_tau([1.0, 2.0, 3.0], [10.0, 20.0, 30.0])
    assert -1.0 == kendall_tau([1.0, 2.0, 3.0], [3.0, 2.0, 1.0])
    assert kendall_tau([1.0, 1.0], [1.0, 2.0]) is None


def test_pairs_less_than_two_points_apart_rank_nothing() -> None:
    assert (2, 0) == pairs_apart([50.0, 50.1, 54.0], [3.0, 2.0, 4.0])
    assert (1, 1) == pairs_apart([50.0, 50.1, 54.0], [3.0, 2.0, 2.5])


def test_a_horizon_that_turns_the_order_round_is_found_out() -> None:
    rows = [row(k, trial, end=50.0 + 5.0 * k, at=50.0 - 5.0 * k) for k in range(4) for trial in (1, 2)]
    found = found_of(rows)
    taus = {each.minutes: each.tau_apart for each in found.score_alone}
    assert -1.0 == taus[20.0]
    assert 1.0 == taus[30.0]
    assert 30.0 == horizon_of(found.score_alone)
    assert 15.0 == standing_of(rows, 5.0, {rows[0].place: NOTHING}).lost


def test_a_first_look_is_off_by_what_its_regret_lacks_of_that_in_the_end_of_another_trial() -> None:
    seen, came = {0: 50.0, 1: 52.0, 2: 47.0}, {0: 50.0, 1: 57.0, 2: 51.0}
    rows = [row(k, trial, end=came[k], at=seen[k]) for k in seen for trial in (1, 2)]
    assert (5.0, 2) == (nearness_of(rows, 10.0, NOTHING).off, nearness_of(rows, 10.0, NOTHING).cases)
    assert 0.0 == nearness_of(rows, 30.0, NOTHING).off


def test_nineteen_of_twenty_first_looks_came_nearer_than_is_said() -> None:
    rows = [
        row(k, trial, 50.0 + d * k * (trial - 1), 50.0, decision=d)
        for d in range(40)
        for k in (0, 1)
        for trial in (1, 2)
    ]
    near = nearness_of(rows, 10.0, NOTHING)
    assert 80 == near.cases
    assert near.off is not None
    gaps = [abs(d * k) for d in range(40) for k in (0, 1)]
    assert sum(gap <= near.off for gap in gaps) >= 0.95 * len(gaps)


def test_an_outlook_that_only_fits_the_half_it_was_made_from_gains_nothing() -> None:
    """In every other decision anger gains points, in the rest it loses them: one half misleads the other."""
    rows = [
        row(k, trial, end=50.0 + (5.0 if d % 2 else -5.0) * k, at=50.0, decision=d, anger=float(k))
        for d in range(8)
        for k in range(3)
        for trial in (1, 2)
    ]
    taus = {each.minutes: each.tau_apart for each in found_of(rows).refitted}
    assert -1.0 == taus[10.0]


def test_of_a_single_trial_nothing_is_said_of_a_first_look() -> None:
    assert nearness_of([row(k, 1, 50.0, 50.0) for k in range(3)], 10.0, NOTHING).off is None


def test_each_scenario_is_ranked_by_itself_too() -> None:
    turned = [row(k, trial, end=50.0 + 5.0 * k, at=50.0 - 5.0 * k) for k in range(4) for trial in (1, 2)]
    straight = [
        replace(row(k, trial, end=50.0 + 5.0 * k, at=50.0 + 5.0 * k), scenario="other")
        for k in range(4)
        for trial in (1, 2)
    ]
    alone = {each.scenario: each for each in found_of([*turned, *straight]).by_scenario}
    assert 30.0 == alone["small"].horizon
    assert HORIZONS_MIN[0] == alone["other"].horizon
    assert 8 == alone["other"].continuations


def test_what_was_measured_of_a_scenario_itself_comes_before_what_was_measured_of_all() -> None:
    own, other = measured_at(20.0, "taxi_ring_square"), measured_at(20.0, "never_measured")
    assert own is not None
    assert other is not None
    assert "taxi_ring_square" == own.scenario
    assert "" == other.scenario
    assert own.decisions < other.decisions
    assert measured_at(1.0, "taxi_ring_square") is None


def test_a_fit_finds_what_anger_costs() -> None:
    rows = [row(k, 1, end=60.0 - 8.0 * k, at=60.0, decision=d, anger=0.2 * k) for d in range(400) for k in range(4)]
    assert fit(rows, (5.0,))["anger"] == pytest.approx(-80.0, rel=0.1)


def test_the_same_luck_needs_no_second_trial_where_it_is_all_the_difference_there_is() -> None:
    rows = [row(k, trial, end=40.0 + 10.0 * k + 7.0 * trial, at=0.0) for k in range(2) for trial in (1, 2, 3)]
    found = pairing_of("small", rows)
    assert found is not None
    assert 0.0 == found.paired
    assert found.independent > 100.0
    assert found.middle is None


def test_one_decision_that_may_turn_either_way_does_not_hide_what_the_same_luck_saves_in_the_others() -> None:
    each = [(k, trial) for k in (0, 1) for trial in (1, 2)]
    calm = [row(k, t, end=40.0 + k + 7.0 * t + 0.1 * k * t, at=0.0, decision=d) for d in range(4) for k, t in each]
    turns = [row(k, t, end=80.0 if k == t - 1 else 20.0, at=0.0, decision=9) for k, t in each]
    found = pairing_of("small", [*calm, *turns])
    assert found is not None
    assert found.gain < 2.0
    assert found.middle is not None
    assert found.middle > 100.0


def gathering(**values: object) -> list[Entry]:
    return Run().crowd(0, 10, **values).entries()


def test_there_is_no_outlook_once_people_are_home() -> None:
    facts = Facts(start_min=0.0)
    angry = gathering(anger=0.9, grievance=0.9)
    assert 0.0 == prospect_of([*angry, Entry(6000, "scene", {"reason": "resolved"})], facts, 60.0).left
    assert 70.0 == expected(70.0, prospect_of([*angry, Entry(6000, "outcome", {"reason": "time"})], facts, 60.0))
    assert prospect_of([*angry, Entry(6000, "outcome", {"reason": "stopped"})], facts, 60.0).left > 0.0


def test_an_expected_score_stays_a_score() -> None:
    for total in (0.0, 50.0, 100.0):
        for anger in (0.0, 1.0):
            prospect = prospect_of(gathering(anger=anger, grievance=anger), Facts(start_min=0.0), 600.0)
            assert 0.0 <= expected(total, prospect) <= 100.0


def test_a_page_gets_its_figures_between_its_marks(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows, page = tmp_path / "rows.jsonl", tmp_path / "page.md"
    kept = [row(k, trial, end=50.0 + 5.0 * k, at=50.0 + 5.0 * k) for k in range(3) for trial in (1, 2)]
    rows.write_text("".join(f"{_json(each)}\n" for each in kept), encoding="utf-8")
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    said = Program(capsys)("horizon", "--rows", rows, "--write", page, "--json", "--quiet")
    assert 0 == said.code
    assert 6 == said.data["continuations"]
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "6 continuations" in text
    assert "old" not in text


def _json(each: Row) -> str:
    import json

    return json.dumps(each.as_dict())
