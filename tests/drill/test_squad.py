import pytest

from sim.drill.forecast import Pick
from sim.drill.refused import Refused
from sim.drill.roles import HEARS, PROPOSES, heard_by, proposed_by
from sim.drill.sight import seat_sight, timeline
from sim.drill.squad import Squad
from sim.scenario.response import GROUPS
from sim.world.message import Via
from tests.drill.table import SEATS, Table, session


def test_a_proposal_goes_from_seat_to_seat_to_the_call_and_becomes_an_order() -> None:
    table = Table(*SEATS)
    table.until(40)
    number = table.propose("liaison", "first_contact", parameters={"tone": "warm"}, reason="nobody has spoken")
    assert "open" == table.status(number)
    table("tactical", "second", proposal=number)
    table("public_information", "vote", proposal=number, **{"for": False})
    assert "seconded" == table.status(number)
    table("commander", "call", proposal=number, carry=True, reason="now")
    assert "carried" == table.status(number)
    orders = [e for e in table.squad.session.exercise.journal if e.kind == "order"]
    assert ["liaison"] == [e.data["given"]["seat"] for e in orders]  # type: ignore[index]
    assert 9.0 == table.squad.session.decisions[0].latency_s


def test_nobody_seconds_what_he_proposed_himself() -> None:
    table = Table(*SEATS)
    number = table.propose("liaison", "first_contact")
    with pytest.raises(Refused, match="somebody else"):
        table("liaison", "second", proposal=number)


def test_only_the_decider_calls() -> None:
    table = Table(*SEATS)
    number = table.propose("liaison", "first_contact")
    with pytest.raises(Refused) as caught:
        table("tactical", "call", proposal=number, carry=True)
    assert "not-yours" == caught.value.code


def test_a_seat_proposes_only_what_it_may() -> None:
    table = Table(*SEATS)
    with pytest.raises(Refused) as caught:
        table.propose("public_information", "first_contact")
    assert "not-yours" == caught.value.code
    assert [] == table.squad.proposals


def test_a_seconded_proposal_nobody_calls_lapses_when_the_countdown_is_over() -> None:
    table = Table(*SEATS)
    number = table.propose("liaison", "first_contact")
    table("tactical", "second", proposal=number)
    table.until(19)
    assert "seconded" == table.status(number)
    table.until(20)
    assert "lapsed" == table.status(number)


def test_where_the_vote_decides_a_majority_carries_and_a_call_is_refused() -> None:
    table = Table(*SEATS)
    table.until(95)
    number = table.propose("tactical", "deescalate_posture")
    with pytest.raises(Refused) as caught:
        table("commander", "call", proposal=number, carry=False)
    assert "vote-decides" == caught.value.code
    table("liaison", "second", proposal=number)
    table("public_information", "vote", proposal=number, **{"for": True})
    assert "carried" == table.status(number)
    assert "answered" == table.squad.session.decisions[1].status


def test_where_the_vote_decides_half_against_is_enough_to_drop_it() -> None:
    table = Table(*SEATS)
    table.until(95)
    number = table.propose("tactical", "deescalate_posture")
    table("liaison", "second", proposal=number)
    table("public_information", "vote", proposal=number, **{"for": False})
    table("commander", "vote", proposal=number, **{"for": False})
    assert "dropped" == table.status(number)


def test_dissent_is_kept_with_its_reason_once_for_each_seat() -> None:
    table = Table(*SEATS)
    number = table.propose("liaison", "first_contact")
    table("commander", "call", proposal=number, carry=True)
    table("tactical", "dissent", proposal=number, reason="too few officers there")
    with pytest.raises(Refused) as caught:
        table("tactical", "dissent", proposal=number, reason="again")
    assert "twice" == caught.value.code
    assert {"tactical": "too few officers there"} == table.squad.proposals[0].dissent


def test_an_order_the_rules_refuse_is_marked_so() -> None:
    table = Table(*SEATS)
    number = table.propose("tactical", "dispersal_order")
    table("commander", "call", proposal=number, carry=True)
    assert "refused" == table.status(number)


def test_whoever_is_alone_orders_at_once() -> None:
    table = Table("commander")
    assert "carried" == table.status(table.propose("commander", "first_contact"))


def test_a_seat_may_order_alone_what_the_drill_leaves_to_it() -> None:
    table = Table(*SEATS, alone={"liaison": ["negotiation"]})
    assert "carried" == table.status(table.propose("liaison", "first_contact"))


