"""The last rungs: a line halts by itself and stops at its aim, people are carried one by one, a cluster set apart."""

from typing import Any

import numpy as np
import pytest

from sim.crowd.people import Act, Status
from sim.exercise.exercise import Exercise
from sim.exercise.save import load, save
from sim.world.activity import Stage
from sim.world.order import Order
from tests.effects.stage import carried_out, minutes, plain, staged, until


def words(run: Exercise) -> str:
    """Everything the seat was told so far."""
    return " ".join(m.text.english() for m in run.observe().messages if hasattr(m.text, "english"))


def packed(run: Exercise, density: float) -> None:
    """Everybody stands so close."""
    run.world.crowd.people.density[:] = density


@pytest.fixture(scope="module")
def pushing() -> Exercise:
    """A line has just begun to walk towards people on the square."""
    run = plain()
    carried_out(run, "walking_line", "square", "POU-1", "POU-2")
    return run


def line_x(run: Exercise) -> tuple[float, float]:
    """Where the first unit of the line stands."""
    unit = run.world.unit("POU-1")
    return unit.x, unit.y


def test_a_line_halts_by_itself_before_people_who_stand_too_close_and_says_so(pushing: Exercise) -> None:
    run = pushing.fork()
    effect = run.playbook.responses["walking_line"].effects[0]
    activity = run.world.live("walking_line")[0]
    people, unit = run.world.crowd.people, run.world.unit("POU-1")
    people.x[:20], people.y[:20] = unit.x + 4.0 * unit.facing_x, unit.y + 4.0 * unit.facing_y
    activity.stage_tick = run.world.tick
    packed(run, 3.9)
    before = line_x(run)
    effect.second(run.world, activity)
    assert before != line_x(run)
    packed(run, 4.0)
    before = line_x(run)
    effect.second(run.world, activity)
    assert before == line_x(run)
    assert not unit.advancing
    assert {"POU-1", "POU-2"} == {entry.data["unit"] for entry in run.journal.consequences("line_halted")}
    run.world.tick += 10
    assert "halted by itself" in words(run)


def test_a_halted_line_goes_on_only_when_there_is_room_again(pushing: Exercise) -> None:
    run = pushing.fork()
    effect = run.playbook.responses["walking_line"].effects[0]
    activity = run.world.live("walking_line")[0]
    people, unit = run.world.crowd.people, run.world.unit("POU-1")
    people.x[:20], people.y[:20] = unit.x + 4.0 * unit.facing_x, unit.y + 4.0 * unit.facing_y
    activity.stage_tick = run.world.tick
    for density, moves in ((4.2, False), (3.6, False), (3.4, True)):
        packed(run, density)
        before = line_x(run)
        effect.second(run.world, activity)
        assert moves == (before != line_x(run)), density


def test_a_line_stops_when_nobody_is_left() -> None:
    run = plain()
    activity = carried_out(run, "walking_line", "square", "POU-1", "POU-2")
    run.world.crowd.people.status[:] = int(Status.LEFT)
    minutes(run, 0.2)
    assert Stage.DONE == activity.stage
    assert not run.world.unit("POU-1").closed
    assert "Nobody is left there" in words(run)


def test_an_order_to_leave_is_not_repeated_to_nobody() -> None:
    run = plain()
    activity = carried_out(run, "dispersal_order", "square", minutes=20)
    said = len(run.journal.consequences("announcement"))
    run.world.crowd.people.status[:] = int(Status.LEFT)
    minutes(run, 3)
    assert Stage.DONE == activity.stage
    assert said == len(run.journal.consequences("announcement"))


def test_an_announcement_writes_down_how_far_its_edge_understood_it() -> None:
    near, far = plain(), plain()
    # Most stand round the speaker; a fifth stands in a far corner behind the wall.
    for run in (near, far):
        activity = carried_out(run, "explain_boundary", "square", "PAT-1", power="traffic")
        activity.stage_tick = run.world.tick
        if run is far:
            run.world.crowd.people.x[:12], run.world.crowd.people.y[:12] = 110.0, 40.0
        run.playbook.responses["explain_boundary"].effects[0].second(run.world, activity)
    heard = [run.world.announcements[0] for run in (near, far)]
    assert 1.0 == heard[0].edge
    assert heard[1].edge < 0.5 < heard[1].understood


