"""Who is let in: exact names, codes with a limit, and messages of any kind that never break the room."""

import asyncio
import json
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.drill.inputs import RULES
from sim.drill.refused import REASONS, Refused
from sim.squad.gate import ADDRESS_PER_MIN, ROOM_PER_MIN, SYMBOLS, Bucket, Gate, new_code, new_token
from sim.squad.protocol import frame
from sim.squad.request import ROOM_KINDS, ask
from sim.squad.room import Room
from sim.storage.shipped import data_root
from tests.squad.guesses import guessed
from tests.squad.lounge import LIMIT_S, Lounge, new_room, visit

ASSETS = data_root() / "assets" / "squad"


def test_brackets_somebody_types_are_no_nesting() -> None:
    typed = {"type": "do", "id": "1", "kind": "say", "data": {"to": "all", "text": '[[[[[[[[[ \\" {{{{{{{{{ look'}}
    assert typed == frame(json.dumps(typed))
    assert frame('{"a":' * 9 + "1" + "}" * 9) is None
    assert frame('{"a":"[[' + "[" * 9) is None
    assert frame('"' * 16_000) is None


def test_a_code_has_six_of_thirty_one_symbols_none_of_them_easily_mistaken() -> None:
    assert 31 == len(set(SYMBOLS))
    assert not set("01OIL") & set(SYMBOLS)
    assert {6} == {len(new_code()) for _ in range(50)}
    assert 22 == len(new_token())


def test_of_twenty_thousand_guesses_only_the_allowed_number_is_looked_at() -> None:
    now = [0.0]
    gate = Gate("ABC234", "link", lambda: now[0])
    answers = Counter()  # type: ignore[var-annotated]
    for k in range(20_000):
        now[0] = k * 600.0 / 20_000
        guess = "ABC235" if k % 2 else "ZZZZZZ"
        answers[gate.by_code(guess, f"10.0.{k % 200}.{k % 250}")] += 1
    assert ROOM_PER_MIN * 10 <= gate.looked_at <= ROOM_PER_MIN * 11 + 1
    assert {"bad-code", "slow-down"} == set(answers)
    assert "slow-down" == gate.by_code("ABC234", "10.9.9.9")
    assert "ok" == gate.by_link("link")


def test_a_near_guess_gets_the_same_bytes_as_a_far_one_and_no_guessing_shuts_out_the_link() -> None:
    seen = guessed(400, joiners=40)
    assert 400 <= seen["looked_at"] <= 410
    assert 1 == seen["replies"]
    assert ("slow-down", "40 of 40") == (seen["right_code_at_the_limit"], seen["let_in_by_link"])


@pytest.mark.parametrize("where", ["first", "last"])
def test_a_code_is_compared_in_one_operation_whose_time_does_not_depend_on_where_it_differs(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def noted(a: bytes, b: bytes) -> bool:
        compared.append((a, b))
        return a == b

    monkeypatch.setattr("sim.squad.gate.hmac.compare_digest", noted)
    guess = "ABC235" if where == "last" else "ZBC234"
    assert "bad-code" == Gate("ABC234", "link", lambda: 0.0).by_code(guess, "10.0.0.1")
    assert [(guess.encode(), b"ABC234")] == compared


def test_one_address_that_guesses_does_not_lock_out_the_others() -> None:
    gate = Gate("ABC234", "link", lambda: 0.0)
    answers = [gate.by_code("ZZZZZZ", "10.0.0.1") for _ in range(50)]
    assert ADDRESS_PER_MIN == answers.count("bad-code")
    assert "ok" == gate.by_code("abc 234", "10.0.0.2")


def test_a_bucket_refills_with_time_and_a_clock_that_goes_back_fills_nothing() -> None:
    bucket = Bucket(2.0, 1.0)
    assert [True, True, False] == [bucket.take(10.0) for _ in range(3)]
    assert not bucket.take(0.0)
    assert bucket.take(1.1)


WRONG_ORIGINS = [
    None, "null", "", "http://evil.example", "http://127.0.0.1", "http://127.0.0.1:{other}", "https://127.0.0.1:{port}",
    "http://127.0.0.1:{port}/", "http://127.0.0.1:{port}.evil.example", "http://evil.example:{port}",
    "HTTP://127.0.0.1:{port}",
    "http://LOCALHOST:{port}", "http://localhost:{port}@evil.example", "http://127.0.0.1:{port} ", "http://127.0.0.2:{port}",
    "http://127.1:{port}", "http://2130706433:{port}", "ws://127.0.0.1:{port}", "file://", "http://127.0.0.1:0{port}",
    "*",
]  # fmt: skip
WRONG_HOSTS = [
    "", "evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:{other}", "127.0.0.1:{port}.evil.example",
    "LOCALHOST:{port}",
    "rebind.evil.example:{port}", "127.0.0.2:{port}", "localhost.:{port}", "user@127.0.0.1:{port}",
]  # fmt: skip


async def _status(port: int, host: str, origin: str | None, path: str = "/ws") -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}"]
    if path == "/ws":
        lines += ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"]
        lines += ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
    lines += [f"Origin: {origin}"] if origin is not None else []
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    first = await asyncio.wait_for(reader.readline(), LIMIT_S)
    writer.close()
    return int(first.split()[1]) if first else 0


