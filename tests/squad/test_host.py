"""A real server on this computer, spoken to by its protocol alone."""

import asyncio
import itertools
import threading
import time
from collections.abc import Sequence

import pytest
from websockets.exceptions import ConnectionClosed

from sim.drill.roles import CONTROLLER, SCREEN
from sim.drill.squad import Squad
from sim.squad.client import Client
from sim.squad.gate import Gate, hashed
from sim.squad.host import RESTARTED, Host, recovered
from sim.squad.opening import Opening
from sim.squad.protocol import (
    BURST,
    CLOSE_BIG,
    CLOSE_SLOW,
    HELLO_S,
    MOST_BYTES,
    MOST_EACH,
    PER_S,
    PING_S,
    PONG_S,
    QUEUE,
)
from sim.squad.server import Where, application, serve, server
from sim.storage.language import speech
from sim.storage.shipped import data_root
from sim.world.journal import Entry
from tests.squad.lounge import CODE, LIMIT_S, LINK, TOKENS, Lounge, Memo, new_room, visit

ORDER = {"order": {"response": "first_contact"}}


def test_a_code_leads_to_the_waiting_list_and_the_instructor_gives_a_seat() -> None:
    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        phone = await lounge.someone()
        assert "bad-code" == (await phone.hello(code="ZZZZZZ"))["code"]
        welcome = await phone.hello(code=f" {CODE[:3]}-{CODE[3:].lower()}")
        assert ("waiting", "heron-1") == (welcome["role"], welcome["who"])
        assert "not-yours" == (await phone.do("propose", ORDER))["code"]
        await boss.do("admit", {"who": "heron-1", "squad": "A", "role": "liaison"})
        assert "liaison" == (await phone.wait("role"))["role"]
        view = await phone.seen(lambda m: m["type"] == "view")
        assert "lobby" == view["view"]["phase"]

    visit(story)


def test_whoever_waits_reads_the_names_the_squads_were_given() -> None:
    async def story(lounge: Lounge) -> None:
        boss, phone = await lounge.instructor(), await lounge.someone()
        await phone.hello(code=CODE)
        await boss.do("name", {"squad": "A", "name": "blue"})
        shown = await phone.seen(lambda m: bool(m["type"] == "wait" and m["names"]))
        assert {"A": "blue"} == shown["names"]

    visit(story)


def test_who_has_said_hello_may_be_silent_and_who_has_not_is_closed() -> None:
    async def story(lounge: Lounge) -> None:
        phone, mute = await lounge.someone(), await lounge.someone()
        await phone.hello(link=LINK)
        lounge.later(HELLO_S + 1.0)
        assert 1008 == await mute.closed()
        await phone.socket.ping()
        assert "not-yours" == (await phone.do("note", {"text": "still here"}))["code"]

    visit(story)


def test_what_is_sent_twice_counts_once_and_gets_the_same_answer() -> None:
    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        phone, _ = await lounge.seated(boss, "liaison")
        await lounge.seated(boss, "commander")
        await boss.do("start")
        first = await phone.do("propose", ORDER, number="the-same")
        again = await phone.do("propose", ORDER, number="the-same")
        assert first["result"] == again["result"] == {"proposal": 1}
        assert again["again"]
        assert 1 == len(lounge.host.room.squads["A"].proposals)

    visit(story)


def test_a_phone_is_told_what_it_can_set_about_an_order_and_proposes_it_so() -> None:
    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        phone, _ = await lounge.seated(boss, "liaison")
        await lounge.seated(boss, "commander")
        await boss.do("start")
        await phone.say(type="cards", response="first_contact")
        card = (await phone.wait("card"))["card"]
        tone = next(each for each in card["parameters"] if each["parameter"] == "tone")
        assert ("one", "warm") == (tone["kind"], tone["default"])
        assert {"value": "stern", "title": {"en": "stern", "zh": "严厉"}} in tone["choices"]
        assert "LIA-1" in card["units"]
        order = {"response": "first_contact", "parameters": {"tone": "stern"}, "units": ["PAT-1"]}
        assert {"proposal": 1} == (await phone.do("propose", {"order": order}))["result"]
        (proposal,) = lounge.host.room.squads["A"].proposals
        assert ({"tone": "stern"}, ("PAT-1",)) == (proposal.order.parameters, proposal.order.units)
        await phone.say(type="cards", response="dispersal_order")
        assert "not-yours" == (await phone.wait("error"))["code"]
        await phone.say(type="cards", response="dance")
        assert "no-response" == (await phone.wait("error"))["code"]

    visit(story)


