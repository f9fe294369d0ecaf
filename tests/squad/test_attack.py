"""A room under attack from one address: what is asked oddly is refused, what is held open ends, and others come in."""

import asyncio
import contextlib
import itertools
import os
import shutil
import socket
import struct
import subprocess
from asyncio import constants
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from sim.core.noise import Noise, Stream
from sim.squad import lines, server
from sim.squad.open_files import SPARE, room_for
from sim.squad.protocol import BURST
from tests.squad.lounge import LIMIT_S, LINK, Lounge, visit

GUARDED = ("content-security-policy", "x-content-type-options", "cache-control", "referrer-policy")


async def _raw(port: int, request: bytes, *, whole: bool = True) -> bytes:
    """What comes back for these bytes until the other side closes; or, where not the whole is wanted, goes quiet."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    got = b""
    try:
        while piece := await asyncio.wait_for(reader.read(65536), LIMIT_S if whole or not got else 0.3):
            got += piece
    except (TimeoutError, ConnectionError):
        pass
    writer.close()
    return got


def _host(lounge: Lounge) -> bytes:
    return b"Host: 127.0.0.1:%d\r\nConnection: close\r\n" % lounge.port


SECRET = b"root:"
PATHS = [
    b"/part/../../../../etc/passwd", b"/part/..%2f..%2f..%2fetc%2fpasswd", b"/part/%2e%2e/%2e%2e/etc/passwd",
    b"/part/..%5c..%5cetc%5cpasswd", b"/part/%252e%252e%252fetc%252fpasswd", b"/part//etc/passwd",
    b"/part/%2fetc%2fpasswd",
    b"/part/common.js%00.html", b"/part/%00", b"/part/%c0%ae%c0%ae/passwd", b"/part/%ff%fe", b"/part/common.js/",
    b"/part/COMMON.JS", b"/part/.%2e/common.js", b"/part/common.js.", b"/part/common.js::$DATA", b"/part/page.html%20",
    b"/control/", b"//control", b"/./control", b"/control;x", b"/part/nul", b"/ws", b"/ws/", b"/part", b"/.git/config",
    b"http://evil.example/control", b"*", b"/%2e/control",
]  # fmt: skip


def test_no_path_however_written_leads_out_of_the_pages_and_every_refusal_carries_the_headers() -> None:
    async def story(lounge: Lounge) -> None:
        for path in PATHS:
            got = await _raw(lounge.port, b"GET %s HTTP/1.1\r\n%s\r\n" % (path, _host(lounge)))
            head, _, body = got.partition(b"\r\n\r\n")
            status = int(head.split()[1])
            # Addresses in whole form name a page, too; whoever asked is held to the Host header all the same.
            allowed = {404, 400} | ({200} if path.startswith(b"http:") else set())
            assert status in allowed, (path, status)
            assert SECRET not in body, path
            assert b"location:" not in head.lower(), path
            if status == 404:
                assert [] == [name for name in GUARDED if name.encode() not in head.lower()], path

    visit(story)


@pytest.mark.parametrize("method", [b"POST", b"PUT", b"DELETE", b"OPTIONS", b"TRACE", b"CONNECT", b"PATCH", b"FOO"])
def test_nothing_but_reading_is_done_to_a_page(method: bytes) -> None:
    async def story(lounge: Lounge) -> None:
        got = await _raw(lounge.port, b"%s / HTTP/1.1\r\n%sContent-Length: 0\r\n\r\n" % (method, _host(lounge)))
        head = got.partition(b"\r\n\r\n")[0].lower()
        assert int(head.split()[1]) in {404, 405, 400}
        assert b"access-control" not in head
        assert b"405" not in head.split()[1] or b"content-security-policy" in head

    visit(story)


SMUGGLED = b"GET /control HTTP/1.1\r\nHost: evil.example\r\n\r\n"
CHUNKED = b"POST / HTTP/1.1\r\n%sContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
SMUGGLING = {
    "two lengths": b"GET / HTTP/1.1\r\n%sContent-Length: 5\r\nContent-Length: 0\r\n\r\n" + SMUGGLED,
    "length and chunks": CHUNKED + b"0\r\n\r\n" + SMUGGLED,
    "unknown coding": b"GET / HTTP/1.1\r\n%sTransfer-Encoding: xchunked\r\n\r\n" + SMUGGLED,
    "blank before the colon": b"GET / HTTP/1.1\r\n%sContent-Length : 5\r\n\r\n" + SMUGGLED,
    "folded": b"GET / HTTP/1.1\r\n%sX: a\r\n Host: evil.example\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\n%sHost: evil.example\r\n\r\n",
    "bare line feeds": b"GET / HTTP/1.1\n%s\n" + SMUGGLED,
    "signed length": b"GET / HTTP/1.1\r\n%sContent-Length: +5\r\n\r\nhello" + SMUGGLED,
    "a huge chunk": CHUNKED.replace(b"Content-Length: 4\r\n", b"") + b"ffffffffffffffffffff\r\n" + SMUGGLED,
    "version two": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n%s",
    "version nine": b"GET / HTTP/0.9\r\n%s\r\n",
    "no version": b"GET /\r\n%s\r\n",
    "nul in a header": b"GET / HTTP/1.1\r\n%sX: a\0b\r\n\r\n",
    "return in a header": b"GET / HTTP/1.1\r\n%sX: a\rHost: evil.example\r\n\r\n",
    "letters above ASCII in the path": "GET /pärt HTTP/1.1\r\n%s\r\n".encode(),
}  # fmt: skip


@pytest.mark.parametrize("way", sorted(SMUGGLING))
def test_a_request_hidden_in_another_opens_nothing_under_a_foreign_name(way: str) -> None:
    async def story(lounge: Lounge) -> None:
        host = b"Host: 127.0.0.1:%d\r\n" % lounge.port
        got = await _raw(lounge.port, SMUGGLING[way].replace(b"%s", host), whole=False)
        answers = [int(piece.split()[0]) for piece in got.split(b"HTTP/1.1 ")[1:]]
        # Whatever comes behind is an answer of its own, under its own Host, or none at all.
        assert set(answers) <= {200, 400, 405, 421}, (way, answers)
        assert 200 not in answers[1:], (way, answers)
        assert b"control.js" not in got

    visit(story)


def test_a_header_that_goes_on_for_ever_is_refused_and_others_are_served() -> None:
    async def story(lounge: Lounge) -> None:
        got = await _raw(lounge.port, b"GET / HTTP/1.1\r\n%sX: %s" % (_host(lounge), b"x" * 70_000))
        assert b"400" == got.split()[1]
        got = await _raw(lounge.port, b"GET / HTTP/1.1\r\n%s%s\r\n" % (_host(lounge), b"X: y\r\n" * 100_000))
        assert got.split()[1] in {b"400", b"431"}
        assert b"200" == (await _raw(lounge.port, b"GET / HTTP/1.1\r\n%s\r\n" % _host(lounge))).split()[1]

    visit(story)


Held = Callable[[asyncio.StreamWriter, bytes], Awaitable[None]]


async def _drip(writer: asyncio.StreamWriter, begun: bytes) -> None:
    """The beginning, then a byte each fifth of a second."""
    writer.write(begun)
    while not writer.transport.is_closing():
        await asyncio.sleep(0.2)
        writer.write(b"x")


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET / HTTP/1.1\r\n%sX: ",
        b"POST / HTTP/1.1\r\n%sContent-Length: 100000\r\n\r\n",
        b"GET / HTTP/1.1\r\n%s\r\nGET / HTTP/1.1\r\n%sX: ",
        b"GET / HTTP/1.1\r\n%sContent-Length: 100000\r\n\r\n",
    ],
    ids=["one byte at a time", "header", "body", "second request", "body nobody reads"],
)
def test_a_connection_that_is_fed_drop_by_drop_ends(begun: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "HELLO_S", 1.0)

    async def story(lounge: Lounge) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", lounge.port)
        host = b"Host: 127.0.0.1:%d\r\n" % lounge.port
        feeding = asyncio.create_task(_drip(writer, begun.replace(b"%s", host)))

        async def to_the_end() -> None:
            try:
                while await reader.read(65536):
                    pass
            except ConnectionError:
                pass

        await asyncio.wait_for(to_the_end(), LIMIT_S)
        feeding.cancel()
        writer.close()

    visit(story)


def _frame(opcode: int, data: bytes, *, last: bool = True) -> bytes:
    """A frame as clients send them, masked with zeros."""
    return bytes([(0x80 if last else 0) | opcode, 0x80 | len(data)]) + bytes(4) + data


PIECES = {
    "pings": _frame(0x9, b"p" * 125),
    "answers nobody asked for": _frame(0xA, b"p" * 4),
    "empty pieces of a message": _frame(0x0, b"", last=False),
}


@pytest.mark.parametrize("kind", sorted(PIECES))
def test_a_flood_of_what_nobody_asked_for_ends_the_socket_and_is_not_kept(kind: str) -> None:
    async def story(lounge: Lounge) -> None:
        _, writer = await lounge.line(small=True)
        if kind == "empty pieces of a message":
            writer.write(_frame(0x1, b"", last=False))

        async def flooding() -> None:
            while True:
                writer.write(PIECES[kind] * int(BURST))
                await writer.drain()
                await asyncio.sleep(0)

        with pytest.raises(ConnectionError):
            await asyncio.wait_for(flooding(), LIMIT_S)
        assert "waiting" == (await (await lounge.someone()).hello(link=LINK))["role"]

    visit(story)


def test_a_phone_that_pings_now_and_then_is_answered() -> None:
    async def story(lounge: Lounge) -> None:
        phone = await lounge.someone()
        for _ in range(3):
            await asyncio.wait_for(await phone.socket.ping(), LIMIT_S)
        assert "waiting" == (await phone.hello(link=LINK))["role"]

    visit(story)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here to make a certificate with")
def test_a_connection_that_never_begins_to_encrypt_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HELLO_S", 1.0)
    monkeypatch.setattr(constants, "SSL_HANDSHAKE_TIMEOUT", 60.0)
    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    make = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=room"
    subprocess.run(
        ["openssl", *make.split(), "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True
    )

    async def story() -> None:
        async def nothing(scope: object, receive: object, send: object) -> None:
            raise AssertionError("nobody got so far as to ask for anything")

        there = server.server(nothing, 0, address="127.0.0.1", certificate=certificate, key=key)
        task = asyncio.create_task(there.serve())
        while not there.started:
            await asyncio.sleep(0.02)
        port = there.servers[0].sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert b"" == await asyncio.wait_for(reader.read(), LIMIT_S)
        writer.close()
        there.should_exit = True
        await task

    asyncio.run(story())


@pytest.mark.skipif(os.name != "posix", reason="no such limit here")
def test_a_room_may_have_as_many_files_open_as_it_has_connections() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
        assert lines.MOST_CONNECTIONS + SPARE == room_for(lines.MOST_CONNECTIONS)
        assert lines.MOST_CONNECTIONS + SPARE == room_for(10)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def _from(address: str, port: int) -> socket.socket:
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    plain.bind((address, 0))
    plain.connect(("127.0.0.1", port))
    return plain


@pytest.mark.skipif(not os.path.exists("/proc/net/tcp"), reason="only Linux has all of 127.0.0.0/8")
def test_one_computer_cannot_hold_every_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST_STRANGERS", 20)
    monkeypatch.setattr(lines, "MOST_CONNECTIONS", 30)

    async def story(lounge: Lounge) -> None:
        def greedy() -> list[socket.socket]:
            return [_from("127.0.0.2", lounge.port) for _ in range(60)]

        held = await asyncio.to_thread(greedy)
        try:
            await asyncio.sleep(0.3)
            assert "waiting" == (await (await lounge.someone()).hello(link=LINK))["role"]
        finally:
            for each in held:
                each.close()

    visit(story)


def _masked(first: int, second: int, data: bytes = b"", wide: bytes = b"") -> bytes:
    return bytes([first, second]) + wide + bytes(4) + data


BROKEN = {
    "text that is no UTF-8": _masked(0x81, 0x82, b"\xff\xfe"),
    "text cut inside a letter": _masked(0x01, 0x81, b"\xe4") + _masked(0x80, 0x81, b"x"),
    "a frame without a mask": b"\x81\x02{}",
    "a reserved bit": _masked(0xC1, 0x82, b"{}"),
    "a reserved kind": _masked(0x83, 0x80),
    "a reserved kind of control": _masked(0x8B, 0x80),
    "a ping in pieces": _masked(0x09, 0x80),
    "a ping that is too long": _masked(0x89, 0xFE, b"x" * 126, b"\x00\x7e"),
    "a piece of nothing": _masked(0x80, 0x81, b"x"),
    "a message inside another": _masked(0x01, 0x81, b"{") + _masked(0x81, 0x82, b"{}"),
    "as long as there are numbers": _masked(0x81, 0xFF, b"", b"\x7f" + b"\xff" * 7),
    "longer than there are numbers": _masked(0x81, 0xFF, b"", b"\xff" * 8),
    "a length that is longer than it need be": _masked(0x81, 0xFE, b"{}", b"\x00\x02"),
    "a close with half a code": _masked(0x88, 0x81, b"\x03"),
    "a close with a code nobody may send": _masked(0x88, 0x82, b"\x03\xed"),
    "a close with a reason that is no text": _masked(0x88, 0x84, b"\x03\xe8\xff\xfe"),
    "bytes": _masked(0x82, 0x84, b"\x00\x01\x02\x03"),
    "too much in pieces": b"".join(_masked(0x01 if k == 0 else 0x00, 0xFE, b"x" * 4000, b"\x0f\xa0") for k in range(5)),
}


@pytest.mark.parametrize("kind", sorted(BROKEN))
def test_a_broken_frame_ends_its_own_socket_and_says_nothing_of_itself(
    kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    async def story(lounge: Lounge) -> None:
        reader, writer = await lounge.line()
        writer.write(BROKEN[kind])
        if kind not in {"bytes", "a length that is longer than it need be"}:
            with contextlib.suppress(ConnectionError):
                await asyncio.wait_for(reader.read(), LIMIT_S)
        writer.close()
        assert "waiting" == (await (await lounge.someone()).hello(link=LINK))["role"]

    visit(story)
    said = capfd.readouterr().err
    assert [] == [word for word in ("Traceback", "ERROR", "CRITICAL") if word in said]


def test_requests_bent_out_of_shape_break_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    async def story(lounge: Lounge) -> None:
        dice, turn = Noise(8), itertools.count()

        def pick(most: int) -> int:
            return dice.choice(most, Stream.PLAYER, next(turn), 0)

        good = b"GET /ws HTTP/1.1\r\n%sOrigin: %s\r\nUpgrade: websocket\r\n" % (_host(lounge), lounge.origin.encode())
        good += b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        good = good.replace(b"Connection: close", b"Connection: Upgrade")
        for _ in range(150):
            bent = bytearray(good)
            for _ in range(1 + pick(6)):
                at = pick(len(bent))
                bent[at : at + pick(4)] = bytes(pick(256) for _ in range(pick(4)))
            _, writer = await asyncio.open_connection("127.0.0.1", lounge.port)
            writer.write(bytes(bent))
            with contextlib.suppress(ConnectionError):
                await writer.drain()
            writer.close()
        assert "waiting" == (await (await lounge.someone()).hello(link=LINK))["role"]

    visit(story)
    said = capfd.readouterr().err
    assert [] == [word for word in ("Traceback", "ERROR", "CRITICAL") if word in said]
