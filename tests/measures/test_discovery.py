"""Measures and gates are found by listing their folder, and each holds to what every one of them must."""

import inspect
import json

import pytest
from pydantic import ValidationError

from sim.measures import GATES, MEASURES, Record
from sim.measures.measure import Scale, median
from sim.scenario.rubric import Rubric
from tests.measures.journals import Run, gate, measure, rubric

USED = sorted({m.measure for d in rubric().dimensions for m in d.measures})


def busy_run() -> Run:
    """A run in which nearly everything happened once, well and badly."""
    run = Run(start_min=-10).crowd(0, 90, density_max=4.0, over5=3, gear_max=2, tellers={"death": 0.2})
    run.state(5, 0, 1).state(20, 1, 3).state(24, 3, 1).state(80, 1, 5)
    run.order(3, "talk", group="negotiation").order(19, "push", force="line", lawful=False, violent=0.02, activity=1)
    run.order(22, "gas", force="area", accepted=False, lawful=False).order(40, "arrest", force="hands_on", violent=0.1)
    run.inject("poster", -5, "signal", truth="false", status="missed", after=10)
    run.inject("cab", 10, "threat", answered=1).inject("offer", 60, "decision_maker").inject("rude", 30, "misconduct")
    run.inject("dead", 18, "rumour", truth="false", answered=4).what(18, "rumour_started", rumour="death")
    run.what(4, "first_contact", unit="LIA-1").what(8, "talk", response="talk", contacts=6, listened=True)
    run.what(12, "statement", response="hold", about="facts", rumour="", true=True, evidence=False, quality=0.6)
    run.what(30, "statement", response="deny", about="rumour", rumour="death", true=True, evidence=True)
    run.what(21, "injury", severity="serious", cause="police", person=3, x=0, y=0)
    run.what(23, "care", number=1, severity=2, waited_s=120).what(
        25, "arrest", person=4, evidence=True, response="arrest"
    )
    run.what(26, "assault", place="rank", offenders=2, protected=False)
    run.what(30, "ambulance_waiting", ambulance="a", minutes=2).what(
        40, "ambulance_arrived", ambulance="a", delay_min=12
    )
    run.what(50, "announcement", response="appeal", understood=0.9, leave=0.3, tone="warm", route="west", power="")
    run.what(70, "meeting", mandate=True, seats=5).what(72, "promise", demand="fee", dated=True, within_authority=True)
    run.what(75, "report_back", promises=1, understood=0.8).what(2, "summoned", response="alert", units=["GOV-1"])
    run.inject("clear_it", 60, "pressure").what(
        61, "pressure_refused", reasoned=True, ground="un.power", alternative=""
    )
    run.what(60, "promise_kept", word="water", demand="", owner="CMD", learned=40)
    run.what(2, "alert", response="alert", level="send", inflated=True)
    run.what(15, "risk_asked", checkpoint=15, within_min=15, answer_min=5)
    run.what(16, "risk_stated", checkpoint=15, violence=0.7, crush=-1.0)
    run.order(17, "verify", group="information", accepted=False, lawful=False, collect="names")
    run.add(91, "scene", reason="resolved").what(91, "promise_kept", word="demand", demand="fee", number=1, learned=9)
    run.what(91, "task_done", duty="tracker", number=1, response="list", late=False)
    run.what(91, "task_missed", duty="relatives", number=2).what(91, "recurrence", risk=0.3, again=False)
    return run.reading(
        91, came=120, participants=40, remaining=40, left_voluntary=70, left_moved=10, legitimacy_all=0.4
    )


def test_every_file_of_a_kind_is_found() -> None:
    assert "injuries" in MEASURES
    assert "area_means" in GATES
    assert [] == [name for name, kind in {**MEASURES, **GATES}.items() if inspect.isabstract(kind)]


def test_the_rubric_that_ships_uses_every_measure_and_every_gate() -> None:
    assert sorted(MEASURES) == USED
    assert sorted(GATES) == sorted({g.gate.gate for g in rubric().gates})


@pytest.mark.parametrize("name", USED)
def test_a_run_without_entries_is_not_assessed_and_says_why(name: str) -> None:
    found = measure(name).assess(Record.of([]))
    assert found.share is None
    assert found.why is not None
    assert () == found.lines


@pytest.mark.parametrize("name", USED)
def test_what_is_assessed_lies_between_nothing_and_all_and_shows_its_evidence(name: str) -> None:
    found = busy_run().assess(name)
    assert found.share is not None, f"{name} was not assessed: {found.why}"
    assert 0.0 <= found.share <= 1.0
    assert found.lines or found.share == 1.0
    for line in found.lines:
        assert line.observable.english()
        assert line.rule.english()
        assert -10.0 <= line.minute <= 91.0


@pytest.mark.parametrize("name", USED)
def test_a_journal_read_back_from_json_is_assessed_the_same(name: str) -> None:
    run = busy_run()
    again = Record.of(run.stored(), run.record().facts)
    assert measure(name).assess(run.record()) == measure(name).assess(again)


@pytest.mark.parametrize("name", [g.id for g in rubric().gates])
def test_no_gate_trips_on_a_run_without_entries(name: str) -> None:
    assert () == gate(name).tripped(Record.of([]))


def test_an_unknown_measure_or_number_is_refused_by_name() -> None:
    data = json.loads(rubric().model_dump_json(by_alias=True))
    data["dimensions"][0]["measures"][0]["measure"] = "speed_of_clearing"
    with pytest.raises(ValidationError, match="speed_of_clearing"):
        Rubric.model_validate(data)


def test_a_scale_needs_two_ends() -> None:
    with pytest.raises(ValidationError, match="two ends"):
        Scale(full=3.0, none=3.0)


def test_a_scale_runs_straight_from_nothing_to_all_in_either_direction() -> None:
    falling, rising = Scale(full=8, none=16), Scale(full=0.9, none=0.1)
    assert [1.0, 1.0, 0.5, 0.0, 0.0] == [falling.share(x) for x in (0, 8, 12, 16, 99)]
    assert [0.0, 0.5, 1.0] == [round(rising.share(x), 9) for x in (0.0, 0.5, 1.0)]


def test_a_median_lies_in_the_middle() -> None:
    assert 2.0 == median([9.0, 1.0, 2.0])
    assert 3.0 == median([9.0, 1.0, 2.0, 4.0])
