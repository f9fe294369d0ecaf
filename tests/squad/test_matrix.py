"""Who may do what, and when: every kind of message, every role, every phase; what is refused changes nothing."""

import re
from dataclasses import replace

import pytest

from sim.drill.inputs import PHASES, RULES
from sim.drill.refused import REASONS, Refused
from sim.drill.roles import CONTROLLER, OBSERVER, SCREEN
from sim.drill.squad import Squad
from sim.squad.client import Client, Command
from sim.squad.gate import Gate
from sim.squad.host import Host
from sim.squad.request import ROOM_KINDS, SEATING, ask
from sim.squad.room import WAITING, Room
from sim.storage.language import speech
from sim.storage.shipped import data_root
from tests.drill.table import SEATS
from tests.squad.lounge import CODE, LINK, Memo, new_room

STRANGER = "stranger"
"""Whoever has not been let in."""
ROLES = (*SEATS, OBSERVER, CONTROLLER, SCREEN, WAITING)
GIVEN: dict[str, object] = {
    "order": {"response": "hold"}, "proposal": 1, "for": True, "carry": True, "reason": "why", "to": "all", "text": "x",
    "question": 1, "choice": 1, "percent": 40, "inject": "later", "do": "skip", "en": "a", "zh": "甲",
    "channel": "radio", "in_s": 9, "group": "people", "quantity": "anger", "by": 0.1, "squad": "A", "role": "observer",
    "name": "blue", "locked": True, "speed": 2, "on": True, "seed": 7, "minutes": 2.0,
}  # fmt: skip


def _room(phase: str) -> Room:
    room, _ = new_room()
    boss = room.people["instructor"]
    for role in (*SEATS, OBSERVER, WAITING):
        person, _ = room.join(f"hash-{role}")
        if role != WAITING:
            move = {"who": person.who, "squad": "A", "role": role}
            ask(room, boss, {"id": f"seat-{role}", "kind": "admit", "data": move})
    if phase != "lobby":
        ask(room, boss, {"id": "start", "kind": "start", "data": {}})
        room.pass_time(320)
        proposer = next(p for p in room.people.values() if p.role == "liaison")
        ask(room, proposer, {"id": "p", "kind": "propose", "data": {"order": {"response": "first_contact"}}})
    if phase == "paused":
        ask(room, boss, {"id": "pause", "kind": "pause", "data": {"text": "stop"}})
    if phase == "over":
        ask(room, boss, {"id": "end", "kind": "end", "data": {}})
    return room


def _all_of(room: Room) -> object:
    squad = room.squads["A"]
    state = squad.session.exercise.digest(), squad.phase, dict(squad.sitting), [p.as_dict() for p in squad.proposals]
    rest = len(squad.said), len(squad.notes), [q.as_dict() for q in squad.questions]
    people = [(p.who, p.role, p.squad) for p in room.people.values()]
    return state, rest, people, room.locked, room.speed, list(room.squads), len(room.done)


@pytest.mark.parametrize("phase", PHASES)
def test_every_cell_of_the_matrix_is_as_it_is_written_and_a_refusal_changes_nothing(phase: str) -> None:
    room = _room(phase)
    taken = {}
    for kind in (*RULES, *ROOM_KINDS):
        for role in ROLES:
            person = next(p for p in room.people.values() if p.role == role)
            fields = RULES[kind].fields if kind in RULES else ROOM_KINDS[kind]
            other = next(p.who for p in room.people.values() if p.role == WAITING)
            data = {name: other if name == "who" else "liaison" if name == "seat" else GIVEN[name] for name in fields}
            rule = RULES.get(kind)
            allowed = role in rule.roles if rule is not None else role == CONTROLLER
            now = phase in rule.phases if rule is not None else True
            if allowed and now and kind not in SEATING:
                taken[kind] = True
                continue  # what may be done is tried by the tests of what it does
            before = _all_of(room)
            with pytest.raises(Refused) as caught:
                ask(room, person, {"id": f"{kind}-{role}", "kind": kind, "data": data, "squad": "A"})
            wanted = {"not-yours"} if not allowed or kind in SEATING else {"not-now"}
            assert caught.value.code in wanted, (kind, role, phase)
            assert before == _all_of(room), (kind, role, phase)
    assert taken


ALWAYS = PHASES
SEASON = {"rotate": ("lobby", "paused"), "again": ("over",), "reveal": (), "branch": ("running", "paused")}
"""When the instructor may do what not always makes sense; `reveal` is for assessed drills, which this is not."""


