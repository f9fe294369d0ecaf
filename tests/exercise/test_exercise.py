"""An exercise: orders, time, forks and what a seat can know."""

import numpy as np
import pytest

from sim.crowd.people import Status
from sim.exercise.exercise import Exercise
from sim.world.order import HOLD, Order
from tests.small import small_exercise, small_playbook

TALK = Order(response="first_contact", parameters={"tone": "warm"}, reason="nobody has spoken with them yet")


def test_the_same_seed_and_orders_give_the_same_digests() -> None:
    first, second = small_exercise(3), small_exercise(3)
    for run in (first, second):
        run.run_until(100)
        run.order(TALK)
        run.run_until(900)
    assert [e.data["digest"] for e in first.journal.of("digest")] == [
        e.data["digest"] for e in second.journal.of("digest")
    ]


def recorded(run: Exercise) -> tuple[list[str], object]:
    """The marks of the first nine seconds, and the digest of the whole state after the tenth."""
    run.run_until(100)
    entry = run.journal.of("digest")[-1]
    return str(entry.data["marks"]).split(), entry.data["digest"]


def test_a_person_who_differs_shows_in_the_next_second() -> None:
    one, other = small_exercise(3), small_exercise(3)
    other.run_until(30)
    other.world.crowd.people.grievance[0] += 1e-9
    (marks, whole), (others, their_whole) = recorded(one), recorded(other)
    assert marks[:3] == others[:3]
    assert all(a != b for a, b in zip(marks[3:], others[3:], strict=True))
    assert whole != their_whole


def test_anything_else_that_differs_shows_in_the_next_second_too() -> None:
    one, other = small_exercise(3), small_exercise(3)
    other.run_until(30)
    other.world.units[0].fatigue += 1e-9
    (marks, whole), (others, their_whole) = recorded(one), recorded(other)
    assert marks[:3] == others[:3]
    assert all(a != b for a, b in zip(marks[3:], others[3:], strict=True))
    assert whole != their_whole


def test_another_seed_gives_another_run() -> None:
    first, second = small_exercise(3), small_exercise(4)
    first.run_until(100)
    second.run_until(100)
    assert first.digest() != second.digest()


def test_a_refused_order_leaves_the_world_unchanged() -> None:
    run = small_exercise()
    run.run_until(50)
    before = run.digest()
    refused = run.order(Order(response="seat_representatives", reason="too early"))
    assert not refused.accepted
    assert refused.reasons
    assert before == run.digest()


def test_an_unlawful_order_is_refused_with_every_failed_check_and_its_citation() -> None:
    run = small_exercise()
    run.run_until(300)
    ruling = run.order(Order(response="containment", target="square", reason=""))
    assert not ruling.accepted
    assert not ruling.meets_baseline
    assert len(ruling.failures) >= 3
    assert all(f.citation.instrument for f in ruling.failures)


def test_an_unlawful_order_that_goes_ahead_is_marked_for_ever() -> None:
    run = small_exercise()
    run.run_until(300)
    ruling = run.order(Order(response="containment", target="square", reason="now", go_ahead=True))
    assert ruling.accepted
    assert ruling.marked
    entry = run.journal.of("order")[-1]
    assert entry.data["ruling"]["marked"] is True  # type: ignore[index]


def test_where_the_scenario_refuses_unlawful_orders_nobody_can_go_ahead() -> None:
    run = small_exercise(doctrine={"unlawful_orders": "refuse"})
    run.run_until(300)
    assert not run.order(Order(response="containment", target="square", reason="now", go_ahead=True)).accepted


def test_a_preview_gives_the_ruling_and_changes_nothing() -> None:
    run = small_exercise()
    run.run_until(50)
    before, length = run.digest(), len(run.journal)
    assert run.preview(TALK).accepted
    assert before == run.digest()
    assert length == len(run.journal)


def test_hold_is_always_open_and_changes_only_the_record() -> None:
    run = small_exercise()
    run.run_until(50)
    before = run.digest()
    assert run.order(Order(response=HOLD, reason="watch first")).accepted
    assert before == run.digest()
    assert "order" == run.journal.of("order")[-1].kind


def test_a_fork_given_the_same_orders_writes_the_same_journal() -> None:
    run = small_exercise(5)
    run.run_until(200)
    fork = run.fork()
    for each in (run, fork):
        each.order(TALK)
        each.run_until(1500)
    assert [e for e in run.journal if e.tick > 200] == [e for e in fork.journal if e.tick > 200]