def test_an_error_names_the_field_that_is_wrong_and_says_what_the_instructor_cannot_do() -> None:
    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        phone, _ = await lounge.seated(boss, "liaison")
        await lounge.seated(boss, "commander")
        await boss.do("start")
        who = lounge.host.room.squads["A"].sitting["liaison"]
        for person, kind, data, squad, code, about in (
            (phone, "second", {"proposal": 1.0}, "A", "bad-message", "proposal"),
            (phone, "vote", {"proposal": 1}, "A", "bad-message", "for"),
            (phone, "say", {"to": "moon", "text": "x"}, "A", "no-such", "to"),
            (phone, "propose", {"order": {"response": "hold", "seat": "gold"}}, "A", "bad-message", "order.seat"),
            (boss, "note", {"text": "x"}, "", "no-such", "squad"),
            (boss, "speed", {"speed": 3}, "", "no-such", "speed"),
            (boss, "admit", {"who": who, "squad": "A", "role": "moon"}, "", "no-such", "role"),
            (boss, "lock", {"locked": 1}, "", "bad-message", "locked"),
        ):
            error = await person.do(kind, data, squad=squad)
            assert (code, about) == (error["code"], error["about"])
        error = await boss.do("nudge", {"group": "moon", "quantity": "fear", "by": 0.1})
        assert ("no-such", "there is no such group or quantity to move") == (error["code"], error["text"]["en"])

    visit(story)


