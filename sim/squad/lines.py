"""Lines: connections as bytes come over them, each held to a time, a rate and its share of the places.

A page knows nothing of these rules, since a browser keeps them by itself; they are for whoever would fill a room's
places, hold them, or have it answer what nobody reads.
"""

import asyncio
import socket as sockets
import struct
import sys
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from sim.squad.gate import Bucket
from sim.squad.protocol import (
    BURST,
    CLOSE_BIG,
    CLOSE_NO_TEXT,
    CLOSE_POLICY,
    HELLO_S,
    MOST_BYTES,
    MOST_SOCKETS,
    MOST_STRANGERS,
    PER_S,
)
from sim.squad.turn import Turns

CLOSING_S = 2.0
"""How long a line that is being closed may still take."""
MOST_CONNECTIONS = MOST_SOCKETS + 200
"""Connections of any kind; the next one is dropped."""
KEPT = 4 * MOST_BYTES
"""Bytes the system keeps of a line until they are read: more than any message, and not the megabytes of a flood."""
PIECE = 4096
"""Bytes that are taken in before what they hold is answered."""
AT_ONCE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
"""Lingering for no time: what was not taken is dropped, and the other side is told so."""


class Impatient(H11Protocol):
    """A connection that has not become a socket after ten seconds is closed, and ten seconds later dropped.

    However it spends them: saying nothing, sending a request or a body drop by drop, or not reading what it asked for.
    Nothing of it is read before its turn.
    """

    turns: Turns
    """Of all new lines of a server."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Starts the clock; one too many is dropped before it has said anything."""
        super().connection_made(transport)
        self._deadline = self.loop.call_later(HELLO_S, self._give_up)
        here = self.client[0] if self.client else ""
        strangers = sum(isinstance(c, Impatient) and (c.client or [""])[0] == here for c in self.connections)
        if len(self.connections) > MOST_CONNECTIONS or strangers > MOST_STRANGERS:
            transport.abort()
            return
        transport.get_extra_info("socket").setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, KEPT)
        transport.pause_reading()
        self.turns.wait(here, self._begin)

    def _begin(self) -> None:
        if not self.transport.is_closing():
            self.transport.resume_reading()

    def _give_up(self) -> None:
        if self.transport.get_protocol() is self:
            self.transport.close()
            self._deadline = self.loop.call_later(HELLO_S, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops the clock."""
        self._deadline.cancel()
        super().connection_lost(exc)


class Stubborn(WebSocketsSansIOProtocol):
    """A socket whose other side no longer reads is dropped when it ends, with whatever was still to be sent.

    Pings and pieces of messages come without anybody asking for them, so they have a rate of their own. Whoever has
    sent what cannot be taken is told why, and is listened to for a moment longer: a line that is closed on somebody who
    still sends is reset, and the word on why may be lost with it.
    """

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begins with a full bucket."""
        super().connection_made(transport)
        self._pieces = Bucket(BURST, PER_S, at=self.loop.time())
        self._refused = False
        self._held = b""

    def data_received(self, data: bytes) -> None:
        """Takes what came, a piece at a time; nothing any more from somebody who was refused."""
        if not self._refused:
            self._held += data
            self._take()

    def _take(self) -> None:
        """Hands on what waits, until there is something to be answered first."""
        while self._held and not (self.read_paused or self._refused):
            piece, self._held = self._held[:PIECE], self._held[PIECE:]
            super().data_received(piece)

    async def receive(self) -> Any:  # noqa: ANN401 - as the application is told it
        """The next message; what came behind it is taken in once it has been read."""
        message = await super().receive()
        self._take()
        return message

    async def send(self, message: Any) -> None:  # noqa: ANN401 - as the application says it
        """Sends; what somebody who is closed for what he sent still sends is not looked at."""
        await super().send(message)
        if message["type"] != "websocket.close" or self.close_timer is None:
            return
        if message.get("code") in {CLOSE_POLICY, CLOSE_BIG}:
            self.close_timer.cancel()
            self._refuse()
        else:
            self._take()

    def handle_parser_exception(self) -> None:
        """Says why, and closes once the other side has, or soon."""
        if self.transport.is_closing():
            return
        assert self.conn.close_sent is not None
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": self.conn.close_sent.code, "reason": ""})
        self.transport.write(b"".join(self.conn.data_to_send()))
        self._refuse()

    def _refuse(self) -> None:
        """Has nothing looked at any more, and hangs up once the other side has, or soon."""
        self._refused, self._held = True, b""
        if self.transport.can_write_eof():
            self.transport.write_eof()
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(CLOSING_S, self._hang_up)

    def _hang_up(self) -> None:
        """Ends it, at once where something still waits to be read."""
        if self.transport.get_write_buffer_size():
            self._reset()
        else:
            self.transport.close()

    async def run_asgi(self) -> None:
        """Runs, and lets nothing wait for somebody who does not read."""
        try:
            await super().run_asgi()
        finally:
            if not self.writable.is_set():
                self._reset()

    def keepalive_timeout(self) -> None:
        """Ends a connection that has answered no ping; what it would have to read first is dropped."""
        super().keepalive_timeout()
        self._reset()

    def handle_ping(self) -> None:
        """Answers, as long as the other side reads and does not ask too often."""
        if self._few():
            super().handle_ping()

    def handle_pong(self, event: Frame) -> None:
        """Takes the answer to a ping of ours; others count as pings do."""
        if self.pending_ping_payload == bytes(event.data) or self._few():
            super().handle_pong(event)

    def handle_cont(self, event: Frame) -> None:
        """Takes a further piece of a message."""
        if self._few():
            super().handle_cont(event)

    def send_receive_event_to_app(self) -> None:
        """Hands a message on; text that is none ends the socket, and nothing of it is said in the terminal."""
        if self.close_sent or self.curr_msg_data_type != "text" or _is_text(b"".join(self.frames)):
            super().send_receive_event_to_app()
            return
        self.frames = []
        self.conn.send_close(CLOSE_NO_TEXT)
        self.handle_parser_exception()

    def _few(self) -> bool:
        """True while there are not too many and somebody reads; else the connection is dropped."""
        if self.transport.is_closing():
            return False
        if self.writable.is_set() and self._pieces.take(self.loop.time()):
            return True
        self._reset()
        return False

    def _reset(self) -> None:
        """Closes at once: a plain close would wait in the system behind everything the other side has not read."""
        self.transport.get_extra_info("socket").setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, AT_ONCE)
        self.transport.abort()


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
