"""The law card's content: each missing thing once, what a note can be made of, and the mark of what nobody reviewed."""

from dataclasses import replace

from sim.core.phrase import LText, Phrase
from sim.exercise.exercise import Exercise
from sim.scenario.words import Words as Both
from sim.seat.draft import Draft
from sim.seat.law import UNREVIEWED, known_note, law_choices, mark, missing, packs, ticked
from sim.world.message import About, Message, Via
from sim.world.order import Order
from sim.world.pointing_out import NOBODY
from tests.doctrine.scenes import pack, under
from tests.small import small_exercise, small_playbook

SAID = LText("Somebody is hurt", "有人受伤")


def told(run: Exercise, serial: int, about: About, grade: str, place: str = "", text: LText | Phrase = SAID) -> None:
    """A message that has just come in."""
    run.world.messages.append(
        Message(serial=serial, tick=run.tick_now, via=Via.RADIO, about=about, text=text, grade=grade, place=place)
    )


def containment(run: Exercise) -> Draft:
    """The order to contain, not yet thought about."""
    return Draft.of(run.option("containment"))


def test_what_two_laws_ask_for_stands_on_the_card_once_with_both_sources() -> None:
    run = small_exercise()
    run.playbook = under("england_wales", None)
    found = missing(run.preview(Order(response="containment")))
    assert len({each.why for each in found}) == len(found)
    power = next(each for each in found if each.rules[0].requirement == "power_named")
    assert {"ew.power", "un.power"} == {rule.rule for rule in power.rules}
    assert "by the law here and by the human-rights floor" == power.whose.english()


def test_a_card_says_what_would_put_each_thing_right_and_by_which_response() -> None:
    run = small_exercise()
    for each in missing(run.preview(Order(response="walking_line"))):
        assert each.remedy is not None
        assert all(name in run.offered() for name in each.steps)


def test_what_the_post_knows_fills_the_note_and_leaves_the_judgement_open() -> None:
    run = small_exercise()
    run.order(Order(response="first_contact", parameters={"tone": "warm"}, reason="talk to them"))
    # Work at the desk is no means towards anybody.
    run.order(Order(response="strategic_approval", reason="in case it comes to that"))
    run.order(Order(response="alert_partners", reason="they may be needed"))
    told(run, 9001, About.THREAT, "D")
    told(run, 9002, About.CASUALTY, "A")
    told(run, 9003, About.MEDIA, "A")
    given = known_note(containment(run), run.playbook, run.observe())
    assert {"grounds": "message:9002", "lesser": "first_contact"} == given


def test_where_nothing_is_known_nothing_is_filled_in() -> None:
    run = small_exercise()
    assert {"grounds": "", "lesser": ""} == known_note(containment(run), run.playbook, run.observe())


def test_dangers_come_first_among_the_facts_and_only_so_many_are_offered() -> None:
    run = small_exercise()
    for serial in range(9000, 9020):
        told(run, serial, About.MEDIA, "A")
    told(run, 9050, About.THREAT, "C")
    grounds = run.playbook.responses["containment"].parameter("grounds")
    assert grounds is not None
    offered = law_choices(grounds, run.playbook, run.observe())
    assert "message:9050" == offered[0]
    assert 10 >= len(offered)


def test_what_our_own_people_saw_where_it_takes_place_is_offered_and_ticked_before_danger_elsewhere() -> None:
    run = small_exercise()
    told(run, 9001, About.REPORT, "A", "square")
    for serial in range(9002, 9008):
        told(run, serial, About.EMERGENCY, "A")
    draft = Draft.of(run.option("arrest_offender"))
    draft.target = "square"
    grounds = run.playbook.responses["arrest_offender"].parameter("grounds")
    assert grounds is not None
    assert ["message:9007", "message:9001"] == list(law_choices(grounds, run.playbook, run.observe()))[:2]
    assert "message:9001" == known_note(draft, run.playbook, run.observe())["grounds"]
    told(run, 9008, About.THREAT, "A", "square")
    assert "message:9001+message:9008" == known_note(draft, run.playbook, run.observe())["grounds"]


def test_that_nobody_can_be_pointed_out_is_never_a_ground() -> None:
    run = small_exercise()
    told(run, 9001, About.REPORT, "A", "square", NOBODY)
    draft = Draft.of(run.option("arrest_offender"))
    draft.target = "square"
    grounds = run.playbook.responses["arrest_offender"].parameter("grounds")
    assert grounds is not None
    assert "message:9001" not in law_choices(grounds, run.playbook, run.observe())
    assert "" == known_note(draft, run.playbook, run.observe())["grounds"]
    alone = run.preview(Order(response="arrest_offender", target="square", parameters={"grounds": "message:9001"}))
    assert "nobody has checked any of the facts it rests on: message:9001" in [f.why.english() for f in alone.failures]


def test_every_power_that_is_offered_can_be_given() -> None:
    run = small_exercise()
    run.playbook = under("prc", None)
    power = run.playbook.responses["containment"].parameter("power")
    assert power is not None
    for name in law_choices(power, run.playbook, run.observe()):
        ruling = run.preview(Order(response="containment", parameters={"power": name}))
        assert not [reason for reason in ruling.reasons if "power" in reason.english()]


def test_a_tick_takes_in_and_takes_out_whatever_the_order() -> None:
    assert "a+b" == ticked(ticked("", "b"), "a")
    assert "b" == ticked("a+b", "a")


def test_the_mark_stays_until_packs_and_scenario_have_all_been_reviewed() -> None:
    playbook = small_playbook()
    assert UNREVIEWED == mark(playbook)
    someone = Both(en="A. Lawyer", zh="某律师")
    reviewed = pack("un_baseline").model_copy(update={"reviewed_by": someone})
    half = replace(playbook, domestic=reviewed, floor=reviewed)
    assert UNREVIEWED == mark(half)
    whole = replace(half, scenario=playbook.scenario.model_copy(update={"reviewed_by": someone}))
    assert mark(whole) is None


def test_the_law_that_applies_is_named_with_its_note() -> None:
    assert 2 == len(packs(under("prc", None)))
    assert 1 == len(packs(small_playbook()))
