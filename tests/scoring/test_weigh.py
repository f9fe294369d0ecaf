"""Weighing: gates before weights, coverage beside the total, and no way round either."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.phrase import LText
from sim.measures import Facts
from sim.scenario.rubric import Rubric
from sim.scoring import Score, score
from sim.world.journal import Entry, Journal
from tests.measures.journals import Run, rubric
from tests.scoring.runs import INJECTS, force, passive, talking


def card(run: Run, using: Rubric | None = None, **facts: Any) -> Score:
    return score(run.entries(), using or rubric(), Facts(start_min=run.start_min, **facts))


def total(run: Run) -> float:
    found = card(run).total
    assert found is not None
    return found


def reweighed(weights: list[float], inner: list[float]) -> Rubric:
    """The rubric that ships with other weights of dimensions (any, brought to 100) and of measures."""
    data = json.loads(rubric().model_dump_json(by_alias=True))
    whole = sum(weights)
    shares = [round(100.0 * w / whole, 3) for w in weights]
    shares[0] = round(100.0 - sum(shares[1:]), 9)
    for dimension, share in zip(data["dimensions"], shares, strict=True):
        dimension["weight"] = share
        for k, measure in enumerate(dimension["measures"]):
            measure["weight"] = inner[k % len(inner)]
    return Rubric.model_validate(data)


# ---- what a trainee should see


def test_talking_earns_an_a_and_doing_nothing_fails() -> None:
    assert total(talking()) >= 85.0
    assert total(passive()) < 40.0


def test_force_trips_a_gate_and_ends_in_f() -> None:
    found = card(force())
    assert "F" == found.grade
    assert {"area_means", "marked_area", "marked_force", "unlawful_harm"} <= {gate.id for gate in found.gates}


def test_a_longer_calm_run_beats_a_short_forceful_one_even_before_gates() -> None:
    short, longer = card(force()), card(talking())
    assert short.uncapped is not None
    assert longer.uncapped is not None
    assert short.uncapped < longer.uncapped


@settings(max_examples=30)
@given(st.integers(min_value=1, max_value=300))
def test_further_calm_minutes_never_lower_a_total(more: int) -> None:
    before, longer = talking(), talking()
    longer.crowd(102, 101 + more, participants=20, remaining=20, left_voluntary=80, officers_visible=20)
    last = longer.entries()[-1]
    longer.reading(
        last.tick / 600 + 1,
        remaining=20,
        participants=20,
        left_voluntary=80,
        legitimacy_all=0.55,
        legitimacy_min_group=0.45,
        public=0.6,
        officers_visible=20,
    )
    assert total(before) <= total(longer)


@pytest.mark.parametrize("spoil", ["ambulance", "rumour", "protection", "talks"])
def test_leaving_one_thing_undone_costs(spoil: str) -> None:
    left_out = {
        "ambulance": {"ambulance_arrived"},
        "rumour": {"statement"},
        "protection": {"assault"},
        "talks": {"talk", "representatives", "meeting", "report_back", "promise"},
    }[spoil]
    run = talking()
    run.added = [e for e in run.added if e.data.get("what") not in left_out]
    if spoil == "ambulance":
        run.what(60, "ambulance_arrived", ambulance="a", delay_min=30)
    if spoil == "protection":
        run.what(25, "assault", place="rank", offenders=2, protected=False)
    assert total(run) < total(talking())


def test_saying_and_listening_far_more_does_not_beat_doing_it_well() -> None:
    spam = talking()
    for k in range(200):
        minute = 20 + 0.4 * k
        spam.what(minute, "talk", response="listening", contacts=8, listened=True)
        spam.what(minute, "statement", response="holding", about="facts", rumour="", true=True, evidence=False)
        spam.what(minute, "announcement", response=f"message{k}", understood=0.9, leave=0.0, tone="warm", route="")
    assert total(spam) <= total(talking())


# ---- gates before weights


@given(
    st.lists(st.floats(min_value=1.0, max_value=100.0), min_size=10, max_size=10),
    st.lists(st.floats(min_value=0.01, max_value=100.0), min_size=6, max_size=6),
)
def test_no_weights_lift_a_gated_total_above_its_cap(weights: list[float], inner: list[float]) -> None:
    run = talking().order(90, "push", force="line", group="dispersal", lawful=False)
    found = card(run, reweighed(weights, inner))
    assert found.total is not None
    assert found.total <= 54.0
    assert found.grade in {"D", "F"}


@pytest.mark.parametrize(
    ("force_label", "cap", "limit"), [("presence", "C", 69.0), ("line", "D", 54.0), ("area", "F", 39.0)]
)
def test_a_gate_caps_the_total_at_its_number(force_label: str, cap: str, limit: float) -> None:
    run = talking().order(90, "act", force=force_label, lawful=False)
    found = card(run)
    assert (cap, limit) == (found.grade, found.total)
    assert found.uncapped is not None
    assert found.uncapped > limit


def test_the_lowest_cap_wins() -> None:
    run = talking().order(90, "act", force="area", lawful=False).order(91, "record", collect="names")
    found = card(run)
    assert 39.0 == found.total
    assert ["marked_area", "names_collected"] == [gate.id for gate in found.gates]


def test_a_gate_does_not_lift_a_total_that_is_lower() -> None:
    run = passive().order(90, "record", collect="names")
    assert total(run) < 40.0


# ---- coverage


def test_a_run_without_evidence_has_no_total_and_no_coverage() -> None:
    found = score([], rubric())
    assert (None, None, None, 0.0) == (found.total, found.uncapped, found.grade, found.coverage)
    assert all(d.points is None for d in found.dimensions)
    assert all(m.why is not None for d in found.dimensions for m in d.measures)


def test_what_could_not_be_assessed_lowers_the_coverage_and_not_the_total() -> None:
    found = card(Run().inject("a", 5, "gathering", answered=1))
    assert 100.0 == found.total
    # The window used is 4 of 10 of a dimension of 10, the latency all of one of 3; gatherings are windows, too.
    assert 0.07 == round(found.coverage, 6)


def test_a_gate_alone_still_fails_a_run_that_shows_nothing_else() -> None:
    found = card(Run().what(5, "pressure_obeyed"))
    assert (0.0, "F") == (found.total, found.grade)


def test_the_grade_follows_the_printed_total() -> None:
    for run in (talking(), passive(), force()):
        found = card(run)
        assert found.total == round(found.total or 0.0, 1)
        bands = rubric().bands
        assert found.grade == max((g for g in bands if bands[g] <= (found.total or 0.0)), key=lambda g: bands[g])


def test_a_score_is_provisional_until_the_days_after_are_played() -> None:
    assert card(talking()).provisional
    assert not card(talking(), aftermath=True).provisional


def test_the_points_of_the_lines_explain_what_a_dimension_lost() -> None:
    run = Run().crowd(0, 10).what(5, "injury", severity="serious", cause="police", person=1, x=0.0, y=0.0)
    run.what(7, "care", number=1, severity=2, waited_s=120)
    found = card(run)
    safety = next(d for d in found.dimensions if d.id == "SFY")
    lost = sum(e.points for m in safety.measures for e in m.evidence if e.points < 0.0)
    weighed = sum(d.weight for d in found.dimensions if d.points is not None)
    # Injuries weigh 8 and care 3; the police hurt one person seriously, care was prompt.
    assert round(100 * (8 * 0.65 + 3) / 11, 1) == safety.points
    assert lost == pytest.approx((safety.points - 100.0) * safety.weight / weighed, abs=0.02)


# ---- the same run is the same score


def test_a_journal_read_back_from_json_gives_the_same_score() -> None:
    for run in (talking(), passive(), force()):
        facts = Facts(start_min=run.start_min)
        assert score(run.entries(), rubric(), facts) == score(run.stored(), rubric(), facts)


def test_a_journal_and_its_entries_give_the_same_score() -> None:
    run = talking()
    assert score(Journal(tuple(run.entries())), rubric()) == score(run.entries(), rubric())


def test_a_score_as_data_is_json_and_comes_out_the_same_each_time() -> None:
    first = json.dumps(card(force()).as_dict(), sort_keys=True, ensure_ascii=False)
    assert first == json.dumps(card(force()).as_dict(), sort_keys=True, ensure_ascii=False)
    assert {"rubric", "total", "grade", "coverage", "provisional", "gates", "dimensions"} <= json.loads(first).keys()


def relabelled(entries: list[Entry], names: dict[str, str]) -> list[Entry]:
    """The same entries with every id swapped for another, wherever it stands."""

    def swap(value: Any) -> Any:
        if isinstance(value, dict):
            return {names.get(key, key): swap(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [swap(inner) for inner in value]
        return names.get(value, value) if isinstance(value, str) else value

    return [Entry(e.tick, e.kind, swap(dict(e.data))) for e in entries]


@settings(max_examples=15)
@given(st.permutations([*(inject[0] for inject in INJECTS), "death", "fee", "rank", "square"]))
def test_swapping_the_labels_of_what_a_crowd_wants_and_says_changes_no_number(order: list[str]) -> None:
    plain = [*(inject[0] for inject in INJECTS), "death", "fee", "rank", "square"]
    names = dict(zip(plain, (f"label-{name}" for name in order), strict=True))
    for run in (talking(), passive(), force()):
        ours, theirs = card(run), score(relabelled(run.entries(), names), rubric())
        assert (ours.total, ours.uncapped, ours.coverage) == (theirs.total, theirs.uncapped, theirs.coverage)
        assert [d.points for d in ours.dimensions] == [d.points for d in theirs.dimensions]


def test_names_change_what_is_printed_and_no_number() -> None:
    named = card(passive(), names={"surrounded": LText("a cab is surrounded", "出租车被围")})
    plain = card(passive())
    assert plain.total == named.total
    assert plain.as_dict() != named.as_dict()
