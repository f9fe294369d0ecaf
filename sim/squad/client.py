"""Client: one connection as the host knows it, with what waits to be sent; of views only the newest."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.squad.protocol import CLOSE_SLOW, QUEUE

if TYPE_CHECKING:
    from sim.squad.room import Person

SLOW_S = 8.0
"""Who has not taken a view for so long is closed."""
VIEW = ""


@dataclass(eq=False)
class Client:
    """One connection, as the host knows it."""

    address: str
    person: "Person | None" = None
    since: float = 0.0
    """When it was let in."""
    queue: asyncio.Queue[str] = field(default_factory=lambda: asyncio.Queue(QUEUE))
    """What is to be sent; `VIEW` stands for the newest view."""
    close_code: int = 1000
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the connection is to end."""
    shown: str = ""
    """What was shown last, so that the same is not sent twice."""
    _view: str | None = None
    _view_since: float = 0.0

    @property
    def closed(self) -> bool:
        """True once the connection is to end."""
        return self.gone.is_set()

    def send(self, text: str) -> None:
        """Puts a message in line; a reader that is too slow is closed."""
        if self.closed:
            return
        try:
            self.queue.put_nowait(text)
        except asyncio.QueueFull:
            self.close(CLOSE_SLOW)

    def show(self, text: str, now: float) -> None:
        """Puts a view in line, in place of one that still waits; who does not read for seconds is closed."""
        if text == self.shown or self.closed:
            return
        self.shown = text
        if self._view is None:
            self._view_since = now
            self.send(VIEW)
        elif now - self._view_since > SLOW_S:
            self.close(CLOSE_SLOW)
        self._view = text

    async def next(self) -> str:
        """What is to be sent next."""
        text = await self.queue.get()
        if text == VIEW:
            text, self._view = self._view or "", None
        return text

    def close(self, code: int) -> None:
        """Ends the connection; what still waits is dropped."""
        if not self.closed:
            self.close_code = code
            self.gone.set()


@dataclass(frozen=True, slots=True)
class Command:
    """One message with the connection it came by."""

    client: Client
    message: Mapping[str, Any]
