"""Whatever a socket may bring, in any order and from anybody: an answer comes back, and nothing breaks."""

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.drill.inputs import RULES
from sim.drill.refused import REASONS
from sim.squad.client import Client, Command
from sim.squad.gate import Gate
from sim.squad.host import Host
from sim.squad.protocol import ERRORS, frame
from sim.squad.request import ROOM_KINDS
from sim.squad.server import Connection
from sim.storage.language import speech
from sim.world.journal import Entry
from tests.squad import thrown_over
from tests.squad.lounge import CODE, LINK, TOKENS, Memo, new_room
from tests.squad.thrown import thrown

TEXTS = st.one_of(
    st.text(max_size=10),
    st.sampled_from(
        [CODE, LINK, *TOKENS.values(), "\ud800", "heron-1", "A", "observer", "liaison", "all", "a_call",
         "fire", "radio", "people",
         "anger", "first_contact", "hold", "<script>", "", "x" * 300, "n1", "n2"]
    ),
)  # fmt: skip
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.integers(-2, 9), TEXTS)
KINDS = [*RULES, *ROOM_KINDS]
ANY = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=5
)
NAMES = sorted(
    {name for rule in RULES.values() for name in rule.fields} | {f for fields in ROOM_KINDS.values() for f in fields}
)
ORDER = st.fixed_dictionaries(
    {"response": TEXTS}, optional={"target": ANY, "units": ANY, "parameters": ANY, "reason": ANY}
)
DATA = st.dictionaries(st.sampled_from([*NAMES, "answers", "minutes"]), st.one_of(ANY, ORDER), max_size=4)


@st.composite
def fitting(draw: Any) -> dict[str, Any]:
    """A message with the fields of its kind, most of them of the right type."""
    kind = draw(st.sampled_from([*RULES, *ROOM_KINDS, "judge", "wish"]))
    of = {str: TEXTS, int: st.integers(-1, 5), bool: st.booleans(), float: st.floats(-2, 2), dict: ORDER}
    if kind == "judge":
        data = {"answers": draw(st.dictionaries(st.sampled_from(["picture", "load", "other"]), TEXTS, max_size=2))}
    elif kind == "wish":
        data = {"role": draw(st.one_of(st.sampled_from(["seat", "observer"]), TEXTS))}
    elif kind in RULES:
        data = {name: draw(of[kind_of]) for name, kind_of in RULES[kind].fields.items()}
    else:
        data = {name: draw(of.get(kinds[-1], ANY)) for name, kinds in ROOM_KINDS[kind].items()}
    return {
        "type": "do",
        "id": draw(TEXTS),
        "kind": kind,
        "data": data,
        "squad": draw(st.sampled_from(["A", "B", "", "Z"])),
    }


MESSAGE = st.one_of(
    fitting(),
    st.fixed_dictionaries(
        {"type": st.just("do"), "id": ANY, "kind": st.one_of(st.sampled_from(KINDS), ANY), "data": DATA},
        optional={"squad": ANY},
    ),
    st.fixed_dictionaries({"type": st.just("hello"), "protocol": st.sampled_from([1, 1, 1, 2, "1", None])},
                          optional={"code": ANY, "link": ANY, "token": ANY}),
    st.fixed_dictionaries(
        {"type": st.just("cards")},
        optional={"response": st.one_of(st.just("first_contact"), ANY), "target": st.one_of(st.just("crowd"), ANY)},
    ),
)  # fmt: skip
WHO = st.integers(0, 6)


def _throw(messages: list[tuple[int, dict[str, Any]]]) -> int:
    room, entries = new_room(2)
    now = [0.0]
    host = Host(
        room,
        Memo(entries),
        Gate(CODE, LINK, lambda: now[0]),
        speech("zh"),
        links=["http://here/"],
        clock=lambda: now[0],
    )
    clients = [Client("10.0.0.1") for _ in range(7)]
    host.clients.update(clients)

    def tell(client: Client, message: dict[str, Any]) -> dict[str, Any]:
        understood = frame(json.dumps(message))
        if understood is None:
            return {"type": "error", "code": "bad-message"}
        return host._one(Command(client, understood), entries)

    boss = clients[0]
    tell(boss, {"type": "hello", "protocol": 1, "token": TOKENS["controller"]})
    for k, role in ((1, "liaison"), (2, "commander"), (3, "observer")):
        tell(clients[k], {"type": "hello", "protocol": 1, "link": LINK})
        person = clients[k].person
        assert person is not None
        move = {"who": person.who, "squad": "A", "role": role}
        tell(boss, {"type": "do", "id": f"seat-{role}", "kind": "admit", "data": move})
    tell(boss, {"type": "do", "id": "start", "kind": "start", "data": {}})
    for number, (who, message) in enumerate(messages):
        now[0] += 0.3
        answer = tell(clients[who], message)
        assert answer["type"] in {"ack", "error", "welcome", "cards", "card"}
        assert answer["type"] != "error" or answer["code"] in {*REASONS, *ERRORS}
        host.encoded(answer).encode()
        if number % 5 == 4:
            entries.append(room.pass_time(7))
            asyncio.run(host._show(now[0]))
    for entry in entries:
        json.dumps([entry.tick, entry.kind, entry.data], ensure_ascii=False, allow_nan=False).encode()
    again = new_room(2)[0]
    again.people.clear()
    again.squads.clear()
    for tick, kind, data in json.loads(json.dumps([(e.tick, e.kind, e.data) for e in entries])):
        again.take(Entry(tick, kind, data))
    assert {n: s.session.exercise.digest() for n, s in room.squads.items()} == {
        n: s.session.exercise.digest() for n, s in again.squads.items()
    }
    return len(messages)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(WHO, MESSAGE), max_size=30))
def test_whatever_comes_over_a_socket_has_an_answer_and_the_log_makes_the_same_room(messages: Any) -> None:
    _throw(messages)


def test_mutated_and_untimely_messages_are_answered_and_change_no_more_than_they_may() -> None:
    assert 1200 == thrown(1200, seed=7)["messages"]


@pytest.mark.slow
def test_a_hundred_thousand_mutated_messages_change_no_more_than_they_may() -> None:
    assert 100_000 == thrown(100_000)["messages"]


@pytest.mark.slow
@settings(max_examples=2500, deadline=None)
@given(st.lists(st.tuples(WHO, MESSAGE), min_size=40, max_size=60))
def test_a_hundred_thousand_messages_over_sockets_break_nothing(messages: Any) -> None:
    _throw(messages)


def test_messages_from_twenty_lines_at_once_break_nothing_and_raise_nothing() -> None:
    row = thrown_over.row(1, rooms=1)
    assert [] == row["wrong"]
    assert [] == row["errors"]
    assert 1000 == row["sent"]
    assert row["answers"]["welcome"] >= 10


def test_an_exception_behind_a_socket_and_a_forbidden_change_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Client, text: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Connection, "_fault", broken)
    monkeypatch.setitem(thrown_over.FOLLOWS, "lobby", {"lobby"})
    row = thrown_over.row(1, rooms=1)
    assert row["errors"]
    assert any("lobby to running" in each for each in row["wrong"])
