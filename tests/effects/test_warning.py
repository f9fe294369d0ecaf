"""Early warning: who is asked settles a signal; what is done beforehand changes who comes, when, and on what terms."""

from itertools import pairwise
from typing import Any

import pytest
from pydantic import ValidationError

from sim.crowd.people import NEVER
from sim.effects.block import agreed_lane
from sim.effects.hearsay import Hearsay
from sim.exercise.exercise import Exercise
from sim.review.hidden import draw_hidden
from sim.world.desk import Level
from sim.world.message import About
from sim.world.observation import ClaimView, Observation
from sim.world.order import Order
from tests.effects.stage import carried_out, happens, minutes, staged, until
from tests.small import small_data


def source(name: str, *, root: str = "", grade: str = "B", minutes: float = 2.0, says: str = "") -> dict[str, Any]:
    """Somebody who can be asked."""
    words = {"en": name, "zh": name}
    data = {"id": name, "name": words, "how": words, "grade": grade, "minutes": {"assumed": minutes}, "says": says}
    return data | {"root": root or name}


SOURCES = [
    source("echo", root="origin", grade="E"),
    source("porter", root="log", grade="C"),
    source("log", grade="B"),
    source("camera", grade="A", minutes=3.0),
]


def heard(truth: str = "true", grade: str = "C", **changes: Any) -> Exercise:
    """A signal with four sources: one repeats it, two have the same log, one looks for itself."""
    effect = {
        "do": "hearsay", "claim": "chains", "truth": truth, "en": "Chains were sold", "zh": "卖了铁链", "grade": grade,
        "sources": SOURCES,
    }  # fmt: skip
    return staged(injects=[happens(effect)], **changes)


@pytest.fixture(scope="module")
def signal() -> Exercise:
    """It has come in."""
    return heard()


def seen_claim(run: Exercise) -> ClaimView:
    return run.observe().claims[0]


def told(run: Exercise) -> list[str]:
    return [m.text.english() for m in run.observe().messages if m.ref == "chains"]


def check(run: Exercise, *names: str) -> None:
    """Asks these sources and waits until they have answered."""
    activity = carried_out(run, "verify_signal", "chains", "INF-1", sources="+".join(names))
    until(run, lambda: not activity.live)


# ---- who is asked


@pytest.mark.parametrize("truth", ["true", "false", "unclear"])
def test_two_independent_sources_settle_a_signal(truth: str) -> None:
    run = heard(truth)
    check(run, "log", "camera")
    assert truth == seen_claim(run).verdict


def test_one_source_says_something_and_settles_nothing(signal: Exercise) -> None:
    run = signal.fork()
    check(run, "log")
    assert "" == seen_claim(run).verdict
    assert ["", "", "supports", ""] == [s.says for s in seen_claim(run).sources]
    assert "a second independent source is missing" in told(run)[-1]


def test_asking_the_same_source_twice_confirms_nothing(signal: Exercise) -> None:
    run = signal.fork()
    check(run, "log")
    check(run, "log")
    assert "" == seen_claim(run).verdict
    assert "was asked before" in told(run)[-1]


def test_two_sources_that_rest_on_the_same_thing_are_one(signal: Exercise) -> None:
    run = signal.fork()
    check(run, "porter", "log")
    assert "" == seen_claim(run).verdict
    assert "still one source" in told(run)[-1]


def test_an_echo_says_it_is_so_whatever_is_so_and_confirms_nothing() -> None:
    run = heard("false")
    check(run, "echo", "log")
    said = {s.id: s.says for s in seen_claim(run).sources}
    assert ("supports", "contradicts") == (said["echo"], said["log"])
    assert "" == seen_claim(run).verdict


def test_named_nobody_the_desk_asks_the_best_two_that_are_independent(signal: Exercise) -> None:
    run = signal.fork()
    check(run)
    assert ["log", "camera"] == [s.id for s in seen_claim(run).sources if s.says]
    assert "true" == seen_claim(run).verdict


