"""A client of a room, written from docs/protocol.md alone: it imports nothing of the program it speaks to."""

import asyncio
import contextlib
import json
import os
import ssl
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.squad.outage import Outage

AGAIN_S = 3.0
"""What is not answered after so long is sent again."""
REMOVED = 4001
FIRST_S, GROW, MOST_S, LATER_S, LATER = 0.1, 1.5, 0.7, 2.5, 90
"""Waits between two tries to come back, as those of the pages."""
OPENS_S, QUIET_S = 6.0, 4.0
"""What does not open in so long is given up; whoever hears nothing for so long asks, and is answered in so long."""


@dataclass
class Deed:
    """One message of the kind `do`, from the first time it was sent to its answer."""

    id: str
    kind: str
    data: dict[str, Any]
    squad: str
    sent: float
    last: float = 0.0
    tries: int = 0
    took_s: float | None = None
    """From the first time it was sent to its `ack` or `error`; None while there is none."""
    answer: dict[str, Any] = field(default_factory=dict)
    done: asyncio.Event = field(default_factory=asyncio.Event)


class Caller:
    """Comes in, keeps its token, comes back after every loss, and sends each message until it is answered."""

    def __init__(
        self, base: str, *, trust: ssl.SSLContext | None = None, read_views: bool = True, port: int = 0, **way: str
    ) -> None:
        """`base` is the address of the phones' page without its `/`, `way` one of `code`, `link` and `token`.

        `port` is where to connect to where that is not where the address leads: something in between.
        """
        self.base, self.way, self.trust = base, dict(way), trust
        self.port = port
        self.token = way.get("token", "")
        self.who = self.role = ""
        self.view: dict[str, Any] = {}
        self.cards: list[dict[str, Any]] | None = None
        self.deeds: list[Deed] = []
        self.refused = ""
        self.removed = False
        self.codes: list[int] = []
        """Close codes, in their order."""
        self.views = self.view_bytes = 0
        self.outages: list[Outage] = []
        """Those that are over."""
        self._outage: Outage | None = None
        self._tries = 0
        self._heard = 0.0
        self._read_views = read_views
        self._open: dict[str, Deed] = {}
        self._socket: ClientConnection | None = None
        self._ready = asyncio.Event()
        self._told = asyncio.Condition()
        self._left = asyncio.Event()
        """Set once it is to leave."""
        self._task: asyncio.Task[None] | None = None

    # ---- what a user of it asks

    def start(self) -> "Caller":
        """Begins to be there."""
        self._task = asyncio.create_task(self._stay())
        return self

    async def stop(self) -> None:
        """Leaves; nothing is sent any more and no connection is left open."""
        self._left.set()
        if self._socket is not None:
            await self._socket.close()
        if self._task is not None:
            # Not cancelled: given up in the middle of a handshake, a connection would stay open for as long as the
            # program lasts. What is being opened is open or given up within OPENS_S, and closed then.
            await asyncio.gather(self._task, return_exceptions=True)

    async def welcome(self, timeout_s: float = 30.0) -> "Caller":
        """Returns once it has been let in."""
        await asyncio.wait_for(self._ready.wait(), timeout_s)
        return self

    async def do(self, kind: str, data: dict[str, Any] | None = None, *, squad: str = "") -> dict[str, Any]:
        """Does something and returns the answer, however long it takes and however often it has to be sent."""
        deed = Deed(uuid.uuid4().hex, kind, data or {}, squad, time.monotonic())
        self.deeds.append(deed)
        self._open[deed.id] = deed
        await self._send(deed)
        await deed.done.wait()
        return deed.answer

    async def until(self, true: Callable[[], bool], timeout_s: float = 30.0) -> None:
        """Returns once this is true; it is looked at after every message."""
        async with self._told:
            await asyncio.wait_for(self._told.wait_for(true), timeout_s)

    async def ask_cards(self) -> list[dict[str, Any]]:
        """The responses this seat may propose now."""
        self.cards = None
        assert self._socket is not None
        await self._socket.send(json.dumps({"type": "cards"}))
        await self.until(lambda: self.cards is not None)
        return self.cards or []

    def cut(self) -> None:
        """The connection is gone from one moment to the next, as when a cable is pulled."""
        if self._socket is not None:
            self._socket.transport.abort()

    # ---- the line

    async def _stay(self) -> None:
        while not (self.removed or self._left.is_set()):
            if self._outage is not None:
                self._outage.tries += 1
            with contextlib.suppress(OSError, TimeoutError, WebSocketException, EOFError):
                if self._tries < 2 or await self._knock():
                    await self._connect()
            if self.refused in {"bad-code", "bad-version", "bad-message", "locked", "full"}:
                return
            most = MOST_S if self._tries < LATER else LATER_S
            wait = min(most, FIRST_S * GROW**self._tries)
            self._tries += 1
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._left.wait(), wait * (0.5 + int.from_bytes(os.urandom(2), "big") / 65536))

    async def _knock(self) -> bool:
        """True when an ordinary request is answered: a page asks so before it tries a socket for the third time."""
        whom = urlsplit(self.base)
        host, port = ("127.0.0.1", self.port) if self.port else (whom.hostname, whom.port)
        async with asyncio.timeout(OPENS_S):
            reader, writer = await asyncio.open_connection(host, port, ssl=self.trust)
            try:
                writer.write(f"GET /here HTTP/1.1\r\nHost: {whom.netloc}\r\nConnection: close\r\n\r\n".encode())
                return bool(await reader.readline())
            finally:
                writer.transport.abort()

    async def _connect(self) -> None:
        uri = self.base.replace("http", "ws", 1) + "/ws"
        there: dict[str, Any] = {"host": "127.0.0.1", "port": self.port} if self.port else {}
        async with connect(
            uri,
            origin=self.base,
            compression=None,
            ssl=self.trust,
            open_timeout=OPENS_S,
            **there,  # type: ignore[arg-type]
        ) as socket:
            if self._left.is_set():
                return
            self._socket = socket
            opened = self._heard = time.monotonic()
            way = {"token": self.token} if self.token else self.way
            await socket.send(json.dumps({"type": "hello", "protocol": 1, **way}))
            minding = [asyncio.create_task(each) for each in (self._send_again(), self._watch(socket))]
            try:
                async for text in socket:
                    self._heard = time.monotonic()
                    await self._take(str(text))
                    if self._ready.is_set():
                        self._tries = 0
                        self._over(opened)
            finally:
                for task in minding:
                    task.cancel()
                if self._ready.is_set():
                    self._outage = Outage(time.monotonic())
                self._ready.clear()
                self.codes.append(socket.close_code or 0)
                self.removed = socket.close_code == REMOVED

    @property
    def awake(self) -> bool:
        """False while it does nothing at all."""
        return True

    async def _watch(self, socket: ClientConnection) -> None:
        """A line may be dead without a word: whoever hears nothing asks, and whoever is not answered comes in anew."""
        asked = 0.0
        while True:
            await asyncio.sleep(1.0)
            now = time.monotonic()
            if not self.awake:
                asked = 0.0
            elif not self._ready.is_set():
                if now - self._heard > OPENS_S:
                    socket.transport.abort()
            elif self._heard < asked:
                if now - asked > QUIET_S:
                    socket.transport.abort()
            elif now - self._heard > QUIET_S:
                asked = now
                await socket.send(json.dumps({"type": "here"}))

    def _over(self, opened: float) -> None:
        if self._outage is not None:
            self._outage.opened, self._outage.back = opened, time.monotonic()
            self.outages.append(self._outage)
            self._outage = None

    async def _take(self, text: str) -> None:
        # Views are the most of what comes, and a load client has hundreds of phones' worth of them to read.
        if not self._read_views and text.startswith(('{"type":"view"', '{"type":"wait"')):
            self.views += 1
            self.view_bytes += len(text)
            return
        message = json.loads(text)
        kind = message["type"]
        if kind == "welcome":
            self.token = message.get("token", self.token)
            self.who, self.role = message["who"], message["role"]
            self._ready.set()
            for deed in list(self._open.values()):
                await self._send(deed)
        elif kind == "role":
            self.role = message["role"]
        elif kind in {"view", "control", "screen", "wait"}:
            self.views += 1
            self.view_bytes += len(text)
            self.view = message
        elif kind == "cards":
            self.cards = message["cards"]
        elif kind in {"ack", "error"}:
            self._answered(message)
        async with self._told:
            self._told.notify_all()

    def _answered(self, message: dict[str, Any]) -> None:
        if not self._ready.is_set() and message["type"] == "error":
            self.refused = message["code"]
            return
        deed = self._open.get(message.get("id", ""))
        if deed is None or message.get("code") == "not-saved":
            return
        del self._open[deed.id]
        deed.took_s = time.monotonic() - deed.sent
        deed.answer = message
        deed.done.set()

    async def _send(self, deed: Deed) -> None:
        if not self._ready.is_set() or self._socket is None:
            return
        deed.tries += 1
        deed.last = time.monotonic()
        message = {"type": "do", "id": deed.id, "kind": deed.kind, "data": deed.data}
        with contextlib.suppress(WebSocketException, OSError):
            await self._socket.send(json.dumps({**message, **({"squad": deed.squad} if deed.squad else {})}))

    async def _send_again(self) -> None:
        while True:
            await asyncio.sleep(AGAIN_S / 3)
            now = time.monotonic()
            for deed in list(self._open.values()):
                if now - deed.last > AGAIN_S:
                    await self._send(deed)