def test_every_wrong_origin_and_host_is_refused_before_anything_is_accepted() -> None:
    async def story(lounge: Lounge) -> None:
        port, good = lounge.port, f"127.0.0.1:{lounge.port}"
        assert 101 == await _status(port, good, lounge.origin)
        for wrong in WRONG_ORIGINS:
            given = None if wrong is None else wrong.format(port=port, other=port + 1)
            if given is not None and given.strip() == lounge.origin:
                continue  # a parser strips blanks at the end: this is our own origin
            assert await _status(port, good, given) in {400, 403}, wrong
        for wrong in WRONG_HOSTS:
            given = wrong.format(port=port, other=port + 1)
            assert await _status(port, given, lounge.origin) in {400, 403}, wrong
            assert await _status(port, given, None, "/") in {400, 421}, wrong
        assert 200 == await _status(port, good, None, "/")
        assert 0 == len([c for c in lounge.host.clients if c.person is not None])

    visit(story)


def test_nothing_below_the_pages_can_be_fetched() -> None:
    async def story(lounge: Lounge) -> None:
        good = f"127.0.0.1:{lounge.port}"
        for path in (
            "/part/../server.py",
            "/part/%2e%2e%2fmain.py",
            "/part/..%5cmain.py",
            "/part/",
            "/etc/passwd",
            "//",
        ):
            assert await _status(lounge.port, good, None, path) in {404, 400, 307}, path

    visit(story)


KINDS = st.one_of(st.sampled_from([*RULES, *ROOM_KINDS]), st.text(max_size=8), st.none(), st.integers())
VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-3, 12), st.floats(), st.text(max_size=12),
        st.sampled_from(["commander", "observer", "heron-1", "A", "first_contact", "hold", "fire", "people"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)  # fmt: skip
FIELDS = sorted({name for rule in RULES.values() for name in rule.fields} | {"who", "squad", "role", "locked", "speed"})
DATA = st.one_of(
    st.fixed_dictionaries(
        {"order": st.fixed_dictionaries({"response": st.sampled_from(["first_contact", "hold", "x"])})}
    ),
    st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=4),
    VALUES,
)
WHO = ("instructor", "heron-1", "swift-1", "crane-1", "screen")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WHO), KINDS, DATA, st.sampled_from(["A", "B", "Z", ""])), max_size=20))
def test_whatever_comes_in_is_taken_or_refused_with_a_code_and_never_breaks_the_room(messages: list[object]) -> None:
    _throw(messages)


@pytest.mark.slow
@settings(max_examples=5000, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WHO), KINDS, DATA, st.sampled_from(["A", "B", "Z", ""])), max_size=24))
def test_a_hundred_thousand_random_messages_break_nothing(messages: list[object]) -> None:
    _throw(messages)


def _state(room: Room) -> object:
    squads = room.squads.values()
    return [s.phase for s in squads], [s.session.exercise.digest() for s in squads], [len(s.proposals) for s in squads]


def _throw(messages: list[object]) -> None:
    room, entries = new_room()
    boss = room.people["instructor"]
    for seat in ("liaison", "commander", "observer"):
        person, entry = room.join(f"hash-{seat}")
        entries.append(entry)
        move = {"who": person.who, "squad": "A", "role": seat}
        entries += ask(room, boss, {"id": seat, "kind": "admit", "data": move})[1]
    entries += ask(room, boss, {"id": "start", "kind": "start", "data": {}})[1]
    for k, (who, kind, data, squad) in enumerate(messages):  # type: ignore[misc]
        person = room.people.get(who)
        if person is None:
            continue
        before, role, code = _state(room), person.role, ""
        try:
            entries += ask(room, person, {"id": str(k), "kind": kind, "data": data, "squad": squad})[1]
        except Refused as refused:
            code = refused.code
        if code:
            assert code in REASONS
            assert before == _state(room)
        else:
            assert role in RULES[kind].roles if kind in RULES else role == "controller"
    again = new_room()[0]
    again.people.clear()
    again.squads.clear()
    for entry in json.loads(json.dumps([(e.tick, e.kind, dict(e.data)) for e in entries])):
        again.take(type(entries[0])(*entry))
    assert room.people == again.people
    assert [p.as_dict() for p in room.squads["A"].proposals] == [p.as_dict() for p in again.squads["A"].proposals]


@pytest.mark.parametrize(
    "text",
    [
        "",
        '{"type": "hello", "code": "\\ud800"}',
        "[]",
        "1",
        "null",
        "{",
        '{"a": NaN}',
        '{"a": Infinity}',
        "[" * 5000,
        '{"a":' * 50 + "1" + "}" * 50,
    ],
)
def test_what_is_no_message_is_no_message(text: str) -> None:
    assert frame(text) is None


def test_the_pages_take_nothing_from_elsewhere_and_nothing_that_comes_in_for_markup() -> None:
    for path in sorted(ASSETS.iterdir()):
        text = path.read_text(encoding="utf-8")
        assert [] == re.findall(r"https?://(?!\$)|//cdn|@import|url\(", text), path.name
        if path.suffix == ".js":
            wrong = r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function|setAttribute\(.on|srcdoc"
            assert [] == re.findall(wrong, text), path.name
        if path.suffix == ".html":
            assert [] == re.findall(r"\son\w+=|style=|<script>|javascript:", text), path.name


def test_no_page_asks_for_the_time_of_day_so_a_phone_whose_clock_is_set_goes_on() -> None:
    for path in sorted(ASSETS.glob("*.js")):
        assert [] == re.findall(r"\bDate\b", path.read_text(encoding="utf-8")), path.name


def test_every_page_is_sent_with_a_policy_that_lets_nothing_inline_run() -> None:
    async def story(lounge: Lounge) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", lounge.port)
        writer.write(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{lounge.port}\r\nConnection: close\r\n\r\n".encode())
        head = (await reader.read()).decode("latin-1").split("\r\n\r\n")[0].lower()
        writer.close()
        for wanted in (
            "default-src 'none'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
            "nosniff", "no-referrer", "no-store",
        ):  # fmt: skip
            assert wanted in head
        assert "unsafe" not in head
        assert "access-control" not in head

    visit(story)