def test_a_second_check_needs_only_what_is_missing(signal: Exercise) -> None:
    run = signal.fork()
    check(run, "porter")
    check(run)
    assert ["porter", "camera"] == [s.id for s in seen_claim(run).sources if s.says]
    assert "true" == seen_claim(run).verdict


def test_whom_one_asks_is_how_long_it_takes(signal: Exercise) -> None:
    quick, slow = signal.fork(), signal.fork()
    one = carried_out(quick, "verify_signal", "chains", "INF-1", sources="log")
    two = carried_out(slow, "verify_signal", "chains", "INF-1", sources="log+camera")
    assert (2 * 600, 5 * 600) == (one.run_ticks, two.run_ticks)


def test_a_check_that_is_broken_off_brings_only_what_was_answered_by_then(signal: Exercise) -> None:
    run = signal.fork()
    carried_out(run, "verify_signal", "chains", "INF-1", sources="log+camera")
    minutes(run, 2.5)
    carried_out(run, "rumour_desk", "", "INF-1")
    minutes(run, 0.1)
    assert ["log"] == [s.id for s in seen_claim(run).sources if s.says]
    assert (False, "") == (seen_claim(run).checking, seen_claim(run).verdict)


@pytest.mark.parametrize(
    ("sources", "why"),
    [
        ("nobody", "nobody is no source that can be asked; there are: echo, porter, log, camera"),
        ("camera+log", "each source is named once, in this order: echo, porter, log, camera"),
        ("log+log", "each source is named once, in this order: echo, porter, log, camera"),
    ],
)
def test_sources_that_cannot_be_asked_are_refused_by_name(signal: Exercise, sources: str, why: str) -> None:
    order = Order(response="verify_signal", target="chains", parameters={"sources": sources})
    assert [why] == [reason.english() for reason in signal.preview(order).reasons]


def test_a_signal_that_could_never_be_settled_is_refused_when_it_is_written() -> None:
    data = {"do": "hearsay", "claim": "x", "truth": "true", "en": "x", "zh": "x"}
    with pytest.raises(ValidationError, match="no two of these sources are independent"):
        Hearsay.model_validate(data | {"sources": SOURCES[:3]})


def test_the_rumour_desk_asks_a_first_source_so_that_one_more_is_enough(signal: Exercise) -> None:
    run = signal.fork()
    carried_out(run, "rumour_desk", "", "PIO-1")
    minutes(run, 1)
    assert [s.id for s in seen_claim(run).sources if s.asking] == ["camera"]
    minutes(run, 5)
    assert ["camera"] == [s.id for s in seen_claim(run).sources if s.says]
    activity = carried_out(run, "verify_signal", "chains", "INF-1")
    assert 2 * 600 == activity.run_ticks
    minutes(run, 2.1)
    assert "true" == seen_claim(run).verdict


# ---- who is alerted

LATE = [{**unit, "arrives_min": 60} if unit["id"] == "MED-1" else unit for unit in small_data()["units"]]


def arrival(run: Exercise) -> float:
    """Minute at which the medical team will be there."""
    return run.world.setting.minute(run.world.unit("MED-1").arrives_tick)


def alerted(run: Exercise, level: str) -> float:
    """Alerts so far and returns by how many minutes the medical team comes sooner by it."""
    before = arrival(run)
    activity = carried_out(run, "alert_partners", "", "CMD-1", level=level)
    until(run, lambda: not activity.live)
    return round(before - arrival(run), 6)


def test_the_further_the_alert_the_sooner_help_comes() -> None:
    run = heard("true", units=LATE)
    check(run, "log", "camera")
    assert [3.0, 5.0, 10.0] == [alerted(run.fork(), level) for level in ("information", "stand_by", "send")]


def test_partners_that_stand_by_come_sooner_still_once_they_are_sent() -> None:
    run = heard("true", units=LATE)
    check(run, "log", "camera")
    assert 5.0 == alerted(run, "stand_by")
    assert 15.0 == alerted(run, "send")


