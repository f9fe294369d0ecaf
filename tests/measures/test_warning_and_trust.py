"""Early warning, trust, accountability, timeliness and resources, each both ways."""

import pytest

from tests.measures.journals import Run


def test_a_signal_is_to_be_checked_in_time() -> None:
    assert 1.0 == Run().inject("poster", 5, "signal").share("signals_verified")
    assert 0.0 == Run().inject("poster", 5, "signal", status="missed").share("signals_verified")


def checked(run: Run, minute: float) -> Run:
    run.order(6, "verify", group="information", trigger="poster", target="lorries")
    return run.what(minute, "verified", claim="lorries", truth="false", is_rumour=False)


def test_a_check_that_answers_a_signal_counts_and_counts_half_when_late() -> None:
    def missed() -> Run:
        return Run().crowd(0, 60).inject("poster", 5, "signal", truth="false", status="missed", after=10)

    assert 1.0 == checked(missed(), 14).share("signals_verified")
    seen = checked(missed(), 14).assess("signals_verified").lines[0].observable.english()
    assert "checked or dealt with in time: “poster”" == seen
    assert 0.5 == checked(missed(), 40).share("signals_verified")
    assert 0.0 == missed().what(14, "verified", claim="something else", truth="true").share("signals_verified")


def test_checking_one_signal_many_times_earns_nothing_for_the_others() -> None:
    run = Run().crowd(0, 60).inject("poster", 5, "signal", truth="false", status="missed")
    run.inject("five_thousand", 7, "signal", truth="false", status="missed")
    for minute in range(8, 15):
        checked(run, minute)
    assert 0.5 == run.share("signals_verified")


def test_a_signal_whose_window_is_open_at_the_end_is_not_held_against_anybody() -> None:
    assert Run().crowd(0, 8).inject("poster", 5, "signal", status="fired").assess("signals_verified").share is None


def test_going_in_hard_on_a_false_signal_earns_nothing() -> None:
    def bars() -> Run:
        return Run().crowd(0, 60).inject("bars", 5, "threat", truth="unclear", status="missed")

    assert 0.5 == bars().share("hard_action_on_false")
    assert 0.0 == bars().order(6, "push", force="line", trigger="bars").share("hard_action_on_false")
    geared = bars().order(6, "visible_unit", force="presence", trigger="bars")
    geared.what(10, "deployed", response="visible_unit", units=["POU-1"], gear="shield")
    assert 0.0 == geared.share("hard_action_on_false")


def test_checking_first_earns_all_whatever_came_after() -> None:
    run = Run().crowd(0, 60).inject("bars", 5, "threat", truth="false", status="missed")
    run.order(6, "verify", trigger="bars", target="iron").what(12, "verified", claim="iron", truth="false")
    assert 1.0 == run.order(20, "arrest", force="hands_on", trigger="bars").share("hard_action_on_false")


def test_a_true_signal_is_no_question_of_false_alarm() -> None:
    assert Run().inject("cab", 5, "threat", status="missed").assess("hard_action_on_false").share is None


def test_partners_are_called_early() -> None:
    assert 1.0 == Run().crowd(0, 120).what(20, "summoned", response="alert", units=["GOV-1"]).share("partners")
    assert 0.5 == Run().crowd(0, 120).what(60, "summoned", response="alert", units=["GOV-1"]).share("partners")


def test_never_calling_costs_all_where_a_department_took_part() -> None:
    offered = Run().crowd(0, 120).inject("offer", 60, "decision_maker")
    assert 0.0 == offered.share("partners")
    assert 0.0 == offered.what(20, "summoned", response="alert", units=[]).share("partners")
    assert Run().crowd(0, 120).assess("partners").share is None


def test_whoever_can_decide_may_be_brought_in_by_any_lawful_way() -> None:
    offered = Run().crowd(0, 120).inject("offer", 10, "decision_maker")
    assert 0.0 == offered.share("partners")
    assert 0.0 == offered.what(15, "meeting", mandate=False, seats=3).share("partners")
    assert 0.5 == offered.what(60, "meeting", mandate=True, seats=3).share("partners")
    assert 1.0 == offered.what(20, "huddle", response="department_huddle").share("partners")
    (line,) = offered.assess("partners").lines
    assert "settled with the departments who decides what" in line.observable.english()


def test_never_calling_is_no_fault_where_nothing_on_offer_could_have_called_anybody() -> None:
    alone = Run().crowd(0, 120).inject("offer", 70, "decision_maker")
    assert 0.0 == alone.share("partners")
    assert alone.assess("partners", could_call=False).share is None
    met = alone.what(90, "meeting", mandate=True, seats=3)
    assert 1.0 == met.share("partners", could_call=False), "twenty minutes after somebody who can decide came up"
    assert 0.0 == met.share("partners")


def test_trust_that_holds_earns_most_and_trust_that_falls_nothing() -> None:
    assert 0.8 == Run().crowd(0, 60).share("legitimacy_kept")
    assert 1.0 == Run().crowd(0, 60).reading(61, legitimacy_all=0.6, legitimacy_min_group=0.5).share("legitimacy_kept")
    assert 0.0 == Run().crowd(0, 60).reading(61, legitimacy_all=0.2, legitimacy_min_group=0.1).share("legitimacy_kept")


def test_a_mean_does_not_hide_the_group_that_trusts_least() -> None:
    even = Run().crowd(0, 60).reading(61, legitimacy_all=0.6, legitimacy_min_group=0.5)
    uneven = Run().crowd(0, 60).reading(61, legitimacy_all=0.6, legitimacy_min_group=0.1)
    assert 0.7 == uneven.share("legitimacy_kept") < even.share("legitimacy_kept")