@pytest.mark.parametrize("filled", [("commander",), ("commander", "liaison"), tuple(SEATS), ("tactical", "liaison")])
def test_every_channel_and_every_kind_of_response_belongs_to_somebody(filled: tuple[str, ...]) -> None:
    chief = filled[0]
    assert set(Via) == {via for seat in filled for via in heard_by(seat, chief, filled)}
    assert set(GROUPS) == {kind for seat in filled for kind in proposed_by(seat, chief, filled)}


def test_a_filled_seat_keeps_its_channels_from_the_chief() -> None:
    assert Via.SOCIAL in heard_by("commander", "commander", ("commander", "liaison"))
    assert Via.SOCIAL not in heard_by("commander", "commander", ("commander", "public_information"))
    assert set(HEARS) == set(PROPOSES)


def test_each_seat_is_shown_only_what_it_can_know() -> None:
    table = Table(*SEATS)
    table.until(70)
    shown = {seat: [m["via"] for m in seat_sight(table.squad, seat)["messages"]] for seat in SEATS}  # type: ignore[attr-defined]
    assert "radio" in shown["commander"]
    assert "social" not in shown["commander"]
    assert "social" in shown["public_information"]
    assert {"crowd", "units"} <= set(seat_sight(table.squad, "tactical")["pages"])  # type: ignore[call-overload]
    assert "crowd" not in seat_sight(table.squad, "liaison")["pages"]  # type: ignore[operator]


def test_a_message_arrives_after_its_delay_and_only_where_it_was_sent() -> None:
    table = Table(*SEATS, radio={"delay_s": 10})
    table("liaison", "say", to="commander", text="they ask for water")
    table.until(9)
    assert [] == seat_sight(table.squad, "commander")["said"]
    table.until(10)
    assert 1 == len(seat_sight(table.squad, "commander")["said"])  # type: ignore[arg-type]
    assert [] == seat_sight(table.squad, "tactical")["said"]


def test_a_radio_that_loses_messages_loses_the_same_ones_each_time() -> None:
    lost = []
    for _ in range(2):
        table = Table(*SEATS, radio={"loss": 0.5})
        for k in range(40):
            table("liaison", "say", to="all", text=str(k))
        lost.append([s.number for s in table.squad.said if s.there_tick < 0])
    assert lost[0] == lost[1]
    assert 10 < len(lost[0]) < 30


def test_nothing_passes_while_everybody_is_stopped() -> None:
    table = Table(*SEATS)
    table.until(5)
    table("controller", "pause", text="What do we know?")
    table.until(50)
    assert 50 == table.squad.tick_now
    with pytest.raises(Refused) as caught:
        table.propose("liaison", "first_contact")
    assert "not-now" == caught.value.code
    assert "What do we know?" == seat_sight(table.squad, "liaison")["stopped_for"]
    table("controller", "resume")
    table.until(6)
    assert 60 == table.squad.tick_now


def test_a_prediction_is_scored_by_what_came() -> None:
    table = Table(*SEATS)
    table.until(35)
    table.squad.apply  # noqa: B018
    table("observer", "predict", question=1, percent=20)
    with pytest.raises(Refused):
        table("observer", "predict", question=9, percent=20)
    table.until(180)
    question = table.squad.questions[0]
    assert question.came is not None
    rows = seat_sight(table.squad, "observer")["brier"]
    expected = (0.2 - float(question.came)) ** 2
    assert [("bird-observer", round(expected, 4), 1)] == [(r["who"], r["score"], r["questions"]) for r in rows]  # type: ignore[attr-defined]


def test_an_observer_picks_the_better_answer_and_may_change_it_until_the_decision_is_made() -> None:
    table = Table(*SEATS)
    table.until(35)
    table("observer", "pick", question=1, choice=1, percent=80)
    with pytest.raises(Refused) as caught:
        table("observer", "pick", question=1, choice=2, percent=80)
    assert ("no-such", "choice") == (caught.value.code, caught.value.about)
    table("observer", "pick", question=1, choice=1, percent=65)
    assert {"bird-observer": Pick(1, 65)} == table.squad.questions[0].picked
    number = table.propose("liaison", "first_contact", parameters={"tone": "warm"})
    table("commander", "call", proposal=number, carry=True)
    with pytest.raises(Refused) as caught:
        table("observer", "pick", question=1, choice=1, percent=20)
    assert "settled" == caught.value.code


def test_only_the_instructor_sees_who_picked_what_before_the_end() -> None:
    table = Table(*SEATS)
    table.until(35)
    table("observer", "pick", question=1, choice=1, percent=80)
    told = seat_sight(table.squad, "controller")["questions"][0]["picked"]  # type: ignore[index]
    assert {"bird-observer": {"choice": 1, "percent": 80}} == told
    shown = seat_sight(table.squad, "observer")["questions"][0]  # type: ignore[index]
    assert {"question", "window", "closes_tick", "due_tick", "came"} == set(shown)