def test_the_highest_level_at_once_brings_half_and_costs_the_weight_of_the_next_call() -> None:
    run = heard("true", units=LATE)
    assert 5.0 == alerted(run, "send")
    assert 0.7 == run.world.desk.credibility
    assert not run.observe().desk.trusted
    minutes(run, 0.5)
    assert any("ask what this rests on" in m.text.english() for m in run.observe().messages)


@pytest.mark.parametrize(("grade", "founded"), [("C", True), ("D", False)])
def test_standing_by_needs_a_signal_worth_something(grade: str, founded: bool) -> None:
    run = heard("true", grade, units=LATE)
    assert (5.0 if founded else 2.5) == alerted(run, "stand_by")
    assert founded == run.observe().desk.trusted


def test_what_our_own_people_see_is_reason_enough_to_send() -> None:
    call = happens({"do": "note", "flag": "x"}) | {"about": "gathering", "grade": "A", "text": {"en": "x", "zh": "x"}}
    run = staged(injects=[call], units=LATE)
    assert 10.0 == alerted(run, "send")
    assert run.observe().desk.trusted


def test_saying_the_same_again_changes_nothing() -> None:
    run = heard("true", units=LATE)
    alerted(run, "stand_by")
    assert 0.0 == alerted(run, "stand_by")
    assert 0.0 == alerted(run, "information")
    assert Level.STAND_BY == run.observe().desk.level


def test_an_alert_broken_off_alerts_nobody() -> None:
    run = heard("true", units=LATE)
    before = arrival(run)
    carried_out(run, "alert_partners", "", "CMD-1", level="stand_by")
    carried_out(run, "capacity_check", "", "CMD-1")
    minutes(run, 5)
    assert before == arrival(run)
    assert Level.NONE == run.observe().desk.level


def test_an_inflated_alert_is_pointed_out_before_it_is_given() -> None:
    run = heard("true", "D")
    order = Order(response="alert_partners", parameters={"level": "send"}, reason="to be on the safe side")
    assert ["Nothing that has been checked"] == [each.english()[:29] for each in run.preview(order).advice]


# ---- what is agreed beforehand


def rung(run: Exercise, **given: str) -> None:
    activity = carried_out(run, "call_contact", "", "LIA-1", **given)
    until(run, lambda: not activity.live)
    minutes(run, 0.5)


def test_the_contact_agrees_to_nothing_before_being_heard(signal: Exercise) -> None:
    run = signal.fork()
    rung(run, ask="corridor")
    assert () == run.observe().desk.agreed


def test_listened_to_first_the_contact_agrees_on_a_lane_and_on_how_to_talk(signal: Exercise) -> None:
    run = signal.fork()
    rung(run)
    assert ("heard",) == run.observe().demands_heard
    rung(run, ask="corridor")
    rung(run, ask="signals")
    assert ("corridor", "signals") == run.observe().desk.agreed
    assert run.observe().procedure


def test_a_stern_tone_agrees_on_nothing(signal: Exercise) -> None:
    run = signal.fork()
    rung(run)
    rung(run, ask="corridor", tone="stern")
    assert () == run.observe().desk.agreed


def test_drivers_keep_out_of_the_lane_that_was_agreed_on() -> None:
    block = {"do": "block", "group": "people", "lanes": ["lane"], "vehicles": 12, "x_m": 10}
    lanes = [{"id": "lane", "name": "lane", "x0_m": 5, "x1_m": 90, "y_m": 15, "emergency": True}]
    site = small_data()["site"] | {"lanes": lanes}
    run = staged(injects=[happens(block, minute=50)], site=site)
    agreed, silent = run.fork(), run
    rung(agreed)
    rung(agreed, ask="corridor")
    assert "lane" == agreed_lane(agreed.world)
    for each in (agreed, silent):
        each.run_until(each.world.setting.tick(50.2))
    assert 12 == silent.world.road.standing("lane")
    assert agreed.world.road.standing("lane") < 10