# ---- carrying away


def carry(run: Exercise, people: int = 3, **given: Any) -> Any:
    """The order to carry away so many."""
    return carried_out(run, "carry_away", "square", "PAT-1", people=people, **given)


def test_people_are_carried_away_one_by_one_and_no_more_than_ordered() -> None:
    run = plain()
    activity = carry(run, 3)
    minutes(run, 0.6)
    assert 1 == len(run.journal.consequences("carried_away"))
    until(run, lambda: activity.stage >= Stage.DONE, 5)
    assert Stage.DONE == activity.stage
    assert 3 == len(run.journal.consequences("carried_away"))
    assert 3 == int(np.count_nonzero(run.world.crowd.people.status == int(Status.MOVED)))
    minutes(run, 0.3)
    assert "Carried away one by one: 3" in words(run)


def test_whoever_speaks_for_others_or_uses_violence_is_not_carried_away() -> None:
    run = plain()
    run.world.talks.representatives = tuple(range(30))
    run.world.crowd.people.last_offence[30:] = run.tick_now + 6000
    activity = carry(run)
    until(run, lambda: activity.stage >= Stage.DONE, 1)
    assert [] == run.journal.consequences("carried_away")


def test_whoever_goes_when_asked_is_let_go() -> None:
    run = plain()
    activity = carry(run, 1)
    until(run, lambda: "person" in activity.memo, 1)
    person = int(activity.memo["person"])
    run.world.crowd.people.act[person] = int(Act.LEAVE)
    run.playbook.responses["carry_away"].effects[0].second(run.world, activity)
    assert "person" not in activity.memo
    assert 1.0 == activity.count("went")


def test_nobody_is_lifted_where_people_stand_too_close() -> None:
    run = plain()
    activity = carry(run)
    packed(run, 4.5)
    del_person = activity.memo.pop("person", None)
    run.playbook.responses["carry_away"].effects[0].second(run.world, activity)
    assert del_person is None or "person" not in activity.memo


def test_a_team_that_is_called_off_puts_down_whom_it_was_lifting() -> None:
    run = plain()
    activity = carry(run)
    until(run, lambda: int(Act.HELD) in run.world.crowd.people.act, 1)
    run.order(Order(response="stand_down", parameters={"response": "carry_away"}, reason="enough"))
    minutes(run, 0.1)
    assert Stage.STOPPED == activity.stage
    assert int(Act.HELD) not in run.world.crowd.people.act


# ---- a cluster


def fighting(run: Exercise, people: int = 5) -> None:
    """So many people in the south-west of the square attack somebody, again and again."""
    crowd = run.world.crowd.people
    crowd.x[:people], crowd.y[:people] = 42.0, 27.0
    crowd.last_offence[:people] = run.tick_now + 3000
    crowd.act[:people] = int(Act.ATTACK)


def test_the_line_goes_between_the_cluster_and_the_others_and_leaves_the_rear_open() -> None:
    run = plain()
    fighting(run)
    activity = carried_out(run, "isolate_cluster", "square", "POU-1")
    unit = run.world.unit("POU-1")
    (entry,) = run.journal.consequences("isolated")
    assert 5 == entry.data["offenders"]
    assert unit.closed
    # It faces the cluster: whoever is behind it stands with the others.
    assert (activity.x - unit.x) * unit.facing_x + (activity.y - unit.y) * unit.facing_y > 0.0
    assert 0.0 == run.world.counts.contained_ticks
    assert activity.live


def test_who_attacks_within_reach_is_held_off() -> None:
    run = plain()
    fighting(run)
    activity = carried_out(run, "isolate_cluster", "square", "POU-1")
    run.world.crowd.people.act[:5] = int(Act.ATTACK)
    run.playbook.responses["isolate_cluster"].effects[0].second(run.world, activity)
    assert run.world.counts.protected >= 1


