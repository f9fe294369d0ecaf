"""A room for tests: the short drill, a real server on a free port of this computer, and people who speak to it."""

import asyncio
import json
import socket
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from sim.drill.roles import CONTROLLER, SCREEN
from sim.drill.session import Session
from sim.drill.squad import Absent, Squad
from sim.squad.address import names
from sim.squad.costs import Known
from sim.squad.gate import Gate, hashed
from sim.squad.host import Host
from sim.squad.opening import Opening
from sim.squad.room import Room
from sim.squad.server import Where, application, serve, server
from sim.storage.language import speech
from sim.storage.shipped import data_root
from sim.world.journal import Entry
from tests.drill.table import drill, session

LIMIT_S = 60.0
"""What merely has to come is waited for so long: on a computer that is busy with something else it may come late."""
CODE, LINK = "ABC234", "a-link-of-128-bits"
TOKENS = {CONTROLLER: "the-instructors-token", SCREEN: "the-screens-token"}


def new_room(squads: int = 1, absent: Absent = "merge", **changes: Any) -> tuple[Room, list[Entry]]:
    """A room in its lobby, and the entries that made it."""
    first: dict[int, Session] = {}

    def make(seed: int, tell: Callable[[float], None] | None = None) -> Session:
        if seed not in first:
            first[seed] = session(seed, **changes)
        return first[seed].fork()

    room = Room(drill(**changes), make, absent=absent)
    entries = room.begin([1] * squads)
    entries += [room.join(hashed(token), role)[1] for role, token in TOKENS.items()]
    return room, entries


class Memo:
    """A log in memory, which can be told that the disk is full."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        self.entries = list(entries)
        self.full = False

    def write(self, entries: Sequence[Entry]) -> None:
        if self.full:
            raise OSError(28, "No space left on device")
        self.entries.extend(entries)

    def keep(self, name: str, squad: Squad) -> None:
        pass

    def price(self, name: str, squad: Squad, known: Known) -> None:
        pass

    def stand(self, room: Room) -> None:
        pass

    def close(self) -> None:
        pass


class Someone:
    """One connection that speaks the protocol."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.count = 0
        self.welcome: dict[str, Any] = {}
        self.view: dict[str, Any] = {}

    async def say(self, **message: Any) -> None:
        await self.socket.send(json.dumps(message))

    async def wait(self, *types: str, number: str = "") -> dict[str, Any]:
        """The next message of one of these types (and with this id); views are kept on the way."""
        while True:
            message = json.loads(await asyncio.wait_for(self.socket.recv(), LIMIT_S))
            if message["type"] in {"view", "control", "screen", "wait"}:
                self.view = message
            if message["type"] in types and (not number or message.get("id") == number):
                return dict(message)

    async def hello(self, **way: str) -> dict[str, Any]:
        await self.say(type="hello", protocol=1, **way)
        self.welcome = await self.wait("welcome", "error")
        return self.welcome

    async def do(self, kind: str, data: dict[str, Any] | None = None, *, squad: str = "A", number: str = "") -> Any:
        """Does something and returns the answer."""
        self.count += 1
        number = number or f"n{self.count}"
        await self.say(type="do", id=number, kind=kind, data=data or {}, squad=squad)
        return await self.wait("ack", "error", number=number)

    async def closed(self) -> int | None:
        """The code it was closed with, once it is."""
        await asyncio.wait_for(self.socket.wait_closed(), LIMIT_S)
        return self.socket.close_code

    async def seen(self, found: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first view of which this is true."""
        while not (self.view and found(self.view)):
            await self.wait("view", "control", "screen", "wait")
        return self.view


class Lounge:
    """The server under test."""

    def __init__(self, host: Host, port: int) -> None:
        self.host = host
        self.port = port
        self.origin = f"http://127.0.0.1:{port}"
        self.sockets: list[ClientConnection] = []
        """Of everybody who came in."""

    async def someone(self, origin: str | None = None) -> Someone:
        uri = f"ws://127.0.0.1:{self.port}/ws"
        line = connect(uri, origin=origin or self.origin, compression=None, open_timeout=LIMIT_S)  # type: ignore[arg-type]
        self.sockets.append(await line)
        return Someone(self.sockets[-1])

    def later(self, seconds: float) -> None:
        """Whatever waits for the time of this loop has waited so much longer, however fast or slow this computer is."""
        loop = asyncio.get_running_loop()
        before = loop.time
        loop.time = lambda: before() + seconds  # type: ignore[method-assign]

    async def pass_time(self, ticks: int) -> None:
        """Returns once so many ticks have passed for every squad; the host takes them with its turn, on its thread."""
        squads = self.host.room.squads.values()
        last = max(squad.tick_now for squad in squads) + ticks
        self.host._owed += ticks
        await self.until(lambda: all(squad.tick_now >= last for squad in squads))

    async def until(self, true: Callable[[], bool]) -> None:
        """Returns once this is true."""
        async with asyncio.timeout(LIMIT_S):
            while not true():
                await asyncio.sleep(0.01)

    async def line(self, *, small: bool = False) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A socket that has been accepted, as bytes; where it is `small`, this end takes in little at once."""
        plain = socket.socket()
        if small:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        plain.setblocking(False)
        await asyncio.get_running_loop().sock_connect(plain, ("127.0.0.1", self.port))
        reader, writer = await asyncio.open_connection(sock=plain, limit=4096)
        ask = f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nOrigin: {self.origin}\r\nConnection: Upgrade\r\n"
        ask += "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        writer.write(ask.encode())
        assert b"101" in await reader.readuntil(b"\r\n\r\n")
        return reader, writer

    async def instructor(self) -> Someone:
        found = await self.someone()
        await found.hello(token=TOKENS[CONTROLLER])
        return found

    async def seated(self, boss: Someone, role: str, squad: str = "A") -> tuple[Someone, str]:
        """Somebody admitted to a seat, and their token."""
        found = await self.someone()
        welcome = await found.hello(link=LINK)
        await boss.do("admit", {"who": welcome["who"], "squad": squad, "role": role})
        await found.wait("role")
        return found, str(welcome["token"])


def visit(
    story: Callable[[Lounge], Awaitable[None]],
    room: Room | None = None,
    log: Memo | None = None,
    clock: Callable[[], float] | None = None,
) -> None:
    """Runs a story against a real server."""

    async def whole() -> None:
        # Bound by whoever asks for the number: nobody else is given it meanwhile.
        listening = socket.create_server(("127.0.0.1", 0))
        port = int(listening.getsockname()[1])
        hosts, origins = names(["127.0.0.1"], port, tls=False)
        there = room or new_room()[0]
        loop = asyncio.get_running_loop()
        gate = Gate(CODE, LINK, clock or loop.time)
        host = Host(there, log or Memo(), gate, speech("zh"), links=[f"{o}/" for o in origins])
        opening = Opening.of(host)
        app = application(opening, Where(hosts, origins), Path(data_root()) / "assets" / "squad")
        ready = asyncio.Event()
        running = server(app, port, address="127.0.0.1")
        lounge = Lounge(host, port)
        task = asyncio.create_task(serve(opening, running, ready.set, sockets=[listening]))
        try:
            await asyncio.wait_for(ready.wait(), LIMIT_S)
            await asyncio.wait_for(story(lounge), 300)
        finally:
            running.should_exit = True
            try:
                await task
            finally:
                # Whoever had much before them that they have not read does not hear that the room is closed.
                for each in lounge.sockets:
                    each.transport.abort()

    asyncio.run(whole())
