"""Negotiation: listening before terms, people who speak for others, offers within authority, and a show of hands."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.crowd.people import Role
from sim.effects import Number
from sim.exercise.exercise import Exercise
from sim.world.bargain import acceptance, agreeing, fit, members
from sim.world.order import Order
from sim.world.talks import Promise, Talks
from tests.effects.stage import carried_out, minutes, staged, until
from tests.small import assumed, small_data, small_exercise, small_playbook

WAYS = ("open_question", "paraphrase", "emotion_label")


def group(name: str, people: int, **changes: Any) -> dict[str, Any]:
    """A group that stands on the square."""
    (usual,) = small_data()["groups"]
    return usual | {"id": name, "name": name, "people": people} | changes


def demand(name: str, weight: float, grantable_by: tuple[str, ...] = (), **changes: Any) -> dict[str, Any]:
    """A demand."""
    words = {"en": name, "zh": "诉求"}
    return {"id": name, "name": words, "weight": assumed(weight), "grantable_by": list(grantable_by)} | changes


@cache
def _two_groups() -> Exercise:
    return staged(
        groups=[
            group("calm", 60, roles={"sympathiser": 0.9, "organiser": 0.1}, anger=assumed(0.05), hope=assumed(0.6)),
            group("hot", 12, roles={"core": 0.75, "agitator": 0.25}, anger=assumed(0.45), hope=assumed(0.2)),
        ],
        demands=[
            demand("talks", 0.9, ("GOV",), by_group={"hot": assumed(0.2)}),
            demand("refund", 0.1, by_group={"hot": assumed(1.0)}),
            demand("no_reprisals", 0.4, ("CMD", "GOV"), by_group={"hot": assumed(0.1)}),
        ],
    )


def two_groups(rapport: float = 0.6) -> Exercise:
    """Calm people who want talks, hot ones who want a refund nobody here may give; both listened to so far."""
    run = _two_groups().fork()
    if rapport:
        run.world.talks.rapport = {"calm": rapport, "hot": rapport}
    return run


def promised(run: Exercise, *demands: str, days: int = 7) -> None:
    """The department commits to these and the representatives tell everybody."""
    run.world.flag("commitment")
    due = run.minute + 1440 * days
    for name in demands:
        promise = Promise(run.world.next_serial(), name, "GOV", run.tick_now, due, True, True, rung="date")
        run.world.talks.promises.append(promise)


# ---- listening


def test_different_ways_of_listening_bring_more_than_one_way_again_and_again() -> None:
    varied, same = Talks(), Talks()
    for k, way in enumerate(WAYS):
        varied.listen("people", way, 0.2, k * 6000)
        same.listen("people", WAYS[0], 0.2, k * 6000)
    assert varied.rapport["people"] == pytest.approx(1 - 0.8**3)
    assert same.rapport["people"] < 0.75 * varied.rapport["people"]


def test_a_dozen_rounds_at_once_bring_no_more_than_one() -> None:
    spam, once = Talks(), Talks()
    once.listen("people", WAYS[0], 0.2, 100)
    for k in range(12):
        spam.listen("people", WAYS[k % 3], 0.2, 100)
    assert once.rapport == spam.rapport


def test_an_hour_of_the_same_question_never_gets_people_to_where_terms_work() -> None:
    talks = Talks()
    for k in range(6):
        talks.listen("people", "pause", 0.2, k * 6000)
    assert talks.rapport["people"] < 0.5


def test_arguing_facts_takes_rapport_away() -> None:
    run, held = two_groups(0.4), two_groups(0.4)
    activity = carried_out(run, "listening_round", "square", "LIA-1", skill="argue")
    other = carried_out(held, "listening_round", "square", "LIA-1", skill="summary")
    until(run, lambda: not activity.live)
    until(held, lambda: not other.live)
    assert run.world.talks.rapport["calm"] < 0.4 < held.world.talks.rapport["calm"]
    assert () == run.world.talks.heard


def test_rapport_grows_with_those_who_were_spoken_with_and_with_nobody_else() -> None:
    run = two_groups(0.0)
    carried_out(run, "listening_round", "square", "LIA-1", group="hot")
    minutes(run, 11)
    assert {"hot"} == set(run.world.talks.rapport)
    assert "empathy" == run.world.talks.step("hot")
    assert ["hot"] == [each.group for each in run.observe().table.groups]


# ---- representatives


def chosen(run: Exercise) -> None:
    """The crowd has named its people."""
    activity = carried_out(run, "choose_representatives", "square", "LIA-1")
    until(run, lambda: not activity.live)


def test_a_calm_group_sends_calm_people_and_a_hot_one_hot_ones() -> None:
    run = two_groups()
    chosen(run)
    talks, people = run.world.talks, run.world.crowd.people
    assert {"calm", "hot"} == set(talks.speak_for)
    assert 3 <= len(talks.representatives) <= 5
    moods = {g: [people.anger[i] for i, of in zip(talks.representatives, talks.speak_for, strict=True) if of == g]
             for g in ("calm", "hot")}  # fmt: skip
    assert np.mean(moods["hot"]) > np.mean(moods["calm"])
    assert any(people.role[i] == int(Role.ORGANISER) for i in talks.representatives)


def test_no_more_are_named_than_the_law_here_allows() -> None:
    run = two_groups()
    run.world.setting = replace(run.world.setting, most_representatives=3)
    chosen(run)
    assert 3 == len(run.world.talks.representatives)


def test_nobody_hearing_from_them_costs_representatives_their_following() -> None:
    run = two_groups()
    chosen(run)
    carried_out(run, "seat_representatives", "square", "LIA-1", "GOV-2")
    minutes(run, 31)
    assert run.world.talks.report_due_tick > run.tick_now
    minutes(run, 38)
    assert () == run.world.talks.representatives
    assert "representatives" not in run.world.flags
    assert run.journal.consequences("representatives_disowned")


def test_reporting_back_keeps_their_following() -> None:
    run = two_groups()
    chosen(run)
    carried_out(run, "seat_representatives", "square", "LIA-1", "GOV-2")
    minutes(run, 31)
    promised(run, "talks", "no_reprisals")
    carried_out(run, "report_back", "square", "LIA-1")
    minutes(run, 38)
    assert run.world.talks.representatives
    assert -1 == run.world.talks.report_due_tick


def test_meeting_somebody_who_can_decide_nothing_makes_people_less_willing() -> None:
    run, met = two_groups(), two_groups()
    for each in (run, met):
        chosen(each)
    promise = Promise(1, "talks", "GOV", 0, 10_000, True, True, rung="date")
    carried_out(run, "seat_representatives", "square", "LIA-1", "GOV-3")
    carried_out(met, "seat_representatives", "square", "LIA-1", "GOV-2")
    minutes(run, 2)
    minutes(met, 2)
    assert acceptance(run.world, "calm", [promise]) < acceptance(met.world, "calm", [promise]) - 0.1
    assert run.world.talks.standing < met.world.talks.standing


# ---- terms


def offered(run: Exercise, **terms: Any) -> dict[str, str]:
    """What each group says to these terms."""
    activity = carried_out(run, "put_terms", "square", "LIA-1", **terms)
    until(run, lambda: not activity.live)
    return run.world.talks.terms[-1].answers


def test_terms_before_anybody_was_heard_out_cost_rapport() -> None:
    run = two_groups(0.3)
    answers = offered(run, demand="talks", owner="GOV", due_days=7)
    assert {"calm": "listen", "hot": "other"} == answers
    assert run.world.talks.rapport["calm"] < 0.3


def test_people_say_what_is_missing_in_an_offer() -> None:
    run = two_groups()
    assert "date" == offered(run, demand="talks", owner="GOV", due_days=0)["calm"]
    assert "higher" == offered(run, demand="talks", rung="receipt", owner="GOV", due_days=7)["calm"]
    assert "who" == offered(run, demand="talks", owner="CMD", due_days=7)["calm"]


def test_what_the_police_cannot_promise_is_said_before_and_stands_in_the_ledger_after() -> None:
    run = two_groups()
    order = Order(response="put_terms", parameters={"demand": "refund", "owner": "CMD"}, reason="they ask for it")
    assert any("Nobody here can promise this" in each.english() for each in run.preview(order).advice)
    offered(run, demand="refund", owner="CMD", due_days=7)
    (line,) = run.observe().table.ledger
    assert not line.within_authority
    minutes(run, 21)
    assert run.observe().table.ledger[0].kept is False
    assert 0.5 == run.world.talks.credit()


def test_the_polices_own_promise_counts_once_most_accept_it() -> None:
    run = two_groups(0.9)
    run.world.talks.mediator = True
    promised(run, "talks")
    chosen(run)
    offered(run, demand="no_reprisals", owner="CMD", due_days=7)
    assert ["talks"] == [p.demand for p in run.world.talks.promises if p.owner == "GOV"]
    yes = [said for said in run.world.talks.terms[-1].answers.values() if said == "yes"]
    given = [p.demand for p in run.world.talks.promises if p.owner == "CMD"]
    assert (["no_reprisals"] if len(yes) * 2 > len(run.world.talks.terms[-1].answers) else []) == given


# ---- the vote


def voted(run: Exercise) -> dict[str, float]:
    """The show of hands after the representatives have told everybody."""
    activity = carried_out(run, "report_back", "square", "LIA-1")
    until(run, lambda: not activity.live)
    return run.world.talks.vote


def test_leaders_split_when_an_offer_meets_some_demands_and_not_others() -> None:
    run = two_groups(0.55)
    chosen(run)
    promised(run, "talks", "no_reprisals")
    shares = voted(run)
    assert shares["calm"] > 0.7
    assert shares["hot"] <= 0.5
    assert "split" == run.journal.consequences("vote")[-1].data["outcome"]
    assert {"calm"} == set(run.world.talks.speak_for)
    assert run.world.talks.agreement()
    assert "change" == run.world.talks.step("calm")


def test_too_little_is_turned_down_and_is_no_agreement() -> None:
    run = two_groups(0.3)
    run.world.crowd.people.hope[:] = 0.2
    chosen(run)
    promised(run, "no_reprisals", days=60)
    voted(run)
    assert "lost" == run.journal.consequences("vote")[-1].data["outcome"]
    assert not run.world.talks.agreement()


def test_the_same_offer_again_meets_the_same_answer() -> None:
    run = two_groups(0.8)
    promised(run, "talks")
    rows = members(run.world, "calm")
    first = agreeing(run.world, rows, "calm", 0.5)
    run.world.tick += 10
    assert first.tolist() == agreeing(run.world, rows, "calm", 0.5).tolist()


# ---- who gets the loudspeaker, who mediates, who walks along


def test_a_loudspeaker_handed_to_whoever_asks_goes_to_the_hottest_head() -> None:
    asked, chosen_one = two_groups(), two_groups()
    chosen(chosen_one)
    carried_out(asked, "lend_loudspeaker", "square", "LIA-1", to="whoever_asks")
    carried_out(chosen_one, "lend_loudspeaker", "square", "LIA-1", to="representative")
    minutes(asked, 5)
    minutes(chosen_one, 5)
    assert asked.journal.consequences("lent")[-1].data["stirs"]
    assert not chosen_one.journal.consequences("lent")[-1].data["stirs"]
    assert any("stirring" in m.text.english() for m in asked.observe().messages if hasattr(m.text, "english"))
    assert np.mean(asked.world.crowd.people.hope) < np.mean(chosen_one.world.crowd.people.hope)


def test_a_mediator_sent_before_anybody_listened_is_taken_for_a_stooge() -> None:
    units = [*small_data()["units"], {"id": "COM-1", "code": "COM", "strength": 1, "arrives_min": 0, "at": "corner"}]
    early, late = staged(units=units), staged(units=units)
    late.world.talks.rapport["people"] = 0.3
    for run in (early, late):
        carried_out(run, "neutral_mediator", "square", "COM-1")
        minutes(run, 31)
    assert not early.world.talks.mediator
    assert late.world.talks.mediator
    assert late.world.talks.rapport["people"] > 0.4
    assert np.mean(early.world.crowd.people.hope) < np.mean(late.world.crowd.people.hope)


def test_leaders_seen_walking_with_soft_hats_gain_and_among_helmets_lose() -> None:
    soft, hard = two_groups(), two_groups()
    for run in (soft, hard):
        chosen(run)
        run.world.talks.standing = 0.5
    hard.world.unit("LIA-1").gear = 2
    for run in (soft, hard):
        activity = carried_out(run, "joint_walk", "square", "LIA-1")
        until(run, lambda a=activity: not a.live)  # type: ignore[misc]
    assert soft.world.talks.standing > 0.5 > hard.world.talks.standing


def test_several_demands_in_one_order_stand_in_the_scenarios_order() -> None:
    run = two_groups()

    def reasons(demands: str) -> tuple[str, ...]:
        order = Order(response="written_commitment", parameters={"demand": demands}, reason="a date and a name")
        return tuple(each.english() for each in run.preview(order).reasons)

    assert not reasons("talks+no_reprisals")
    assert any("in the order they are listed" in each for each in reasons("no_reprisals+talks"))
    assert any("mystery is no choice" in each for each in reasons("talks+mystery"))


def test_one_paper_holds_several_promises_and_leaves_out_what_nobody_may_give() -> None:
    run = two_groups()
    activity = carried_out(run, "written_commitment", "square", "GOV-2", demand="talks+refund", due_days=7)
    until(run, lambda: not activity.live)
    assert {"talks": True, "refund": False} == {p.demand: p.within_authority for p in run.world.talks.promises}


def test_promising_everything_wins_nobody_over_and_comes_out() -> None:
    honest, greedy = two_groups(0.6), two_groups(0.6)
    met = {}
    for run, demands in ((honest, "talks+no_reprisals"), (greedy, "talks+refund+no_reprisals")):
        chosen(run)
        carried_out(run, "seat_representatives", "square", "LIA-1", "GOV-2")
        paper = carried_out(run, "written_commitment", "square", "GOV-1", demand=demands, due_days=7)
        until(run, lambda a=paper: not a.live)  # type: ignore[misc]
        voted(run)
        run.world.crowd.people.hope[:] = 0.5  # they wait and see, rather than go home
        minutes(run, 21)
        met[demands] = fit(run.world, "hot", run.world.talks.promises)
    assert 1 == len(set(met.values()))
    assert (1.0, 0.5) == (honest.world.talks.credit(), greedy.world.talks.credit())
    (broken,) = greedy.journal.consequences("promise_broken")
    assert ("refund", True) == (broken.data["demand"], broken.data["learned"] > 0)


def test_a_dignified_exit_needs_terms_to_go_home_with() -> None:
    run = small_exercise()
    run.world.flag("reported_back")
    why = [each.english() for each in run.option("face_saving_exit").reasons]
    assert "there are no terms yet that anybody could go home with" in why
    run.world.flag("commitment")
    assert not any("no terms" in each.english() for each in run.option("face_saving_exit").reasons)


def test_the_strictest_number_of_representatives_in_either_pack_counts() -> None:
    playbook = small_playbook()
    rule = playbook.floor.rules[0].model_copy(update={"params": {"max_representatives": Number(assumed=3)}})
    pack = playbook.floor.model_copy(update={"rules": (rule, *playbook.floor.rules[1:])})
    run = Exercise(replace(playbook, domestic=pack), 1)
    assert 3 == run.world.setting.most_representatives
    assert 5 == small_exercise().world.setting.most_representatives


def test_choosing_others_instead_of_reporting_back_helps_nobody() -> None:
    run = two_groups()
    chosen(run)
    carried_out(run, "seat_representatives", "square", "LIA-1", "GOV-2")
    minutes(run, 31)
    due = run.world.talks.report_due_tick
    chosen(run)
    assert due == run.world.talks.report_due_tick
    minutes(run, 30)
    assert run.journal.consequences("representatives_disowned")
