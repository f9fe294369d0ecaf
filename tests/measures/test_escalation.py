"""Escalation and de-escalation: tension, our own part in it, windows, dialogue, departures and posture."""

from itertools import pairwise

from tests.measures.journals import Run

HOT = {"anger": 0.6, "identity": 0.6}
COOL = {"anger": 0.2, "identity": 0.2}


def test_a_calm_crowd_earns_all_and_a_hot_one_nothing() -> None:
    assert 1.0 == Run().crowd(0, 60, **COOL).share("tension_area")
    assert 0.0 == Run().crowd(0, 60, **HOT).share("tension_area")


def test_a_longer_calm_run_beats_a_short_hot_one() -> None:
    short = Run().crowd(0, 20, **HOT)
    longer = Run().crowd(0, 200, anger=0.35, identity=0.25)
    assert short.share("tension_area") < longer.share("tension_area")


def test_more_calm_minutes_never_cost_and_do_not_wash_out_a_clash() -> None:
    shares = [
        Run().crowd(0, 20, anger=0.4, identity=0.4).crowd(21, 21 + more, **COOL).share("tension_area")
        for more in (0, 60, 600)
    ]
    assert all(before <= after for before, after in pairwise(shares))
    assert shares[-1] < Run().crowd(0, 600, **COOL).share("tension_area")


def test_moving_angry_people_away_does_not_calm_the_record() -> None:
    stayed = Run().crowd(0, 40, anger=0.4, identity=0.4)
    cleared = Run().crowd(0, 20, anger=0.4, identity=0.4)
    for minute in range(21, 41):
        cleared.reading(minute, participants=10, left_moved=60, detained=30, **COOL)
    assert stayed.share("tension_area") <= cleared.share("tension_area") < 0.5


def test_what_people_felt_before_there_was_a_gathering_does_not_count() -> None:
    run = Run().crowd(0, 30, participants=5, **HOT).crowd(31, 60, **COOL)
    assert 1.0 == run.share("tension_area")


def push(run: Run, minute: float = 10, **words: object) -> Run:
    return run.order(minute, "push", force="line", group="dispersal", **words)  # type: ignore[arg-type]


def test_a_crowd_that_gets_worse_after_our_force_is_charged_to_us() -> None:
    assert 1.0 == push(Run()).share("own_escalation")
    assert 0.66 == push(Run()).state(15, 1, 2).share("own_escalation")
    assert 1.0 == push(Run()).state(21, 1, 2).share("own_escalation")
    assert 1.0 == push(Run()).state(15, 2, 1).share("own_escalation")


def test_spreading_force_over_many_orders_does_not_spread_the_blame() -> None:
    one, many = push(Run()).state(15, 1, 2), Run().state(15, 1, 2)
    for k in range(20):
        push(many, 10 + 0.2 * k)
    assert one.share("own_escalation") == many.share("own_escalation")


def test_a_formal_order_to_leave_coerces_and_an_appeal_does_not() -> None:
    formal = Run().order(10, "order", group="dispersal", catalogue="DS2").state(12, 0, 1)
    appeal = Run().order(10, "appeal", group="dispersal", catalogue="DS1").state(12, 0, 1)
    assert 0.66 == formal.share("own_escalation")
    assert appeal.assess("own_escalation").share is None


def test_protecting_people_is_not_charged_with_what_follows() -> None:
    run = Run().inject("cab", 9, "threat", status="missed")
    run.order(10, "arrest", force="hands_on", group="targeted", trigger="cab").state(12, 1, 3)
    assert run.assess("own_escalation").share is None


def test_showing_shields_to_a_quiet_crowd_is_coercion_of_our_own() -> None:
    shown = Run().what(10, "deployed", response="visible_unit", units=["POU-1"], gear="shield").state(12, 0, 1)
    assert 0.66 == shown.share("own_escalation")
    shown.what(8, "deed", act="throw", target_kind="officer", person=3)
    assert shown.assess("own_escalation").share is None


def test_what_the_timeline_deploys_is_not_charged() -> None:
    run = Run().what(10, "deployed", response="inject:clear_it", units=["POU-1"], gear="shield").state(12, 0, 1)
    assert run.assess("own_escalation").share is None


