"""What early warning earns: foresight by Brier, alerts by lead, signals by what they were; and what cannot be gamed."""

import pytest

from sim.measures import Record, estimates, rates
from tests.measures.journals import Run


def asked(run: Run, minute: int, percent: float | None = None, crush: float = -1.0) -> Run:
    """A question at a minute, answered a minute later or not."""
    run.what(minute, "risk_asked", checkpoint=minute, within_min=15, answer_min=5)
    if percent is not None:
        run.what(minute + 1, "risk_stated", checkpoint=minute, violence=percent / 100.0, crush=crush)
    return run


def hurt(run: Run, minute: float, cause: str = "crowd") -> Run:
    return run.what(minute, "injury", severity="minor", cause=cause, person=1, x=0, y=0)


# ---- foresight


def test_always_saying_fifty_percent_earns_nothing_whatever_happens() -> None:
    calm = asked(asked(Run().crowd(0, 60), 5, 50), 25, 50)
    assert 0.0 == calm.share("risk_estimates")
    assert 0.0 == hurt(calm, 10).share("risk_estimates")


def test_silence_is_fifty_percent() -> None:
    assert 0.0 == asked(Run().crowd(0, 60), 5).share("risk_estimates")
    seen = asked(Run().crowd(0, 60), 5).assess("risk_estimates").lines[0].observable.english()
    assert "no estimate: counted as 50 %" == seen


@pytest.mark.parametrize(("percent", "happens", "share"), [(0, False, 1.0), (100, True, 1.0), (80, True, 0.84)])
def test_being_right_and_sure_earns_most(percent: float, happens: bool, share: float) -> None:
    run = asked(Run().crowd(0, 60), 5, percent)
    assert share == (hurt(run, 12) if happens else run).share("risk_estimates")


def test_being_sure_and_wrong_costs_what_being_right_elsewhere_earned() -> None:
    run = hurt(asked(asked(Run().crowd(0, 60), 5, 0), 25, 0), 30)
    assert 0.0 == run.share("risk_estimates")


def test_the_quarter_of_an_hour_begins_when_it_is_stated() -> None:
    early, late = asked(Run().crowd(0, 60), 5, 90), asked(Run().crowd(0, 60), 5, 90)
    hurt(early, 5.5)
    hurt(late, 20.5)
    assert [False] == [each.happened for each in estimates(early.record())]
    assert [True] == [each.happened for each in estimates(late.record())]


def test_violence_counts_and_illness_does_not() -> None:
    ill = hurt(asked(Run().crowd(0, 60), 5, 90), 10, "illness")
    blow = asked(Run().crowd(0, 60), 5, 90).what(10, "deed", act="attack", target_kind="person", person=3)
    assert [False, True] == [estimates(run.record())[0].happened for run in (ill, blow)]


def test_a_quarter_of_an_hour_that_was_cut_off_is_not_judged_unless_something_happened() -> None:
    cut = asked(Run().crowd(0, 12), 5, 90)
    assert cut.assess("risk_estimates").share is None
    assert 0.96 == hurt(cut, 11).share("risk_estimates")


def test_a_run_that_ended_by_itself_has_seen_it_through() -> None:
    over = asked(Run().crowd(0, 12), 5, 10).add(12, "outcome", reason="resolved", ended_by="rules", won=[], lost=[])
    assert 0.96 == over.share("risk_estimates")


def test_a_view_of_a_crush_is_shown_and_earns_nothing() -> None:
    def run(crush: float) -> Run:
        return asked(Run().crowd(0, 60), 5, 30, crush)

    assert run(-1).share("risk_estimates") == run(0.0).share("risk_estimates")
    assert [0.4] == [each.crush for each in estimates(run(0.4).record())]
    packed = run(0.4).reading(10, density_max=6.5)
    assert [True] == [each.crushed for each in estimates(packed.record())]


# ---- alerts


def call(run: Run, minute: float, level: str = "send", *, inflated: bool = False) -> Run:
    return run.what(minute, "alert", response="alert", level=level, inflated=inflated)


def test_a_call_a_quarter_of_an_hour_ahead_earns_all() -> None:
    assert 1.0 == call(Run(-60).crowd(0, 60), -20).share("alerts")
    assert round(1 / 3, 6) == call(Run(-60).crowd(0, 60), -5).share("alerts")


def test_no_call_at_all_earns_nothing_where_something_came() -> None:
    assert 0.0 == Run(-60).crowd(0, 60).share("alerts")
    assert Run(-60).crowd(0, 60, participants=0).assess("alerts").share is None


def test_crying_wolf_costs_more_the_higher_the_level() -> None:
    quiet = {"participants": 0}
    assert 0.0 == call(Run(-60).crowd(0, 60, **quiet), -20).share("alerts")
    assert 0.5 == call(Run(-60).crowd(0, 60, **quiet), -20, "stand_by").share("alerts")
    assert call(Run(-60).crowd(0, 60, **quiet), -20, "information").assess("alerts").share is None


def test_the_highest_level_at_once_beyond_what_is_known_earns_less_than_going_step_by_step() -> None:
    at_once = call(Run(-60).crowd(0, 60), -58, inflated=True)
    by_steps = call(call(Run(-60).crowd(0, 60), -58, "stand_by"), -40)
    assert 0.3 == at_once.share("alerts") < by_steps.share("alerts")


def test_calling_once_it_has_begun_earns_nothing() -> None:
    assert 0.0 == call(Run(-60).crowd(0, 60), 61).share("alerts")


def test_hit_rate_false_alarms_and_lead_are_told() -> None:
    run = call(call(Run(-120).crowd(0, 60), -100), -20)
    assert {"hit_rate": 0.5, "false_alarm_rate": 0.5, "lead_min": 20.0} == rates(run.record())
    assert {"hit_rate": None, "false_alarm_rate": None, "lead_min": None} == rates(Record.of([]))


# ---- signals


def test_what_was_true_and_missed_costs_more_than_what_was_false_and_missed() -> None:
    def run(true: str, false: str) -> Run:
        made = Run().crowd(0, 60).inject("chat", 5, "signal", truth="true", status=true)
        return made.inject("poster", 6, "signal", truth="false", status=false)

    assert round(2 / 3, 6) == run("handled", "missed").share("signals_verified")
    assert round(1 / 3, 6) == run("missed", "handled").share("signals_verified")


# ---- names


@pytest.mark.parametrize("accepted", [True, False])
def test_an_attempt_to_collect_names_costs_even_when_it_was_refused(accepted: bool) -> None:
    def tried(collect: str) -> Run:
        return (
            Run().crowd(0, 60).order(5, "desk", group="information", accepted=accepted, lawful=False, collect=collect)
        )

    assert tried("none").assess("privacy").share is None
    assert 0.0 == tried("names").share("privacy")
    assert accepted == bool(tried("faces").tripped("names_collected"))