def test_a_line_that_cuts_off_people_who_did_nothing_wins_no_trust_and_one_round_a_cluster_wins_some() -> None:
    alone, nobody, cluster = plain(), plain(), plain()
    fighting(cluster)
    for run in (nobody, cluster):
        carried_out(run, "isolate_cluster", "square", "POU-1")
    alone.run_until(nobody.tick_now + 100)
    nobody.run_until(alone.tick_now)
    assert 0 == nobody.journal.consequences("isolated")[0].data["offenders"]
    assert trust(nobody) < trust(alone)


def test_the_line_opens_when_nobody_there_uses_violence_any_more() -> None:
    run = plain()
    fighting(run)
    activity = carried_out(run, "isolate_cluster", "square", "POU-1")
    run.world.crowd.people.last_offence[:] = -(10**9)
    minutes(run, 0.2)
    assert Stage.DONE == activity.stage
    assert not run.world.unit("POU-1").closed


# ---- relief and tired officers


def test_relief_rests_the_units_and_keeps_what_was_agreed() -> None:
    run = plain()
    run.world.unit("POU-1").fatigue = 0.8
    run.world.talks.procedure_agreed_tick = run.tick_now
    activity = carried_out(run, "relief_handover", "", "POU-1")
    until(run, lambda: activity.stage >= Stage.DONE, 15)
    assert run.world.unit("POU-1").fatigue < 0.2
    assert run.world.talks.procedure_agreed_tick >= 0


def test_a_hand_over_of_duties_alone_forgets_what_was_agreed_and_it_shows() -> None:
    run = plain()
    run.world.talks.procedure_agreed_tick = run.tick_now
    activity = carried_out(run, "relief_handover", "", "POU-1", brief="duties_only")
    until(run, lambda: activity.stage >= Stage.DONE, 15)
    assert -1 == run.world.talks.procedure_agreed_tick
    minutes(run, 0.3)
    assert "do not know what was agreed" in words(run)


def snapped(fatigue: float) -> int:
    """How often officers as tired as that insulted somebody in five hours among people."""
    from sim.world.shift import misconduct

    run = plain()
    for unit in run.world.units:
        unit.fatigue, unit.x, unit.y = fatigue, 55.0, 40.0
    for _ in range(300):
        run.world.tick += 600
        misconduct(run.world)
    return len(run.journal.consequences("misconduct"))


def test_only_tired_officers_snap_and_the_seat_hears_of_it() -> None:
    assert 0 == snapped(0.5)
    assert snapped(1.0) > snapped(0.6)


# ---- refusing


def test_a_refusal_names_the_rule_and_another_way_and_the_superior_answers_to_that() -> None:
    said = {}
    for name, given in (
        ("bare", {}),
        ("full", {"ground": "un.tow_notice", "alternative": "open_lane"}),
    ):
        run = plain()
        carried_out(run, "refuse_order", **given)
        (entry,) = run.journal.consequences("pressure_refused")
        said[name] = (entry.data["ground"], entry.data["alternative"])
        minutes(run, 1.2)
        assert ("A bare no" in words(run)) == (name == "bare")
        assert ("pressure_refused_with_reasons" in run.world.flags) == (name == "full")
    assert {"bare": ("", ""), "full": ("un.tow_notice", "open_lane")} == said


def test_a_rule_that_does_not_exist_is_no_ground() -> None:
    ruling = plain().preview(Order(response="refuse_order", parameters={"ground": "un.nothing"}))
    assert any("un.nothing" in reason.english() for reason in ruling.reasons)


PRESSED = {
    "id": "tow_them",
    "minute": 0.1,
    "channel": "command",
    "about": "pressure",
    "truth": "true",
    "text": {"en": "Tow them now", "zh": "马上拖走"},
    "demands": ["walking_line"],
    "effects": [{"do": "note", "flag": "pressure_from_above"}],
}


@pytest.mark.parametrize("refused", [False, True])
def test_an_unlawful_order_that_was_demanded_from_above_is_obeying_unless_it_was_refused_before(refused: bool) -> None:
    run = staged(injects=[PRESSED])
    if refused:
        carried_out(run, "refuse_order")
    carried_out(run, "walking_line", "square")
    assert (0 if refused else 1) == len(run.journal.consequences("pressure_obeyed"))


