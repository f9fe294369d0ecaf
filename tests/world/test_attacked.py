"""Officers who are attacked call for help; a competent commander records it and then has one person taken out."""

from sim.core.phrase import Phrase
from sim.crowd.conduct import Deed
from sim.crowd.people import Act
from sim.exercise.exercise import Exercise
from sim.exercise.player.doctrine import Doctrine
from sim.exercise.player.player import Options
from sim.world.harm import apply_deeds
from sim.world.message import About, Message
from sim.world.order import Order
from sim.world.suspect import Suspect
from tests.effects.stage import MINUTE, carried_out, minutes, plain


def strikes(run: Exercise, person: int, act: Act = Act.ATTACK) -> None:
    """This person goes for an officer of the first unit now."""
    world, unit = run.world, run.world.unit("EVI-1")
    people = world.crowd.people
    people.last_offence[person] = world.tick
    people.x[person], people.y[person] = unit.x + 1.0, unit.y
    apply_deeds(world, [Deed(world.tick, person, act, "officer", 0, unit.x, unit.y)])


def calls(run: Exercise) -> list[Message]:
    """What officers said of being attacked."""
    return [m for m in run.world.messages if m.about == About.THREAT]


def test_a_blow_at_an_officer_is_called_in_once_in_ten_minutes_and_says_how_many_do_it() -> None:
    run = plain()
    strikes(run, 3)
    strikes(run, 5)
    assert [1] == [dict(m.text.params)["number"] for m in calls(run) if isinstance(m.text, Phrase)]
    assert ["A"] == [m.grade for m in calls(run)]
    assert calls(run)[0].needs_answer
    minutes(run, 10.5)
    strikes(run, 5)
    assert 2 == len(calls(run))


def test_pushing_at_a_line_is_no_call_for_help() -> None:
    run = plain()
    strikes(run, 3, Act.OBSTRUCT)
    assert [] == calls(run)


def test_the_call_is_a_fact_that_a_note_can_rest_on() -> None:
    run = plain()
    strikes(run, 3)
    minutes(run, 0.2)
    note = {"power": "public_order", "aim": "stop_violence", "grounds": f"message:{calls(run)[0].serial}"}
    order = Order(
        response="arrest_offender", target=calls(run)[0].place, parameters=note, reason="he struck an officer"
    )
    missing = {failure.requirement for failure in run.preview(order).failures}
    assert not missing & {"facts_noted", "facts_checked", "targeted", "power_named", "power_fits"}


def test_the_doctrine_player_records_first_and_then_takes_the_one_who_did_it() -> None:
    run = plain()
    strikes(run, 3)
    minutes(run, 0.2)
    place = calls(run)[0].place
    wishes = list(Doctrine().ranked(run.observe(), Options(run)))
    assert "arrest_offender" not in [order.response for order in wishes]
    carried_out(run, "record_offence", place, "PAT-1")
    arrest = next(o for o in Doctrine().ranked(run.observe(), Options(run)) if o.response == "arrest_offender")
    assert (place, "life_and_safety") == (arrest.target, arrest.parameters["power"])


def test_whoever_offended_shortly_before_the_order_is_the_right_person_when_the_team_gets_there_late() -> None:
    run = plain()
    tick = run.tick_now - round(9.8 * MINUTE)
    run.world.crowd.people.last_offence[20] = tick
    run.world.suspects[20] = Suspect(tick, on_record=False)
    carried_out(run, "arrest_offender", "square", "EVI-1", power="public_order")
    assert not run.world.suspects[20].holds(run.tick_now)
    minutes(run, 4)
    assert [(20, True)] == [(e.data["person"], e.data["evidence"]) for e in run.journal.consequences("arrest")]
