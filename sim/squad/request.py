"""Request: what somebody in the room asks for, checked against who they are and where the room stands.

What is taken becomes entries, which have had their effect when `ask` returns; what is not changes nothing.
"""

from typing import Any

from sim.core.phrase import Phrase
from sim.drill.inputs import RULES, Input, named, well_formed, written
from sim.drill.refused import Refused
from sim.drill.roles import CONTROLLER, OBSERVER, SCREEN
from sim.seat.survey import QUESTIONS, SCALE
from sim.squad.protocol import ID
from sim.squad.room import LETTERS, MOST_SEED, NAME, TOGETHER, Person, Room, called, letter_of
from sim.world.journal import Entry

WISHES = ("seat", OBSERVER)
"""What somebody may ask to be."""
SEATING = ("sit", "stand")
"""Inputs of a squad that in a room come with `admit` and `remove` only, so that nobody sits who is not in the room."""
SPELT = Phrase("a squad's name has letters, digits, blanks, dots, - and _ only, at most {most} of them", most=NAME)
ROOM_KINDS: dict[str, dict[str, tuple[type, ...]]] = {
    "admit": {"who": (str,), "squad": (str,), "role": (str,)},
    "remove": {"who": (str,)},
    "lock": {"locked": (bool,)},
    "usher": {"on": (bool,)},
    "speed": {"speed": (int, float)},
    "name": {"squad": (str,), "name": (str,)},
    "branch": {"squad": (str,)},
    "again": {"seed": (int,)},
    "rotate": {},
    "reveal": {},
}
"""What only the instructor may do to the room itself, with its fields."""


def ask(room: Room, person: Person, message: dict[str, Any]) -> tuple[dict[str, object], list[Entry]]:
    """One message of the kind `do` from somebody in the room: what came of it, and the entries to be kept.

    A message that was taken before gives the same answer again, and no entry.

    Raises:
        Refused: it was not taken; nothing has changed.
    """
    number, kind, data = message.get("id"), message.get("kind"), message.get("data", {})
    if not isinstance(number, str) or not 1 <= len(number) <= ID or not number.isascii():
        raise Refused("bad-message", "id")
    if not isinstance(data, dict) or not isinstance(kind, str):
        raise Refused("bad-message", "kind" if isinstance(data, dict) else "data")
    before = room.reached.get((person.who, number), []) if kind in TOGETHER else []
    if (person.who, number) in room.done and len(before) in {0, len(room.squads)}:
        return room.done[person.who, number], []
    if kind == "judge":
        return {}, [_judge(room, person, number, data)]
    if kind == "wish":
        return {}, [_wish(room, person, number, data)]
    if kind in ROOM_KINDS:
        return {}, [_room_kind(room, person, number, kind, data)]
    if kind in SEATING:
        raise Refused("not-yours")
    return _inputs(room, person, number, kind, well_formed(kind, data), str(message.get("squad", "")), before)


def _inputs(
    room: Room, person: Person, number: str, kind: str, data: dict[str, object], squad_asked: str, before: list[str]
) -> tuple[dict[str, object], list[Entry]]:
    if person.role not in RULES[kind].roles:
        raise Refused("not-yours")
    names, only = [person.squad], str(data.get("only", ""))
    if person.role == CONTROLLER:
        together = kind in TOGETHER and "only" not in data
        names = [name for name in room.squads if name not in before] if together else [only or squad_asked]
    if any(name not in room.squads for name in names):
        raise Refused("no-such", "only" if "only" in data else "squad")
    entries, result, refused = [], {}, None
    for name in names:
        squad = room.squads[name]
        body = {**Input(0, kind, person.role, person.who, data).as_dict()}
        entry = Entry(squad.tick_now, "input", {"squad": name, "id": number, **body})
        try:
            result = room.take(entry)
        except Refused as why:
            refused = why
            continue
        entries.append(entry)
    if not entries and before:
        return room.done[person.who, number], []
    if not entries:
        assert refused is not None
        raise refused
    return result, entries