def test_a_seat_survives_a_new_connection_and_a_new_server() -> None:
    room, entries = new_room()
    log, tokens = Memo(entries), {}

    async def before(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        phone, tokens["liaison"] = await lounge.seated(boss, "liaison")
        await lounge.seated(boss, "tactical")
        await boss.do("start")
        await phone.do("propose", ORDER, number="p1")
        await phone.socket.close()
        phone = await lounge.someone()
        assert "liaison" == (await phone.hello(token=tokens["liaison"]))["role"]

    visit(before, room, log)
    # The computer dies: nothing was closed on purpose.
    log.entries = [e for e in log.entries if e.kind != "remove"]
    other = new_room()[0]
    other.people.clear()
    other.squads.clear()
    log.write(recovered(other, log.entries))

    async def after(lounge: Lounge) -> None:
        phone = await lounge.someone()
        welcome = await phone.hello(token=tokens["liaison"])
        assert ("liaison", "heron-1") == (welcome["role"], welcome["who"])
        view = await phone.seen(lambda m: m["type"] == "view")
        assert ("paused", RESTARTED) == (view["view"]["phase"], view["view"]["stopped_for"])
        again = await phone.do("propose", ORDER, number="p1")
        assert {"proposal": 1} == again["result"]
        boss = await lounge.instructor()
        assert "ack" == (await boss.do("resume"))["type"]

    visit(after, other, log)
    assert 1 == len(other.squads["A"].proposals)
    theirs, ours = room.squads["A"].session, other.squads["A"].session
    tick = min(theirs.tick_now, ours.tick_now) // 10 * 10
    digests = [[e for e in s.journal if e.kind == "digest" and e.tick <= tick] for s in (theirs, ours)]
    assert digests[0] == digests[1]


def test_links_of_the_instructor_and_the_screen_end_with_a_room_that_is_closed_on_purpose_and_seats_do_not() -> None:
    room, entries = new_room()
    log, tokens = Memo(entries), {}

    async def before(lounge: Lounge) -> None:
        _, tokens["liaison"] = await lounge.seated(await lounge.instructor(), "liaison")

    visit(before, room, log)
    other = new_room()[0]
    other.people.clear()
    other.squads.clear()
    recovered(other, log.entries)
    other.join(hashed("the-new-link"), CONTROLLER)

    async def after(lounge: Lounge) -> None:
        for token, came in (*((each, "bad-code") for each in TOKENS.values()), (tokens["liaison"], "liaison")):
            welcome = await (await lounge.someone()).hello(token=token)
            assert came == welcome.get("role", welcome.get("code"))
        # Somebody else by name too: an id the first instructor has used is not taken for one sent again.
        boss = await lounge.someone()
        assert "instructor+" == (await boss.hello(token="the-new-link"))["who"]
        assert "again" not in await boss.do("start", number="n1")

    visit(after, other, log)


def test_who_comes_in_says_what_they_would_like_to_be_until_they_are_given_a_place() -> None:
    async def story(lounge: Lounge) -> None:
        boss, phone = await lounge.instructor(), await lounge.someone()
        who = (await phone.hello(link=LINK))["who"]
        assert "no-such" == (await phone.do("wish", {"role": "commander"}))["code"]
        assert "ack" == (await phone.do("wish", {"role": "observer"}))["type"]
        view = await boss.seen(lambda m: any(p["wish"] for p in m.get("people", ())))
        assert [(who, "waiting", "observer")] == [(p["who"], p["role"], p["wish"]) for p in view["people"]]
        await boss.do("admit", {"who": who, "squad": "A", "role": "observer"})
        assert ("observer", "") == ((told := await phone.wait("role"))["role"], told["wish"])
        await phone.do("wish", {"role": "seat"})
        again = await lounge.someone()
        assert "seat" == (await again.hello(token=phone.welcome["token"]))["wish"]

    visit(story)


def test_the_welcome_says_what_the_letters_before_a_units_number_stand_for() -> None:
    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        assert {"en": "patrol", "zh": "巡逻民警"} == boss.welcome["signs"]["PAT"]
        there = {u.id.split("-")[0] for u in lounge.host.room.squads["A"].session.playbook.scenario.units}
        assert there == set(boss.welcome["signs"])

    visit(story)


def test_nothing_is_acknowledged_once_the_disk_is_full() -> None:
    room, entries = new_room()
    log = Memo(entries)

    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        phone, _ = await lounge.seated(boss, "liaison")
        await boss.do("start")
        log.full = True
        assert "not-saved" == (await phone.do("propose", ORDER))["code"]
        log.full = False
        assert "not-saved" == (await phone.do("propose", ORDER))["code"]
        assert (await boss.seen(lambda m: bool(m.get("failed"))))["failed"]

    visit(story, room, log)
    assert [] == [e for e in log.entries if e.data.get("input") == "propose"]


def test_the_log_holds_no_token_only_its_hash() -> None:
    room, entries = new_room()
    log, tokens = Memo(entries), list(TOKENS.values())

    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        tokens.append((await lounge.seated(boss, "liaison"))[1])

    visit(story, room, log)
    text = repr(log.entries)
    assert [] == [token for token in tokens if token in text]


def test_the_wire_carries_a_token_to_its_owner_once_and_to_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[object, str]] = []
    taken = Client.next

    async def overheard(client: Client) -> str:
        text = await taken(client)
        heard.append((client.person.who if client.person is not None else "", text))
        return text

    monkeypatch.setattr(Client, "next", overheard)
    tokens: dict[str, str] = {}

    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        screen = await lounge.someone()
        await screen.hello(token=TOKENS[SCREEN])
        for role in ("commander", "liaison", "observer"):
            phone, token = await lounge.seated(boss, role)
            tokens[phone.welcome["who"]] = token
        await boss.do("start")
        await boss.seen(lambda m: m["squads"]["A"]["tick"] > 10)
        await boss.do("end")
        await boss.seen(lambda m: bool(m.get("report")))
        await screen.seen(lambda m: bool(m.get("report")))

    visit(story)
    for who, token in tokens.items():
        assert [who] == [to for to, text in heard if token in text]
    assert [] == [to for to, text in heard if any(token in text for token in TOKENS.values())]


def test_a_locked_room_lets_nobody_new_in_and_everybody_known_back() -> None:
    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        _, token = await lounge.seated(boss, "liaison")
        await boss.do("lock", {"locked": True})
        assert "locked" == (await (await lounge.someone()).hello(link=LINK))["code"]
        assert "liaison" == (await (await lounge.someone()).hello(token=token))["role"]

    visit(story)