def test_a_fork_can_go_its_own_way_without_touching_its_origin() -> None:
    run = small_exercise(5)
    run.run_until(200)
    before = run.digest()
    fork = run.fork()
    fork.order(TALK)
    fork.run_until(900)
    assert before == run.digest()
    assert fork.digest() != before


def test_forks_of_one_trial_meet_the_same_noise_and_of_another_trial_other_noise() -> None:
    run = small_exercise(5)
    run.run_until(200)
    one, same, other = run.fork(1), run.fork(1), run.fork(2)
    for each in (one, same, other):
        each.run_until(1200)
    assert one.digest() == same.digest()
    assert one.digest() != other.digest()


def test_looking_at_a_run_changes_nothing() -> None:
    run = small_exercise()
    run.run_until(300)
    before = run.digest()
    run.observe()
    run.options()
    assert before == run.digest()


def test_step_is_order_then_ticks() -> None:
    stepped, ticked = small_exercise(2), small_exercise(2)
    stepped.step(TALK)
    ticked.order(TALK)
    ticked.run_until(stepped.tick_now)
    assert stepped.digest() == ticked.digest()


def test_a_unit_cannot_be_in_two_places() -> None:
    run = small_exercise()
    run.order(TALK)
    ruling = run.order(Order(response="listening_round", reason="hear them"))
    assert not ruling.accepted


def test_a_department_that_has_not_come_is_waited_for() -> None:
    run = small_exercise()
    ruling = run.order(Order(response="seat_representatives", reason="now"))
    assert any("GOV" in reason.english() for reason in ruling.reasons)


def test_an_order_nobody_can_see_hear_or_read_changes_nobody() -> None:
    """The patrol stands behind the wall: what it shows there reaches no one until its officers come round."""
    held, acted = small_exercise(7), small_exercise(7)
    for run in (held, acted):
        run.run_until(300)
    assert acted.order(Order(response="soft_patrol", target="behind", units=("PAT-2",), reason="be there")).accepted
    for run in (held, acted):
        run.run_until(4500)
    theirs, ours = held.world.crowd.people, acted.world.crowd.people
    for name, array in theirs.state().items():
        assert np.array_equal(array, ours.state()[name]), name


def test_the_same_order_where_it_can_be_seen_does_change_people() -> None:
    held, acted = small_exercise(7), small_exercise(7)
    for run in (held, acted):
        run.run_until(300)
    assert acted.order(Order(response="soft_patrol", target="square", units=("PAT-1",), reason="be there")).accepted
    for run in (held, acted):
        run.run_until(4500)
    assert not np.array_equal(held.world.crowd.people.legitimacy, acted.world.crowd.people.legitimacy)


def test_a_seat_sees_late_and_only_what_its_units_could_see() -> None:
    run = small_exercise()
    run.run_until(100)
    assert 0 == len(run.observe().x)
    run.order(TALK)
    run.run_until(1500)
    seen = run.observe()
    assert len(seen.x) > 0
    assert all(age >= 20.0 for age in seen.age_s)


def test_whether_a_message_is_true_is_not_in_the_message() -> None:
    inject = {
        "id": "signal",
        "minute": 1,
        "channel": "radio",
        "about": "signal",
        "truth": "false",
        "text": {"en": "Something", "zh": "有事"},
        "ref": "claim",
        "effects": [{"do": "hearsay", "claim": "claim", "truth": "false", "en": "Something", "zh": "有事"}],
    }
    run = small_exercise(injects=[inject])
    run.run_until(700)
    seen = run.observe()
    assert ["claim"] == [c.id for c in seen.claims]
    assert "" == seen.claims[0].verdict
    assert not hasattr(seen.messages[-1], "truth")


def test_verifying_a_signal_brings_its_truth_after_the_checking() -> None:
    inject = {
        "id": "signal",
        "minute": 1,
        "channel": "radio",
        "about": "signal",
        "truth": "false",
        "text": {"en": "Something", "zh": "有事"},
        "ref": "claim",
        "effects": [{"do": "hearsay", "claim": "claim", "truth": "false", "en": "Something", "zh": "有事"}],
    }
    run = small_exercise(injects=[inject], minutes=[0, 40])
    run.run_until(700)
    assert run.order(Order(response="verify_signal", target="claim", reason="before anybody acts on it")).accepted
    run.run_until(23000)
    assert "false" == run.observe().claims[0].verdict