def _room_kind(room: Room, person: Person, number: str, kind: str, data: dict[str, Any]) -> Entry:
    if person.role != CONTROLLER:
        raise Refused("not-yours")
    wanted = ROOM_KINDS[kind]
    named(data, wanted)
    for name, types in wanted.items():
        if type(data[name]) not in types:
            raise Refused("bad-message", name)
    data = dict(data)
    if kind in {"admit", "remove"} and (data["who"] not in room.people or data["who"] == person.who):
        raise Refused("no-such", "who")
    if kind in {"rotate", "again", "reveal"}:
        _in_season(room, kind, data)
    elif kind == "admit":
        _may_admit(room, data)
    elif kind == "speed" and data["speed"] not in room.speeds:
        raise Refused("no-such", "speed")
    elif kind == "name":
        data = _name(room, data)
    elif kind == "branch":
        kind, data = "squad", _branch(room, str(data["squad"]))
    entry = Entry(room.tick, kind, {**data, "by": person.who, "id": number})
    room.take(entry)
    return entry


def _in_season(room: Room, kind: str, data: dict[str, Any]) -> None:
    """Raises `Refused` where the room is not at the stage for it."""
    fits = {
        "rotate": not (room.over or room.running),
        "again": room.over,
        "reveal": room.over and room.assessed,
    }
    if not fits[kind]:
        raise Refused("not-now")
    if kind == "again" and not 0 <= data["seed"] < MOST_SEED:
        raise Refused("no-such", "seed")


def _judge(room: Room, person: Person, number: str, data: dict[str, Any]) -> Entry:
    answers = data.get("answers")
    named(data, ("answers",))
    if not isinstance(answers, dict):
        raise Refused("bad-message", "answers")
    asked = {question.id: question for question in QUESTIONS}
    for name, answer in answers.items():
        if name not in asked or not isinstance(answer, str):
            raise Refused("bad-message", f"answers.{name}")
        written(f"answers.{name}", answer)
        if asked[name].scaled and answer not in SCALE:
            raise Refused("bad-message", f"answers.{name}")
    if not (room.over and room.assessed):
        raise Refused("not-now")
    sits = any(person.who in squad.sitting.values() for squad in room.squads.values())
    if not sits or person.who in room.judged or room.revealed:
        raise Refused("not-yours" if not sits else "twice" if person.who in room.judged else "settled")
    entry = Entry(room.tick, "judge", {"answers": answers, "by": person.who, "id": number})
    room.take(entry)
    return entry


def _wish(room: Room, person: Person, number: str, data: dict[str, Any]) -> Entry:
    """Somebody says what they would like to be; who gets which seat stays with the instructor."""
    named(data, ("role",))
    if type(data["role"]) is not str:
        raise Refused("bad-message", "role")
    if person.role in {CONTROLLER, SCREEN}:
        raise Refused("not-yours")
    if data["role"] not in WISHES:
        raise Refused("no-such", "role")
    entry = Entry(room.tick, "wish", {"role": data["role"], "by": person.who, "id": number})
    room.take(entry)
    return entry


def _may_admit(room: Room, data: dict[str, Any]) -> None:
    squad = room.squads.get(str(data["squad"]))
    role = data["role"]
    if squad is None or room.people[data["who"]].role in {CONTROLLER, SCREEN}:
        raise Refused("no-such", "squad" if squad is None else "who")
    if role != OBSERVER:
        if role not in room.drill.seats:
            raise Refused("no-such", "role")
        if squad.sitting.get(role, data["who"]) != data["who"]:
            raise Refused("seat-taken")
        if squad.phase == "over":
            raise Refused("not-now")


def _name(room: Room, data: dict[str, Any]) -> dict[str, Any]:
    """A squad's name, as it is kept: of letters and digits of any script, blanks between them, dots, - and _."""
    letter, name = letter_of(str(data["squad"])), " ".join(str(data["name"]).split())
    if letter not in {letter_of(each) for each in room.squads}:
        raise Refused("no-such", "squad")
    if name != called(name):
        raise Refused("bad-message", "name", SPELT)
    if name and name in {other for each, other in room.names.items() if each != letter}:
        raise Refused("no-such", "name", Phrase("another squad has this name"))
    return {"squad": letter, "name": name}


def _branch(room: Room, parent: str) -> dict[str, Any]:
    if parent not in room.squads:
        raise Refused("no-such", "squad")
    taken = {letter_of(each) for each in room.squads} | room.opened
    letter = next((each for each in LETTERS if each not in taken), "")
    if not letter:
        raise Refused("too-many")
    if room.squads[parent].phase not in {"running", "paused"}:
        raise Refused("not-now")
    return {"squad": f"{letter}{room.round}" if room.round > 1 else letter, "parent": parent}
