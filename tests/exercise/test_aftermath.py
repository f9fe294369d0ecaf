"""The days after: what is owed, what is learned at home, what becomes of promises, and that it is one path of time."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.crowd.people import Status
from sim.crowd.stimulus import Channel
from sim.exercise.exercise import Exercise
from sim.exercise.replay import replay
from sim.exercise.save import load, save
from sim.scoring import facts_of, score
from sim.world import learning
from sim.world.aftermath import DAY, HOUR, Duty
from sim.world.learning import came, pass_hour
from sim.world.ledger import hear
from sim.world.metric import METRICS
from sim.world.order import Order, Value
from sim.world.phase import Phase
from sim.world.recurrence import recurrence_risk
from sim.world.talks import Promise
from tests.small import small_exercise

END = 600
"""Tick at which the on-scene part of these exercises ends."""
DEMANDS = [
    {
        "id": name,
        "name": {"en": name, "zh": "诉求"},
        "weight": {"assumed": weight},
        "grantable_by": ["GOV"],
    }
    for name, weight in (("fee", 0.9), ("cars", 0.8), ("deposit", 0.7), ("fuel", 0.6), ("ban", 0.5))
]
UNITS = [
    {"id": f"{code}-1", "code": code, "strength": 2, "arrives_min": 0, "at": "corner", "mandate": code == "GOV"}
    for code in ("CMD", "LIA", "PIO", "GOV", "EVI", "LGL", "COM", "MED", "INF")
]


def scene(seed: int = 1, **changes: Any) -> Exercise:
    """A minute on the scene, thirty days after it; nothing has happened yet."""
    data: dict[str, Any] = {"minutes": [0, 1], "aftermath": {"days": 30}, "demands": DEMANDS, "units": UNITS}
    return small_exercise(seed, **(data | changes))


def at_home(seed: int = 1, before: Callable[[Exercise], None] = lambda run: None, **changes: Any) -> Exercise:
    """The exercise when everybody has just gone home; `before` is done half a minute earlier."""
    run = scene(seed, **changes)
    run.run_until(300)
    before(run)
    run.run_until(END)
    return run


def promise(run: Exercise, demand: str, *, due_days: float = 7.0, within: bool = True, told: bool = True) -> None:
    """A promise as it stands in the ledger; with `told` everybody there has heard of it."""
    world = run.world
    given = Promise(
        number=world.next_serial(),
        demand=demand,
        owner="GOV" if within else "CMD",
        given_tick=world.tick,
        due_min=world.minute + due_days * 1440.0,
        dated=due_days > 0.0,
        within_authority=within,
        told_crowd=told,
    )
    world.talks.promises.append(given)
    if told:
        hear(world, given, np.ones(len(world.crowd.people), np.bool_))


def arrested(run: Exercise, *, evidence: bool) -> None:
    """Somebody was detained."""
    world = run.world
    world.remove(3, Status.DETAINED)
    world.counts.arrests += 1
    world.counts.arrests_with_evidence += int(evidence)
    world.consequence("arrest", person=3, evidence=evidence, representative=False, response="arrest_offender")


def give(run: Exercise, response: str, hours: int = 72, **parameters: Value) -> None:
    """Gives an order and lets so many hours pass."""
    ruling = run.order(Order(response=response, parameters=parameters, reason="it is owed to people"))
    assert ruling.accepted, [reason.english() for reason in ruling.reasons]
    run.run_until(run.tick_now + hours * HOUR)


def duties(run: Exercise) -> set[str]:
    return {task.duty for task in run.world.aftermath.tasks}


def said(run: Exercise, what: str) -> list[dict[str, Any]]:
    return [dict(e.data) for e in run.journal.consequences(what)]


def kept_of(run: Exercise) -> list[bool]:
    """Of each promise on a demand that was settled, in the order in which that came, whether it was kept."""
    settled = [e.data for e in run.journal.of("consequence") if e.data["what"] in {"promise_kept", "promise_broken"}]
    return [data["what"] == "promise_kept" for data in settled]


# ---- one path of time


def test_a_word_to_one_person_changes_nothing_of_who_else_reads_what_afterwards() -> None:
    plainly = at_home()
    told = plainly.fork()
    learning.tell(told.world, [3], quality=0.9)
    for run in (plainly, told):
        run.run_until(run.tick_now + HOUR)
        for _ in range(3):
            run.world.emit(Channel.ONLINE, reach=0.3, injustice=0.2)
            run.run_until(run.tick_now + HOUR)
    changed = np.flatnonzero(plainly.world.crowd.people.legitimacy != told.world.crowd.people.legitimacy)
    assert [3] == changed.tolist()


def test_without_days_after_a_run_ends_with_the_scene() -> None:
    run = small_exercise(1, minutes=[0, 1])
    run.run_until(10 * END)
    assert run.outcome is not None
    assert END == run.tick_now
    assert [] == run.journal.of("scene", "day")


def test_with_days_after_the_scene_ends_and_the_run_goes_on() -> None:
    run = at_home()
    assert run.outcome is None
    assert run.scene is not None
    assert "time" == run.scene.reason
    assert Phase.AFTERMATH == run.world.phase
    assert not run.world.crowd.people.present.any()


def test_in_the_days_after_any_step_is_an_hour() -> None:
    run = at_home()
    run.tick()
    assert END + HOUR == run.tick_now
    run.run_until(run.tick_now + 5)
    assert END + 2 * HOUR == run.tick_now


def test_the_run_ends_once_when_the_last_day_is_over() -> None:
    run = at_home()
    run.run_until(10**9)
    assert run.outcome is not None
    assert run.outcome.aftermath
    assert END + 30 * DAY == run.tick_now
    assert 1 == len(run.journal.of("outcome"))
    assert 1 == len(said(run, "recurrence"))


def test_a_fork_a_save_and_a_replay_of_the_days_after_are_the_same_run() -> None:
    def upset(run: Exercise) -> None:
        arrested(run, evidence=False)
        promise(run, "fee")

    run = at_home(4, upset)
    give(run, "hot_debrief", 5)
    fork, kept = run.fork(), save(run)
    loaded = load(scene(4), kept)
    for each in (run, fork, loaded):
        give(each, "follow_up_promise", 100, demand="fee")
        give(each, "family_visits", 900)
        assert each.outcome is not None
    assert run.digest() == fork.digest() == loaded.digest()
    assert list(run.journal) == list(fork.journal) == list(loaded.journal)


def test_a_journal_of_the_days_after_is_computed_again_from_its_orders() -> None:
    run = at_home(6)
    give(run, "hot_debrief", 30)
    give(run, "participant_debrief", 900)
    again = replay(run.playbook, 6, list(run.journal))
    assert run.digest() == again.digest()
    assert list(run.journal) == list(again.journal)


def test_a_run_left_in_the_days_after_is_taken_up_where_it_was() -> None:
    run = at_home(6)
    give(run, "hot_debrief", 30)
    again = replay(run.playbook, 6, list(run.journal))
    assert run.tick_now == again.tick_now
    assert run.digest() == again.digest()


def test_what_the_scene_still_had_in_store_does_not_come_when_people_are_at_home() -> None:
    def inject(name: str, minute: float) -> dict[str, Any]:
        return {"id": name, "minute": minute, "channel": "radio", "about": "report", "truth": "true",
                "text": {"en": name, "zh": "事件"}}  # fmt: skip

    gone = {"metric": "present", "at_least": 0}
    run = small_exercise(
        1, minutes=[0, 10], aftermath={"days": 3}, over_when=gone, injects=[inject("late", 5), inject("after", 1500)]
    )
    run.run_until(10**9)
    fired = [str(e.data["id"]) for e in run.journal.of("inject") if e.data["event"] == "fired"]
    assert ["after"] == fired


# ---- what is owed


def test_after_a_quiet_day_little_is_owed() -> None:
    assert {Duty.HOT_DEBRIEF, Duty.STATEMENT, Duty.DEBRIEF, Duty.LESSONS} == duties(at_home())


def test_what_is_owed_follows_from_what_happened() -> None:
    def upset(run: Exercise) -> None:
        arrested(run, evidence=True)
        run.world.hurt(5, 2, "crowd", 50.0, 40.0)
        run.world.consequence("defence", person=3, act="attack", hit=1, offenders=1)
        promise(run, "fee")

    expected = {
        Duty.DETAINED,
        Duty.REVIEW,
        Duty.PROPERTY,
        Duty.RELATIVES,
        Duty.INJURED,
        Duty.FORCE_REPORT,
        Duty.TRACKER,
    }
    assert expected <= duties(at_home(1, upset))


def test_each_use_of_force_is_reported_for_itself() -> None:
    run = scene(units=[*UNITS, {"id": "PAT-1", "code": "PAT", "strength": 6, "arrives_min": 0, "at": "square"}],
                doctrine={"unlawful_orders": "mark"})  # fmt: skip
    run.run_until(10)
    activity = run.order(
        Order(response="arrest_offender", units=("EVI-1",), reason="he struck somebody", go_ahead=True)
    ).activity
    assert activity
    run.world.activities[activity - 1].stage = 2
    run.run_until(END)
    assert [f"activity:{activity}"] == [t.about for t in run.world.aftermath.tasks if t.duty == Duty.FORCE_REPORT]


def test_the_debrief_done_within_two_hours_is_in_time_and_later_is_late() -> None:
    soon, late = at_home(), at_home()
    give(soon, "hot_debrief", 4)
    late.run_until(END + 5 * HOUR)
    give(late, "hot_debrief", 4)
    assert [False] == [done["late"] for done in said(soon, "task_done")]
    assert [True] == [done["late"] for done in said(late, "task_done")]


def test_nothing_can_be_ordered_twice_that_is_owed_once() -> None:
    run = at_home()
    give(run, "hot_debrief", 4)
    assert not run.preview(Order(response="hot_debrief", reason="once more")).accepted


def test_lists_of_demands_are_owed_after_a_day_a_week_and_a_month() -> None:
    run = at_home(1, lambda run: promise(run, "fee", due_days=20))
    due = [(t.due_tick - END) / DAY for t in run.world.aftermath.tasks if t.duty == Duty.TRACKER]
    assert [1, 7] == due[:2]
    assert 29 < due[2] < 30


def test_the_scene_is_over_for_what_belongs_to_it_and_not_yet_for_what_comes_after() -> None:
    run = scene()
    run.run_until(10)
    assert not run.option("hot_debrief").open
    run.run_until(END)
    assert run.option("hot_debrief").open
    assert not run.option("first_contact").open
    assert run.option("hold").open


def test_reports_written_together_are_collusion() -> None:
    def upset(run: Exercise) -> None:
        run.world.consequence("defence", person=3, act="attack", hit=1, offenders=1)

    run = at_home(1, upset)
    give(run, "force_reports", 6, how="together")
    assert 1 == len(said(run, "collusion"))
    assert "threats_after" in {gate.id for gate in score(run.journal, run.playbook.rubric).gates}


def test_who_was_taken_without_evidence_is_let_go_and_nobody_else() -> None:
    wrong, right = (at_home(1, lambda run, e=e: arrested(run, evidence=e)) for e in (False, True))  # type: ignore[misc]
    for run in (wrong, right):
        give(run, "review_detained", 10)
    assert (3,) == wrong.world.aftermath.released
    assert () == right.world.aftermath.released


def test_a_reprisal_is_unlawful_and_ordered_all_the_same_it_costs_the_grade() -> None:
    run = at_home(doctrine={"unlawful_orders": "mark"})
    order = Order(response="reprisal", reason="they shall remember it")
    ruling = run.preview(order)
    assert not ruling.accepted
    assert not ruling.meets_baseline
    before = run.world.crowd.people.legitimacy.copy()
    assert run.order(Order(response="reprisal", reason="they shall remember it", go_ahead=True)).marked
    run.run_until(END + 5 * HOUR)
    assert np.mean(before) > np.mean(run.world.crowd.people.legitimacy)
    assert "reprisal" in {gate.id for gate in score(run.journal, run.playbook.rubric).gates}


# ---- what people at home learn


def test_what_is_shown_or_called_out_on_an_empty_square_reaches_nobody() -> None:
    run = at_home()
    run.world.emit(Channel.SIGHT, x=50.0, y=40.0, injustice=1.0)
    run.world.emit(Channel.VOICE, x=50.0, y=40.0, level_db=110.0, injustice=1.0)
    before = run.world.crowd.people.legitimacy.copy()
    pass_hour(run.world)
    assert np.array_equal(before, run.world.crowd.people.legitimacy)


def test_what_is_published_moves_some_of_those_online_and_nobody_else() -> None:
    run = at_home()
    people = run.world.crowd.people
    before = people.legitimacy.copy()
    run.world.emit(Channel.ONLINE, reach=0.5, injustice=0.5)
    pass_hour(run.world)
    moved = before != people.legitimacy
    assert moved.any()
    assert not moved[people.online == 0].any()
    assert not moved[people.online == 1].all()


def test_a_visit_moves_only_those_who_were_called_on() -> None:
    run = at_home()
    quiet = run.fork()
    give(run, "family_visits", 12)
    quiet.run_until(run.tick_now)
    moved = run.world.crowd.people.legitimacy != quiet.world.crowd.people.legitimacy
    assert 24 == np.count_nonzero(moved)
    assert np.all(run.world.crowd.people.legitimacy[moved] > quiet.world.crowd.people.legitimacy[moved])


def test_the_same_visits_again_do_less() -> None:
    run = at_home()
    gains = []
    for _ in range(3):
        quiet = run.fork()
        give(run, "family_visits", 12)
        quiet.run_until(run.tick_now)
        called_on, alone = run.world.crowd.people.legitimacy, quiet.world.crowd.people.legitimacy
        gains.append(float(np.sum(called_on) - np.sum(alone)))
    assert gains[0] > gains[1] > gains[2] > 0.0


def test_officers_at_the_door_unasked_are_a_threat() -> None:
    run = at_home()
    before = float(np.mean(run.world.crowd.people.legitimacy))
    give(run, "family_visits", 12, manner="unannounced")
    assert before > float(np.mean(run.world.crowd.people.legitimacy))
    assert 1 == len(said(run, "intimidation"))


def test_who_never_heard_of_a_promise_is_not_moved_by_its_end() -> None:
    run = at_home(1, lambda run: promise(run, "fee", told=False, within=False, due_days=5))
    people = run.world.crowd.people
    run.run_until(END + 5 * DAY - HOUR)
    before = people.legitimacy.copy(), people.grievance.copy()
    run.run_until(END + 5 * DAY + HOUR)
    assert [False] == kept_of(run)
    assert np.array_equal(before[0], people.legitimacy)
    assert np.array_equal(before[1], people.grievance)


def test_who_heard_of_a_promise_notices_that_its_day_has_passed() -> None:
    run = at_home(1, lambda run: promise(run, "fee", within=False, due_days=5))
    people = run.world.crowd.people
    run.run_until(END + 5 * DAY - HOUR)
    before = people.hope.copy()
    run.run_until(END + 5 * DAY + HOUR)
    rows = came(run.world)
    assert np.all(people.hope[rows] < before[rows])
    assert np.array_equal(before[~rows], people.hope[~rows])


# ---- promises


def test_a_promise_nobody_could_give_is_broken_however_it_is_followed_up() -> None:
    for seed in range(5):
        run = at_home(seed, lambda run: promise(run, "fee", within=False))
        give(run, "follow_up_promise", 200, demand="fee")
        assert [False] == kept_of(run)


def test_following_a_promise_up_makes_it_likelier_to_be_kept() -> None:
    def kept(*, followed: bool) -> int:
        total = 0
        for seed in range(30):
            run = at_home(seed, lambda run: promise(run, "fee"))
            if followed:
                give(run, "follow_up_promise", 200, demand="fee")
            else:
                run.run_until(END + 8 * DAY)
            total += sum(kept_of(run))
        return total

    alone, helped = kept(followed=False), kept(followed=True)
    assert alone + 6 <= helped


def test_promising_the_same_thing_again_is_no_second_chance() -> None:
    for seed in range(12):
        run = at_home(seed, lambda run: [promise(run, "fee"), promise(run, "fee")])  # type: ignore[arg-type, return-value]
        run.run_until(END + 8 * DAY)
        kept = kept_of(run)
        assert kept[0] == kept[1]


def played(run: Exercise, *demands: str) -> Exercise:
    """Follows these up, one after the other as the department can, and plays to the end."""
    for demand in demands:
        if run.option("follow_up_promise").open and run.tick_now < END + 7 * DAY:
            give(run, "follow_up_promise", 40, demand=demand)
    run.run_until(10**9)
    return run


def test_promising_everything_is_paid_for_in_the_days_after() -> None:
    few, many, risks = 0.0, 0.0, []
    for seed in range(8):
        modest = played(at_home(seed, lambda run: promise(run, "fee")), "fee")
        greedy = played(
            at_home(seed, lambda run: [promise(run, d["id"], due_days=3, within=k < 3) for k, d in enumerate(DEMANDS)]),  # type: ignore[arg-type, return-value]
            *(d["id"] for d in DEMANDS),
        )
        few += _aft(modest)
        many += _aft(greedy)
        risks.append((recurrence_risk(modest.world), recurrence_risk(greedy.world)))
    assert few > many
    assert np.mean([a for a, _ in risks]) < np.mean([b for _, b in risks])


def _aft(run: Exercise) -> float:
    found = score(run.journal, run.playbook.rubric, facts_of(run.playbook))
    return next(d.points for d in found.dimensions if d.id == "AFT") or 0.0


# ---- how it ends


EMPTY = {"all": [{"metric": "came", "at_least": 10}, {"metric": "present", "at_most": 5}]}


def _emptied(hurt: bool = False, agreed: bool = False) -> Exercise:
    run = scene(over_when=EMPTY, minutes=[0, 5])
    run.run_until(300)
    if agreed:
        promise(run, "fee")
    if hurt:
        run.world.hurt(2, 1, "police", 50.0, 40.0)
    people = run.world.crowd.people
    people.status[people.present] = int(Status.LEFT)
    run.run_until(END)
    return run


@pytest.mark.parametrize(
    ("hurt", "agreed", "reason"),
    [(False, False, "bad_victory"), (True, True, "bad_victory"), (False, True, "resolved")],
)
def test_an_empty_street_with_people_hurt_or_nothing_solved_is_a_bad_victory(
    hurt: bool, agreed: bool, reason: str
) -> None:
    run = _emptied(hurt=hurt, agreed=agreed)
    assert run.scene is not None
    assert reason == run.scene.reason


def test_quiet_is_not_solved() -> None:
    run = _emptied()
    run.run_until(10**9)
    solved = _emptied(agreed=True)
    give(solved, "follow_up_promise", 40, demand="fee")
    solved.run_until(10**9)
    assert recurrence_risk(run.world) > recurrence_risk(solved.world)
    assert _aft(run) < _aft(solved)
    assert run.outcome is not None
    assert "bad_victory" == run.outcome.reason


def test_breaking_off_before_the_days_after_does_not_pay() -> None:
    run = at_home(1, lambda run: [promise(run, d["id"], within=False) for d in DEMANDS])  # type: ignore[arg-type, return-value]
    run.stop()
    card = score(run.journal, run.playbook.rubric, facts_of(run.playbook))
    assert card.provisional
    assert "left_early" in {gate.id for gate in card.gates}
    assert (card.total or 0.0) <= run.playbook.rubric.caps["C"]


def test_a_score_is_final_once_the_days_after_are_over() -> None:
    run = at_home()
    assert score(run.journal, run.playbook.rubric, facts_of(run.playbook)).provisional
    run.run_until(10**9)
    card = score(run.journal, run.playbook.rubric, facts_of(run.playbook))
    assert not card.provisional
    assert "left_early" not in {gate.id for gate in card.gates}


# ---- what is under way when the last people leave


HEARSAY = {
    "id": "rumour_at_home",
    "minute": 60,
    "channel": "social",
    "about": "rumour",
    "truth": "false",
    "text": {"en": "They say somebody died.", "zh": "有人说死了人。"},
    "ref": "death",
    "grade": "D",
    "effects": [
        {"do": "hearsay", "claim": "death", "truth": "false", "en": "A death", "zh": "有人死亡", "rumour": True}
    ],
}


def test_a_check_ordered_in_the_days_after_is_settled_within_hours() -> None:
    run = at_home(injects=[HEARSAY])
    run.run_until(END + 3 * HOUR)
    run.order(Order(response="verify_signal", target="death"))
    run.run_until(run.tick_now + 3 * HOUR)
    assert ["death"] == [each["claim"] for each in said(run, "verified")]


def test_an_answer_being_written_when_the_last_people_leave_is_published_and_closes_the_rumour() -> None:
    def rumour_checked(run: Exercise) -> None:
        early = run.playbook.scenario.injects[0].effects[0]
        early.begin(run.world, next(iter(run.world.activities), None))  # type: ignore[arg-type]
        claim = run.world.claims["death"]
        claim.verified_tick, claim.evidence = run.tick_now, True
        ruling = run.order(Order(response="rumour_correction", target="death", parameters={"position": "refute"}))
        assert ruling.accepted

    run = at_home(before=rumour_checked, injects=[HEARSAY])
    assert 1 == METRICS["rumours_open"](run.world)
    run.run_until(END + 2 * HOUR)
    assert run.world.claims["death"].corrected_tick > END
    assert 0 == METRICS["rumours_open"](run.world)


def test_a_round_of_talks_ends_with_the_scene() -> None:
    run = at_home(before=lambda run: run.order(Order(response="listening_round")))  # type: ignore[arg-type, return-value]
    assert [] == run.world.live()


def test_paper_work_at_home_does_not_mend_what_was_done_on_the_scene() -> None:
    run = at_home()
    idle = run.fork()
    give(run, "hot_debrief", 30)
    for each in (run, idle):
        each.run_until(10**9)
    one, other = (score(each.journal, each.playbook.rubric, facts_of(each.playbook)) for each in (run, idle))
    for mine, theirs in zip(one.dimensions, other.dimensions, strict=True):
        if mine.id in {"SFY", "LNP", "ESC", "RES"}:
            assert mine.points == theirs.points


def test_the_risk_is_what_the_formula_says() -> None:
    run = at_home()
    people, rows = run.world.crowd.people, came(run.world)
    people.grievance[rows], people.legitimacy[rows], people.hope[rows] = 0.5, 0.4, 0.6
    assert pytest.approx(0.05 + 0.9 * 0.5 * (1 - 0.6 * 0.4) * (1 - 0.5 * 0.6)) == recurrence_risk(run.world)
    promise(run, "fee")
    run.world.talks.promises[0].kept = False
    broken = 0.05 + 0.9 * 0.5 * (1 - 0.6 * 0.4) * (1 - 0.5 * 0.6) * 1.5
    assert pytest.approx(broken) == recurrence_risk(run.world)


def test_whether_it_happens_again_is_drawn_and_changes_nobody() -> None:
    drawn = []
    for seed in range(12):
        run = at_home(seed)
        run.run_until(10**9)
        drawn.append(said(run, "recurrence")[0]["again"])
    assert {True, False} == set(drawn)


def test_the_seat_knows_what_is_owed_and_only_a_rough_judgement_of_the_risk() -> None:
    run = at_home(1, lambda run: promise(run, "fee"))
    seen = run.observe()
    assert seen.days is not None
    assert Phase.AFTERMATH == seen.phase
    assert {task.duty for task in seen.days.tasks} <= duties(run)
    assert seen.days.risk != recurrence_risk(run.world)
    assert abs(seen.days.risk - recurrence_risk(run.world)) < 0.4