def test_an_inject_that_is_not_handled_in_time_has_its_consequence() -> None:
    inject = {
        "id": "call",
        "minute": 1,
        "channel": "radio",
        "about": "casualty",
        "truth": "true",
        "text": {"en": "Help", "zh": "求助"},
        "place": "square",
        "handled": {"ordered": "first_aid"},
        "window_min": 2,
        "answers": ["first_aid"],
        "if_not": [{"do": "casualty", "severity": "serious"}],
        "if_handled": [{"do": "note", "flag": "helped"}],
    }
    missed, handled = small_exercise(injects=[inject]), small_exercise(injects=[inject])
    for run in (missed, handled):
        run.run_until(620)
    handled.order(Order(response="first_aid", reason="somebody needs care"))
    for run in (missed, handled):
        run.run_until(2000)
    assert ["fired", "missed"] == [e.data["event"] for e in missed.journal.of("inject")]
    assert ["fired", "handled"] == [e.data["event"] for e in handled.journal.of("inject")]
    assert 1 == len(missed.journal.consequences("injury"))
    assert "helped" in handled.world.flags


def test_the_run_ends_at_its_last_minute_and_says_which_conditions_hold() -> None:
    run = small_exercise(
        win=[{"id": "nobody_hurt", "says": "x", "when": {"metric": "serious_injuries", "at_most": 0}}],
        lose=[{"id": "crushed", "says": "x", "when": {"metric": "crush_min", "at_least": 3}}],
    )
    run.run_until(10**9)
    assert run.outcome is not None
    assert ("time", "clock") == (run.outcome.reason, run.outcome.ended_by)
    assert ("nobody_hurt",) == run.outcome.won
    assert () == run.outcome.lost


def test_time_does_not_pass_after_the_end() -> None:
    run = small_exercise(minutes=[0, 1])
    run.run_until(10**9)
    before = run.tick_now
    run.tick()
    assert before == run.tick_now


def test_people_who_come_only_by_an_inject_stay_away_without_it() -> None:
    data = small_playbook().scenario.model_dump(mode="json", by_alias=True)["groups"][0]
    late = {**data, "id": "late", "people": 10, "arrives": None}
    run = small_exercise(groups=[data, late])
    run.run_until(1200)
    people = run.world.crowd.people
    assert 10 == int(np.count_nonzero(people.status == int(Status.ABSENT)))


@pytest.mark.parametrize("name", ["passive", "doctrine", "force", "random", "facilitate"])
def test_every_player_plays_the_small_incident_to_its_end(name: str) -> None:
    from sim.exercise.player import PLAYERS, play

    run = Exercise(small_playbook(), 11)
    play(run, PLAYERS[name]())
    assert run.outcome is not None
    # The force player waits for twenty people in sight, and from their corner the units here never see so many.
    assert (0 == len(run.journal.of("order"))) == (name in {"passive", "force"})


def published_or_not(online: float) -> tuple[Exercise, Exercise]:
    """The same run twice, without and with a statement that appears online in its eleventh minute."""
    group = small_playbook().scenario.model_dump(mode="json", by_alias=True)["groups"][0]
    without = small_exercise(5, minutes=[0, 20], groups=[{**group, "online": {"assumed": online}}])
    without.run_until(600)
    given = without.fork()
    assert given.order(Order(response="holding_statement", reason="say early what is known")).accepted
    return without, given


def differing(a: Exercise, b: Exercise) -> list[str]:
    """Names of the arrays in which the people of two runs differ."""
    mine, theirs = a.world.crowd.people.state(), b.world.crowd.people.state()
    return [name for name in mine if not np.array_equal(mine[name], theirs[name])]


def test_an_order_changes_nobody_before_it_can_first_be_perceived() -> None:
    without, given = published_or_not(online=1.0)
    for run in (without, given):
        run.run_until(600 + 10 * 600)
    assert [] == differing(without, given)
    for run in (without, given):
        run.run_until(600 + 16 * 600)
    assert "knowledge" in differing(without, given)


def test_an_order_that_nobody_there_can_perceive_changes_nobody() -> None:
    without, given = published_or_not(online=0.0)
    for run in (without, given):
        run.run_until(600 + 16 * 600)
    assert given.world.statements
    assert [] == differing(without, given)