def test_a_fork_keeps_the_picks_of_its_own() -> None:
    table = Table(*SEATS)
    table.until(35)
    other = table.squad.fork()
    table("observer", "pick", question=1, choice=1, percent=80)
    assert {} == other.questions[0].picked


def test_the_doctrine_player_proposes_for_empty_seats_and_the_chief_still_calls() -> None:
    table = Table("commander", absent="doctrine")
    table.until(60)
    proposals = table.squad.proposals
    assert proposals
    assert "commander" not in [p.seat for p in proposals]
    assert all(p.decider == "commander" for p in proposals)


def test_the_doctrine_player_leaves_half_of_the_table_to_people_and_lets_go_of_what_nobody_takes_up() -> None:
    table = Table("commander", absent="doctrine")
    for second in range(0, 150, 10):
        table.until(second)
        waiting = [p.seat for p in table.squad.proposals if p.is_open]
        assert len(waiting) == len(set(waiting)) <= 4
    assert "lapsed" in {p.status for p in table.squad.proposals}


def test_the_timeline_says_whose_words_nobody_gets() -> None:
    shown = timeline(Squad(session(quiet=["a_call"])))
    assert ["a_call"] == [each["inject"] for each in shown if each["quiet"]]


def test_the_instructor_fires_skips_and_rewords_injects_and_adds_one() -> None:
    table = Table(*SEATS)
    table("controller", "inject", inject="later", do="fire")
    table("controller", "inject", inject="a_post", do="skip")
    table("controller", "edit", inject="a_call", en="Another call.", zh="另一个来电。")
    table("controller", "add", channel="radio", en="Added.", zh="新增。", in_s=20)
    table("controller", "nudge", group="people", quantity="anger", by=0.2)
    table.until(90)
    told = {m.sender: m.tick for m in table.squad.session.exercise.observe().messages}
    assert told["later"] == 0
    assert "a_post" not in told
    assert 200 == told["added_1"]
    texts = [m.text.in_language("en") for m in table.squad.session.exercise.observe().messages if m.sender == "a_call"]  # type: ignore[union-attr]
    assert ["Another call."] == texts
    assert 5 == sum(e.kind == "nudge" for e in table.squad.session.exercise.journal)
    with pytest.raises(Refused):
        table("controller", "inject", inject="a_post", do="fire")


def test_the_same_inputs_give_the_same_squad_to_the_last_line_of_its_journal() -> None:
    journals = []
    for step in (1, 13):
        table = Table(*SEATS, absent="doctrine")
        table("controller", "nudge", group="people", quantity="anger", by=0.1)
        while table.squad.tick_now < 400:
            table.squad.run_until(min(400, table.squad.tick_now + step))
        number = table.propose("liaison", "first_contact")
        table("commander", "call", proposal=number, carry=True)
        table.until(300)
        journals.append(list(table.squad.session.exercise.journal))
    assert journals[0] == journals[1]


def test_phones_and_one_keyboard_write_the_same_journal_apart_from_seats() -> None:
    table = Table(*SEATS)
    for second, seat, response in ((35, "liaison", "first_contact"), (95, "tactical", "record_and_identify")):
        table.until(second)
        number = table.propose(seat, response)
        table("commander", "call", proposal=number, carry=True)
    table.until(300)
    alone = session()
    for entry in table.squad.session.exercise.journal:
        if entry.kind == "order" and entry.data["given"]["seat"] != "default":  # type: ignore[index]
            alone.run_until(entry.tick)
            given = {**entry.data["given"], "seat": "commander"}  # type: ignore[dict-item]
            alone.order(type(table.squad.proposals[0].order).from_dict(given))
    alone.run_until(3000)
    assert [_without_seat(e) for e in table.squad.session.exercise.journal] == [
        _without_seat(e) for e in alone.exercise.journal
    ]


def _without_seat(entry: object) -> object:
    data = dict(entry.data)  # type: ignore[attr-defined]
    if entry.kind == "order":  # type: ignore[attr-defined]
        data = {**data, "saw": "", "given": {**data["given"], "seat": ""}, "order": {**data["order"], "seat": ""}}
    return entry.tick, entry.kind, data  # type: ignore[attr-defined]


def test_an_empty_squad_with_the_doctrine_player_plays_itself() -> None:
    squad = Squad(session(), absent="doctrine")
    squad.phase = "running"
    squad.run_until(600)
    assert any(e.kind == "order" for e in squad.session.exercise.journal)
