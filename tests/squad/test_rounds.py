"""Rounds and newcomers: the same people play again on another seed, and whoever comes late is not overlooked."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.drill.refused import Refused
from sim.drill.session import Session
from sim.squad.client import Client
from sim.squad.gate import Gate, hashed
from sim.squad.host import Host
from sim.squad.request import ask
from sim.squad.room import INSTRUCTOR, Person, Room
from sim.storage.language import speech
from sim.world.journal import Entry
from tests.squad.lounge import CODE, LIMIT_S, LINK, Lounge, Memo, new_room, visit


class Led:
    """A room and what its instructor does to it, with the log it leaves."""

    def __init__(self, squads: int = 1) -> None:
        self.room, self.log = new_room(squads)
        self.count = 0

    def __call__(self, kind: str, **data: Any) -> None:
        self.count += 1
        message = {"id": f"m{self.count}", "kind": kind, "data": data}
        self.log += ask(self.room, self.room.people[INSTRUCTOR], message)[1]

    def comes(self) -> Person:
        """Somebody new, as a host takes them in."""
        self.count += 1
        person, entry = self.room.join(hashed(f"token {self.count}"))
        self.log.append(entry)
        seated = self.room.usher(person)
        self.log += [seated] if seated is not None else []
        return person

    def played(self) -> None:
        """The drill begins and is ended."""
        self("start")
        self.log.append(self.room.pass_time(50))
        self("end")


def seats_of(room: Room) -> dict[str, dict[str, str]]:
    return {name: dict(squad.sitting) for name, squad in room.squads.items()}


def read_again(log: list[Entry], squads: int = 1) -> Room:
    """The room a log is read into, as after the machine died."""
    room = Room(new_room(squads)[0].drill, new_room(squads)[0].make)
    for entry in log:
        room.take(entry)
    return room


def test_a_further_round_begins_at_the_clocks_own_speed_however_fast_the_last_one_ended() -> None:
    led = Led()
    led("admit", who=led.comes().who, squad="A", role="commander")
    led.played()
    led("speed", speed=8.0)
    led("again", seed=7)
    assert 1.0 == led.room.speed
    assert 1.0 == read_again(led.log).speed


def test_a_further_round_has_the_same_people_in_the_same_seats_on_another_seed() -> None:
    led = Led()
    led("admit", who=led.comes().who, squad="A", role="commander")
    led("admit", who=led.comes().who, squad="A", role="observer")
    led.played()
    led("again", seed=7)
    squad = led.room.squads["A2"]
    assert {"A2": {"commander": "heron-1"}} == seats_of(led.room)
    assert ("lobby", 7, 1) == (squad.phase, squad.session.seed, led.room.past["A"].session.seed)
    assert ["A2", "A2"] == [p.squad for p in led.room.people.values() if p.who not in {INSTRUCTOR, "screen"}]
    led("start")
    assert "running" == squad.phase


def test_a_squad_in_which_nobody_is_left_does_not_go_on_and_no_branch_takes_its_letter() -> None:
    led = Led(squads=2)
    led("admit", who=led.comes().who, squad="B", role="commander")
    led.played()
    led("again", seed=7)
    assert ["B2"] == list(led.room.squads)
    led("start")
    led.log.append(led.room.pass_time(20))
    led("branch", squad="B2")
    assert ["B2", "C2"] == list(led.room.squads)


def test_a_round_follows_a_drill_that_is_over_and_wants_a_seed() -> None:
    led = Led()
    for seed, code in ((7, "not-now"), (-1, "not-now")):
        with pytest.raises(Refused) as refused:
            led("again", seed=seed)
        assert code == refused.value.code
    led.played()
    with pytest.raises(Refused) as refused:
        led("again", seed=-1)
    assert "no-such" == refused.value.code


def test_a_second_round_is_read_again_from_the_log() -> None:
    led = Led()
    led("admit", who=led.comes().who, squad="A", role="commander")
    led.played()
    led("again", seed=7)
    led("start")
    led.log.append(led.room.pass_time(30))
    again = read_again(led.log)
    assert seats_of(led.room) == seats_of(again)
    assert led.room.squads["A2"].session.journal.since(0) == again.squads["A2"].session.journal.since(0)


def test_seats_are_changed_round_while_time_stands_still() -> None:
    led = Led()
    for seat in led.room.drill.seats[:3]:
        led("admit", who=led.comes().who, squad="A", role=seat)
    led("rotate")
    assert ["crane-1", "heron-1", "swift-1"] == list(led.room.squads["A"].sitting.values())
    roles = {p.who: p.role for p in led.room.people.values()}
    assert led.room.drill.seats[0] == roles["crane-1"]
    led("start")
    with pytest.raises(Refused) as refused:
        led("rotate")
    assert "not-now" == refused.value.code
    assert seats_of(led.room) == seats_of(read_again(led.log))


def test_one_squad_is_ended_alone_and_the_others_go_on() -> None:
    led = Led(squads=2)
    led("start")
    led.log.append(led.room.pass_time(50))
    with pytest.raises(Refused) as refused:
        led("end", only="Z")
    assert ("no-such", "only") == (refused.value.code, refused.value.about)
    led("end", only="B")
    led.log.append(led.room.pass_time(50))
    assert [("A", "running", 100), ("B", "over", 50)] == [(n, s.phase, s.tick_now) for n, s in led.room.squads.items()]
    # The same message again, whatever it says by now, ends nobody else.
    boss, again = led.room.people[INSTRUCTOR], {"id": f"m{led.count}", "kind": "end", "data": {}}
    assert ({}, []) == ask(led.room, boss, again)
    copy = read_again(led.log, 2)
    assert ["running", "over"] == [squad.phase for squad in copy.squads.values()]
    assert [] == ask(copy, boss, again)[1]
    led("end")
    assert led.room.over


def test_newcomers_are_seated_at_once_when_the_instructor_wants_it() -> None:
    led = Led(squads=2)
    assert ("waiting", "") == ((late := led.comes()).role, late.squad)
    led("usher", on=True)
    seats = led.room.drill.seats
    comers = [led.comes() for _ in range(2 * len(seats) + 1)]
    assert [("A", seats[0]), ("B", seats[0]), ("A", seats[1])] == [(p.squad, p.role) for p in comers[:3]]
    assert "observer" == comers[-1].role
    led("usher", on=False)
    assert "waiting" == led.comes().role
    assert seats_of(led.room) == seats_of(read_again(led.log, 2))


def test_whoever_is_seated_at_once_hears_so_in_the_welcome_and_everybody_goes_on_together() -> None:
    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        await boss.do("usher", {"on": True})
        phone = await lounge.someone()
        assert ("commander", "A") == ((welcome := await phone.hello(link=LINK))["role"], welcome["squad"])
        await boss.do("start")
        await boss.do("end")
        await boss.seen(lambda m: bool(m.get("report")))
        assert "ack" == (await boss.do("again", {"seed": 9}))["type"]
        moved = await phone.wait("role")
        assert ("commander", "A2") == (moved["role"], moved["squad"])
        await boss.do("start")
        await boss.do("end")
        view = await boss.seen(lambda m: len(m.get("report") or ()) == 2)
        assert [("A", 1), ("A2", 9)] == [(s["squad"], s["seed"]) for s in view["report"]]

    visit(story)


def test_a_dissent_that_is_written_after_the_end_stands_in_what_came_of_it() -> None:
    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        phone, _ = await lounge.seated(boss, "liaison")
        chief, _ = await lounge.seated(boss, "commander")
        await boss.do("start")
        await phone.do("propose", {"order": {"response": "first_contact"}})
        await phone.do("second", {"proposal": 1})
        assert "ack" == (await chief.do("call", {"proposal": 1, "carry": False}))["type"]
        await boss.do("end")
        assert [0] == [each["dissents"] for each in (await boss.seen(lambda m: bool(m.get("report"))))["report"]]
        assert "ack" == (await phone.do("dissent", {"proposal": 1, "reason": "they would have talked"}))["type"]
        view = await boss.seen(lambda m: bool(m.get("report") and m["report"][0]["dissents"]))
        assert "they would have talked" == view["report"][0]["dissent"][0]["reason"]

    visit(story)


def test_while_a_further_round_is_prepared_it_is_seen_how_much_is_done() -> None:
    room, entries = new_room()
    made, go_on = room.make, threading.Event()

    def slowly(seed: int, tell: Callable[[float], None] | None = None) -> Session:
        if tell is not None:
            tell(0.42)
            assert go_on.wait(LIMIT_S)
        return made(seed)

    room.make = slowly

    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        await boss.do("start")
        await boss.do("end")
        await boss.say(type="do", id="once more", kind="again", data={"seed": 9}, squad="A")
        assert 42 == (await boss.seen(lambda m: bool(m.get("preparing") and m["prepared"])))["prepared"]
        go_on.set()
        assert "ack" == (await boss.wait("ack", "error", number="once more"))["type"]
        assert 0 == (await boss.seen(lambda m: m.get("preparing") is False))["prepared"]

    visit(story, room, Memo(entries))


def test_a_further_round_that_cannot_be_made_is_refused_with_the_reason_and_the_room_goes_on() -> None:
    room, entries = new_room()
    made = room.make

    def gone(seed: int, tell: Callable[[float], None] | None = None) -> Session:
        if seed == 9:
            raise BadInput.of("no-file", Phrase("the file of the drill is gone"))
        return made(seed, tell)

    room.make = gone

    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        await boss.do("start")
        await boss.do("end")
        answer = await boss.do("again", {"seed": 9})
        assert ("error", "the file of the drill is gone") == (answer["type"], answer["text"]["en"])
        assert not (await boss.seen(lambda m: m.get("preparing") is False))["prepared"]
        assert "ack" == (await boss.do("again", {"seed": 8}))["type"]

    visit(story, room, Memo(entries))


def test_only_the_instructor_begins_a_further_round() -> None:
    led = Led()
    led("admit", who=(person := led.comes()).who, squad="A", role="commander")
    led.played()
    with pytest.raises(Refused) as refused:
        ask(led.room, person, {"id": "x", "kind": "again", "data": {"seed": 3}})
    assert "not-yours" == refused.value.code


def test_a_further_round_that_begins_between_two_views_does_not_end_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    led, now = Led(), 10.0
    host = Host(led.room, Memo(led.log), Gate(CODE, LINK, lambda: now), speech("zh"), clock=lambda: now)
    for role in ("commander", "liaison"):
        person = led.comes()
        led("admit", who=person.who, squad="A", role=role)
        client = Client("10.0.0.1")
        client.person = person
        host.clients.add(client)
    led.played()
    begun = []

    async def breathe() -> None:
        if not begun:
            led("again", seed=2)
            begun.append(list(led.room.squads))

    monkeypatch.setattr(host, "_breathe", breathe)
    asyncio.run(host._show(now))
    assert [["A2"]] == begun


def test_a_squad_keeps_its_name_round_after_round_and_no_other_gets_it() -> None:
    led = Led(2)
    led("admit", who=led.comes().who, squad="A", role="commander")
    led("name", squad="A", name="  红队   2 ")
    led.played()
    led("again", seed=7)
    assert {"A": "红队 2"} == led.room.names == read_again(led.log, 2).names
    led("name", squad="A2", name="")
    assert {"A": ""} == led.room.names


@pytest.mark.parametrize(
    ("squad", "name", "about", "why"),
    [("B", "blue", "name", "another squad"), ("C", "red", "squad", "nothing here"), ("A", "<b>", "name", "letters")],
)
def test_a_name_that_is_taken_or_holds_odd_signs_is_refused(squad: str, name: str, about: str, why: str) -> None:
    led = Led(2)
    led("name", squad="A", name="blue")
    with pytest.raises(Refused) as caught:
        led("name", squad=squad, name=name)
    assert about == caught.value.about
    assert why in str(caught.value)
    assert {"A": "blue"} == led.room.names