def _copy(room: Room) -> Room:
    """A room that goes on by itself from this one."""
    return replace(
        room,
        people={who: replace(person) for who, person in room.people.items()},
        squads={name: _branch(squad) for name, squad in room.squads.items()},
        done=dict(room.done),
        reached={key: list(names) for key, names in room.reached.items()},
        judged=dict(room.judged),
        called=set(room.called),
        opened=set(room.opened),
    )


def _branch(squad: Squad) -> Squad:
    other = squad.branch()
    other.phase, other.sitting = squad.phase, dict(squad.sitting)
    return other


def _wanted(kind: str, role: str, phase: str) -> set[str]:
    """What a host may answer in a cell: the type of an answer, or the code of a refusal."""
    if kind == "hello":
        return {"welcome"} if role == STRANGER else {"not-now"}
    if role == STRANGER:
        return {"not-yours"}
    if kind == "cards":
        return {"cards"} if role in SEATS else {"not-yours"}
    if kind == "judge":
        return {"not-now"}
    if kind == "wish":
        return {"not-yours"} if role in {CONTROLLER, SCREEN} else {"ack"}
    if kind == "nothing":
        return {"bad-message"}
    if kind in ROOM_KINDS:
        if role != CONTROLLER:
            return {"not-yours"}
        return {"ack"} if phase in SEASON.get(kind, ALWAYS) else {"not-now"}
    rule = RULES[kind]
    if kind in SEATING or role not in rule.roles:
        return {"not-yours"}
    if phase not in rule.phases:
        return {"not-now"}
    # Whose proposal it is, who decides and what has come already is for the tests of what it does.
    early = {"not-now"} if "proposal" in rule.fields else set()
    return ({"ack", *REASONS} - {"not-now", "bad-message", "too-long"}) | early


@pytest.mark.parametrize("phase", PHASES)
def test_every_kind_of_message_from_everybody_at_every_time_has_the_answer_that_is_written(phase: str) -> None:
    made, taken = _room(phase), set()
    for kind in ("hello", "cards", "judge", "wish", "nothing", *RULES, *ROOM_KINDS):
        for role in (*ROLES, STRANGER):
            room = _copy(made)
            host = Host(room, Memo(), Gate(CODE, LINK, lambda: 0.0), speech("zh"))
            client = Client("here", next((p for p in room.people.values() if p.role == role), None))
            message = _message(kind, room)
            before = _all_of(room)
            answer = host._one(Command(client, message), [])
            said = answer.get("code", "") if answer["type"] == "error" else answer["type"]
            assert said in _wanted(kind, role, phase), (kind, role, phase, said)
            if said == "ack":
                taken.add(kind)
            elif kind != "hello":
                assert before == _all_of(room), (kind, role, phase)
    open_now = {kind for kind, rule in RULES.items() if phase in rule.phases and kind not in SEATING}
    # Nobody has opened a question, nothing was seconded, and a proposer does not second himself in this room.
    assert open_now - taken <= {"predict", "pick", "dissent", "vote", "call", "edit", "inject", "add", "nudge"}


def _message(kind: str, room: Room) -> dict[str, object]:
    if kind == "hello":
        return {"type": "hello", "protocol": 1, "link": LINK}
    if kind == "cards":
        return {"type": "cards"}
    fields = RULES[kind].fields if kind in RULES else ROOM_KINDS.get(kind, {})
    other = next(p.who for p in room.people.values() if p.role == WAITING)
    data = {name: other if name == "who" else "liaison" if name == "seat" else GIVEN[name] for name in fields}
    if kind == "judge":
        data = {"answers": {}}
    if kind == "wish":
        data = {"role": "observer"}
    return {"type": "do", "id": "cell", "kind": kind, "data": data, "squad": "A"}


def test_the_page_of_the_protocol_says_the_same_as_the_program() -> None:
    page = (data_root() / "docs" / "protocol.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+\| [^|]+)\|", page, re.MULTILINE))
    for kind, rule in RULES.items():
        roles, phases = (cell.strip() for cell in rows[kind].split("|"))
        assert set(rule.phases) == set(re.split(", ", phases)), kind
        assert (CONTROLLER in rule.roles) == ("controller" in roles), kind
        assert (OBSERVER in rule.roles) == ("observer" in roles), kind
        seats = bool(re.search("seat|decider|proposer", roles))
        assert seats == ("commander" in rule.roles), kind