def test_whoever_is_removed_is_disconnected_and_cannot_come_back_by_the_token() -> None:
    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        phone, token = await lounge.seated(boss, "liaison")
        await boss.do("remove", {"who": phone.welcome["who"]})
        assert 4001 == await phone.closed()
        assert "bad-code" == (await (await lounge.someone()).hello(token=token))["code"]

    visit(story)


def test_squads_in_parallel_share_the_clock_and_one_can_be_branched() -> None:
    room, entries = new_room(2)

    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        phone, _ = await lounge.seated(boss, "commander", "B")
        await boss.do("speed", {"speed": 8})
        await boss.do("start")
        await boss.seen(lambda m: m["squads"]["B"]["tick"] > 20)
        await boss.do("branch", {"squad": "B"})
        await boss.do("pause", {"text": "Look"})
        view = await boss.seen(lambda m: "C" in m["squads"] and m["squads"]["B"]["phase"] == "paused")
        assert view["squads"]["A"]["tick"] == view["squads"]["B"]["tick"] > view["squads"]["C"]["tick"] - 1
        await boss.do("resume")
        await boss.do("end")
        report = (await phone.seen(lambda m: bool(m.get("report"))))["report"]
        assert ["A", "B", "C"] == [each["squad"] for each in report]

    visit(story, room, Memo(entries))


@pytest.mark.parametrize("kind", [["do"], {"do": 1}, None, 7, True])
def test_a_message_whose_type_is_no_word_is_refused_and_the_line_stays(kind: object) -> None:
    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        await boss.say(type=kind)
        assert "bad-message" == (await boss.wait("error"))["code"]
        assert "ack" == (await boss.do("lock", {"locked": True}))["type"]

    visit(story)


