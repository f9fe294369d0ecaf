"""An opening: a room that is being made, and those who came before it was there."""

import asyncio
import contextlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect

from sim.squad.gate import hashed
from sim.squad.protocol import CLOSE_AWAY, CLOSE_POLICY, MOST_SOCKETS, MOST_STRANGERS, TELL_S, encoded, frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim.squad.host import Host


class Opening:
    """Makes a room's host in a thread of its own; a line that comes meanwhile waits, and is told how far it is."""

    def __init__(self, make: "Callable[[Opening], Host] | None" = None) -> None:
        """Nothing is made before `open`."""
        self.host: Host | None = None
        self.share = 0.0
        """How much of it is done, of 1; whoever makes it says so."""
        self.doors: dict[str, Mapping[str, Any]] = {}
        """By the hash of a token: the code and the links its holder is told while the room is made."""
        self._make = make
        self._waiting: list[str] = []
        """From where."""
        self._told = asyncio.Event()
        """Set once the room is there, or will not be."""

    @classmethod
    def of(cls, host: "Host") -> "Opening":
        """Of a room that is there."""
        made = cls()
        made.host = host
        return made

    async def open(self) -> "Host":
        """The host; returns once it is there, and raises what making it raised."""
        if self.host is not None:
            return self.host
        loop = asyncio.get_running_loop()
        made: asyncio.Future[Host] = loop.create_future()

        def settle(host: "Host | BaseException") -> None:
            if made.done():
                return  # nobody waits for it any more
            if isinstance(host, BaseException):
                made.set_exception(host)
            else:
                made.set_result(host)

        def work() -> None:
            found: Host | BaseException
            try:
                assert self._make is not None
                found = self._make(self)
            except BaseException as wrong:  # raised where somebody waits for it
                found = wrong
            with contextlib.suppress(RuntimeError):  # the loop is closed: the program was asked to end meanwhile
                loop.call_soon_threadsafe(settle, found)

        threading.Thread(target=work, name="opening", daemon=True).start()
        self.host = await made
        self._told.set()
        return self.host

    def give_up(self) -> None:
        """Whoever waits is let go."""
        self._told.set()

    async def wait(self, line: WebSocket) -> "Early | None":
        """Accepts a line and holds it until the room is there; None where it will not be, or the line is gone."""
        here = line.client.host if line.client is not None else ""
        if len(self._waiting) >= MOST_SOCKETS or self._waiting.count(here) >= MOST_STRANGERS:
            await line.close(CLOSE_POLICY)
            return None
        await line.accept()
        self._waiting.append(here)
        first = asyncio.create_task(line.receive())
        try:
            await self._hold(line, first)
            if self.host is not None:
                return Early(self.host, first)
            await line.close(CLOSE_AWAY)
        except (RuntimeError, WebSocketDisconnect, OSError):
            pass
        finally:
            self._waiting.remove(here)
        first.cancel()
        return None

    async def _hold(self, line: WebSocket, first: asyncio.Task[Message]) -> None:
        while not self._told.is_set():
            about = self._about(first.result()) if first.done() else {}
            await line.send_text(encoded({"type": "coming", "percent": int(100 * self.share), **about}, str))
            try:
                await asyncio.wait_for(self._told.wait(), TELL_S)
            except TimeoutError:
                continue

    def _about(self, message: Message) -> Mapping[str, Any]:
        """What whoever says this may know already: how others come in, where it is the screen or the instructor."""
        said = frame(message.get("text") or "")
        token = said.get("token") if said is not None else None
        return self.doors.get(hashed(token), {}) if isinstance(token, str) else {}


@dataclass(frozen=True, slots=True)
class Early:
    """A room that is there, and what somebody had said before it was, or will say first."""

    host: "Host"
    first: asyncio.Task[Message]
