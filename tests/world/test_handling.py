"""The handling as each of the four publics judges it: by what it lived through, saw online, or was not told."""

from typing import Any

import pytest

from sim.crowd.crowd import FILMED
from sim.crowd.stimulus import Channel, Stimulus
from sim.doctrine import judge
from sim.effects.note import Note
from sim.exercise.exercise import Exercise
from sim.world.handling import judge_handling
from sim.world.opinion import CREDIBILITY, PUBLICS
from sim.world.order import Order
from tests.effects.stage import minutes, plain, staged
from tests.small import small_data


def film(run: Exercise, **shown: Any) -> None:
    """A journalist has put this online just now."""
    serial = FILMED + run.world.next_serial()
    run.world.crowd.posts.append((run.world.tick, Stimulus(serial=serial, channel=Channel.ONLINE, reach=0.0, **shown)))


def after(run: Exercise) -> dict[str, float]:
    """The four judgements after one more look."""
    run.world.tick += 600
    judge_handling(run.world)
    return {name: getattr(run.world.opinion, name) for name in PUBLICS}


def looked() -> Exercise:
    """The small incident, looked at once."""
    run = plain()
    run.world.tick += 600
    judge_handling(run.world)
    return run


def test_force_on_people_who_did_nothing_is_judged_worse_than_force_on_offenders() -> None:
    calm, hard, fitting = looked(), looked(), looked()
    for run, offenders in ((hard, 0), (fitting, 4)):
        run.world.tick += 10
        film(run, force=0.8, hit=4, offenders_hit=offenders)
        run.world.tick -= 10
    public = [after(run)["public"] for run in (calm, fitting, hard)]
    assert public[0] > public[1] > public[2]


def test_a_film_is_judged_once() -> None:
    run = looked()
    run.world.tick += 10
    film(run, injustice=0.5)
    run.world.tick -= 10
    first = after(run)["public"]
    assert first == after(run)["public"]


def test_participants_judge_by_what_they_lived_through_and_others_on_the_spot_do_not() -> None:
    run = looked()
    run.world.crowd.people.legitimacy[run.world.crowd.participant] -= 0.1
    judged = after(run)
    assert 0.4 == pytest.approx(judged["participants"], abs=0.01)
    assert 0.5 == judged["bystanders"] == judged["workers"]


def test_bystanders_and_people_at_work_judge_by_their_own_eyes() -> None:
    passing = {**small_data()["groups"][0], "id": "passing", "people": 20, "participant": False}
    groups = [
        small_data()["groups"][0],
        {**passing, "roles": {"bystander": 1.0}},
        {**passing, "id": "shops", "roles": {"worker": 1.0}},
    ]
    run = staged(groups=groups)
    run.world.tick += 600
    judge_handling(run.world)
    people = run.world.crowd.people
    people.legitimacy[people.group == 1] -= 0.2
    people.legitimacy[people.group == 2] += 0.1
    judged = after(run)
    assert judged["bystanders"] < 0.45
    assert judged["workers"] > 0.55
    assert 0.5 == pytest.approx(judged["participants"], abs=0.02)


def test_care_that_journalists_can_see_is_judged_well() -> None:
    press = {
        **small_data()["groups"][0],
        "id": "press",
        "people": 2,
        "roles": {"journalist": 1.0},
        "participant": False,
    }
    seen, unseen = staged(groups=[small_data()["groups"][0], press]), plain()
    for run in (seen, unseen):
        run.world.tick += 600
        judge_handling(run.world)
        case = run.world.hurt(3, 2, "illness", 50.0, 40.0)
        case.cared_tick = run.world.tick + 10
    with_press, without = after(seen)["public"], after(unseen)["public"]
    assert with_press > without


def test_long_silence_is_held_against_us_and_a_first_word_ends_it() -> None:
    run = staged()
    run.world.counts.peak_present = 60
    run.world.opinion.uncertainty = 0.6
    before = run.world.opinion.public
    assert after(run)["public"] < before


def test_a_minute_of_a_run_looks_at_the_handling_and_writes_it_down() -> None:
    run = plain()
    minutes(run, 2)
    reading = next(entry.data for entry in reversed(list(run.journal)) if entry.kind == "reading")
    assert {"opinion_participants", "bystanders", "workers", "public", "credibility"} <= reading.keys()
    assert set(CREDIBILITY) == set(reading["credibility"])  # type: ignore[call-overload]


def test_no_act_on_offer_takes_down_a_post_or_hinders_the_press_and_one_written_in_is_unlawful() -> None:
    run = plain()
    responses = run.playbook.responses
    assert [] == [response.id for response in responses.values() if "PR" in response.checks]
    taken_down = responses["holding_statement"].model_copy(
        update={"id": "take_down", "checks": ("PR",), "effects": (Note(do="note", flag="taken_down"),)}
    )
    run.playbook.responses[taken_down.id] = taken_down  # type: ignore[index]
    try:
        failures = judge(run.world, run.playbook, Order(response="take_down", reason="the posts harm us"), 60.0, 40.0)
        assert ["un.press"] == [failure.rule for failure in failures]
        assert all(failure.baseline for failure in failures)
    finally:
        del run.playbook.responses[taken_down.id]  # type: ignore[attr-defined]