class _Slow(Memo):
    """A disk that takes a while over what it is given last."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__(entries)
        self.taking = threading.Event()
        self.go_on = threading.Event()
        self.closed = False

    def write(self, entries: Sequence[Entry]) -> None:
        self.taking.set()
        self.go_on.wait(LIMIT_S)
        super().write(entries)

    def close(self) -> None:
        self.closed = True


def test_an_interrupt_while_a_room_is_closed_waits_until_all_is_written() -> None:
    async def whole() -> None:
        room, entries = new_room()
        log = _Slow(entries)
        host = Host(room, log, Gate(CODE, LINK, time.monotonic), speech("zh"))
        opening = Opening.of(host)
        there = server(application(opening, Where((), ()), data_root()), 0, address="127.0.0.1")
        there.should_exit = True
        task = asyncio.create_task(serve(opening, there, lambda: None))
        await asyncio.to_thread(log.taking.wait, LIMIT_S)
        task.cancel()
        await asyncio.sleep(0.05)
        log.go_on.set()
        await task
        assert log.closed
        assert "clock" == log.entries[-1].kind

    asyncio.run(whole())


def test_a_frame_that_is_too_big_ends_the_connection_and_nobody_elses() -> None:
    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        rude = await lounge.someone()
        await rude.socket.send("x" * (MOST_BYTES + 1))
        assert 1009 == await rude.closed()
        assert "ack" == (await boss.do("lock", {"locked": True}))["type"]

    visit(story)


def test_who_goes_on_sending_a_frame_that_is_too_big_still_hears_why_it_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # However long the computer stands still meanwhile, the room goes on listening until all is sent.
    monkeypatch.setattr("sim.squad.lines.CLOSING_S", LIMIT_S)

    async def story(lounge: Lounge) -> None:
        reader, writer = await lounge.line()
        # A text of a mebibyte, masked with nought, piece by piece: the room has had enough after the first few bytes.
        writer.write(bytes([0x81, 0xFF]) + (1 << 20).to_bytes(8) + bytes(4))
        for _ in range(32):
            writer.write(b"x" * 32_768)
            await writer.drain()
            await asyncio.sleep(0.01)
        said = await asyncio.wait_for(reader.read(), LIMIT_S)
        assert bytes([0x88, len(said) - 2]) + CLOSE_BIG.to_bytes(2) == said[:4]
        writer.close()

    visit(story)


def most_taken(since: float) -> float:
    """Messages of one person that can have been taken since then, by the monotonic clock."""
    return BURST + PER_S * (time.monotonic() - since) + 1.0


def test_a_flood_is_slowed_down_and_then_closed() -> None:
    async def story(lounge: Lounge) -> None:
        boss, began = await lounge.instructor(), time.monotonic()
        rude, _ = await lounge.seated(boss, "liaison")

        async def flooding() -> None:
            # It goes on until it is closed: where the computer stands still for a moment, one of them is taken again.
            for k in itertools.count():
                await rude.say(type="do", id=f"f{k}", kind="say", data={"to": "all", "text": "x"})
                if k % 60 == 59:
                    await asyncio.sleep(0.01)

        async def reading() -> None:
            # Who does not read the answers never comes to the word on why it is closed.
            async for _ in rude.socket:
                pass

        with pytest.raises(ConnectionClosed):
            await asyncio.wait_for(asyncio.gather(reading(), flooding()), LIMIT_S)
        assert 1008 == await rude.closed()
        assert len(lounge.host.room.squads["A"].said) <= most_taken(began)
        assert "ack" == (await boss.do("lock", {"locked": True}))["type"]

    visit(story)


def test_who_does_not_read_is_closed_and_holds_no_more_than_one_view() -> None:
    async def story() -> None:
        client = Client("here")
        for k in range(40):
            client.show(f"view {k}", 0.1 * k)
        assert 1 == client.queue.qsize()
        assert "view 39" == await client.next()
        for k in range(40):
            client.show(f"later {k}", float(k))
        assert (True, CLOSE_SLOW) == (client.closed, client.close_code)
        other = Client("here")
        for k in range(QUEUE + 1):
            other.send(str(k))
        assert CLOSE_SLOW == other.close_code

    asyncio.run(story())


def test_who_answers_no_ping_is_gone_although_much_still_waits_to_be_read() -> None:
    async def story(lounge: Lounge) -> None:
        deaf = await lounge.someone()
        await deaf.hello(link=LINK)
        deaf.socket.transport.pause_reading()
        [client] = lounge.host.clients
        for _ in range(4):
            client.send("x" * 4_000_000)
        for _ in range(1 + round(PING_S + PONG_S)):
            lounge.later(1.0)
            await asyncio.sleep(0.01)
        await lounge.until(lambda: not lounge.host.clients)
        assert client.closed

    visit(story)


def test_one_person_has_one_rate_however_many_connections_and_no_more_than_eight() -> None:
    async def story(lounge: Lounge) -> None:
        boss, began = await lounge.instructor(), time.monotonic()
        first, token = await lounge.seated(boss, "liaison")
        others = [await lounge.someone() for _ in range(MOST_EACH)]
        for one in others:
            await one.hello(token=token)
        assert 1008 == await first.closed()
        for k in range(12):
            for one in others:
                await one.say(type="do", id=f"{k}", kind="say", data={"to": "all", "text": "x"})
        assert "ack" == (await boss.do("lock", {"locked": True}))["type"]
        assert len(lounge.host.room.squads["A"].said) <= most_taken(began)
        for one in others:
            one.socket.transport.abort()

    visit(story)


def test_the_clock_of_the_log_brings_every_squad_where_it_was() -> None:
    room, entries = new_room(2)
    for name in room.squads:
        start = {"input": "start", "role": "controller", "who": "instructor"}
        entries.append(Entry(0, "input", {"squad": name, "by": "instructor", "id": name, **start}))
        room.take(entries[-1])
    entries.append(room.pass_time(37))
    other = new_room()[0]
    other.people.clear()
    other.squads.clear()
    for entry in entries:
        other.take(entry)
    assert [37, 37] == [squad.tick_now for squad in other.squads.values()]
    assert room.squads["A"].session.exercise.digest() == other.squads["A"].session.exercise.digest()


def test_a_squad_the_instructor_ends_is_kept_to_its_last_line() -> None:
    kept = []

    class Keeping(Memo):
        def keep(self, name: str, squad: Squad) -> None:
            kept.append((name, squad.phase, len(squad.session.journal.of("outcome"))))

    async def story(lounge: Lounge) -> None:
        boss = await lounge.instructor()
        await boss.do("start")
        await boss.do("end")
        await boss.seen(lambda m: bool(m.get("report")))

    visit(story, log=Keeping())
    assert 1 == kept.count(("A", "over", 1))
