"""Turns: new lines are let speak one after the other, so that a rush of them keeps nobody waiting who is in already."""

import asyncio
from collections import deque
from collections.abc import Callable

from sim.squad.gate import Bucket

CLASS, PER_S = 250, 10.0
"""So many lines come in quickly, and so many more a second: a class of two hundred comes at once."""
QUICK_S, SLOW_S = 0.006, 0.03
"""From one new line to the next, while those last and after. To hear one out takes 1 to 6 ms of processor time: a rush
that does not end takes a quarter of a core at the most."""


class Turns:
    """Addresses take turns, and the lines of one address theirs: one computer holds up its own lines only."""

    def __init__(self) -> None:
        """Nobody waits."""
        self._waiting: dict[str, deque[Callable[[], object]]] = {}
        self._class = Bucket(CLASS, PER_S)
        self._next_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def wait(self, address: str, begin: Callable[[], object]) -> None:
        """Has `begin` called when it is this line's turn: now where nobody waits and the last is long enough ago."""
        loop = asyncio.get_running_loop()
        if self._timer is None and loop.time() >= self._next_at:
            self._pause(loop.time())
            begin()
            return
        self._waiting.setdefault(address, deque()).append(begin)
        if self._timer is None:
            self._timer = loop.call_at(self._next_at, self._one)

    def _one(self) -> None:
        loop = asyncio.get_running_loop()
        address = next(iter(self._waiting))
        line = self._waiting.pop(address)
        begin = line.popleft()
        if line:  # behind the other addresses
            self._waiting[address] = line
        self._pause(loop.time())
        self._timer = loop.call_at(self._next_at, self._one) if self._waiting else None
        begin()

    def _pause(self, now: float) -> None:
        self._next_at = now + (QUICK_S if self._class.take(now) else SLOW_S)