def test_windows_that_were_used_earn_and_missed_ones_cost() -> None:
    run = Run().inject("offer", 10, "decision_maker").inject("rude", 20, "misconduct", status="missed")
    run.inject("open", 30, "departure", status="fired").inject("poster", 31, "signal", status="missed")
    assert 0.5 == run.share("windows")


def talk(run: Run, minute: float, contacts: int = 6, *, listened: bool = True) -> Run:
    return run.what(minute, "talk", response="listening", contacts=contacts, listened=listened)


def test_listening_earns_less_each_round_and_nothing_when_rounds_crowd() -> None:
    shares = []
    run = Run().crowd(0, 60)
    for minute in (5, 15, 25, 35, 45, 55):
        shares.append(talk(run, minute).share("dialogue"))
    gains = [after - before for before, after in pairwise([0.0, *shares])]
    assert gains == sorted(gains, reverse=True)
    assert 0.5 == shares[-1]
    spam = Run().crowd(0, 60)
    for k in range(50):
        talk(spam, 5 + 0.05 * k)
    assert shares[0] == spam.share("dialogue")


def test_talking_without_listening_earns_nothing() -> None:
    assert 0.0 == talk(Run().crowd(0, 60), 5, listened=False).share("dialogue")


def test_each_step_of_a_dialogue_counts_once_and_only_if_it_was_real() -> None:
    run = talk(Run().crowd(0, 60), 5)
    run.what(10, "representatives", number=5, supporters=80).what(11, "representatives", number=5, supporters=80)
    run.what(20, "meeting", mandate=False, seats=5)
    assert 0.4 == run.share("dialogue")
    run.what(30, "meeting", mandate=True, seats=5).what(40, "report_back", promises=1, understood=0.1)
    assert 0.6 == run.share("dialogue")
    assert 0.75 == run.what(41, "report_back", promises=1, understood=0.9).share("dialogue")


def test_never_having_listened_costs_all_once_there_was_time() -> None:
    assert 0.0 == Run().crowd(0, 60).share("dialogue")
    assert Run().crowd(0, 10).assess("dialogue").share is None


def test_people_who_went_by_themselves_earn_and_people_who_were_driven_cost() -> None:
    willing = Run().crowd(0, 60).reading(61, came=100, remaining=0, left_voluntary=95, left_moved=5)
    driven = Run().crowd(0, 60).reading(61, came=100, remaining=0, left_voluntary=20, left_moved=70, detained=10)
    assert 1.0 == willing.share("voluntary")
    assert 0.0 == driven.share("voluntary")


def test_when_people_left_and_whether_all_left_makes_no_difference() -> None:
    early = Run().reading(5).reading(10, came=100, remaining=0, left_voluntary=80, left_moved=20)
    late = Run().crowd(0, 300).reading(301, came=100, remaining=50, left_voluntary=40, left_moved=10)
    assert early.share("voluntary") == late.share("voluntary")


def test_whoever_was_taken_to_hospital_did_not_leave_by_their_own_decision() -> None:
    run = Run().crowd(0, 60).reading(61, came=100, remaining=0, left_voluntary=60)
    assert 0.5 == run.share("voluntary")


def test_nobody_leaving_is_no_evidence() -> None:
    assert Run().crowd(0, 60).assess("voluntary").share is None


def test_gear_that_comes_off_when_it_is_quiet_earns_and_gear_that_stays_on_costs() -> None:
    off = Run().crowd(0, 9, gear_max=3, violent_last_min=2).crowd(10, 40, gear_max=0)
    on = Run().crowd(0, 9, gear_max=3, violent_last_min=2).crowd(10, 40, gear_max=3)
    assert 1.0 == off.share("posture_down")
    assert 0.0 == on.share("posture_down")


def test_gear_is_not_asked_about_while_there_is_violence_nor_where_there_was_none() -> None:
    assert Run().crowd(0, 60, gear_max=3, violent_last_min=2).assess("posture_down").share is None
    assert Run().crowd(0, 60, gear_max=0).assess("posture_down").share is None