def test_the_second_call_about_the_same_says_half_as_much(signal: Exercise) -> None:
    run = signal.fork()
    reached = []
    for _ in range(3):
        activity = carried_out(run, "call_contact", "", "LIA-1")
        until(run, lambda a=activity: not a.live)
        reached.append(run.world.crowd.posts[-1][1].hope)
        minutes(run, 0.5)
    assert [0.15, 0.075, 0.05] == [round(each, 6) for each in reached]


def test_asking_the_contact_for_names_is_refused_and_ends_the_call_where_it_goes_ahead() -> None:
    order = Order(response="call_contact", parameters={"collect": "names"}, reason="we want to know who comes")
    refusing = staged(doctrine={"unlawful_orders": "refuse"})
    assert not refusing.order(order).accepted
    run = staged()
    assert ["un.data"] == [failure.rule for failure in run.preview(order).failures]
    rung(run, collect="names")
    assert (0, ()) == (run.observe().desk.calls, run.observe().demands_heard)


# ---- who comes


def coming() -> Exercise:
    """The sixty are still to come, in an hour."""
    groups = [small_data()["groups"][0] | {"arrives": {"from_min": 60, "to_min": 90}, "people": 400}]
    return staged(groups=groups, minutes=[0, 120])


def due(run: Exercise) -> int:
    return int((run.world.crowd.people.arrival_tick != NEVER).sum())


def conceded(run: Exercise, to: str) -> None:
    activity = carried_out(run, "small_concession", "", "CMD-1", to=to)
    until(run, lambda: not activity.live)


def test_a_small_grievance_put_right_for_everybody_keeps_some_at_home_and_only_those_who_learn_of_it() -> None:
    run = coming()
    conceded(run, "everybody")
    people = run.world.crowd.people
    stayed = people.arrival_tick == NEVER
    assert 0.10 <= stayed.sum() / 400 <= 0.30
    parties = set(people.party[stayed].tolist())
    assert all(any(people.online[people.party == party]) for party in parties)


def test_given_to_the_loudest_only_it_keeps_nobody_at_home_and_leaks() -> None:
    run = coming()
    conceded(run, "loudest")
    assert 400 == due(run)
    assert run.world.crowd.posts[-1][1].injustice > 0.0
    assert "grievance_leaked" in run.world.flags


def test_people_are_the_same_with_and_without_it_until_the_first_of_them_reads_it() -> None:
    plain, fixed = coming(), coming()
    activity = carried_out(fixed, "small_concession", "", "CMD-1")
    plain.run_until(fixed.tick_now)
    while activity.live:
        assert plain.world.crowd.people.block.tobytes() == fixed.world.crowd.people.block.tobytes()
        fixed.run_until(fixed.tick_now + 600)
        plain.run_until(fixed.tick_now)
    minutes(fixed, 20)
    plain.run_until(fixed.tick_now)
    assert fixed.world.crowd.people.grievance.mean() < plain.world.crowd.people.grievance.mean()
    assert fixed.world.crowd.people.hope.mean() > plain.world.crowd.people.hope.mean()


# ---- what the ground is known for


def crowded(*, checked: bool) -> Observation:
    """Four hundred on thirty metres by thirty beside a place marked as dangerous."""
    places = [
        place | ({"hazard": {"en": "steps", "zh": "台阶"}} if place["id"] == "square" else {})
        for place in small_data()["site"]["places"]
    ]
    places[0]["area"] = {"rect": [50, 35, 58, 43]}
    groups = [small_data()["groups"][0] | {"people": 330}]
    run = staged(site=small_data()["site"] | {"places": places}, groups=groups)
    if checked:
        carried_out(run, "capacity_check", "", "CMD-1")
    carried_out(run, "soft_patrol", "square", "PAT-1")
    minutes(run, 12)
    return run.observe()


