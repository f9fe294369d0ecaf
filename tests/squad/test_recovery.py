"""A room whose power fails: from every beginning of its log it comes back, and what was half done is done once."""

from sim.squad.host import recovered
from sim.squad.request import ask
from sim.squad.room import Room
from sim.world.journal import Entry
from tests.squad.lounge import new_room


def _fresh() -> Room:
    room = new_room(absent="doctrine")[0]
    room.people.clear()
    room.squads.clear()
    return room


def _played() -> tuple[Room, list[Entry]]:
    """Two squads that did a little of everything, and the log of it."""
    room, entries = new_room(2, absent="doctrine")
    boss = room.people["instructor"]

    def do(who: str, number: str, kind: str, data: dict[str, object] | None = None, squad: str = "A") -> None:
        message = {"id": number, "kind": kind, "data": data or {}, "squad": squad}
        entries.extend(ask(room, room.people[who], message)[1])

    for k, (squad, role) in enumerate([("A", "liaison"), ("A", "commander"), ("B", "commander"), ("B", "observer")]):
        person, entry = room.join(f"hash-{k}")
        entries.append(entry)
        do(boss.who, f"seat-{k}", "admit", {"who": person.who, "squad": squad, "role": role})
    liaison, commander, other, observer = [who for who in room.people if who not in {"instructor", "screen"}]
    do(boss.who, "start", "start")
    entries.append(room.pass_time(330))
    do(liaison, "p1", "propose", {"order": {"response": "first_contact", "parameters": {"tone": "warm"}}})
    do(commander, "s1", "second", {"proposal": 1})
    do(liaison, "say", "say", {"to": "all", "text": "他们要水"})
    do(observer, "note", "note", {"text": "calm"})
    do(boss.who, "nudge", "nudge", {"group": "people", "quantity": "anger", "by": 0.1})
    do(commander, "c1", "call", {"proposal": 1, "carry": True})
    entries.append(room.pass_time(70))
    do(boss.who, "branch", "branch", {"squad": "A"})
    do(boss.who, "pause", "pause", {"text": "stop"})
    do(boss.who, "speed", "speed", {"speed": 2})
    do(boss.who, "lock", "lock", {"locked": True})
    do(boss.who, "away", "remove", {"who": other})
    do(boss.who, "resume", "resume")
    entries.append(room.pass_time(40))
    return room, entries


def _sender(entry: Entry) -> object:
    return entry.data["who"] if entry.kind == "input" else entry.data["by"]


def test_from_every_beginning_of_its_log_a_room_comes_back_stopped_and_whole() -> None:
    _, entries = _played()
    for cut in range(len(entries) + 1):
        room = _fresh()
        recovered(room, entries[:cut])
        assert not room.running
        acknowledged = {(_sender(e), e.data["id"]) for e in entries[:cut] if e.data.get("id")}
        assert acknowledged <= set(room.done)


def test_a_whole_log_makes_the_room_that_was_to_the_last_bit() -> None:
    room, entries = _played()
    again = _fresh()
    for entry in entries:
        again.take(entry)
    assert room.people == again.people
    for name, squad in room.squads.items():
        assert squad.session.exercise.digest() == again.squads[name].session.exercise.digest()
        assert [p.as_dict() for p in squad.proposals] == [p.as_dict() for p in again.squads[name].proposals]
        assert list(squad.session.journal) == list(again.squads[name].session.journal)


def test_what_the_instructor_moves_by_hand_in_a_room_moves() -> None:
    room, entries = new_room()
    boss = room.people["instructor"]
    ask(room, boss, {"id": "s", "kind": "start", "data": {}})
    before = room.squads["A"].session.exercise.world.crowd.people.anger.mean()
    data = {"group": "people", "quantity": "anger", "by": 0.25}
    entries += ask(room, boss, {"id": "n", "kind": "nudge", "data": data, "squad": "A"})[1]
    assert room.squads["A"].session.exercise.world.crowd.people.anger.mean() > before + 0.1
    assert ("instructor", "n") in room.done


def test_a_log_of_an_earlier_version_is_understood() -> None:
    room, _ = new_room()
    start = {"input": "start", "role": "controller", "who": "instructor"}
    room.take(Entry(0, "input", {"squad": "A", "by": "instructor", "id": "s", **start}))
    assert ("instructor", "s") in room.done


def test_a_start_that_had_reached_one_squad_of_two_reaches_the_other_when_it_is_sent_again() -> None:
    _, entries = _played()
    first = next(k for k, entry in enumerate(entries) if entry.data.get("input") == "start")
    room = _fresh()
    recovered(room, entries[: first + 1])
    assert ["paused", "lobby"] == [squad.phase for squad in room.squads.values()]
    boss, message = room.people["instructor"], {"id": "start", "kind": "start", "data": {}}
    _, new = ask(room, boss, message)
    assert ["B"] == [entry.data["squad"] for entry in new]
    assert ["paused", "running"] == [squad.phase for squad in room.squads.values()]
    assert [] == ask(room, boss, message)[1]
