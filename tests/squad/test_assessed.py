"""An assessed room: nothing laid out, reasons, time at most four times as fast, own judgement before the result."""

import asyncio

import pytest

from sim.drill.cost import Cost
from sim.drill.inputs import Input
from sim.drill.refused import Refused
from sim.drill.roles import CONTROLLER
from sim.drill.sight import table
from sim.drill.squad import Squad
from sim.squad.costs import Known
from sim.squad.gate import hashed
from sim.squad.host import Host
from sim.squad.request import ask
from sim.squad.result import acts, foreseen, priced
from sim.squad.room import Person, Room
from tests.drill.table import drill, session
from tests.squad.lounge import Memo

HOLD = {"order": {"response": "hold", "reason": "we wait"}}


def assessed_room() -> tuple[Room, Person, dict[str, Person]]:
    """A room with two seats filled, its instructor, and who sits where."""
    room = Room(drill(), session, assessed=True)  # type: ignore[arg-type]
    room.begin([1])
    boss, _ = room.join(hashed("boss"), CONTROLLER)
    seated = {}
    for seat in ("commander", "liaison"):
        person, _ = room.join(hashed(seat))
        ask(room, boss, {"id": seat, "kind": "admit", "data": {"who": person.who, "squad": "A", "role": seat}})
        seated[seat] = person
    return room, boss, seated


def do(room: Room, person: Person, kind: str, data: dict[str, object] | None = None) -> None:
    ask(room, person, {"id": f"{kind}-{len(room.done)}", "kind": kind, "data": data or {}, "squad": "A"})


def test_an_assessed_squad_finds_its_own_answers_and_says_why() -> None:
    room, boss, seated = assessed_room()
    do(room, boss, "start")
    room.pass_time(320)
    windows = table(room.squads["A"])["windows"]
    assert isinstance(windows, list)
    assert [] == windows[0]["choices"]
    with pytest.raises(Refused, match="reason"):
        do(room, seated["liaison"], "propose", {"order": {"response": "hold"}})
    do(room, seated["liaison"], "propose", HOLD)
    assert 1 == len(room.squads["A"].proposals)


def test_an_assessed_room_runs_no_faster_than_four_times() -> None:
    room, boss, _ = assessed_room()
    with pytest.raises(Refused):
        do(room, boss, "speed", {"speed": 8})
    do(room, boss, "speed", {"speed": 4})
    assert 4.0 == room.speed


def test_the_result_is_shown_once_every_seat_has_judged_or_the_instructor_says_so() -> None:
    room, boss, seated = assessed_room()
    host = Host(room, Memo(), None, str)  # type: ignore[arg-type]
    do(room, boss, "start")
    with pytest.raises(Refused):
        do(room, seated["commander"], "judge", {"answers": {"picture": "4"}})
    do(room, boss, "end")
    do(room, seated["commander"], "judge", {"answers": {"picture": "4"}})
    asyncio.run(host._sum_up())
    assert host._report is None
    with pytest.raises(Refused):
        do(room, seated["commander"], "judge", {"answers": {}})
    with pytest.raises(Refused):
        do(room, seated["liaison"], "judge", {"answers": {"picture": "6"}})
    do(room, boss, "reveal")
    asyncio.run(host._sum_up())
    assert host._report is not None
    assert {seated["commander"].who: {"picture": "4"}} == room.judged
    with pytest.raises(Refused) as late:
        do(room, seated["liaison"], "judge", {"answers": {"picture": "3"}})
    assert "settled" == late.value.code


def test_a_room_made_again_from_its_log_knows_what_was_judged() -> None:
    room, boss, seated = assessed_room()
    do(room, boss, "start")
    do(room, boss, "end")
    message = {"id": "j", "kind": "judge", "data": {"answers": {"load": "2"}}}
    _, entries = ask(room, seated["liaison"], message)
    again, _, _ = assessed_room()
    for entry in entries:
        again.take(entry)
    assert room.judged == again.judged


def test_what_the_review_found_stands_in_the_card_of_a_squad() -> None:
    squad = Squad(session(1))
    squad.phase = "running"
    squad.run_until(3000)
    lines = priced(squad, Known())["card"]["lines"]
    tick = lines[0]["tick"] + 600
    told = priced(squad, Known({tick: Cost(2.04, 0.5, "hold")}, going=True))
    assert (2.0, 0.5, "hold", True) == (
        *(told["card"]["lines"][0][key] for key in ("cost", "margin", "better")),
        told["reviewing"],
    )


def test_what_the_instructor_did_to_one_squad_stands_in_its_result() -> None:
    squad = Squad(session(1))
    squad.phase = "running"
    squad.run_until(100)
    squad.apply(Input(100, "inject", "controller", "instructor", {"inject": "later", "do": "skip"}))
    assert [("skip", "later", "A call.")] == [(a["what"], a["about"], a["text"].en) for a in acts(squad)]


def test_what_those_who_looked_on_picked_is_scored_with_the_result_once_the_review_has_compared_it() -> None:
    squad = Squad(session(1))
    squad.phase = "running"
    squad.run_until(350)
    squad.apply(Input(350, "pick", "observer", "heron-1", {"question": 1, "choice": 1, "percent": 80}))
    before = foreseen(squad, Known(going=True))
    assert [None] == [pick["came"] for pick in before["picks"]]
    assert [("heron-1", None, 1)] == [(each["who"], each["picks"], each["untold"]) for each in before["foresight"]]
    after = foreseen(squad, Known(standings={"speak": (True,)}))
    assert [({"score": 0.04, "questions": 1}, 0)] == [(each["picks"], each["untold"]) for each in after["foresight"]]
    assert [True] == [each["came"] for each in after["laid_out"]["speak"]]