def test_once_the_ground_is_checked_exits_have_widths_and_dense_places_are_warned_about() -> None:
    unknown, known = crowded(checked=False), crowded(checked=True)
    assert [0.0, 0.0] == [way.width_m for way in unknown.exits]
    assert [20.0, 10.0] == [way.width_m for way in known.exits]
    assert unknown.density >= 3.5
    assert [] == [m for m in unknown.messages if m.about == About.CROWDING]
    warned = [m for m in known.messages if m.about == About.CROWDING]
    assert warned
    assert "square" == warned[0].place
    assert all(b.tick - a.tick >= 5 * 600 for a, b in pairwise(warned))


def test_a_look_at_the_ground_that_is_broken_off_has_seen_nothing() -> None:
    run = staged()
    carried_out(run, "capacity_check", "", "CMD-1")
    minutes(run, 1)
    carried_out(run, "alert_partners", "", "CMD-1")
    minutes(run, 12)
    assert not run.observe().desk.ground_checked


def test_a_dispersal_without_a_look_at_the_ground_is_pointed_out() -> None:
    run = staged()
    order = Order(response="appeal_to_leave", reason="it is getting dark")
    assert ["Nobody has checked the ways out here"] == [each.english()[:36] for each in run.preview(order).advice]


def asked_in_two_minutes(*, checked: bool) -> float:
    """Drivers asked within two minutes to clear a lane of twelve cars."""
    block = {"do": "block", "group": "people", "lanes": ["lane"], "vehicles": 12, "x_m": 10}
    run = staged(injects=[happens(block)])
    if checked:
        carried_out(run, "capacity_check", "", "CMD-1")
    minutes(run, 11)
    activity = carried_out(run, "open_lane", "lane", "TRF-1")
    minutes(run, 2)
    return activity.count("asked")


def test_a_lane_is_cleared_by_plan_once_the_ground_is_checked() -> None:
    assert asked_in_two_minutes(checked=False) < asked_in_two_minutes(checked=True)


# ---- who decides


def test_the_departments_say_who_may_decide_and_about_what() -> None:
    run = staged(units=[*small_data()["units"], *LATE_OFFICIALS])
    assert {"": 2} == tally(run)
    activity = carried_out(run, "department_huddle", "", "CMD-1")
    until(run, lambda: not activity.live)
    minutes(run, 0.5)
    assert {"yes": 1, "no": 1} == tally(run)
    assert any("may decide about this: to be heard" in m.text.english() for m in run.observe().messages)


LATE_OFFICIALS = [
    {"id": "GOV-8", "code": "GOV", "strength": 1, "arrives_min": 100, "at": "corner", "mandate": True},
    {"id": "GOV-9", "code": "GOV", "strength": 1, "arrives_min": 100, "at": "corner"},
]


def tally(run: Exercise) -> dict[str, int]:
    """What is known of the two officials who are not here yet."""
    found = [u.may_decide for u in run.observe().units if u.id in {"GOV-8", "GOV-9"}]
    return {each: found.count(each) for each in dict.fromkeys(sorted(found, reverse=True))}


def test_in_a_state_the_seat_could_not_tell_from_its_own_a_source_says_what_is_so_there() -> None:
    there = heard("true")
    there.world.claims["chains"].truth = "false"
    check(there, "log", "camera")
    assert ["contradicts", "contradicts"] == [s.says for s in seen_claim(there).sources if s.says]
    assert "false" == seen_claim(there).verdict


def test_once_somebody_who_knows_has_answered_the_review_leaves_the_truth_alone(signal: Exercise) -> None:
    unasked, asked, echoed = signal.fork(), signal.fork(), signal.fork()
    check(asked, "log")
    check(echoed, "echo")
    truths = {}
    for name, run in (("unasked", unasked), ("asked", asked), ("echoed", echoed)):
        others = [run.fork() for _ in range(12)]
        for trial, other in enumerate(others):
            draw_hidden(other, trial + 1)
        truths[name] = {other.world.claims["chains"].truth for other in others}
    assert {"true", "false"} == truths["unasked"] == truths["echoed"]
    assert {"true"} == truths["asked"]
