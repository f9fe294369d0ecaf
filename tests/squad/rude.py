"""Rude clients: `python -m tests.squad.rude KIND` does to a room what a bored trainee or a broken phone could do to it.

Each kind is a row of coroutines that go on until they are cancelled, and says at the end what became of them.
"""

import asyncio
import contextlib
import json
import os
import socket
import struct
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

Said = dict[str, Any]


async def _come_in(port: int, code: str) -> ClientConnection:
    """Comes in, however often that takes."""
    while True:
        try:
            return await _come_in_now(port, code)
        except (OSError, WebSocketException, TimeoutError, EOFError):
            await asyncio.sleep(0.01)


async def _come_in_now(port: int, code: str) -> ClientConnection:
    origin = f"http://127.0.0.1:{port}"
    # A small buffer at this end, so that what is not read soon waits at the other.
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    plain.setblocking(False)
    await asyncio.get_running_loop().sock_connect(plain, ("127.0.0.1", port))
    line = await connect(f"ws://127.0.0.1:{port}/ws", origin=origin, compression=None, sock=plain)  # type: ignore[arg-type]
    await line.send(json.dumps({"type": "hello", "protocol": 1, "code": code}))
    return line


async def deaf(port: int, code: str, number: int, seconds: float) -> Said:
    """Phones that come in, are given a seat or a place to look on from, and then never read again."""

    async def one() -> float:
        line = await _come_in(port, code)
        with contextlib.suppress(WebSocketException):
            async for text in line:
                if json.loads(text)["type"] == "role":
                    break
        line.transport.pause_reading()
        began, transport = time.monotonic(), line.transport
        plain = transport.get_extra_info("socket")
        while time.monotonic() - began < seconds:
            # A reset by the other side shows as an error on the socket, without anything being read.
            if plain.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) or _ended(plain):
                break
            await asyncio.sleep(0.2)
        took = time.monotonic() - began
        transport.abort()
        return took

    took = sorted(await asyncio.gather(*(one() for _ in range(number))))
    return {"closed_after_s": [round(took[0], 1), round(took[-1], 1)], "closed": sum(t < seconds for t in took)}


def _ended(plain: Any) -> bool:
    """True when the connection is no longer established (Linux: first byte of TCP_INFO)."""
    return plain.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] != 1


async def flood(port: int, code: str, number: int, seconds: float) -> Said:
    """Phones that send as fast as they can, read what they are told, and come back each time they are closed."""
    sent, codes = 0, Counter()  # type: ignore[var-annotated]
    text = json.dumps({"type": "do", "id": "x", "kind": "note", "data": {"text": "x" * 200}})

    async def one() -> None:
        nonlocal sent
        while True:
            line = await _come_in(port, code)
            # Who does not read what is in line before it never comes to the word on why it is closed.
            reading = asyncio.create_task(_read(line))
            with contextlib.suppress(WebSocketException, OSError):
                while True:
                    await line.send(text)
                    sent += 1
                    if sent % 50 == 0:
                        await asyncio.sleep(0)
            await reading
            codes[line.close_code] += 1

    await _for(seconds, [one() for _ in range(number)])
    return {"sent": sent, "codes": dict(codes)}


async def _read(line: ClientConnection) -> None:
    with contextlib.suppress(WebSocketException, OSError):
        async for _ in line:
            pass


async def huge(port: int, code: str, number: int, seconds: float) -> Said:
    """Frames of a megabyte."""
    codes = Counter()  # type: ignore[var-annotated]

    async def one() -> None:
        while True:
            line = await _come_in(port, code)
            with contextlib.suppress(WebSocketException, OSError):
                await line.send("x" * 1_048_576)
                await line.wait_closed()
            codes[line.close_code] += 1

    await _for(seconds, [one() for _ in range(number)])
    return {"codes": dict(codes)}


async def connects(port: int, code: str, number: int, seconds: float) -> Said:
    """Connections opened and left, five thousand or as many as come about."""
    opened = 0

    async def one() -> None:
        nonlocal opened
        while opened < 5000:
            with contextlib.suppress(OSError, WebSocketException, TimeoutError, EOFError):
                origin = f"http://127.0.0.1:{port}"
                line = await connect(f"ws://127.0.0.1:{port}/ws", origin=origin, open_timeout=5)  # type: ignore[arg-type]
                opened += 1
                line.transport.abort()
        await asyncio.Event().wait()

    await _for(seconds, [one() for _ in range(number)])
    return {"opened": opened}


async def unfinished(port: int, code: str, number: int, seconds: float) -> Said:
    """Requests that are begun and never finished, some with a header that goes on for ever."""
    ended = 0

    async def one(k: int) -> None:
        nonlocal ended
        while True:
            with contextlib.suppress(OSError, EOFError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(b"GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\n")
                while not reader.at_eof():
                    if k % 2:
                        writer.write(b"X-More: " + b"y" * 200 + b"\r\n")
                        await writer.drain()
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(reader.read(1000), 0.5)
                writer.close()
            ended += 1

    await _for(seconds, [one(k) for k in range(number)])
    return {"ended": ended}


async def bombs(port: int, code: str, number: int, seconds: float) -> Said:
    """Frames that say they are compressed, although nobody agreed to that, and fragments without an end."""
    codes = Counter()  # type: ignore[var-annotated]

    async def one(k: int) -> None:
        while True:
            with contextlib.suppress(OSError, EOFError, asyncio.IncompleteReadError, TimeoutError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                name = f"127.0.0.1:{port}"
                writer.write(
                    f"GET /ws HTTP/1.1\r\nHost: {name}\r\nOrigin: http://{name}\r\nUpgrade: websocket\r\n"
                    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n".encode()
                )
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
                codes["deflate" if b"deflate" in head else "plain"] += 1
                body = b"\x00" * 8000
                first = 0xC1 if k % 2 == 0 else 0x01
                for _ in range(200):
                    writer.write(bytes([first, 0xFE]) + struct.pack("!H", len(body)) + b"\x00" * 4 + body)
                    await writer.drain()
                    first = first if k % 2 == 0 else 0x00
                await asyncio.wait_for(reader.read(), 5)
                writer.close()
            codes["ended"] += 1

    await _for(seconds, [one(k) for k in range(number)])
    return {"codes": dict(codes)}


async def _for(seconds: float, rows: list[Awaitable[None]]) -> None:
    tasks = [asyncio.ensure_future(row) for row in rows]
    _, going = await asyncio.wait(tasks, timeout=seconds)
    while going:
        # Before Python 3.12 a wait that ends at the very moment it is cancelled swallows that.
        for task in going:
            task.cancel()
        _, going = await asyncio.wait(going, timeout=1.0)
    await asyncio.gather(*tasks, return_exceptions=True)


KINDS: dict[str, Callable[[int, str, int, float], Awaitable[Said]]] = {
    "deaf": deaf,
    "flood": flood,
    "huge": huge,
    "connects": connects,
    "unfinished": unfinished,
    "bombs": bombs,
}
"""By name: what is done to the room at a port, with its code, by so many clients for so many seconds."""


if __name__ == "__main__":
    os.nice(19)  # these would be other computers: what they burn here should not be the room's
    kind, at, room, many, how_long, *processor = sys.argv[1:]
    if processor:
        os.sched_setaffinity(0, {int(processor[0])})
    print(json.dumps(asyncio.run(KINDS[kind](int(at), room, int(many), float(how_long)))), flush=True)  # type: ignore[arg-type]  # noqa: T201