def test_an_empty_square_at_the_end_says_nothing_of_the_lowest_group() -> None:
    run = Run().crowd(0, 60).reading(61, participants=0, legitimacy_min_group=0.0)
    assert 0.8 == run.share("legitimacy_kept")


def test_opinion_counts_the_public_that_lost_most() -> None:
    gained = Run().crowd(0, 60).reading(61, public=0.6, bystanders=0.6, workers=0.6)
    uneven = Run().crowd(0, 60).reading(61, public=0.6, bystanders=0.6, workers=0.3)
    assert 1.0 == gained.share("opinion")
    assert round(1 / 3, 6) == uneven.share("opinion")


def test_what_an_untrue_statement_won_counts_as_lost() -> None:
    run = Run().crowd(0, 60).reading(61, public=0.7, bystanders=0.6, workers=0.6)
    assert 1.0 == run.share("opinion")
    run.what(20, "statement", response="s", about="facts", rumour="", true=False)
    # Nothing is left of what the wider public thought; the others saw for themselves.
    assert round((2 / 3 + 0) / 2, 6) == run.share("opinion")


def promise(run: Run, minute: float, *, dated: bool = True, authority: bool = True, demand: str = "fee") -> Run:
    return run.what(minute, "promise", demand=demand, owner="GOV", dated=dated, within_authority=authority, weight=0.9)


def test_a_promise_has_a_date_an_owner_who_may_and_is_told() -> None:
    assert 0.8 == promise(Run(), 60).share("promises")
    assert 0.4 == promise(Run(), 60, dated=False).share("promises")
    assert 1.0 == promise(Run(), 60).what(70, "report_back", promises=1, understood=0.8).share("promises")
    assert 0.8 == promise(Run(), 60).what(50, "report_back", promises=1, understood=0.8).share("promises")


def test_promising_beyond_ones_authority_costs_even_when_it_is_put_right() -> None:
    assert 0.0 == promise(Run(), 60, authority=False).share("promises")
    assert 0.5 == promise(promise(Run(), 60, authority=False), 80).share("promises")


def test_promising_the_same_again_earns_nothing() -> None:
    run = promise(Run(), 60)
    for minute in range(61, 90):
        promise(run, minute)
    assert 0.8 == run.share("promises")


def test_promising_everything_to_everybody_costs() -> None:
    run = promise(Run(), 60)
    for k in range(4):
        promise(run, 61 + k, authority=False, demand=f"demand{k}")
    assert 0.0 == run.share("promises")


def test_no_promise_costs_where_somebody_came_who_can_decide() -> None:
    assert 0.0 == Run().inject("offer", 60, "decision_maker", status="missed").share("promises")
    assert Run().crowd(0, 90).assess("promises").share is None


def test_wrong_on_our_own_side_is_stopped_and_owned() -> None:
    def rude() -> Run:
        return Run().crowd(0, 120).inject("rude", 30, "misconduct", status="missed")

    def stopped(run: Run, minute: float) -> Run:
        return run.what(minute, "misconduct_stopped", place="square")

    def sorry(run: Run, minute: float) -> Run:
        return run.what(minute, "statement", response="a", about="apology", rumour="", true=True)

    assert 0.0 == rude().share("misconduct")
    assert 0.5 == stopped(rude(), 35).share("misconduct")
    assert 0.0 == stopped(rude(), 60).share("misconduct")
    assert 0.5 == sorry(rude(), 60).share("misconduct")
    assert 1.0 == sorry(stopped(rude(), 35), 60).share("misconduct")


def test_an_apology_before_the_wrong_owns_nothing() -> None:
    run = Run().crowd(0, 120).inject("rude", 30, "misconduct", status="missed")
    assert 0.0 == run.what(10, "statement", response="a", about="apology", rumour="", true=True).share("misconduct")


@pytest.mark.parametrize(("answered", "share"), [(0.0, 1.0), (3.0, 1.0), (6.5, 0.5), (10.0, 0.0), (30.0, 0.0)])
def test_an_answer_earns_by_the_experts_time_and_the_window(answered: float, share: float) -> None:
    assert share == Run().inject("a", 5, "gathering", status="missed", answered=answered).share("latency")


def test_latency_is_the_median_so_that_one_miss_does_not_decide() -> None:
    run = Run().inject("a", 5, "gathering", answered=1).inject("b", 6, "gathering", answered=1)
    assert 1.0 == run.inject("c", 7, "gathering", status="missed").share("latency")


def test_what_was_seen_to_before_it_was_asked_is_answered_when_it_is_handled() -> None:
    assert 1.0 == Run().inject("a", 5, "gathering", status="handled", after=0).share("latency")
    assert 0.0 == Run().inject("a", 5, "gathering", status="missed", after=10).share("latency")


def test_too_many_or_too_heavy_for_a_quiet_crowd_costs() -> None:
    def acted() -> Run:
        return Run().order(1, "talk")

    assert 1.0 == acted().crowd(0, 60, officers_visible=30).share("visibility")
    assert 1.0 == acted().crowd(0, 60, officers_visible=40).share("visibility")
    assert 0.0 == acted().crowd(0, 60, officers_visible=60).share("visibility")
    assert 0.0 == acted().crowd(0, 60, gear_max=3).share("visibility")
    assert acted().crowd(0, 60, gear_max=3, violent_last_min=4).assess("visibility").share is None


def test_prudence_cannot_be_shown_by_using_nobody() -> None:
    assert Run().crowd(0, 60).assess("visibility").share is None