def test_refusing_one_order_from_above_does_not_excuse_obeying_the_next() -> None:
    later = PRESSED | {"id": "again", "minute": 40, "text": {"en": "Do it now", "zh": "马上办"}}
    run = staged(injects=[PRESSED, later])
    carried_out(run, "refuse_order")
    run.run_until(41 * 600)
    carried_out(run, "walking_line", "square")
    assert ["again"] == [entry.data["inject"] for entry in run.journal.consequences("pressure_obeyed")]


def test_a_demand_for_names_is_obeyed_only_by_asking_for_names() -> None:
    wanted = PRESSED | {"demands": ["record_offence"]}
    plainly, names = staged(injects=[wanted]), staged(injects=[wanted])
    carried_out(plainly, "record_offence", "square", collect="none")
    carried_out(names, "record_offence", "square", collect="names")
    assert [0, 1] == [len(run.journal.consequences("pressure_obeyed")) for run in (plainly, names)]


# ---- the same again


def test_everything_on_the_ladder_can_be_forked_saved_and_played_again_to_the_same_state() -> None:
    run = plain()
    fighting(run)
    run.order(Order(response="isolate_cluster", target="square", units=("POU-1",), reason="x y", go_ahead=True))
    run.order(Order(response="carry_away", target="square", units=("PAT-1",), reason="x y", go_ahead=True))
    run.order(Order(response="walking_line", target="square", units=("POU-2",), reason="x y", go_ahead=True))
    run.order(Order(response="relief_handover", units=("POU-3",), reason="x y"))
    minutes(run, 2)
    other, again = run.fork(), load(plain(), save(run))
    for each in (run, other, again):
        minutes(each, 2)
    assert run.digest() == other.digest() == again.digest()
    assert list(run.journal) == list(other.journal) == list(again.journal)


# ---- what people take from it


def trust(run: Exercise) -> float:
    """Mean trust of those who came."""
    return float(np.mean(run.world.crowd.people.legitimacy))


def test_carrying_away_people_who_only_sit_costs_trust_and_a_line_against_them_costs_more() -> None:
    held, carried, pushed = plain(), plain(), plain()
    carry(carried, 6)
    carried_out(pushed, "walking_line", "square", "POU-1", "POU-2")
    end = max(carried.tick_now, pushed.tick_now) + 2400
    for run in (held, carried, pushed):
        run.run_until(end)
    assert trust(pushed) < trust(carried) < trust(held)


def test_an_order_repeated_with_an_offer_of_talks_frightens_less_than_a_final_warning() -> None:
    again, last = plain(), plain()
    carried_out(again, "repeat_order", "square", minutes=20)
    carried_out(last, "final_warning", "square", minutes=20)
    end = max(again.tick_now, last.tick_now) + 1800
    for run in (again, last):
        run.run_until(end)
    fear = [float(np.mean(run.world.crowd.people.fear)) for run in (again, last)]
    assert fear[0] < fear[1]
    known = again.world.crowd.people.knowledge
    assert np.count_nonzero(known & 64) > 30, "they know that talks go on"


def test_setting_a_cluster_apart_costs_less_trust_than_a_line_against_everybody() -> None:
    apart, pushed = plain(), plain()
    for run in (apart, pushed):
        fighting(run)
    carried_out(apart, "isolate_cluster", "square", "POU-1")
    carried_out(pushed, "walking_line", "square", "POU-1", "POU-2")
    end = max(apart.tick_now, pushed.tick_now) + 1800
    for run in (apart, pushed):
        run.run_until(end)
    assert trust(pushed) < trust(apart)


def test_mutual_aid_asked_for_early_comes_sooner() -> None:
    run = staged(units=[*_units_of(plain()), {"id": "NEG-9", "code": "NEG", "strength": 2, "arrives_min": 90,
                                              "at": "corner"}])  # fmt: skip
    before = run.world.unit("NEG-9").arrives_tick
    activity = carried_out(run, "mutual_aid")
    until(run, lambda: activity.stage >= Stage.DONE, 10)
    assert run.world.unit("NEG-9").arrives_tick < before


def _units_of(run: Exercise) -> list[dict[str, Any]]:
    return [unit.model_dump(exclude_none=True) for unit in run.playbook.scenario.units]
